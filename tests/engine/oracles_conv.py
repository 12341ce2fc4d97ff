"""Convolutions, their transposes and dense layers: our ways and those of others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from engine.cases import (
    Array,
    Case,
    Oracle,
    Rng,
    as_rows,
    draw,
    draw_any,
    draw_float,
    numbers,
    onnx_walk,
    run_onnx,
)
from scipy import signal

from generator.engine import ops, trace
from generator.engine.shapes import Axis, Plane

NUMPY_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


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


def draw_deep(rng: Rng) -> Case:
    """Draw many channels and kernels, and mostly what Winograd's way is for."""
    height, width = rng.integers(3, 45, 2).tolist()
    plain = bool(rng.random() < 0.7)
    kernel = (3, 3) if plain else tuple(rng.integers(1, 4, 2).tolist())
    stride = (1, 1) if plain else tuple(rng.integers(1, 4, 2).tolist())
    channels, kernels = rng.integers(20, 60, 2).tolist()
    sides = [tuple(pair) for pair in rng.integers(0, 3, (2, 2)).tolist()]
    return Case(
        x=numbers(rng, int(rng.integers(1, 3)), channels, height, width),
        w=numbers(rng, kernels, channels, *kernel),
        bias=numbers(rng, kernels),
        stride=stride,
        padding=(sides[0], sides[1]),
    )


def draw_whole(rng: Rng) -> Case:
    return draw(rng, dtypes=("int64",), batch=False, many=False)


# Several channels and one kernel --------------------------------------------------------------


def draw_channels(rng: Rng) -> Case:
    case = draw(rng, dtypes=("int64",), batch=False)
    per = case.w.shape[1]
    return replace(case, x=case.x[:per], w=case.w[:1], bias=case.bias[:1], groups=1)


def channels_trace(case: Case) -> Array:
    x, w = tuple(map(as_rows, case.x)), tuple(map(as_rows, case.w[0]))
    bias = int(case.bias[0])
    rows, steps = trace.convolve_channels(x, w, case.plane, mode=case.mode, bias=bias)
    assert all(sum(term.product for term in step.terms) == step.value for step in steps)
    return np.array([rows])


# Windows as columns ---------------------------------------------------------------------------


def draw_columns(rng: Rng) -> Case:
    case = draw(rng, modes=("zeros",), batch=bool(rng.random() < 0.3), words=True)
    per = case.w.shape[1]
    return replace(case, x=case.x[..., :per, :, :], groups=1)


def columns_kernel(case: Case) -> Array:
    padding: Any = "same" if case.same else case.padding
    return ops.im2col(case.x, case.w.shape[2:], case.dilation, padding, case.stride)


def columns_numpy(case: Case) -> Array:
    """Cut every window out of the padded input."""
    front = [(0, 0)] * (case.x.ndim - 2)
    padded = np.pad(case.x, [*front, *case.padding])
    columns = []
    for i in range(case.plane.rows.output):
        for j in range(case.plane.columns.output):
            cut = padded[..., i * case.stride[0] :, j * case.stride[1] :]
            cut = cut[..., :: case.dilation[0], :: case.dilation[1]]
            cut = cut[..., : case.w.shape[2], : case.w.shape[3]]
            columns.append(cut.reshape(*case.x.shape[:-3], -1))
    return np.stack(columns, axis=-1)


def product_kernel(case: Case) -> Array:
    """Convolve by one product of matrices."""
    maps = case.w.reshape(len(case.w), -1) @ columns_kernel(case) + case.bias[:, None]
    return np.asarray(maps.reshape(*maps.shape[:-1], *case.plane.output))


# Transposed convolution -----------------------------------------------------------------------


