"""Maps with a stride, held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number, only
from scipy.signal import correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_map(level: int) -> None:
    for exercise in drawn("stride-map", level):
        text = flat(exercise.prompt)
        down = number(r"stride (\d+)", text)
        right = number(r"and (\d+) to the right", text, down)
        assert (down != right) == (level == 3)
        x, w = (np.array(grid(exercise.prompt, name)) for name in ("Input", "Kernel"))
        cells = correlate2d(x, w, mode="valid")
        assert np.array_equal(np.array(only(exercise).answer), cells[::down, ::right])
        assert (w < 0).any() == (level > 1)
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert [sides[1] for sides in found] == [*cells[::down, ::right].flat]
        assert all(len(set(sides)) == 1 for sides in found), exercise.id
