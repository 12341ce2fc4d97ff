"""Every operation against libraries that are not ours, over thousands of drawn configurations.

The inputs are small whole numbers, also where they are floats: then no order of summation rounds,
and the results must be equal, not nearly so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper
from scipy import ndimage, signal

from generator.engine import ops, trace
from generator.engine.shapes import (
    PADDING_MODES,
    Axis,
    PaddingMode,
    Plane,
    Sides,
    furthest,
    padding_sides,
)
from generator.model import Rows

Array: TypeAlias = NDArray[Any]
Pair: TypeAlias = tuple[int, int]

NUMPY_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
SCIPY_MODES = {"zeros": "constant", "reflect": "mirror", "replicate": "nearest", "circular": "wrap"}


@dataclass(frozen=True)
class Case:
    """One drawn configuration; its repr is what a failing test shows."""

    x: Array
    w: Array
    bias: Array
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: tuple[Sides, Sides] = ((0, 0), (0, 0))
    mode: PaddingMode = "zeros"
    groups: int = 1
    same: bool = False

    @property
    def plane(self) -> Plane:
        rows, columns = (
            Axis(
                self.x.shape[i - 2],
                self.w.shape[i - 2],
                self.stride[i],
                *self.padding[i],
                self.dilation[i],
            )
            for i in (0, 1)
        )
        return Plane(rows, columns)


def numbers(rng: np.random.Generator, *shape: int, dtype: str = "float32") -> Array:
    return rng.integers(-9, 10, shape).astype(dtype)


def draw(
    rng: np.random.Generator,
    *,
    dtypes: tuple[str, ...] = ("float32", "float64", "int64"),
    modes: tuple[PaddingMode, ...] = PADDING_MODES,
    batch: bool = True,
    many: bool = True,
    words: bool = False,
    least: int = 1,
) -> Case:
    """Draw a configuration in which the window fits and the padding can be made."""
    while True:
        height, width = rng.integers(1, 13, 2).tolist()
        kernel = tuple(rng.integers(least, 6, 2).tolist())
        stride = tuple(rng.integers(1, 4, 2).tolist())
        dilation = tuple(rng.integers(1, 4, 2).tolist())
        mode = modes[rng.integers(len(modes))]
        same = bool(words and rng.random() < 0.4)
        sides = [tuple(pair) for pair in rng.integers(0, 5, (2, 2)).tolist()]
        if same:
            walks = zip((height, width), kernel, stride, dilation, strict=True)
            sides = [padding_sides("same", *walk) for walk in walks]
        fits = all(
            apart * (k - 1) < size + sum(pair) and max(pair) <= furthest(size, mode)
            for size, k, apart, pair in zip((height, width), kernel, dilation, sides, strict=True)
        )
        if fits:
            break
    groups = int(rng.integers(1, 4)) if many else 1
    per, kernels = (rng.integers(1, 4, 2).tolist()) if many else (1, 1)
    dtype = dtypes[rng.integers(len(dtypes))]
    front = (int(rng.integers(1, 4)),) if batch else ()
    return Case(
        x=numbers(rng, *front, groups * per, height, width, dtype=dtype),
        w=numbers(rng, groups * kernels, per, *kernel, dtype=dtype),
        bias=numbers(rng, groups * kernels, dtype=dtype),
        stride=stride,
        dilation=dilation,
        padding=(sides[0], sides[1]),
        mode=mode,
        groups=groups,
        same=same,
    )


# Convolution ----------------------------------------------------------------------------------


def conv_kernel(case: Case) -> Array:
    return ops.conv2d(
        case.x,
        case.w,
        case.bias,
        case.stride,
        "same" if case.same else case.padding,
        case.dilation,
        case.groups,
        case.mode,
    )


def conv_trace(case: Case) -> Array:
    rows, _ = trace.convolve(
        as_rows(case.x[0]),
        as_rows(case.w[0, 0]),
        case.plane,
        mode=case.mode,
        bias=int(case.bias[0]),
    )
    return np.array([rows])


def conv_trace_flipped(case: Case) -> Array:
    """True convolution with the kernel turned by 180° beforehand turns it back."""
    turned = as_rows(case.w[0, 0, ::-1, ::-1])
    rows, _ = trace.convolve(
        as_rows(case.x[0]), turned, case.plane, mode=case.mode, bias=int(case.bias[0]), flip=True
    )
    return np.array([rows])


def conv_scipy(case: Case) -> Array:
    """Pad with NumPy, put the zeros of dilation into the kernel, keep every stride-th sum."""
    mode: Any = NUMPY_MODES[case.mode]
    front = [(0, 0)] * (case.x.ndim - 2)
    padded = np.pad(case.x, [*front, *case.padding], mode=mode)
    rows, columns = (d * (k - 1) + 1 for d, k in zip(case.dilation, case.w.shape[2:], strict=True))
    spread = np.zeros((*case.w.shape[:2], rows, columns), case.w.dtype)
    spread[:, :, :: case.dilation[0], :: case.dilation[1]] = case.w
    batch = padded.reshape(-1, *padded.shape[-3:])
    per = len(case.w) // case.groups
    maps = [
        [
            sum(
                signal.correlate(picture[f // per * case.w.shape[1] + c], taps, "valid", "direct")
                for c, taps in enumerate(spread[f])
            )[:: case.stride[0], :: case.stride[1]]
            + case.bias[f]
            for f in range(len(case.w))
        ]
        for picture in batch
    ]
    found = np.array(maps, case.x.dtype)
    return found if case.x.ndim == 4 else found[0]


def line_kernel(case: Case) -> Array:
    return ops.conv1d(
        case.x[..., 0, :],
        case.w[:, :, 0],
        case.bias,
        case.stride[1],
        "same" if case.same else (case.padding[1],),
        case.dilation[1],
        case.groups,
        case.mode,
    )


def as_line(case: Case) -> Case:
    """Return the case with the first row of everything."""
    return replace(
        case,
        x=case.x[..., :1, :],
        w=case.w[:, :, :1],
        stride=(1, case.stride[1]),
        dilation=(1, case.dilation[1]),
        padding=((0, 0), case.padding[1]),
    )


def line_onnx(case: Case) -> Array:
    auto = {"auto_pad": "SAME_UPPER"} if case.same else {"pads": list(case.padding[1])}
    feeds = {"x": case.x[..., 0, :], "w": case.w[:, :, 0], "b": case.bias}
    walk = {"strides": [case.stride[1]], "dilations": [case.dilation[1]], "group": case.groups}
    return run_onnx("Conv", feeds, **walk, **auto)


def conv_onnx(case: Case) -> Array:
    feeds = {"x": case.x, "w": case.w, "b": case.bias}
    return run_onnx("Conv", feeds, dilations=case.dilation, group=case.groups, **onnx_walk(case))


# Pooling --------------------------------------------------------------------------------------


def pool_window(case: Case) -> tuple[Pair, Pair, Any]:
    return case.w.shape[2:], case.stride, "same" if case.same else case.padding


def max_kernel(case: Case) -> Array:
    return ops.max_pool2d(case.x, *pool_window(case), case.dilation)


def max_trace(case: Case) -> Array:
    return by_planes(case.x, lambda rows: trace.pool(rows, case.plane, "max")[0])


def max_onnx(case: Case) -> Array:
    walk = onnx_walk(case)
    return run_onnx("MaxPool", {"x": case.x}, dilations=case.dilation, **walk)


def average_kernel(case: Case) -> Array:
    return ops.avg_pool2d(case.x, *pool_window(case))


def average_seen_kernel(case: Case) -> Array:
    return ops.avg_pool2d(case.x, *pool_window(case), count_include_pad=False)


def average_trace(case: Case) -> Array:
    return by_planes(case.x, lambda rows: trace.pool(rows, case.plane, "average")[0])


def average_onnx(case: Case) -> Array:
    return run_onnx("AveragePool", {"x": case.x}, count_include_pad=1, **onnx_walk(case))


def average_seen_onnx(case: Case) -> Array:
    return run_onnx("AveragePool", {"x": case.x}, count_include_pad=0, **onnx_walk(case))


def draw_pool(rng: np.random.Generator, *, dilated: bool = True) -> Case:
    """Draw a pooling that onnxruntime accepts and in which every window sees some input."""
    while True:
        case = draw_float(rng)
        if not dilated:
            case = replace(case, dilation=(1, 1))
        case = replace(case, x=case.x[:1, :2])  # a plane is pooled like any other
        axes = (case.plane.rows, case.plane.columns)
        # onnxruntime wants padding below the kernel's size.
        small = all(max(axis.before, axis.after) < axis.kernel for axis in axes)
        seen = all(
            any(0 <= cell < axis.size for cell in axis.reads(o))
            for axis in axes
            for o in range(axis.output)
        )
        if small and seen and (not case.same or padded_by_same(case)):
            return case


# Filters --------------------------------------------------------------------------------------


def draw_filter(rng: np.random.Generator, *, dtype: str) -> Case:
    while True:
        kernel = rng.integers(1, 6, 2) if rng.random() < 0.5 else np.array([3, 3])
        mode = PADDING_MODES[rng.integers(4)]
        size = rng.integers(1, 13, 2)
        reach = [
            max(padding_sides("same", int(s), int(k))) for s, k in zip(size, kernel, strict=True)
        ]
        if all(r <= furthest(int(s), mode) for r, s in zip(reach, size, strict=True)):
            break
    channels = [(), (1,), (3,), (4,)][rng.integers(4)]
    low, high = (0, 256) if dtype == "uint8" else (-9, 10)
    picture = rng.integers(low, high, (*size, *channels)).astype(dtype)
    # The bias is the denominator of the weights: none, small, and too large for float32.
    under = rng.choice([1, 5, 9, 16, 256, 1000, 10**6 + 3]) if dtype == "uint8" else 1
    return Case(picture, numbers(rng, *kernel, dtype="int64"), np.array([under]), mode=mode)


def filter_kernel(case: Case) -> Array:
    under = int(case.bias[0])
    rows = tuple(tuple(Fraction(int(w), under) for w in row) for row in case.w)
    return ops.filter2d(case.x, rows, case.mode)


def filter_scipy(case: Case) -> Array:
    """In int64: the sum of the numerators, then half of the denominator, then the floor."""
    origin = [-1 if side % 2 == 0 else 0 for side in case.w.shape]
    planes = np.atleast_3d(case.x).astype(np.int64)
    sums = np.stack(
        [
            ndimage.correlate(planes[..., c], case.w, mode=SCIPY_MODES[case.mode], origin=origin)
            for c in range(planes.shape[2])
        ],
        axis=2,
    ).reshape(case.x.shape)
    if case.x.dtype != np.uint8:
        return np.asarray(sums.astype(case.x.dtype))
    under = int(case.bias[0])
    return np.asarray(np.clip((2 * sums + under) // (2 * under), 0, 255).astype(np.uint8))


# The oracles' own needs -----------------------------------------------------------------------


def as_rows(x: Array) -> Rows:
    return tuple(tuple(int(value) for value in row) for row in x)


def by_planes(x: Array, pool: Callable[[Rows], Rows]) -> Array:
    """Pool every plane on its own; a fraction becomes the float nearest to it."""
    planes = [pool(as_rows(plane)) for plane in x.reshape(-1, *x.shape[-2:])]
    found = np.array([[[float(v) for v in row] for row in rows] for rows in planes])
    return found.reshape(*x.shape[:-2], *found.shape[1:])


def onnx_walk(case: Case) -> dict[str, Any]:
    (top, bottom), (left, right) = case.padding
    pads = {"auto_pad": "SAME_UPPER"} if case.same else {"pads": [top, left, bottom, right]}
    return {"strides": case.stride, "kernel_shape": case.w.shape[2:], **pads}


def run_onnx(operation: str, feeds: dict[str, Array], **attributes: Any) -> Array:
    """Run a network of one node."""
    node = helper.make_node(operation, list(feeds), ["y"], **attributes)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape)
        for name, array in feeds.items()
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * feeds["x"].ndim)
    model = helper.make_model(
        helper.make_graph([node], "one", inputs, [output]),
        opset_imports=[helper.make_opsetid("", 19)],
        ir_version=9,
    )
    checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return np.asarray(session.run(None, feeds)[0])


@dataclass(frozen=True)
class Oracle:
    """One operation: how a configuration is drawn, our ways of doing it, and somebody else's."""

    count: int
    draw: Callable[[np.random.Generator], Case]
    ours: tuple[Callable[[Case], Array], ...]
    theirs: Callable[[Case], Array]
    #: Relative error that division may bring.
    near: float = 0


