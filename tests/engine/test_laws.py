"""Laws that need no oracle."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from generator.engine import ops, trace
from generator.engine.named import NAMED
from generator.engine.shapes import Axis, Plane

Array = NDArray[Any]

#: No deadline: the first example may have to wait for a compiler.
laws = settings(max_examples=60, deadline=None, derandomize=True)
whole = st.integers(-50, 50)


def planes(*shape: int) -> st.SearchStrategy[Array]:
    return arrays.arrays(np.int64, shape, elements=whole)


sizes = st.integers(5, 9)
inputs = st.builds(lambda h, w: (2, h, w), sizes, sizes).flatmap(lambda shape: planes(*shape))


@laws
@given(inputs, st.data(), planes(3, 2, 3, 3), whole, whole)
def test_linear_in_the_input(x: Array, data: st.DataObject, w: Array, a: int, b: int) -> None:
    y = data.draw(planes(*x.shape))
    mixed = ops.conv2d(a * x + b * y, w, padding=1)
    assert np.array_equal(mixed, a * ops.conv2d(x, w, padding=1) + b * ops.conv2d(y, w, padding=1))


@laws
@given(inputs, planes(3, 2, 3, 3), planes(3, 2, 3, 3), whole)
def test_linear_in_the_kernel(x: Array, v: Array, w: Array, a: int) -> None:
    assert np.array_equal(ops.conv2d(x, v + a * w), ops.conv2d(x, v) + a * ops.conv2d(x, w))


@laws
@given(inputs, planes(1, 2, 3, 3), st.integers(-4, 4), st.integers(-4, 4))
def test_a_shifted_input_gives_a_shifted_map(x: Array, w: Array, down: int, right: int) -> None:
    shifted = np.roll(x, (down, right), (1, 2))
    got = ops.conv2d(shifted, w, padding=1, padding_mode="circular")
    wanted = np.roll(ops.conv2d(x, w, padding=1, padding_mode="circular"), (down, right), (1, 2))
    assert np.array_equal(got, wanted)


@laws
@given(inputs, planes(4, 2, 3, 3))
def test_a_stride_keeps_every_so_manieth_position(x: Array, w: Array) -> None:
    every = ops.conv2d(x, w, padding=2)
    assert np.array_equal(ops.conv2d(x, w, padding=2, stride=(2, 3)), every[:, ::2, ::3])


@laws
@given(inputs, planes(2, 1, 3, 3))
def test_groups_are_convolutions_side_by_side(x: Array, w: Array) -> None:
    apart = [ops.conv2d(x[c : c + 1], w[c : c + 1]) for c in range(2)]
    assert np.array_equal(ops.conv2d(x, w, groups=2), np.concatenate(apart))


@laws
@given(planes(7), planes(3))
def test_full_convolution_is_the_product_of_polynomials(x: Array, w: Array) -> None:
    got = ops.conv1d(x[None], w[None, None, ::-1], padding="full")
    assert np.array_equal(got[0], np.polymul(x, w) if x[0] * w[0] else np.convolve(x, w))


@laws
@given(inputs, st.integers(1, 3), st.integers(1, 3), st.integers(0, 1))
def test_pooling_lies_within_its_input(x: Array, size: int, stride: int, pad: int) -> None:
    padding = min(pad, size - 1)
    highest = ops.max_pool2d(x, size, stride, padding)
    average = ops.avg_pool2d(x, size, stride, padding, count_include_pad=False)
    assert highest.max() <= x.max()
    assert np.isin(highest, x).all()
    assert (average <= highest + 1e-9).all()
    assert (-ops.max_pool2d(-x, size, stride, padding) <= average + 1e-9).all()


@laws
@given(inputs)
def test_a_maximum_of_maxima_is_a_maximum(x: Array) -> None:
    twice = ops.max_pool2d(ops.max_pool2d(x, 2, 1), 2, 1)
    assert np.array_equal(twice, ops.max_pool2d(x, 3, 1))


@laws
@given(planes(5, 6), planes(3, 3))
def test_a_kernel_turned_twice_is_itself(x: Array, w: Array) -> None:
    rows = tuple(tuple(row) for row in w.tolist())
    assert trace.turned(trace.turned(rows)) == rows
    picture = tuple(tuple(row) for row in x.tolist())
    plane = Plane(Axis(5, 3), Axis(6, 3))
    once = trace.convolve(picture, trace.turned(rows), plane, flip=True)
    assert once == trace.convolve(picture, rows, plane)
    assert once[0] == tuple(tuple(row) for row in ops.conv2d(x[None], w[None, None])[0].tolist())


@laws
@given(st.sampled_from(sorted(NAMED)), st.integers(0, 255), st.sampled_from([(), (3,)]))
def test_the_sum_of_a_kernel_is_what_it_does_to_an_even_surface(
    name: str, brightness: int, channels: tuple[int, ...]
) -> None:
    kernel = NAMED[name]
    even = np.full((6, 7, *channels), brightness, np.uint8)
    assert (ops.filter2d(even, kernel.rows) == min(max(int(kernel.sum * brightness), 0), 255)).all()
    floats = ops.filter2d(even.astype(np.float64), kernel.rows)
    assert np.allclose(floats, float(kernel.sum) * brightness)


@laws
@given(inputs)
def test_the_sum_of_a_map_is_the_sum_of_the_input_times_the_sum_of_the_kernel(x: Array) -> None:
    w = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    # Full padding reads every cell with every weight; a ring of the input is then no exception.
    assert ops.conv2d(x[:1], w[None, None], padding="full").sum() == x[0].sum() * 16
