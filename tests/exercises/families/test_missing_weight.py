"""Lost weights, put back and held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, holed, only, wholes
from scipy.signal import correlate2d

from generator.numerals import shown
from generator.paper import Exercise


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_solves_all_cells_for_the_same_weights(level: int) -> None:
    for exercise in drawn("missing-weight", level):
        x = np.array(grid(exercise.prompt, "Input"))
        kernel = holed(exercise.prompt, "Kernel")
        lost = [(i, j) for i, row in enumerate(kernel) for j, w in enumerate(row) if w is None]
        for name, (i, j) in zip(("first", "second"), lost, strict=True):
            assert f"{name} " in flat(exercise.prompt)
            assert f"in row {i + 1}, column {j + 1}" in flat(exercise.prompt)
        known = np.array([[w or 0 for w in row] for row in kernel])
        rest = np.array(grid(exercise.prompt, "Map")) - correlate2d(x, known, mode="valid")
        sides = np.array([[x[r + i, c + j] for i, j in lost] for r in (0, 1) for c in (0, 1)])
        assert np.linalg.matrix_rank(sides) == 2, "there is no other solution"
        found = np.linalg.lstsq(sides, rest.ravel(), rcond=None)[0]
        assert only(exercise).answer == tuple(np.rint(found).astype(int))
        assert np.allclose(sides @ only(exercise).answer, rest.ravel())


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("missing-weight", level):
        for step in exercise.solution[1:]:
            assert all(len(set(sides)) == 1 for sides in equations(flat(step)))
        assert flat(exercise.solution[-1]).startswith(f"So first is {_shown(exercise)} and")


def _shown(exercise: Exercise) -> str:
    return shown(wholes(only(exercise).answer)[0])
