"""Cells of three channels, held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number
from scipy.signal import correlate


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_sums(level: int) -> None:
    for exercise in drawn("channels-cell", level):
        text = flat(exercise.prompt).replace("−", "-")
        row, column = number(r"row (\d+)", text), number(r"column (\d+)", text)
        bias = number(r"bias of (-?\d+)", text)
        names = ("Red", "Green", "Blue")
        x = np.array([grid(exercise.prompt, name) for name in names])
        w = np.array([grid(exercise.prompt, f"{name} slice") for name in names])
        assert (w < 0).any() == (level > 1)
        at = (0, row - 1, column - 1)
        sums = [correlate(x[c : c + 1], w[c : c + 1], mode="valid")[at] for c in range(3)]
        first, second = exercise.questions
        assert first.answer == tuple(sums)
        assert second.answer == correlate(x, w, mode="valid")[at] + bias
        written = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert [sides[-1] for sides in written] == [*sums, second.answer]
        assert all(len(set(sides)) == 1 for sides in written), exercise.id
