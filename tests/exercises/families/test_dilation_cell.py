"""Cells with dilation, held against SciPy's correlation with a kernel spread out by zeros."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number, only
from scipy.signal import correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_cell(level: int) -> None:
    for exercise in drawn("dilation-cell", level):
        text = flat(exercise.prompt)
        stride, padding = number(r"stride (\d+)", text), number(r"padding of (\d+)", text)
        dilation = number(r"dilation (\d+)", text)
        row, column = number(r"row (\d+)", text), number(r"column (\d+)", text)
        assert dilation > 1
        assert (stride > 1, padding > 0) == (level == 3, level == 3)
        x = np.pad(np.array(grid(exercise.prompt, "Input")), padding)
        w = np.array(grid(exercise.prompt, "Kernel"))
        assert (w < 0).any() == (level > 1)
        spread = np.zeros([dilation * (side - 1) + 1 for side in w.shape], int)
        spread[::dilation, ::dilation] = w
        cells = correlate2d(x, spread, mode="valid")[::stride, ::stride]
        assert only(exercise).answer == cells[row - 1, column - 1]
        read = np.array(grid(exercise.solution[0], "Numbers read"))
        assert (read * w).sum() == only(exercise).answer
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) == 4
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
