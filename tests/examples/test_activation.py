"""Activations: the story against the kernels, and the facts the course states."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.engine.trace_activation import ACTIVATIONS, Activation, curves
from generator.errors import UserError
from generator.numerals import rounded
from generator.scene.marks import Disc

KERNELS: dict[str, Any] = {
    "relu": ops.relu, "sigmoid": ops.sigmoid, "tanh": ops.tanh, "gelu": ops.gelu,
    "leaky-relu": lambda x: ops.leaky_relu(x, 0.25),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_kernels_agree(name: Activation) -> None:
    curve = curves(rounded(0.25, 2))[name]
    x = np.linspace(-40, 40, 801)
    np.testing.assert_allclose(
        [curve.value(each) for each in x], KERNELS[name](x), rtol=1e-12, atol=1e-300
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(x=st.floats(-20, 20).filter(lambda x: abs(x) > 1e-3))
def test_the_slope_is_the_derivative(name: Activation, x: float) -> None:
    curve, h = curves(rounded(0.25, 2))[name], 1e-5
    difference = (curve.value(x + h) - curve.value(x - h)) / (2 * h)
    assert curve.slope(x) == pytest.approx(difference, abs=1e-6)


@given(x=st.floats(-50, 50))
def test_the_slope_of_a_sigmoid_is_at_most_a_quarter(x: float) -> None:
    assert 0 <= curves(0)["sigmoid"].slope(x) <= 0.25


def test_rounded_values_say_so_and_exact_ones_do_not() -> None:
    figure = cb.figure("activation", functions=["relu", "sigmoid"], input=[[-3, -1, 0, 2]])
    said = ["rounded" in step.says for step in figure.steps]
    assert said == [False] * 4 + [True, True, False, True]  # sigmoid(0) is a half


def test_a_step_points_at_the_curve() -> None:
    """The disc on the curve stands where the number is: right of it for a larger one."""
    figure = cb.figure("activation", functions="relu", input=[[-2, 3]])
    spots = [
        next(m for m in figure.film("slide").still(n).marks if isinstance(m, Disc)) for n in (1, 2)
    ]
    assert spots[0].x < spots[1].x


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"functions": ["relu", "sigmoyd"]}, "functions, word 2: got sigmoyd, wanted one of relu, "
         "leaky-relu, sigmoid, tanh, gelu; did you mean 'sigmoid'?"),
        ({"functions": ["relu", "relu"]}, "functions: got [relu, relu], wanted one or more "
         "different words of relu, leaky-relu, sigmoid, tanh, gelu"),
        ({"input": [[99]]}, "input: got a number as large as 99, wanted between −50 and 50, "
         "so that the curves are seen"),
        ({"negative_slope": 2}, "negative_slope: got 2, wanted from 0 to 1"),
        ({"input": {"shape": [9, 2], "low": 0, "high": 1, "seed": "a"}},
         "input: got 9 × 2, wanted at most 8 × 8, to be read beside the curves"),
    ],
)  # fmt: skip
def test_errors_are_for_people(params: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("activation", **params)
    assert str(caught.value) == says