def draw_transposed(rng: Rng, *, dtypes: tuple[str, ...], many: bool = True) -> Case:
    """Draw a configuration whose result has cells; `more` is the output padding."""
    while True:
        size, kernel = rng.integers(1, 8, 2), rng.integers(1, 6, 2)
        stride, dilation = rng.integers(1, 4, 2), rng.integers(1, 4, 2)
        sides, more = rng.integers(0, 4, (2, 2)), rng.integers(0, 3, 2)
        out = stride * (size - 1) + dilation * (kernel - 1) + 1 - sides.sum(1) + more
        if (out > 0).all() and (more < np.maximum(stride, dilation)).all():
            break
    groups, per, maps = rng.integers(1, 4, 3).tolist() if many else (1, 1, 1)
    dtype = dtypes[rng.integers(len(dtypes))]
    front = (int(rng.integers(1, 4)),) if rng.random() < 0.3 and many else ()
    (top, bottom), (left, right) = sides.tolist()
    return Case(
        x=numbers(rng, *front, groups * per, *size, dtype=dtype),
        w=numbers(rng, groups * per, maps, *kernel, dtype=dtype),
        bias=numbers(rng, groups * maps, dtype=dtype),
        stride=(int(stride[0]), int(stride[1])),
        dilation=(int(dilation[0]), int(dilation[1])),
        padding=((top, bottom), (left, right)),
        groups=groups,
        more=(int(more[0]), int(more[1])),
    )


def transposed_kernel(case: Case) -> Array:
    return ops.conv_transpose2d(
        case.x, case.w, case.bias, case.stride, case.padding, case.more, case.groups, case.dilation
    )


def transposed_sizes(case: Case) -> list[int]:
    return [
        case.stride[i] * (case.x.shape[i - 2] - 1)
        + case.dilation[i] * (case.w.shape[i - 2] - 1)
        + 1
        - sum(case.padding[i])
        + case.more[i]
        for i in (0, 1)
    ]


def transposed_trace(case: Case) -> Array:
    rows, columns = (
        Axis(size, case.w.shape[i - 2], case.stride[i], *case.padding[i], case.dilation[i])
        for i, size in enumerate(transposed_sizes(case))
    )
    x, w = as_rows(case.x[0]), as_rows(case.w[0, 0])
    found, steps = trace.convolve_transposed(x, w, Plane(rows, columns), bias=int(case.bias[0]))
    assert all(sum(term.product for term in step.terms) == step.value for step in steps)
    return np.array([found])


def transposed_scipy(case: Case) -> Array:
    """Put zeros between the cells and into the kernel, convolve in full, cut the padding off."""

    def spread(array: Array, apart: tuple[int, int]) -> Array:
        sides = [(n - 1) * d + 1 for n, d in zip(array.shape[-2:], apart, strict=True)]
        wide = np.zeros((*array.shape[:-2], *sides), array.dtype)
        wide[..., :: apart[0], :: apart[1]] = array
        return wide

    x, w = spread(case.x, case.stride), spread(case.w, case.dilation)
    height, width = transposed_sizes(case)
    top, left = case.padding[0][0], case.padding[1][0]
    per, maps = len(w) // case.groups, w.shape[1]
    batch = []
    for picture in x.reshape(-1, *x.shape[-3:]):
        found = []
        for f in range(case.groups * maps):
            first = f // maps * per
            full = sum(
                signal.convolve(picture[c], w[c, f % maps], "full", "direct")
                for c in range(first, first + per)
            )
            full = np.pad(full, ((0, case.more[0]), (0, case.more[1])))
            found.append(full[top : top + height, left : left + width] + case.bias[f])
        batch.append(found)
    result = np.array(batch, case.x.dtype)
    return result if case.x.ndim == 4 else result[0]


def transposed_onnx(case: Case) -> Array:
    x = case.x if case.x.ndim == 4 else case.x[None]
    (top, bottom), (left, right) = case.padding
    found = run_onnx(
        "ConvTranspose", {"x": x, "w": case.w, "b": case.bias}, strides=case.stride,
        dilations=case.dilation, pads=[top, left, bottom, right], output_padding=case.more,
        group=case.groups,
    )  # fmt: skip
    return found if case.x.ndim == 4 else found[0]


