"""Indices, held against NumPy's."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number


def _order(text: str) -> list[int]:
    """Which axes of (row, column, channel) run slowest to fastest."""
    (name,) = re.findall(r"\((channels_\w+)\)", text)
    return [0, 1, 2] if name == "channels_last" else [2, 0, 1]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_finds_the_same_places(level: int) -> None:
    for exercise in drawn("flat-index", level):
        text, (index, back) = flat(exercise.prompt), exercise.questions
        shape = [number(rf"(\d+) {one}", text) for one in ("rows", "columns", "channels")]
        order = _order(text)
        places = re.search(r"row (\d+), column (\d+), channel (\d+)", flat(index.prompt))
        assert places
        at = [int(each) for each in places.groups()]
        sizes = [shape[axis] for axis in order]
        assert index.answer == np.ravel_multi_index([at[axis] for axis in order], sizes)
        asked = number(r"index (\d+)", flat(back.prompt), int(str(index.answer)))
        if level == 3:
            other = _order(flat(back.prompt))
            assert other != order
            order, sizes = other, [shape[axis] for axis in other]
        found = dict(zip(order, map(int, np.unravel_index(asked, sizes)), strict=True))
        assert back.answer == (found[0], found[1], found[2])


def test_the_solution_adds_up() -> None:
    for level in (1, 2, 3):
        for exercise in drawn("flat-index", level):
            found = [eq for step in exercise.solution for eq in equations(flat(step))]
            assert len(found) >= 4
            assert all(len(set(sides)) == 1 for sides in found), exercise.id