def draw_any(rng: np.random.Generator) -> Case:
    return draw(rng, batch=bool(rng.random() < 0.3))


def draw_float(rng: np.random.Generator) -> Case:
    while True:
        case = draw(rng, dtypes=("float32",), modes=("zeros",), words=True)
        # onnxruntime knows "same" without dilation only.
        if not case.same or (case.dilation == (1, 1) and padded_by_same(case)):
            return case


def padded_by_same(case: Case) -> bool:
    """Return whether "same" asks for no negative padding.

    Where the stride is larger than the window, it may: then onnxruntime crops the input, while
    TensorFlow, which brought the word, and we leave it as it is.
    """
    axes = (case.plane.rows, case.plane.columns)
    return all((axis.output - 1) * axis.stride + axis.extent >= axis.size for axis in axes)


def draw_whole(rng: np.random.Generator) -> Case:
    return draw(rng, dtypes=("int64",), batch=False, many=False)


ORACLES: dict[str, Oracle] = {
    "conv2d, scipy": Oracle(3200, draw_any, (conv_kernel,), conv_scipy),
    "conv2d, onnxruntime": Oracle(700, draw_float, (conv_kernel,), conv_onnx),
    "conv2d and its story": Oracle(2000, draw_whole, (conv_kernel, conv_trace), conv_scipy),
    "a flipped kernel and its story": Oracle(300, draw_whole, (conv_trace_flipped,), conv_scipy),
    "conv1d, onnxruntime": Oracle(
        300, lambda rng: as_line(draw_float(rng)), (line_kernel,), line_onnx
    ),
    "max_pool2d, onnxruntime": Oracle(600, draw_pool, (max_kernel, max_trace), max_onnx),
    "avg_pool2d, onnxruntime": Oracle(
        500,
        lambda rng: draw_pool(rng, dilated=False),
        (average_kernel, average_trace),
        average_onnx,
        near=1e-6,
    ),
    "avg_pool2d without padding, onnxruntime": Oracle(
        500,
        lambda rng: draw_pool(rng, dilated=False),
        (average_seen_kernel,),
        average_seen_onnx,
        near=1e-6,
    ),
    "filter2d of bytes, scipy": Oracle(
        2000, lambda rng: draw_filter(rng, dtype="uint8"), (filter_kernel,), filter_scipy
    ),
    "filter2d of float32, scipy": Oracle(
        1000, lambda rng: draw_filter(rng, dtype="float32"), (filter_kernel,), filter_scipy
    ),
    "filter2d of float64, scipy": Oracle(
        1000, lambda rng: draw_filter(rng, dtype="float64"), (filter_kernel,), filter_scipy
    ),
}


