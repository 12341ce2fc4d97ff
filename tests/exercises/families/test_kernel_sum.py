"""Even areas, filtered by SciPy."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, holed, number, only
from scipy.ndimage import correlate


def _middle(grey: int, w: np.ndarray) -> float:
    return float(correlate(np.full((7, 7), float(grey)), w.astype(float), mode="nearest")[3, 3])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_filters_the_area_to_the_same_grey(level: int) -> None:
    for exercise in drawn("kernel-sum", level):
        text, answer = flat(exercise.prompt), only(exercise).answer
        grey = number(r"grey (\d+)", text)
        if level == 3:
            rows = holed(exercise.prompt, "Kernel")
            w = np.array([[answer if each is None else each for each in row] for row in rows])
            assert _middle(grey, w) == number(r"into one of (\d+)", text)
            continue
        w = np.array(grid(exercise.prompt, "Kernel"))
        if level == 2:
            assert _middle(grey, w / answer) == pytest.approx(grey)
        else:
            assert _middle(grey, w) == answer
            assert 0 < answer <= 255


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("kernel-sum", level):
        for step in exercise.solution:
            assert all(len(set(sides)) == 1 for sides in equations(flat(step)))
        assert flat(exercise.solution[-1]).endswith(f" {only(exercise).answer}.")
