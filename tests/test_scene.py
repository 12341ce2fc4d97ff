"""Themes and boxes."""

import pytest

from generator.render import svg
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet, space
from generator.scene.marks import Disc, Poly, Rect, Role
from generator.scene.theme import READ_ON, STYLES, THEMES, contrast, css, grey, on_grey


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", READ_ON)
def test_text_can_be_read(theme: str, role: Role) -> None:
    inks = THEMES[theme]
    fill = STYLES[role].fill
    assert fill
    for ground in READ_ON[role]:
        assert contrast(inks[fill], inks[ground]) >= 4.5, ground


@pytest.mark.parametrize("level", range(256))
def test_numbers_on_grey_can_be_read(level: int) -> None:
    ink = {"on-dark": "#ffffff", "on-light": "#000000"}[on_grey(level)]
    assert contrast(ink, grey(level)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["window", "kernel", "result"])
def test_frames_stand_out(theme: str, ink: str) -> None:
    inks = THEMES[theme]
    assert contrast(inks[ink], inks["paper"]) >= 3  # type: ignore[index]


def test_every_role_has_a_rule() -> None:
    assert all(f".cb-{role}{{" in css() for role in STYLES)


def test_boxes_keep_their_room() -> None:
    box = Box(10, 4, (Rect(0, 0, 10, 4, "cell"),))
    assert row([box, space(3, 8)], gap=2).marks == (Rect(0, 2, 10, 4, "cell"),)
    assert column([box, box], gap=1).height == 9
    assert sheet(box, 5).marks[1] == Rect(5, 5, 10, 4, "cell")


def test_a_line_has_no_inside_and_a_shape_has_one() -> None:
    corners = ((0.0, 0.0), (8.0, 0.0), (8.0, 6.0))
    marks = (Poly(corners, "window-cell"), Poly(corners, "window-cell", closed=True))
    spot = Disc(4, 4, 2, "kernel-cell").move(1, 0)
    scene = Scene(8, 8, (*(mark.move(0, 1) for mark in marks), spot))
    drawn = svg.file(scene, "", "", "").decode()
    assert '<polyline points="0,1 8,1 8,7" fill="none" stroke="#' in drawn
    assert '<polygon points="0,1 8,1 8,7" fill="#' in drawn
    assert '<circle cx="5" cy="4" r="2" fill="#' in drawn
    page = svg.inline(Film("", "", lambda: scene))
    assert '<polyline points="0,1 8,1 8,7" class="cb-window-cell cb-open"/>' in page
    assert '<circle cx="5" cy="4" r="2" class="cb-kernel-cell"/>' in page
