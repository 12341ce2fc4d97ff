"""Shapes and counts of a layer: the course's numbers, and the engine's own output."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.errors import UserError
from generator.examples.layer_shape import parameters


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.integers(3, 9), st.integers(3, 9)),
    st.integers(1, 3),
    st.integers(1, 4),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.integers(1, 3),
    st.integers(0, 2),
)
def test_the_engine_gives_that_shape(
    size: Any, channels: int, filters: int, kernel: Any, stride: int, padding: int
) -> None:
    fig: Any = cb.figure(
        "layer-shape", size=list(size), channels=channels, filters=filters,
        kernel_size=list(kernel), stride=stride, padding=padding,
    )  # fmt: skip
    x, w = np.zeros((1, channels, *size)), np.zeros((filters, channels, *kernel))
    maps, rows, columns = ops.conv2d(x, w, stride=stride, padding=padding)[0].shape
    assert fig.result == (rows, columns, maps)
    assert parameters(fig.spec.params) == w.size + filters


@pytest.mark.parametrize(
    ("params", "result", "learned"),
    [
        ({}, (28, 28, 10), 260),
        ({"size": 28, "filters": 32, "kernel_size": 3}, (26, 26, 32), 320),
        ({"size": 13, "channels": 32, "filters": 64, "kernel_size": 3}, (11, 11, 64), 18496),
        ({"size": 14, "channels": 6, "filters": 16, "kernel_size": 5}, (10, 10, 16), 2416),
        ({"size": 7, "kernel_size": 3, "stride": 2, "padding": "same", "bias": False},
         (4, 4, 10), 90),
    ],
)  # fmt: skip
def test_the_numbers_of_the_course(params: dict[str, Any], result: Any, learned: int) -> None:
    fig: Any = cb.figure("layer-shape", **params)
    assert fig.result == result
    assert parameters(fig.spec.params) == learned
    assert f"{learned:,} numbers are learned" in fig.alt


def test_a_step_works_the_formula_out() -> None:
    fig = cb.figure("layer-shape", size=[224, 12], kernel_size=7, stride=2, padding=3, filters=1)
    assert [step.says for step in fig.steps] == [
        "Rows: ⌊(224 − 7 + 3 + 3) / 2⌋ + 1 = 112.",
        "Columns: ⌊(12 − 7 + 3 + 3) / 2⌋ + 1 = 6.",
        "Depth: 1 kernel makes 1 map, whatever the depth of the input.",
    ]


def test_a_kernel_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UserError) as error:
        cb.figure("layer-shape", size=[4, 9], kernel_size=3, dilation=2)
    assert str(error.value) == (
        "kernel_size: got 5 rows (dilation 2), wanted at most 4, the rows of the input with its"
        " padding"
    )
