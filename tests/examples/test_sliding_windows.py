"""Pieces and windows are counted and summed as NumPy does it."""

from typing import Any

import numpy as np
import pytest

from generator import api
from generator.errors import UserError
from generator.scene.marks import Line


@pytest.mark.parametrize(("shape", "size"), [((8, 8), 4), ((5, 7), 3), ((6, 4), 1), ((4, 4), 4)])
def test_numpy_counts_and_sums_alike(shape: tuple[int, int], size: int) -> None:
    image = np.arange(shape[0] * shape[1]).reshape(shape) ** 2 % 5
    figure: Any = api.figure("sliding-windows", input=image, size=size)
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size)).sum(axis=(2, 3))
    assert figure.result[1] == tuple(map(tuple, windows.tolist()))
    assert figure.result[0] == tuple(map(tuple, windows[::size, ::size].tolist()))


def test_the_numbers_of_the_course() -> None:
    figure: Any = api.figure("sliding-windows")
    pieces, windows = figure.result
    assert sum(map(len, pieces)) == 4
    assert sum(map(len, windows)) == 25
    for fact in ("64 weights", "needs 16, and there are 4", "25 windows"):
        assert fact in figure.example.says


def test_a_window_sees_whole_what_every_piece_cuts() -> None:
    figure: Any = api.figure("sliding-windows")
    pieces, windows = figure.result
    assert pieces == ((3, 3), (3, 3))
    assert windows[2][2] == max(map(max, windows)) == 12
    assert "the best piece has 3 of the 12 inked cells in it, the best window all 12." in (
        figure.example.says
    )


def test_what_the_pieces_leave_over_is_struck() -> None:
    film = api.figure("sliding-windows", input=[[1] * 5] * 5, size=2).film("page")
    assert sum(isinstance(mark, Line) for mark in film.poster.marks) == 5 + 4


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("sliding-windows", input=[[1] * 17, [-1] * 17], size=3)
    assert str(caught.value) == (
        "size: got 3, wanted at most 2, the rows of the input\n"
        "input: got 17 columns, wanted at most 16, to be read\n"
        "input: got a negative number, wanted 0 for paper, and more for ink"
    )
