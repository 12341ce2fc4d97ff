"""What the operations say to a person who gave them something impossible; and what they accept."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.engine import ops
from generator.errors import UserError

X = np.ones((2, 4, 5))
W = np.ones((4, 2, 3, 3))
PICTURE = np.zeros((4, 5), np.uint8)
SIZES = "wanted a whole number of at least 1, or one for rows and one for columns"
PADDING = (
    "wanted a whole number of at least 0, one for rows and one for columns, ((top, bottom), "
    "(left, right)), or valid, same, full"
)

CASES: list[tuple[Callable[[], object], str]] = [
    (lambda: ops.conv2d(X[0], W), "x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)"),
    (lambda: ops.conv2d(X, W[0]), "weight: got shape (2, 3, 3), wanted (F, C/groups, K, L)"),
    (lambda: ops.conv2d(X, W, X), "bias: got shape (2, 4, 5), wanted (F,)"),
    (lambda: ops.conv2d(X, W, [1, 2]), "bias: got shape (2,), wanted (4,), one for each kernel"),
    (
        lambda: ops.conv2d(X[:, :0], W),
        "x: got shape (2, 0, 5), wanted at least one cell along every axis",
    ),
    (lambda: ops.conv2d(X + 1j, W), "x: got complex128, wanted whole or real numbers"),
    (
        lambda: ops.conv2d([[[1, 2], [3]]], W),
        "x: got [[[1, 2], [3]]], wanted an array of numbers; all rows need the same length",
    ),
    (
        lambda: ops.conv2d(X.astype(np.uint64) << np.uint64(63), W),
        "x: got 9223372036854775808, wanted whole numbers below 2⁶³",
    ),
    (lambda: ops.conv2d(X, W, stride=0), f"stride: got 0, {SIZES}"),
    (lambda: ops.conv2d(X, W, stride=(1, 2, 3)), f"stride: got (1, 2, 3), {SIZES}"),
    (lambda: ops.conv2d(X, W, stride=True), f"stride: got true, {SIZES}"),
    (lambda: ops.conv2d(X, W, dilation=cast("Any", 1.5)), f"dilation: got 1.5, {SIZES}"),
    (lambda: ops.conv2d(X, W, padding=-1), f"padding: got -1, {PADDING}"),
    (lambda: ops.conv2d(X, W, padding=cast("Any", "sane")), f"padding: got sane, {PADDING}"),
    (
        lambda: ops.conv2d(X, W, padding=cast("Any", ((1, 2, 3), 1))),
        f"padding: got ((1, 2, 3), 1), {PADDING}",
    ),
    (
        lambda: ops.conv2d(X, W, padding=cast("Any", ((1, 2, 3), (1,)))),
        f"padding: got ((1, 2, 3), (1,)), {PADDING}",
    ),
    (
        lambda: ops.conv1d(X[0, :2], W[:, :, 0], padding=cast("Any", (1, 2))),
        "padding: got (1, 2), wanted a whole number of at least 0, ((before, after),), "
        "or valid, same, full",
    ),
    (
        lambda: ops.conv1d(X[0, :2], W[:, :, 0], stride=0),
        "stride: got 0, wanted a whole number of at least 1",
    ),
    (
        lambda: ops.conv2d(X, W, padding_mode=cast("Any", "reflekt")),
        "unknown padding_mode 'reflekt'; did you mean 'reflect'?",
    ),
    (lambda: ops.conv2d(X, W, groups=0), "groups: got 0, wanted a whole number of at least 1"),
    (
        lambda: ops.conv2d(X, W, groups=3),
        "groups: got 3, wanted a number that divides 2 channels of x and 4 kernels of weight",
    ),
    (
        lambda: ops.conv2d(X, W, groups=2),
        "weight: got kernels of 2 channels, wanted 1 (x has 2, in 2 groups)",
    ),
    (lambda: ops.conv2d(X[:1], W), "weight: got kernels of 2 channels, wanted 1"),
    (
        lambda: ops.conv2d(X, W, dilation=(2, 1)),
        "rows: the window is 5 long, but the padded input only 4",
    ),
    (
        lambda: ops.conv2d(X, W, padding=4, padding_mode="reflect"),
        "rows: reflect padding of 4 is too much for 4 cells",
    ),
    (
        lambda: ops.conv2d(X, W, padding=((0, 0), (0, 6)), padding_mode="circular"),
        "columns: circular padding of 6 is too much for 5 cells",
    ),
    (
        lambda: ops.conv2d(np.full((1, 3, 3), 2**60), np.ones((1, 1, 3, 3), int)),
        "x: got numbers up to 1152921504606846976, wanted sums below 2⁶³; "
        "floats have no such limit",
    ),
    (
        lambda: ops.conv2d(
            X[0], W[:, :1], [1], stride=0, padding=-1, dilation=0, groups=0,
            padding_mode=cast("Any", "mirror"),
        ),
        "x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)\n"
        f"stride: got 0, {SIZES}\n"
        f"dilation: got 0, {SIZES}\n"
        f"padding: got -1, {PADDING}\n"
        "groups: got 0, wanted a whole number of at least 1\n"
        "unknown padding_mode 'mirror'; there are: zeros, reflect, replicate, circular",
    ),
    (
        lambda: ops.conv2d(X, np.ones((4, 1, 5, 6)), [1], padding=-1, groups=1),
        f"padding: got -1, {PADDING}\n"
        "bias: got shape (1,), wanted (4,), one for each kernel\n"
        "weight: got kernels of 1 channels, wanted 2",
    ),
    (
        lambda: ops.conv2d(X, np.ones((4, 1, 5, 6)), stride=(1, 0)),
        f"stride: got (1, 0), {SIZES}\n"
        "rows: the window is 5 long, but the padded input only 4\n"
        "columns: the window is 6 long, but the padded input only 5\n"
        "weight: got kernels of 1 channels, wanted 2",
    ),
    (lambda: ops.max_pool2d(X[0], 2), "x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)"),
    (lambda: ops.max_pool2d(X, 0, padding=1), f"kernel_size: got 0, {SIZES}"),
    (
        lambda: ops.max_pool2d(X, 2, stride=0, padding=-1),
        f"stride: got 0, {SIZES}\npadding: got -1, {PADDING}",
    ),
    (lambda: ops.max_pool2d(X, 5), "rows: the window is 5 long, but the padded input only 4"),
    (
        lambda: ops.max_pool2d(X, 2, padding=(2, 0)),
        "rows: a window would see nothing but padding",
    ),
    (
        lambda: ops.max_pool2d(X[:, :1, :1], 2, padding=1, dilation=2),
        "rows: a window would see nothing but padding\n"
        "columns: a window would see nothing but padding",
    ),
    (
        lambda: ops.avg_pool2d(X, 2, padding=(0, 2), count_include_pad=False),
        "columns: a window would see nothing but padding",
    ),
    (
        lambda: ops.max_pool2d(X, 9, 2, ceil_mode=True),
        "rows: the window is 9 long, but the padded input only 4\n"
        "columns: the window is 9 long, but the padded input only 5",
    ),
    (
        lambda: ops.avg_pool2d(X, 2, divisor_override=0, padding=cast("Any", "none")),
        "divisor_override: got 0, wanted a whole number of at least 1\n"
        f"padding: got none, {PADDING}",
    ),
    (
        lambda: ops.adaptive_avg_pool2d(X[0], (0, 1)),
        f"x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)\noutput_size: got (0, 1), {SIZES}",
    ),
    (lambda: ops.global_avg_pool2d(X[0]), "x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)"),
    (
        lambda: ops.conv_transpose2d(X[0], W[0], [[1]]),
        "x: got shape (4, 5), wanted (C, H, W) or (N, C, H, W)\n"
        "weight: got shape (2, 3, 3), wanted (C, F/groups, K, L)\n"
        "bias: got shape (1, 1), wanted (F,)",
    ),
    (
        lambda: ops.conv_transpose2d(X, W),
        "weight: got kernels for 4 channels, wanted 2",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], [1, 2, 3], groups=2),
        "bias: got shape (3,), wanted (4,), one for each kernel",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], groups=3),
        "groups: got 3, wanted a number that divides 2 channels of x",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], padding=cast("Any", "same")),
        "padding: got same, wanted a whole number of at least 0, one for rows and one for columns, "
        "or ((top, bottom), (left, right))",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], output_padding=-1, stride=0),
        f"stride: got 0, {SIZES}\noutput_padding: got -1, {SIZES.replace('1,', '0,')}",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], output_padding=(2, 1), stride=2),
        "output_padding: got 2, wanted less than the stride 2 or dilation 1",
    ),
    (
        lambda: ops.conv_transpose2d(X, W[:2], padding=(3, 2)),
        "rows: padding cuts off the whole result",
    ),
    (
        lambda: ops.conv_transpose2d(np.full((1, 3, 3), 2**60), np.ones((1, 1, 3, 3), int)),
        "x: got numbers up to 1152921504606846976, wanted sums below 2⁶³; "
        "floats have no such limit",
    ),
    (
        lambda: ops.im2col(X, (5, 0), stride=0),
        f"kernel_size: got (5, 0), {SIZES}\nstride: got 0, {SIZES}",
    ),
    (lambda: ops.im2col(X, 5), "rows: the window is 5 long, but the padded input only 4"),
    (
        lambda: ops.linear(X, X[0], [1]),
        "bias: got shape (1,), wanted (4,), one for each kernel",
    ),
    (
        lambda: ops.linear(X[:, :, :3], X[0]),
        "weight: got rows of 5 numbers, wanted 3, as x has",
    ),
    (lambda: ops.linear(3, [[1]]), "x: got shape (), wanted (…, C)"),
    (lambda: ops.linear([1], [1]), "weight: got shape (1,), wanted (F, C)"),
    (
        lambda: ops.linear([2**62] * 2, [[1, 1]]),
        "x: got numbers up to 4611686018427387904, wanted sums below 2⁶³; "
        "floats have no such limit",
    ),
    (lambda: ops.relu([[1, 2], [3]]), "x: got [[1, 2], [3]], wanted an array of numbers; all rows "
     "need the same length"),
    (lambda: ops.sigmoid([]), "x: got shape (0,), wanted at least one cell along every axis"),
    (lambda: ops.tanh(["a"]), "x: got <U1, wanted whole or real numbers"),
    (
        lambda: ops.leaky_relu([1j], np.nan),
        "x: got complex128, wanted whole or real numbers\n"
        "negative_slope: got nan, wanted a finite number",
    ),
    (lambda: ops.leaky_relu(1, True), "negative_slope: got true, wanted a finite number"),
    (
        lambda: ops.gelu(1, cast("Any", "tan")),
        "unknown approximate 'tan'; did you mean 'tanh'?",
    ),
    (lambda: ops.softmax(X, 3), "dim: got 3, wanted a number from -3 to 2"),
    (lambda: ops.softmax(X, cast("Any", None)), "dim: got nothing, wanted a number from -3 to 2"),
    (lambda: ops.softmax(1, 0), "x: got shape (), wanted at least one axis"),
    (lambda: ops.flatten(X, 2, 1), "end_dim: got 1, wanted an axis from 2 on"),
    (
        lambda: ops.flatten(X, -4, 3),
        "start_dim: got -4, wanted a number from -3 to 2\n"
        "end_dim: got 3, wanted a number from -3 to 2",
    ),
    (lambda: ops.batch_norm([1], [1], [1]), "x: got shape (1,), wanted (N, C) or (N, C, …)"),
    (
        lambda: ops.batch_norm(X, [1] * 3, [[1]], bias=[1] * 4, eps=np.inf),
        "running_var: got shape (1, 1), wanted (C,)\n"
        "eps: got inf, wanted a finite number\n"
        "running_mean: got shape (3,), wanted (4,), one for each channel",
    ),
    (
        lambda: ops.batch_norm(X, [0] * 4, [1, 1, 0, 1], eps=0),
        "running_var: got 0, wanted numbers that are above 0 once eps is added",
    ),
    (
        lambda: ops.batch_norm(X, [0] * 4, [1, 1, -1, 1]),
        "running_var: got -1, wanted numbers that are above 0 once eps is added",
    ),
    (
        lambda: ops.filter2d(PICTURE.astype(int), [[1]]),
        "picture: got int64, wanted uint8, float32 or float64",
    ),
    (
        lambda: ops.filter2d(PICTURE[0], [[1, 2], [3]]),
        "picture: got shape (5,), wanted (H, W) or (H, W, C)\n"
        "kernel: got [[1, 2], [3]], wanted rows of one length, of finite numbers",
    ),
    (
        lambda: ops.filter2d(PICTURE, np.array([[np.inf]]), cast("Any", "wrap")),
        "kernel: got [[inf]], wanted rows of one length, of finite numbers\n"
        "unknown padding_mode 'wrap'; there are: zeros, reflect, replicate, circular",
    ),
    (
        lambda: ops.filter2d(PICTURE[:1], np.ones((3, 3))),
        "rows: reflect padding of 1 is too much for 1 cells",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(CASES)))
def test_exact_words(case: int) -> None:
    call, text = CASES[case]
    with pytest.raises(UserError) as caught:
        call()
    assert str(caught.value) == text


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
