"""What moves and what stays: held against numpy and the engine's kernels, and against the law."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.errors import UserError


def test_the_default_is_the_lesson() -> None:
    fig = cb.figure("shift")
    assert fig.result == ((5, 0), (5, 5))
    assert fig.example.says == (
        "The object moves 2 down and 4 to the right. The dense neuron's answer falls from 5 to 0;"
        " the convolution's map moves along, and its largest number stays 5."
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2),
    st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2),
    st.integers(-2, 2),
    st.integers(-2, 2),
)
def test_the_numbers_and_the_law(
    thing: list[list[int]], kernel: list[list[int]], down: int, right: int
) -> None:
    assume(any(map(any, thing)) and any(map(any, kernel)) and (down, right) != (0, 0))
    x = np.zeros((8, 9), int)
    x[3:5, 4:6] = thing
    y = np.roll(x, (down, right), (0, 1))
    fig: Any = cb.figure("shift", input=x, by=[down, right], kernel=kernel)
    maps = [
        ops.conv2d(each[None, None].astype(float), np.array(kernel, float)[None, None])[0, 0]
        for each in (x, y)
    ]
    assert fig.result == ((int((x * x).sum()), int((x * y).sum())), tuple(m.max() for m in maps))
    # Nothing touches the edge here: the map moves along with the object.
    np.testing.assert_array_equal(np.roll(maps[0], (down, right), (0, 1)), maps[1])
    assert "moves along" in fig.example.says


def test_an_object_at_the_edge_is_told_as_what_it_is() -> None:
    fig = cb.figure("shift", input=[[0, 1, 0], [0, 0, 0]], by=[0, 1], kernel=[[-2, 1]])
    assert "as part of the object or of its answer lies at the edge" not in fig.example.says
    other = cb.figure("shift", input=[[0, 1, 0], [0, 0, 0]], by=[0, 1], kernel=[[1, 0]])
    assert "goes from 1 to 0, as part of the object" in other.example.says


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"by": [3, 0]},
         "by: got 3 down and 0 to the right, wanted a shift that leaves the object inside the"
         " picture"),
        ({"by": [0, 0]}, "by: got no step, wanted at least one row or column"),
        ({"by": 3}, "by: got 3, wanted two whole numbers: rows down, columns to the right"),
        ({"weights": [[1]]}, "weights: got 1 × 1, wanted 5 × 8, one for every pixel"),
        ({"kernel": [[1]] * 6}, "kernel: got 6 × 1, wanted at most 5 × 8, the size of the picture"),
        ({"input": [[0] * 4] * 4}, "input: got only zeros, wanted an object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("shift", **params)
    assert message in str(error.value)
