"""What the operations say to a person who gave them something impossible."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest

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
