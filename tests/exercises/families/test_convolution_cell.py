"""Cells, held against SciPy's correlation."""

import re
from itertools import chain

import numpy as np
import pytest
from exercises.reading import drawn, flat, grid, number, only
from scipy.signal import correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_cell(level: int) -> None:
    for exercise in drawn("convolution-cell", level):
        text = flat(exercise.prompt)
        stride, padding = number(r"stride (\d+)", text), number(r"padding of (\d+)", text)
        row, column = number(r"row (\d+)", text), number(r"column (\d+)", text)
        x = np.pad(np.array(grid(exercise.prompt, "Input")), padding)
        w = np.array(grid(exercise.prompt, "Kernel"))
        cells = correlate2d(x, w, mode="valid")[::stride, ::stride]
        assert only(exercise).answer == cells[row - 1, column - 1]
        window = np.array(grid(exercise.solution[0], "Window"))
        assert (window * w).sum() == only(exercise).answer
        assert (padding > 0) == (level == 3)
        assert (w < 0).any() == (level > 1)
        assert (w == 0).sum() == (1 if level == 3 else 2)
        assert not (w == w[::-1, ::-1]).all()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_all_products_are_written_out(level: int) -> None:
    for exercise in drawn("convolution-cell", level):
        window = chain.from_iterable(grid(exercise.solution[0], "Window"))
        weights = chain.from_iterable(grid(exercise.prompt, "Kernel"))
        factors = re.findall(r"(\d+)·\(?(−?\d+)", flat(exercise.solution[1]))
        written = [(int(x), int(w.replace("−", "-"))) for x, w in factors]
        assert written == list(zip(window, weights, strict=True))