@pytest.mark.parametrize("name", ORACLES)
def test_against_oracle(name: str) -> None:
    oracle = ORACLES[name]
    rng = np.random.default_rng(list(name.encode()))
    for number in range(oracle.count):
        case = oracle.draw(rng)
        wanted = oracle.theirs(case)
        for ours in oracle.ours:
            got = ours(case)
            where = f"{ours.__name__}, case {number}: {case}"
            assert got.shape == wanted.shape, where
            equal = np.allclose(got, wanted, oracle.near, 1e-12) if oracle.near else (got == wanted)
            assert np.all(equal), where
            if "trace" not in ours.__name__:
                assert got.dtype == case.x.dtype, where


def test_every_byte_is_rounded_half_up_exactly() -> None:
    rng = np.random.default_rng(7)
    picture = np.arange(256, dtype=np.uint8)[None]
    for numerator, under in rng.integers((-3000, 1), (3000, 3000), (1500, 2)).tolist():
        got = ops.filter2d(picture, ((Fraction(numerator, under),),))
        exact = [(2 * numerator * value + under) // (2 * under) for value in range(256)]
        assert got.tolist() == [[min(max(v, 0), 255) for v in exact]], (numerator, under)


@pytest.mark.parametrize("digits", range(1, 11))
def test_bytes_are_exact_next_to_every_half(digits: int) -> None:
    """Aim the sum of two products at (k + ½)·denominator and at its two neighbours."""
    rng = np.random.default_rng(digits)
    for _ in range(200):
        under = 2 * int(rng.integers(1, 10**digits // 2, endpoint=True))
        grey, k = (int(n) for n in rng.integers(0, 255, 2))
        slope = int(rng.integers(-under, under, endpoint=True))
        for away in (-1, 0, 1):
            total = (2 * k + 1) * under // 2 + away
            weights = (Fraction(total - slope * grey, under), Fraction(slope, under))
            got = ops.filter2d(np.array([[1, grey]], np.uint8), (weights,), "zeros")
            assert got[0, 0] == (2 * total + under) // (2 * under), (weights, grey)


def test_large_pictures_are_filtered_in_bands() -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(0, 256, (700, 900, 3), dtype=np.uint8)
    case = Case(
        picture, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]), np.array([16]), mode="reflect"
    )
    assert np.array_equal(filter_kernel(case), filter_scipy(case))
    floats = Case(picture.astype(np.float32), numbers(rng, 5, 5, dtype="int64"), np.array([1]))
    assert np.array_equal(filter_kernel(floats), filter_scipy(floats))


def test_2x2_pooling_has_a_loop_of_its_own() -> None:
    rng = np.random.default_rng(2)
    for dtype in ("float32", "float64", "int64"):
        x = numbers(rng, 3, 9, 14, dtype=dtype)
        blocks = x[:, :8].reshape(3, 4, 2, 7, 2)
        assert np.array_equal(ops.max_pool2d(x, 2), blocks.max((2, 4)))
