"""Both ways, held against SciPy's correlation and convolution."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number
from scipy.signal import convolve2d, correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_has_both(level: int) -> None:
    for exercise in drawn("flip", level):
        text = flat(exercise.prompt)
        x = np.array(grid(exercise.prompt, "Signal" if level == 1 else "Input"))
        w = np.array(grid(exercise.prompt, "Kernel"))
        i = number(r"in row (\d+)", text, default=1) - 1
        j = number(r"(?:column|position) (\d+)", text) - 1
        first, second = exercise.questions
        assert first.answer == correlate2d(x, w, mode="valid")[i, j]
        assert second.answer == convolve2d(x, w, mode="valid")[i, j]
        assert (len(x) == 1) == (level == 1)
        assert (w < 0).any() == (level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_both_sums_are_written_out(level: int) -> None:
    for exercise in drawn("flip", level):
        _, one, _, other = exercise.solution
        answers = [question.answer for question in exercise.questions]
        for step, answer in zip((one, other), answers, strict=True):
            ((left, right),) = equations(flat(step).split(": ")[1])
            assert left == right == answer
