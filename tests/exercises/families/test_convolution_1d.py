"""Lines, held against NumPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number, only


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_finds_the_same_line(level: int) -> None:
    for exercise in drawn("convolution-1d", level):
        text = flat(exercise.prompt)
        padding = int("one zero is added at each end" in text)
        x = np.pad(np.array(grid(exercise.prompt, "Signal")[0]), padding)
        w = np.array(grid(exercise.prompt, "Kernel")[0])
        line = np.correlate(x, w, mode="valid")[:: number(r"stride (\d+)", text)]
        assert only(exercise).answer == (tuple(line),)
        assert grid(exercise.solution[-1], "Output") == [list(line)]
        assert padding == (level == 3)
        assert (w < 0).any() == (level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_sum_is_written_out_and_adds_up(level: int) -> None:
    for exercise in drawn("convolution-1d", level):
        sums = list(equations(flat(exercise.solution[-2])))
        assert all(left == right for left, right in sums)
        assert only(exercise).answer == (tuple(right for _, right in sums),)
