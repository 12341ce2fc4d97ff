"""Themes and boxes."""

from itertools import combinations
from typing import TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.render import svg
from generator.scene.film import Film, Scene
from generator.scene.hatch import GAP, hatch
from generator.scene.layout import Box, Group, Later, column, row, sheet, space
from generator.scene.marks import Disc, Image, Line, Mark, Pixels, Poly, Rect, Role, Text
from generator.scene.theme import (
    LIGHT,
    PRINT,
    READ_ON,
    STYLES,
    THEMES,
    Ink,
    Slope,
    contrast,
    css,
    css_alone,
    grey,
    on_grey,
)

Colour: TypeAlias = NDArray[np.float64]

#: How colours are seen without one of the three kinds of cones, on linear RGB: Machado, Oliveira
#: and Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009).
WITHOUT = {
    "red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998]],
    "green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
              [-0.011820, 0.042940, 0.968881]],
    "blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
             [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


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


def test_every_ink_is_in_every_theme() -> None:
    for theme in THEMES.values():
        assert set(theme) == set(LIGHT)
        assert set(theme.styles) == set(STYLES)


def test_roles_are_told_apart_whatever_cones_are_missing() -> None:
    """Better than in the light theme, and twice what is noticed at a glance."""
    for cones in WITHOUT.values():
        apart = _apart("colour-blind", cones)
        assert apart > max(12, _apart("light", cones))


def _apart(theme: str, cones: list[list[float]]) -> float:
    """Return the smallest distance of two roles' inks, in hundredths of Oklab."""
    roles: list[Ink] = ["window", "kernel", "result"]
    seen = [_oklab(np.clip(np.array(cones) @ _linear(THEMES[theme][r]), 0, 1)) for r in roles]
    return min(100 * float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))


def _linear(colour: str) -> Colour:
    c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _oklab(linear: Colour) -> Colour:
    """Björn Ottosson, "A perceptual color space for image processing" (2020)."""
    cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                      [0.2119034982, 0.6806995451, 0.1073969566],
                      [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    lab = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                    [1.9779984951, -2.4285922050, 0.4505937099],
                    [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    found: Colour = lab @ np.cbrt(cones @ linear)
    return found


def test_print_needs_black_only() -> None:
    """A tint below 10 % is lost on a copier; numbers on hatches are read."""
    for colour in PRINT.values():
        grey_level = int(colour[1:3], 16)
        assert colour == grey(grey_level)
        assert grey_level == 255 or grey_level <= 0.9 * 255
    assert contrast(PRINT["ink"], PRINT["line"]) >= 4.5
    frames = [(PRINT.styles[role].dash, PRINT.styles[role].hatch)
              for role in ("window", "kernel", "result")]  # fmt: skip
    assert len(set(frames)) == 3
    assert PRINT.styles["window-cell"].hatch != PRINT.styles["result-cell"].hatch


@pytest.mark.parametrize("slope", [1, -1])
def test_hatches_stay_in_their_box_and_meet(slope: Slope) -> None:
    box = (3.0, 5.0, 20.0, 11.0)
    lines = list(hatch(*box, slope))
    assert len(lines) in (3, 4)
    for x, y, x2, y2 in lines:
        assert 3 <= x < x2 <= 23
        assert all(5 <= end <= 16 for end in (y, y2))
        assert (y2 - y) == -slope * (x2 - x)
        assert (x + slope * y) % GAP == 0


def test_a_page_that_stands_alone_follows_the_clock_or_a_theme() -> None:
    assert css_alone(LIGHT).count("--cb-paper:") == 2
    for name in ("dark", "print", "colour-blind"):
        assert css_alone(THEMES[name]).count("--cb-paper:") == 1
    assert "url(#cb-rising)" in css_alone(PRINT)
    assert "url(#" not in css()


def test_every_role_has_a_rule() -> None:
    assert all(f".cb-{role}{{" in css() for role in STYLES)


def test_boxes_keep_their_room() -> None:
    box = Box(10, 4, (Rect(0, 0, 10, 4, "cell"),))
    assert row([box, space(3, 8)], gap=2).marks == (Rect(0, 2, 10, 4, "cell"),)
    assert column([box, box], gap=1).height == 9
    assert sheet(box, 5).marks[1] == Rect(5, 5, 10, 4, "cell")


def test_marks_of_nested_boxes_are_moved_by_one_length_after_the_other() -> None:
    """Added up first, the lengths give another last digit, and films find a change in it."""
    spot: Box = Box(1, 1, (Disc(0.1, 0.1, 1, "ink"), Line(0.1, 0, 0.1, 1, "ink")))
    once = Box(9, 9, spot.moved(0.2, 0))
    twice = Box(9, 9, once.moved(0.3, 0.7)).marks
    assert twice == (
        Disc(0.1 + 0.2 + 0.3, 0.1 + 0.7, 1, "ink"),
        Line(0.1 + 0.2 + 0.3, 0.7, 0.1 + 0.2 + 0.3, 1.7, "ink"),
    )
    assert 0.1 + (0.2 + 0.3) != 0.1 + 0.2 + 0.3


def test_marks_are_made_when_they_are_asked_for() -> None:
    made = []

    def marks() -> list[Rect]:
        made.append(1)
        return [Rect(0, 0, 1, 1, "cell")]

    box = row([Box(4, 4, (Later(marks),)), space(2, 2)], gap=1)
    assert (box.width, made) == (7, [])
    assert box.marks == (Rect(0, 0, 1, 1, "cell"),)
    assert made == [1]


def test_marks_of_different_sorts_are_never_equal() -> None:
    """They are tuples, and films keep them in one dictionary."""
    picture = Pixels(1, 1, 1, b"1")
    sorts: list[Mark] = [
        Rect(0, 0, 0, 0, "ink"), Text(0, 0, "0", 0, "ink"), Line(0, 0, 0, 0, "ink"),
        Poly(((0, 0),), "ink"), Disc(0, 0, 0, "ink"), Image(0, 0, 0, 0, picture),
    ]  # fmt: skip
    assert len(set(sorts)) == len(sorts)


def test_a_line_has_no_inside_and_a_shape_has_one() -> None:
    corners = ((0.0, 0.0), (8.0, 0.0), (8.0, 6.0))
    marks = (Poly(corners, "window-cell"), Poly(corners, "window-cell", closed=True))
    box = Box(8, 8, (Group(marks, 0, 1), Group((Disc(4, 4, 2, "kernel-cell"),), 1, 0)))
    scene = Scene(8, 8, box.marks)
    drawn = svg.file(scene, "", "", "").decode()
    assert '<polyline points="0,1 8,1 8,7" fill="none" stroke="#' in drawn
    assert '<polygon points="0,1 8,1 8,7" fill="#' in drawn
    assert '<circle cx="5" cy="4" r="2" fill="#' in drawn
    page = svg.inline(Film("", "", lambda: scene))
    assert '<polyline points="0,1 8,1 8,7" class="cb-window-cell cb-open"/>' in page
    assert '<circle cx="5" cy="4" r="2" class="cb-kernel-cell"/>' in page
