"""Entries, held against the size of NumPy's arrays."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number, only

from generator.paper import Exercise


def _factor(text: str) -> int:
    return 2 if "halved" in text else number(r"divided by (\d+)", text, 1)


def _size(exercise: Exercise) -> int:
    text = flat(exercise.prompt)
    factor = _factor(text)
    if pixels := number(r"and (\d+) pixels", text):
        small = np.zeros(pixels).reshape(number(r"(\d+) rows", text), -1)
        return int(np.repeat(small, factor, axis=1).shape[1])
    image = np.zeros((number(r"(\d+) rows", text), number(r"(\d+) columns", text)))
    return image[::factor, ::factor].size


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_counts_the_same(level: int) -> None:
    for exercise in drawn("resolution-entries", level):
        assert only(exercise).answer == _size(exercise)
        assert (_factor(flat(exercise.prompt)) > 1) == (level > 1)
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert found
        assert all(len(set(sides)) == 1 for sides in found)
