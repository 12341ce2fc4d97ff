"""What the operations accept: dtypes, any order of memory, numbers far out; and what they give."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.engine import ops

X = np.ones((2, 4, 5))
W = np.ones((4, 2, 3, 3))


@pytest.mark.parametrize(
    ("x", "weight", "result"),
    [
        ("float32", "float32", "float32"),
        ("float64", "float32", "float64"),
        ("float16", "float16", "float32"),
        ("uint8", "int8", "int64"),
        ("bool", "int64", "int64"),
        ("int32", "float64", "float64"),
        (">f4", "<f4", "float32"),
    ],
)
def test_dtypes(x: str, weight: str, result: str) -> None:
    found = ops.conv2d(X.astype(x), W.astype(weight))
    assert found.dtype == result
    assert (found == 18).all()


def test_a_pool_keeps_its_dtype_and_averages_of_whole_numbers_are_floats() -> None:
    assert ops.max_pool2d(X.astype(np.uint8), 2).dtype == np.int64
    assert ops.max_pool2d(X.astype(np.float32), 2).dtype == np.float32
    assert ops.avg_pool2d(X.astype(np.uint8), 2).dtype == np.float64
    assert ops.avg_pool2d(X.astype(np.float32), 2).dtype == np.float32


def test_layers_keep_floats_and_make_them_of_whole_numbers() -> None:
    bytes_, small = X.astype(np.uint8), X.astype(np.float32)
    for layer in (ops.sigmoid, ops.tanh, ops.gelu, ops.leaky_relu, ops.global_avg_pool2d):
        assert layer(small).dtype == np.float32
        assert layer(bytes_).dtype == np.float64
        assert layer(X).dtype == np.float64
    assert ops.gelu(small, "tanh").dtype == ops.softmax(small, 1).dtype == np.float32
    ones = np.ones(4, np.float32)
    assert ops.batch_norm(small, ones, ones, eps=1e-3).dtype == np.float32
    assert ops.batch_norm(small, ones, ones, [1.0] * 4).dtype == np.float64
    for layer in (ops.relu, ops.flatten):
        assert layer(small).dtype == np.float32
        assert layer(bytes_).dtype == np.int64
    assert ops.linear(bytes_, bytes_[0]).dtype == ops.im2col(bytes_, 2).dtype == np.int64
    assert ops.linear(small, small[0]).dtype == ops.im2col(small, 2).dtype == np.float32
    assert ops.conv_transpose2d(bytes_, W[:2].astype(int)).dtype == np.int64
    assert ops.conv_transpose2d(small, W[:2]).dtype == np.float64


def test_layers_of_a_single_number() -> None:
    for layer in (ops.relu, ops.sigmoid, ops.tanh, ops.gelu, ops.leaky_relu):
        found = layer(0.0)
        assert isinstance(found, np.ndarray)
        assert found.shape == ()
    assert ops.flatten(3).tolist() == [3]


def test_activations_far_out() -> None:
    far = np.array([-np.inf, -1e308, -1e4, 1e4, 1e308, np.inf, np.nan])
    for dtype in ("float32", "float64"):
        with np.errstate(over="ignore"):
            x = far.astype(dtype)
        nan = np.isnan(x)
        assert ops.sigmoid(x).tolist()[:6] == ops.relu(np.sign(x)).tolist()[:6]
        assert ops.tanh(x).tolist()[:6] == np.sign(x).tolist()[:6]
        for layer in (ops.relu, ops.sigmoid, ops.tanh, ops.gelu, ops.leaky_relu):
            assert np.isnan(layer(x))[nan].all()
        for approximate in ("none", "tanh"):
            finite = np.isfinite(x)
            wanted = np.maximum(x, 0)[finite].tolist()
            assert ops.gelu(x, approximate)[finite].tolist() == wanted
            assert ops.gelu(x, approximate)[5] == np.inf
    assert ops.softmax(np.array([1.0, -np.inf]), 0).tolist() == [1, 0]
    assert np.isnan(ops.softmax(np.array([1.0, np.inf]), 0)).any()


def test_nan_spreads_to_the_windows_that_read_it() -> None:
    x = np.zeros((1, 4, 4))
    x[0, 1, 0] = np.nan
    pools: list[NDArray[Any]] = [ops.max_pool2d(x, 2), ops.max_pool2d(x, (2, 2), dilation=(1, 1))]
    pools += [ops.max_pool2d(x, 2, stride=(2, 2), padding=((0, 0), (0, 1))), ops.avg_pool2d(x, 2)]
    for pool in pools:
        assert np.isnan(pool).tolist() == [[[True, False], [False, False]]]
    assert np.isnan(ops.conv2d(x, np.ones((1, 1, 2, 2)))).sum() == 2


def test_arrays_in_any_order_of_memory_and_none_is_changed() -> None:
    rng = np.random.default_rng(5)
    x, w = rng.random((2, 9, 8)), rng.random((3, 2, 3, 3))
    wanted = ops.conv2d(x, w, padding=1)
    before = x.copy(), w.copy()
    assert np.array_equal(ops.conv2d(np.asfortranarray(x), np.asfortranarray(w), padding=1), wanted)
    turned = np.ascontiguousarray(x[:, ::-1])[:, ::-1]
    assert np.array_equal(ops.conv2d(turned, w, padding=1), wanted)
    assert np.array_equal(ops.max_pool2d(turned, 2), ops.max_pool2d(x, 2))
    assert np.array_equal(ops.filter2d(turned[0], w[0, 0]), ops.filter2d(x[0], w[0, 0]))
    assert np.array_equal(ops.im2col(turned, 2), ops.im2col(x, 2))
    stamped = ops.conv_transpose2d(x, w[:2])
    assert np.array_equal(ops.conv_transpose2d(turned, np.asfortranarray(w[:2])), stamped)
    x.flags.writeable = w.flags.writeable = False
    each = (ops.relu, ops.leaky_relu, ops.sigmoid, ops.tanh, ops.gelu, ops.flatten)
    results = [ops.conv2d(x, w), ops.max_pool2d(x, 2), ops.filter2d(x[0], w[0, 0])]
    results += [ops.im2col(x, 1), ops.im2col(x, 2), ops.conv_transpose2d(x, w[:2]), stamped]
    results += [ops.softmax(x, 0), ops.adaptive_avg_pool2d(x, x.shape[1:]), ops.max_pool2d(x, 1)]
    results += [ops.linear(x, x[0]), ops.batch_norm(x, x[0, :, 0], x[0, :, 0])]
    for result in results + [layer(x) for layer in each]:
        assert result.flags.writeable
        result[...] = 0
    assert np.array_equal(x, before[0])
    assert np.array_equal(w, before[1])


def test_identity_kernels_give_a_copy() -> None:
    picture = np.arange(12, dtype=np.uint8).reshape(3, 4)
    result = ops.filter2d(picture, [[1]])
    result[0, 0] = 99
    assert picture[0, 0] == 0
    assert ops.max_pool2d(picture[None], 1)[0].tolist() == picture.tolist()


def test_numbers_of_numpy_are_numbers() -> None:
    assert ops.conv2d(X, W, stride=np.int64(2), padding=(np.int8(1), 1)).shape == (4, 2, 3)  # type: ignore[arg-type]


def test_whole_numbers_are_exact_where_floats_are_not() -> None:
    x = np.array([[2**53, 1]])
    assert ops.conv1d(x, [[[1, 1]]]).tolist() == [[2**53 + 1]]


def test_rounding_half_goes_up() -> None:
    picture = np.array([[1, 2, 3, 255]], np.uint8)
    half = ((Fraction(1, 2),),)
    assert ops.filter2d(picture, half).tolist() == [[1, 1, 2, 128]]
    assert ops.filter2d(picture, ((-3,),)).tolist() == [[0, 0, 0, 0]]
    assert ops.filter2d(picture, ((3,),)).tolist() == [[3, 6, 9, 255]]


def test_floats_that_mean_fractions_are_taken_as_them() -> None:
    rng = np.random.default_rng(9)
    picture = rng.integers(0, 256, (40, 50), dtype=np.uint8)
    exact = tuple((Fraction(1, 9),) * 3 for _ in range(3))
    assert np.array_equal(
        ops.filter2d(picture, np.full((3, 3), 1 / 9)), ops.filter2d(picture, exact)
    )


def test_weights_of_many_digits_still_filter_bytes() -> None:
    rng = np.random.default_rng(11)
    picture = rng.integers(0, 256, (20, 20), dtype=np.uint8)
    weights = rng.random((3, 3)) / 5
    got = ops.filter2d(picture, weights)
    wanted = ops.filter2d(picture.astype(np.float64), weights)
    assert np.array_equal(got, np.clip(np.floor(wanted + 0.5), 0, 255))
