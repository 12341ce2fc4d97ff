"""Lost numbers, put back and held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, holed, number, only
from scipy.signal import correlate2d


def _map(rows: list[list[int | None]], value: int, w: np.ndarray) -> list[list[int]]:
    x = np.array([[value if each is None else each for each in row] for row in rows])
    found: list[list[int]] = correlate2d(x, w, mode="valid").tolist()
    return found


@pytest.mark.parametrize("level", [1, 2, 3])
def test_with_the_answer_scipy_finds_the_map_that_is_shown(level: int) -> None:
    for exercise in drawn("missing-input", level):
        text = flat(exercise.prompt)
        stride = number(r"stride (\d+)", text)
        rows, shown = holed(exercise.prompt, "Input"), holed(exercise.prompt, "Map")
        (lost,) = ((i, j) for i, row in enumerate(rows) for j, x in enumerate(row) if x is None)
        assert f"row {lost[0] + 1}, column {lost[1] + 1} of the input?" in text
        w = np.array(grid(exercise.prompt, "Kernel"))

        fits = [
            value
            for value in range(-30, 31)
            if all(
                each in (None, cell)
                for row, cells in zip(shown, _map(rows, value, w)[::stride], strict=True)
                for each, cell in zip(row, cells[::stride], strict=True)
            )
        ]
        assert fits == [only(exercise).answer], exercise.id
        assert sum(each is None for row in shown for each in row) == (2 if level == 3 else 0)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("missing-input", level):
        for step in exercise.solution[1:]:
            assert all(len(set(sides)) == 1 for sides in equations(flat(step)))
        assert flat(exercise.solution[-1]).endswith(f" = {only(exercise).answer}.")
