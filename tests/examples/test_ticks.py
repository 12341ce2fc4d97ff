"""Numbers of cells that are too narrow to hold them."""

import pytest

import generator as cb
from generator.scene.marks import Text


@pytest.mark.parametrize("canvas", ["page", "narrow"])
@pytest.mark.parametrize(("size", "kernel"), [(18, 3), (32, 5), (224, 7)])
def test_a_line_keeps_its_numbers_on_every_canvas(canvas: str, size: int, kernel: int) -> None:
    film = cb.figure("output-size", size=size, kernel=kernel, stride=2).film(canvas)
    said = {m.text for m in film.still(None).marks if isinstance(m, Text)}
    assert {"1", str(size)} <= said
    for mark in film.still(None).marks:
        assert not isinstance(mark, Text) or mark.size >= 14 or canvas == "page"


def test_the_window_s_ends_are_numbered_first() -> None:
    film = cb.figure("output-size", size=18, kernel=3, stride=2).film("narrow")
    for number in range(1, 9):
        marks = film.still(number).marks
        blue = [m.text for m in marks if isinstance(m, Text) and m.role == "window-ink"]
        assert {str(2 * number - 1), str(2 * number + 1)} <= set(blue)


def test_a_part_of_a_picture_has_its_rows_and_columns_numbered() -> None:
    figure = cb.figure("image-matrix", photo="chelsea", columns=24)
    row, column = figure.steps[0].at
    marks = figure.film("narrow").still(1).marks
    edge = {m.text for m in marks if isinstance(m, Text) and m.role == "muted"}
    assert {str(row + 1), str(column + 1)} <= edge
    whole = figure.film("slide").still(1).marks
    assert "1" not in {m.text for m in whole if isinstance(m, Text) and m.role == "muted"}