def draw_transposed_float(rng: Rng) -> Case:
    """Draw what onnxruntime takes: output padding below the stride; torch takes more if dilated."""
    while True:
        case = draw_transposed(rng, dtypes=("float32",))
        if all(more < stride for more, stride in zip(case.more, case.stride, strict=True)):
            return case


# Dense layers ---------------------------------------------------------------------------------


def draw_dense(rng: Rng, *, dtypes: tuple[str, ...], batch: int = 1) -> Case:
    inputs, outputs = rng.integers(1, 40, 2).tolist()
    dtype = dtypes[rng.integers(len(dtypes))]
    x = numbers(rng, *rng.integers(1, 5, batch), inputs, dtype=dtype)
    w, bias = numbers(rng, outputs, inputs, dtype=dtype), numbers(rng, outputs, dtype=dtype)
    return Case(x, w, bias)


def dense_kernel(case: Case) -> Array:
    return ops.linear(case.x, case.w, case.bias)


def dense_trace(case: Case) -> Array:
    bias = tuple(case.bias.tolist())
    values, steps = trace.linear(tuple(case.x.tolist()), as_rows(case.w), bias)
    assert all(sum(term.product for term in step.terms) == step.value for step in steps)
    return np.array(values)


def dense_onnx(case: Case) -> Array:
    return run_onnx("Gemm", {"x": case.x, "w": case.w, "b": case.bias}, transB=1)


def dense_numpy(case: Case) -> Array:
    """Sum product by product, in whole numbers without end."""
    x = case.x.astype(object)[..., None, :]
    return np.asarray(((x * case.w.astype(object)).sum(-1) + case.bias).astype(case.x.dtype))


ALL = ("float32", "float64", "int64")

ORACLES: dict[str, Oracle] = {
    "conv2d, scipy": Oracle(1200, draw_any, (conv_kernel,), conv_scipy),
    "conv2d, onnxruntime": Oracle(500, draw_float, (conv_kernel,), conv_onnx),
    "conv2d of many channels, onnxruntime": Oracle(300, draw_deep, (conv_kernel,), conv_onnx),
    "conv2d and its story": Oracle(800, draw_whole, (conv_kernel, conv_trace), conv_scipy),
    "conv2d and the story of its channels": Oracle(
        300, draw_channels, (conv_kernel, channels_trace), conv_scipy
    ),
    "conv2d by a product of matrices": Oracle(300, draw_columns, (product_kernel,), conv_scipy),
    "conv2d, flipped, and its story": Oracle(200, draw_whole, (conv_trace_flipped,), conv_scipy),
    "conv1d, onnxruntime": Oracle(
        300, lambda rng: as_line(draw_float(rng)), (line_kernel,), line_onnx
    ),
    "conv_transpose2d, scipy": Oracle(
        600, lambda rng: draw_transposed(rng, dtypes=ALL), (transposed_kernel,), transposed_scipy
    ),
    "conv_transpose2d, onnxruntime": Oracle(
        400, draw_transposed_float, (transposed_kernel,), transposed_onnx
    ),
    "conv_transpose2d and its story": Oracle(
        500,
        lambda rng: draw_transposed(rng, dtypes=("int64",), many=False),
        (transposed_kernel, transposed_trace),
        transposed_scipy,
    ),
    "im2col, numpy": Oracle(600, draw_columns, (columns_kernel,), columns_numpy),
    "linear, numpy": Oracle(
        500,
        lambda rng: draw_dense(rng, dtypes=ALL, batch=int(rng.integers(0, 4))),
        (dense_kernel,),
        dense_numpy,
    ),
    "linear, onnxruntime": Oracle(
        300, lambda rng: draw_dense(rng, dtypes=("float32",)), (dense_kernel,), dense_onnx
    ),
    "linear and its story": Oracle(
        300,
        lambda rng: draw_dense(rng, dtypes=("int64",), batch=0),
        (dense_kernel, dense_trace),
        dense_numpy,
    ),
}
