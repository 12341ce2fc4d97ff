"""Laws of layers that need no oracle: transposes, roundings, activations, normalisation."""

from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from generator.engine import ops, trace
from generator.engine.shapes import Axis, Plane
from generator.model import Rows
from generator.numerals import Number

Array = NDArray[Any]

#: No deadline: the first example may have to wait for a compiler.
laws = settings(max_examples=80, deadline=None, derandomize=True)
whole = st.integers(-50, 50)
#: Arrays of any shape of real numbers, and rows of them.
reals = st.floats(-700, 700, allow_subnormal=False)
any_array = arrays.arrays(np.float64, arrays.array_shapes(max_dims=3, max_side=5), elements=reals)


def planes(*shape: int) -> st.SearchStrategy[Array]:
    return arrays.arrays(np.int64, shape, elements=whole)


def axes() -> st.SearchStrategy[Axis]:
    """Draw walks in which the window fits."""
    drawn = st.tuples(
        st.integers(1, 9), st.integers(1, 4), st.integers(1, 3), st.integers(0, 3),
        st.integers(0, 3), st.integers(1, 3),
    )  # fmt: skip
    fits = drawn.filter(lambda a: a[5] * (a[1] - 1) < a[0] + a[3] + a[4])
    return fits.map(lambda a: Axis(*a))


def walk(rows: Axis, columns: Axis) -> dict[str, Any]:
    return {
        "stride": (rows.stride, columns.stride),
        "padding": ((rows.before, rows.after), (columns.before, columns.after)),
        "dilation": (rows.dilation, columns.dilation),
    }


def dot(a: Rows, b: Rows) -> Number:
    pairs = zip(a, b, strict=True)
    return sum(x * y for rows in pairs for x, y in zip(*rows, strict=True))


@laws
@given(axes(), axes(), st.integers(1, 2), st.integers(1, 2), st.integers(1, 2), st.data())
def test_the_transpose_is_the_adjoint(
    rows: Axis, columns: Axis, groups: int, per: int, maps: int, data: st.DataObject
) -> None:
    """<conv(x), y> = <x, conv_T(y)>: the definition of a transpose."""
    x = data.draw(planes(groups * per, rows.size, columns.size))
    w = data.draw(planes(groups * maps, per, rows.kernel, columns.kernel))
    y = data.draw(planes(groups * maps, rows.output, columns.output))
    forth = ops.conv2d(x, w, groups=groups, **walk(rows, columns))
    more = (rows.remainder, columns.remainder)
    back = ops.conv_transpose2d(y, w, groups=groups, output_padding=more, **walk(rows, columns))
    assert back.shape == x.shape
    assert (forth * y).sum() == (x * back).sum()


@laws
@given(axes(), axes(), st.data())
def test_the_story_of_the_transpose_is_the_adjoint(
    rows: Axis, columns: Axis, data: st.DataObject
) -> None:
    plane = Plane(rows, columns)
    x, w, y = (
        tuple(tuple(row) for row in data.draw(planes(*shape)).tolist())
        for shape in ((rows.size, columns.size), (rows.kernel, columns.kernel), plane.output)
    )
    forth, _ = trace.convolve(x, w, plane)
    back, steps = trace.convolve_transposed(y, w, plane)
    assert dot(forth, y) == dot(x, back)
    stamped = sum(len(step.terms) for step in steps)
    assert stamped == sum(rows.visits()) * sum(columns.visits())


@laws
@given(planes(2, 4, 5), planes(2, 4, 5), planes(2, 3, 3, 3), whole)
def test_the_transpose_is_linear(x: Array, y: Array, w: Array, a: int) -> None:
    once = ops.conv_transpose2d(x + a * y, w, stride=2)
    apart = ops.conv_transpose2d(x, w, stride=2) + a * ops.conv_transpose2d(y, w, stride=2)
    assert np.array_equal(once, apart)


@laws
@given(axes(), axes(), st.data())
def test_windows_as_columns_make_convolution_a_product(
    rows: Axis, columns: Axis, data: st.DataObject
) -> None:
    x = data.draw(planes(2, rows.size, columns.size))
    w = data.draw(planes(3, 2, rows.kernel, columns.kernel))
    found = ops.im2col(x, (rows.kernel, columns.kernel), **walk(rows, columns))
    wanted = ops.conv2d(x, w, **walk(rows, columns))
    assert np.array_equal((w.reshape(3, -1) @ found).reshape(wanted.shape), wanted)


@laws
@given(planes(3, 7), planes(3, 7), planes(4, 7), planes(4), whole)
def test_a_dense_layer_is_linear_and_a_convolution(
    x: Array, y: Array, w: Array, bias: Array, a: int
) -> None:
    assert np.array_equal(ops.linear(x + a * y, w), ops.linear(x, w) + a * ops.linear(y, w))
    cells = ops.conv2d(x[..., None, None], w[..., None, None], bias)
    assert np.array_equal(ops.linear(x, w, bias), cells[..., 0, 0])


