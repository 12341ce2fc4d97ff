"""Many kernels, and mixed channels: the story against the kernels and against numpy."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.errors import UserError


def whole(*shape: int) -> st.SearchStrategy[Any]:
    found: st.SearchStrategy[Any] = st.integers(-9, 9)
    for size in reversed(shape):
        found = st.lists(found, min_size=size, max_size=size)
    return found


@settings(max_examples=25, deadline=None)
@given(st.data(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
def test_the_kernel_gives_the_same_maps(
    data: st.DataObject, maps: int, side: int, padding: int, stride: int
) -> None:
    x, w, b = data.draw(st.tuples(whole(5, 4), whole(maps, side, side), whole(maps)))
    fig = cb.figure("many-kernels", input=x, kernels=w, bias=b, padding=padding, stride=stride)
    got = ops.conv2d(
        np.array([[x]], float), np.array(w, float)[:, None], stride=stride, padding=padding
    )
    expected = got[0] + np.array(b, float)[:, None, None]
    np.testing.assert_array_equal(expected, np.array(fig.result, float))


@settings(max_examples=25, deadline=None)
@given(st.data(), st.integers(1, 5), st.integers(1, 4))
def test_mixing_is_a_matrix_product_at_every_pixel(
    data: st.DataObject, depth: int, maps: int
) -> None:
    x, w, b = data.draw(st.tuples(whole(depth, 3, 2), whole(maps, depth), whole(maps)))
    fig = cb.figure("pointwise", input=x, weights=w, bias=b)
    expected = np.einsum("fc,cij->fij", np.array(w), np.array(x)) + np.array(b)[:, None, None]
    np.testing.assert_array_equal(expected, np.array(fig.result, float))
    same = ops.conv2d(np.array([x], float), np.array(w, float)[:, :, None, None])[0]
    np.testing.assert_array_equal(same + np.array(b)[:, None, None], np.array(fig.result, float))


def test_the_first_map_is_the_one_of_the_course() -> None:
    fig = cb.figure("many-kernels")
    alone = cb.figure("convolution", input=fig.spec.params.input.rows,  # type: ignore[attr-defined]
                      kernel=[[1, 0, 1], [0, 1, 0], [1, 0, 1]])  # fmt: skip
    assert isinstance(fig.result, tuple)
    assert fig.result[0] == alone.result == ((4, 3, 4), (2, 4, 3), (2, 3, 4))
    assert "5 × 5 × 1 becomes 3 × 3 × 3" in fig.example.says
    assert "3·3·3 = 27 numbers to learn" in fig.example.says


def test_biases_are_counted_among_what_is_learned() -> None:
    fig = cb.figure("many-kernels", bias=[1, 2, 3])
    assert "3·(3·3 + 1) = 30 numbers to learn" in fig.example.says


def test_grey_is_a_mixture_of_channels() -> None:
    fig = cb.figure(
        "pointwise", input=[[[200]], [[30]], [[90]]], weights=[[0.299, 0.587, 0.114]]
    )  # fmt: skip
    assert fig.result == (((Fraction(8767, 100),),),)
    assert "becomes 1 × 1 × 1. The picture keeps its size; its channels become fewer." in (
        fig.example.says
    )


@pytest.mark.parametrize(
    ("kind", "params", "message"),
    [
        ("many-kernels", {"bias": [1, 2]},
         "bias: got 2 numbers, wanted a list of 3 numbers, one a kernel"),
        ("many-kernels", {"bias": [[1, 2, 3]]},
         "bias: got a matrix, wanted a list of 3 numbers, one a kernel"),
        ("many-kernels", {"kernels": ["identity"] * 7},
         "kernels: got 7 kernels, wanted at most 6, to be read"),
        ("many-kernels", {"kernels": ["sobel-x", "gaussian-5"]},
         "kernels, kernel 2: got 5 × 5, wanted 3 × 3, as kernel 1 has"),
        ("many-kernels", {"padding": 4},
         "padding: got 13 rows with the padding, wanted at most 10, to be read"),
        ("many-kernels", {"padding": 3, "padding_mode": "reflect", "input": [[1] * 3] * 3},
         "padding: got 3 cells of reflect padding, wanted at most 2: the input has 3 rows"),
        ("pointwise", {"weights": [[1, 2]]},
         "weights: got 2 columns, wanted 3, one for every channel of the input"),
        ("pointwise", {"bias": [1]},
         "bias: got 1 number, wanted a list of 2 numbers, one a map"),
        ("pointwise", {"names": ["a", "b"]},
         "names: got 2 names, wanted 3, one for every channel of the input"),
        ("pointwise", {"input": {"shape": [9, 9, 9], "low": 0, "high": 1, "seed": "a"}},
         "input: got 9 channels, wanted at most 8, to be read\n"
         "input: got 9 × 9, wanted at most 8 × 8, to be read\n"
         "weights: got 3 columns, wanted 9, one for every channel of the input"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(kind: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure(kind, **params)
    assert message in str(error.value)
