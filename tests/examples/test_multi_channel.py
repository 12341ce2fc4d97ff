"""Several channels: the story against the kernels, and its sums against each other."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator import api
from generator.engine import ops
from generator.engine.trace_channels import by_channel
from generator.errors import UserError
from generator.numerals import shown, total


def whole(*shape: int) -> st.SearchStrategy[Any]:
    found: st.SearchStrategy[Any] = st.integers(-9, 9)
    for size in reversed(shape):
        found = st.lists(found, min_size=size, max_size=size)
    return found


@settings(max_examples=25, deadline=None)
@given(st.data(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
def test_the_kernel_gives_the_same(
    data: st.DataObject, depth: int, side: int, padding: int, stride: int
) -> None:
    x, w = data.draw(whole(depth, 5, 4)), data.draw(whole(depth, side, side))
    fig = cb.figure(
        "multi-channel", input=x, kernel=w, bias=-2, padding=padding, stride=stride
    )  # fmt: skip
    got = ops.conv2d(
        np.array([x], float), np.array([w], float), stride=stride, padding=padding
    )  # fmt: skip
    np.testing.assert_array_equal(got[0, 0] - 2, np.array(fig.result, float))


def test_the_default_is_worked_channel_by_channel() -> None:
    fig = cb.figure("multi-channel")
    p: Any = fig.spec.params
    for step in fig.steps:
        sums = [total([term.product for term in part]) for part in by_channel(step.terms, 3)]
        assert total([*sums, p.bias]) == step.value
        for name, found in zip("RGB", sums, strict=True):
            assert f"{name}: " in step.says
            assert f"= {shown(found)}" in step.says or f"{name}: {shown(found)}" in step.says


def test_channels_bear_their_names() -> None:
    two = [[[1, 2]], [[3, 4]]]
    fig = cb.figure("multi-channel", input=two, kernel=[[[1]], [["1/2"]]], names=["day", "night"])
    assert fig.steps[0].says == (
        "Row 1, column 1: day: 1·1 = 1; night: 3·0.5 = 1.5; 1 + 1.5 + 1 (bias) = 3.5."
    )
    assert fig.result == ((Fraction(7, 2), 5),)


def test_a_drawn_volume_is_read_back() -> None:
    drawn = {"shape": [2, 3, 3], "low": 0, "high": 9, "seed": "fern-12"}
    fig = cb.figure("multi-channel", input=drawn, kernel=["sobel-x", "sobel-y"])
    assert api.read(api.load_yaml(fig.yaml).values) == fig.spec
    assert '"shape": [2, 3, 3]' in fig.yaml
    assert 'kernel: ["sobel-x", "sobel-y"]' in fig.yaml


@pytest.mark.parametrize(
    ("params", "message"),
    [
        (
            {"input": [[[1, 2]], [[3, 4]]], "kernel": [[[1]]]},
            "kernel: got 1 slice, wanted 2, one for every channel of the input",
        ),
        (
            {"input": [[[1, 2]], [[3]]], "kernel": [[[1]], [[1]]]},
            "input, channel 2: got 1 × 1, wanted 1 × 2, as channel 1 has",
        ),
        ({"input": []}, "input: got an empty list, wanted at least one channel"),
        ({"input": 7}, "input: got 7, wanted a list with a matrix for every channel"),
        (
            {"input": [[[1]]], "kernel": ["sobel"]},
            "kernel, slice 1: got sobel, wanted a matrix such as [[1, 0], [0, 1]], or a name;"
            " did you mean 'sobel-y'?",
        ),
        (
            {"input": [[[1]]] * 13},
            "input: got 13 channels, wanted at most 12, so that every number can be read",
        ),
        (
            {"input": {"shape": [3, 4], "low": 0, "high": 1, "seed": "a"}},
            "input, shape: got [3, 4], wanted three lengths: how many matrices, their rows,"
            " their columns",
        ),
        (
            {"names": ["R"]},
            "names: got 1 name, wanted 3, one for every channel of the input",
        ),
        (
            {"padding": 5},
            "padding: got 14 rows with the padding, wanted at most 12, to be read\n"
            "padding: got 14 columns with the padding, wanted at most 12, to be read",
        ),
        (
            {"input": {"shape": [7, 2, 2], "low": 0, "high": 1, "seed": "a"}},
            "input: got 7 channels, wanted at most 6, to be read\n"
            "kernel: got 3 slices, wanted 7, one for every channel of the input\n"
            "kernel: got 3 rows, wanted at most 2, the rows of the input with its padding\n"
            "kernel: got 3 columns, wanted at most 2, the columns of the input with its padding",
        ),
    ],
)
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("multi-channel", **params)
    assert message in str(error.value)