@laws
@given(axes(), axes(), st.data())
def test_rounding_up_never_gives_fewer(rows: Axis, columns: Axis, data: st.DataObject) -> None:
    x = data.draw(planes(1, rows.size, columns.size)).astype(float)
    given = {k: v for k, v in walk(rows, columns).items() if k != "dilation"}
    size = (rows.kernel, columns.kernel)
    assume(rows.kernel <= rows.padded)
    assume(columns.kernel <= columns.padded)
    down = ops.avg_pool2d(x, size, **given)
    up = ops.avg_pool2d(x, size, ceil_mode=True, **given)
    more = np.subtract(up.shape, down.shape)
    assert ((more == 0) | (more == 1)).all()
    # What both have is the same: what is beyond does not count.
    assert np.array_equal(up[:, : down.shape[1], : down.shape[2]], down)


@laws
@given(planes(2, 7, 8), st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_pooling_rounded_up_lies_within_its_input(
    x: Array, size: int, stride: int, include: bool
) -> None:
    walk: dict[str, Any] = {"stride": stride, "padding": size // 2, "ceil_mode": True}
    highest = ops.max_pool2d(x, size, **walk)
    average = ops.avg_pool2d(x, size, count_include_pad=include, **walk)
    assert np.isin(highest, x).all()
    if include:
        assert (average <= np.maximum(highest, 0) + 1e-9).all()
    else:
        assert (average <= highest + 1e-9).all()
    summed = ops.avg_pool2d(x, size, divisor_override=1, **walk)
    assert np.array_equal(ops.avg_pool2d(x, size, divisor_override=4, **walk) * 4, summed)


@laws
@given(planes(2, 6, 8))
def test_averages_of_averages(x: Array) -> None:
    whole_map = x.mean((1, 2), keepdims=True)
    assert np.allclose(ops.global_avg_pool2d(x), whole_map)
    assert np.allclose(ops.global_avg_pool2d(ops.avg_pool2d(x, 2)), whole_map)
    assert np.array_equal(ops.adaptive_avg_pool2d(x, (6, 8)), x)
    assert np.allclose(ops.adaptive_avg_pool2d(x, (3, 4)), ops.avg_pool2d(x, 2))


@laws
@given(any_array, st.integers(0, 2), st.floats(-500, 500))
def test_softmax_adds_up_and_is_shift_invariant(x: Array, dim: int, shift: float) -> None:
    dim = min(dim, x.ndim - 1)
    shares = ops.softmax(x, dim)
    assert np.allclose(shares.sum(dim), 1)
    assert (shares >= 0).all()
    assert np.allclose(ops.softmax(x + shift, dim), shares)
    assert np.array_equal(ops.softmax(x, dim - x.ndim), shares)


@laws
@given(any_array)
def test_activations(x: Array) -> None:
    once = ops.relu(x)
    assert np.array_equal(ops.relu(once), once)
    assert np.array_equal(once - ops.relu(-x), x)
    assert np.array_equal(ops.leaky_relu(x, 0), once)
    assert np.array_equal(ops.leaky_relu(ops.leaky_relu(x, 0.5), 2), x)
    assert np.allclose(ops.sigmoid(x) + ops.sigmoid(-x), 1)
    assert np.allclose(ops.tanh(x), 2 * ops.sigmoid(2 * x) - 1)
    for approximate in ("none", "tanh"):
        # Φ(x) + Φ(−x) = 1, and nothing is cut off further down than relu does.
        gelu, turned = ops.gelu(x, approximate), ops.gelu(-x, approximate)
        assert np.allclose(gelu - turned, x)
        assert (gelu <= once).all()
    assert np.abs(ops.gelu(x) - ops.gelu(x, "tanh")).max() < 5e-4
    for monotone in (ops.sigmoid, ops.tanh, ops.relu, ops.leaky_relu):
        assert (np.diff(monotone(np.sort(x.ravel()))) >= 0).all()


few = arrays.arrays(np.float64, (2, 3, 4), elements=st.floats(-9, 9, allow_subnormal=False))
line = arrays.arrays(np.float64, 3, elements=st.floats(0.1, 9))


@laws
@given(few, few, line, line, st.floats(-2, 2))
def test_batch_norm_is_affine(x: Array, y: Array, mean: Array, spread: Array, a: float) -> None:
    def norm(values: Array) -> Array:
        return ops.batch_norm(values, mean, spread, mean, spread)

    assert np.allclose(norm(a * x + (1 - a) * y), a * norm(x) + (1 - a) * norm(y))
    assert np.allclose(norm(np.broadcast_to(mean[:, None], x.shape)), spread[:, None])
    plain = ops.batch_norm(x, mean, spread, eps=0)
    undone = plain * np.sqrt(spread)[:, None] + mean[:, None]
    assert np.allclose(undone, x)


@laws
@given(any_array, st.data())
def test_flattening_keeps_the_order(x: Array, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, x.ndim - 1))
    last = data.draw(st.integers(first, x.ndim - 1))
    found = ops.flatten(x, first, last - x.ndim)
    assert found.ndim == x.ndim - (last - first)
    assert np.array_equal(ops.flatten(found), x.ravel())


@laws
@given(axes(), axes(), st.data(), whole)
def test_one_channel_is_told_like_a_matrix(
    rows: Axis, columns: Axis, data: st.DataObject, bias: int
) -> None:
    plane = Plane(rows, columns)
    x, w = (
        tuple(tuple(row) for row in data.draw(planes(*shape)).tolist())
        for shape in ((rows.size, columns.size), (rows.kernel, columns.kernel))
    )
    assert trace.convolve_channels((x,), (w,), plane, bias=bias) == trace.convolve(
        x, w, plane, bias=bias
    )
