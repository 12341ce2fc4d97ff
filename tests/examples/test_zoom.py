"""Large inputs: all of them in shades, and numbers that can be read around the window."""

import pytest

import generator as cb
from generator.errors import UserError
from generator.scene.marks import Image, Rect, Text

LARGE = {"shape": [40, 40], "low": 0, "high": 9, "seed": "moss-3"}
CROSS = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_the_window_s_numbers_stand_beside_the_shades(canvas: str) -> None:
    figure = cb.figure("convolution", input=LARGE, kernel=CROSS, stride=5)
    for number in (1, 20, len(figure.steps)):
        step, marks = figure.steps[number - 1], figure.film(canvas).still(number).marks
        bold = [
            m.text for m in marks if isinstance(m, Text) and m.weight == "bold" and m.role == "ink"
        ]
        assert bold[:9] == [str(term.x) for term in step.terms]
        assert sum(isinstance(mark, Image) for mark in marks) == 2


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_a_large_input_fits_on_a_screen(canvas: str) -> None:
    scene = cb.figure("pooling", input=LARGE).film(canvas).still(7)
    assert scene.height < 960
    numbers = [m.size for m in scene.marks if isinstance(m, Text)]
    assert min(numbers) >= 9


def test_the_frame_in_the_shades_is_where_the_window_is() -> None:
    figure = cb.figure("pooling", input=LARGE, size=4)
    marks = figure.film("slide").still(12).marks
    image = next(mark for mark in marks if isinstance(mark, Image))
    frame = next(m for m in marks if isinstance(m, Rect) and m.role == "window")
    window, side = figure.steps[11].window, image.width / 40
    assert window
    assert (frame.x - image.x, frame.y - image.y) == pytest.approx(
        (window.left * side, window.top * side)
    )


def test_the_numbers_at_the_edge_are_those_of_rows_and_columns() -> None:
    figure = cb.figure("pooling", input=LARGE, size=4, step=95)
    muted = [
        m.text for m in figure.film("slide").still(95).marks
        if isinstance(m, Text) and m.role == "muted"
    ]  # fmt: skip
    assert {str(n) for n in range(33, 41)} <= set(muted)


def test_small_inputs_are_as_they_were() -> None:
    marks = (
        cb.figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1]]).film("narrow").poster.marks
    )
    assert not any(isinstance(mark, Image) for mark in marks)


def test_an_input_may_be_64_wide_and_no_more() -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("pooling", input={**LARGE, "shape": [65, 2]})
    assert "from 1 to 64" in str(caught.value)
    with pytest.raises(UserError) as caught:
        cb.figure("convolution", input=LARGE, kernel={**LARGE, "shape": [33, 1]})
    assert "kernel, shape: got" in str(caught.value)
    assert "at most 32" in str(caught.value)


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_long_numbers_have_wide_cells(canvas: str) -> None:
    """The output's longest number needs more than a square, and is set as large as in one."""
    figure = cb.figure("convolution", input=[[123456, -654321], [1, 2]], kernel=[[7]], padding=1)
    film = figure.film(canvas)
    cells = [m for m in film.still(6).marks if isinstance(m, Rect) and m.role == "result-cell"]
    assert cells[0].width > 1.5 * cells[0].height
    long = next(m for m in film.still(7).marks if isinstance(m, Text) and m.text == "−4580247")
    assert long.size >= 0.25 * cells[0].height
