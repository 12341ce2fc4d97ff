"""Maps, held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number, only
from scipy.signal import correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_map(level: int) -> None:
    for exercise in drawn("convolution-map", level):
        text = flat(exercise.prompt)
        stride, padding = number(r"stride (\d+)", text), number(r"padding of (\d+)", text)
        x = np.pad(np.array(grid(exercise.prompt, "Input")), padding)
        w = np.array(grid(exercise.prompt, "Kernel"))
        cells = correlate2d(x, w, mode="valid")[::stride, ::stride]
        assert only(exercise).answer == tuple(map(tuple, cells))
        assert grid(exercise.solution[-1], "Map") == cells.tolist()
        assert (stride, padding) == ((2, 1) if level == 3 else (1, 0))
        assert (w < 0).any() == (level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_sum_is_written_out_and_adds_up(level: int) -> None:
    for exercise in drawn("convolution-map", level):
        rows = [step for step in exercise.solution if flat(step).startswith("Row ")]
        sums = [list(equations(flat(step))) for step in rows]
        assert all(left == right for row in sums for left, right in row)
        assert only(exercise).answer == tuple(tuple(right for _, right in row) for row in sums)
