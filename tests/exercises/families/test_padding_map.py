"""Padded maps, held against NumPy's padding and SciPy's correlation."""

import re
from typing import Any

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, only
from scipy.signal import correlate2d

#: What NumPy calls the modes.
MODES: dict[str, Any] = {"zeros": "constant", "reflect": "reflect", "replicate": "edge"}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_and_scipy_find_the_same_map(level: int) -> None:
    met = set()
    for exercise in drawn("padding-map", level):
        named = re.search(r"in the mode (\w+)", flat(exercise.prompt))
        mode = named[1] if named else "zeros"
        met.add(mode)
        x = np.pad(np.array(grid(exercise.prompt, "Input")), 1, mode=MODES[mode])
        cells = correlate2d(x, np.array(grid(exercise.prompt, "Kernel")), mode="valid")
        assert only(exercise).answer == tuple(map(tuple, cells))
        assert grid(exercise.solution[0], "Padded") == x.tolist()
    assert met == ({"reflect", "replicate"} if level == 3 else {"zeros"})


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_sum_is_written_out_and_adds_up(level: int) -> None:
    for exercise in drawn("padding-map", level):
        sums = [list(equations(flat(step))) for step in exercise.solution[1:-1]]
        assert all(left == right for row in sums for left, right in row)
        assert only(exercise).answer == tuple(tuple(right for _, right in row) for row in sums)
