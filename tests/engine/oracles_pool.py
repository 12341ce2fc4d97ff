"""Pooling: our ways and those of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from engine.cases import (
    Array,
    Case,
    Oracle,
    Pair,
    Rng,
    by_planes,
    draw,
    draw_float,
    numbers,
    onnx_walk,
    padded_by_same,
    run_onnx,
)

from generator.engine import ops, trace


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


# Rounding up ----------------------------------------------------------------------------------


def draw_ceil(rng: Rng, *, dtypes: tuple[str, ...], dilated: bool = True) -> Case:
    """Draw a pooling as torch allows it; `more` is ceil_mode, count_include_pad and divisor."""
    while True:
        size, kernel, stride = rng.integers(1, 12, 2), rng.integers(1, 6, 2), rng.integers(1, 6, 2)
        dilation = rng.integers(1, 4, 2) if dilated else np.array([1, 1])
        # At most half of a window, so that each sees something of the input.
        sides = [int(rng.integers(0, k // 2 + 1)) for k in kernel]
        room = size + 2 * np.array(sides) - dilation * (kernel - 1) - 1
        x = numbers(rng, *rng.integers(1, 3, 2), *size, dtype=dtypes[rng.integers(len(dtypes))])
        divisor = int(rng.integers(1, 10)) if rng.random() < 0.3 else None
        case = Case(
            x=x,
            w=np.zeros((1, 1, *kernel)),
            bias=np.zeros(1),
            stride=(int(stride[0]), int(stride[1])),
            dilation=(int(dilation[0]), int(dilation[1])),
            padding=((sides[0], sides[0]), (sides[1], sides[1])),
            more=(bool(rng.random() < 0.8), bool(rng.random() < 0.5), divisor),
        )
        fits = (room > -stride).all() if case.more[0] else (room >= 0).all()
        # A dilated window may step over the whole of a small input; torch gives -inf, we refuse.
        if fits and all(map(np.isfinite, max_torch(case).ravel())):
            return case


def max_up_kernel(case: Case) -> Array:
    size = case.w.shape[2:]
    return ops.max_pool2d(
        case.x, size, case.stride, case.padding, case.dilation, ceil_mode=case.more[0]
    )


def average_up_kernel(case: Case) -> Array:
    up, include, divisor = case.more
    size = case.w.shape[2:]
    return ops.avg_pool2d(case.x, size, case.stride, case.padding, up, include, divisor)


def torch_size(case: Case, i: int) -> int:
    """Return the number of positions, as torch's ``pooling_output_shape_pad_lr`` does."""
    size, stride = case.x.shape[i - 2], case.stride[i]
    before, after = case.padding[i]
    span = case.dilation[i] * (case.w.shape[i - 2] - 1)
    up = stride - 1 if case.more[0] else 0
    found = int((size + before + after - span - 1 + up) // stride + 1)
    if case.more[0] and (found - 1) * stride >= size + before:
        found -= 1
    return found


def pool_torch(case: Case, reduce: Callable[[Array, int], Any]) -> Array:
    """Pool window by window, as torch's reference loops do; its rules, in plain Python."""
    planes = case.x.reshape(-1, *case.x.shape[-2:])
    out = np.empty((len(planes), torch_size(case, 0), torch_size(case, 1)), np.float64)
    for i, j in np.ndindex(*out.shape[1:]):
        cells, area = [], 1
        for axis, at in enumerate((i, j)):
            size, kernel = case.x.shape[axis - 2], case.w.shape[axis - 2]
            start = at * case.stride[axis] - case.padding[axis][0]
            end = min(start + kernel, size + case.padding[axis][1])
            area *= end - start
            reads = range(start, start + kernel * case.dilation[axis], case.dilation[axis])
            cells.append([cell for cell in reads if 0 <= cell < size])
        for p, plane in enumerate(planes):
            out[p, i, j] = reduce(plane[np.ix_(*cells)], area)
    return out.reshape(*case.x.shape[:-2], *out.shape[1:])


def max_torch(case: Case) -> Array:
    def largest(window: Array, _: int) -> Any:
        return window.max() if window.size else -np.inf

    return pool_torch(case, largest)


def average_torch(case: Case) -> Array:
    _, include, divisor = case.more

    def mean(window: Array, area: int) -> Any:
        return window.astype(np.float64).sum() / (divisor or (area if include else window.size))

    return pool_torch(case, mean)


def draw_ceil_average(rng: Rng) -> Case:
    return draw_ceil(rng, dtypes=("float64", "float32", "int64"), dilated=False)


def draw_ceil_float(rng: Rng, *, dilated: bool = True) -> Case:
    case = draw_ceil(rng, dtypes=("float32",), dilated=dilated)
    return replace(case, more=(case.more[0], case.more[1], None))


def max_up_onnx(case: Case) -> Array:
    walk = onnx_walk(case)
    feeds, up = {"x": case.x}, int(case.more[0])
    return run_onnx("MaxPool", feeds, dilations=case.dilation, ceil_mode=up, **walk)


def average_up_onnx(case: Case) -> Array:
    up, include, _ = case.more
    counts = {"count_include_pad": int(include), "ceil_mode": int(up)}
    return run_onnx("AveragePool", {"x": case.x}, **counts, **onnx_walk(case))


# Adaptive and global --------------------------------------------------------------------------


def draw_adaptive(rng: Rng) -> Case:
    case = draw(rng, modes=("zeros",), batch=bool(rng.random() < 0.3))
    return replace(case, more=tuple(rng.integers(1, 15, 2).tolist()))


def adaptive_kernel(case: Case) -> Array:
    return ops.adaptive_avg_pool2d(case.x, case.more)


def adaptive_numpy(case: Case) -> Array:
    height, width = case.x.shape[-2:]
    rows, columns = case.more
    out = np.empty((*case.x.shape[:-2], rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, bottom = i * height // rows, -((i + 1) * height // -rows)
        left, right = j * width // columns, -((j + 1) * width // -columns)
        out[..., i, j] = case.x[..., top:bottom, left:right].mean((-2, -1))
    return out


def global_kernel(case: Case) -> Array:
    return ops.global_avg_pool2d(case.x)


def global_onnx(case: Case) -> Array:
    return run_onnx("GlobalAveragePool", {"x": case.x})


ORACLES: dict[str, Oracle] = {
    "max_pool2d, onnxruntime": Oracle(300, draw_pool, (max_kernel, max_trace), max_onnx),
    "max_pool2d rounded up, onnxruntime": Oracle(
        300, draw_ceil_float, (max_up_kernel,), max_up_onnx
    ),
    "max_pool2d rounded up, torch's rules": Oracle(
        400,
        lambda rng: draw_ceil(rng, dtypes=("float32", "float64", "int64")),
        (max_up_kernel,),
        max_torch,
    ),
    "avg_pool2d, onnxruntime": Oracle(
        250,
        lambda rng: draw_pool(rng, dilated=False),
        (average_kernel, average_trace),
        average_onnx,
        near=1e-6,
    ),
    "avg_pool2d without padding, onnxruntime": Oracle(
        250,
        lambda rng: draw_pool(rng, dilated=False),
        (average_seen_kernel,),
        average_seen_onnx,
        near=1e-6,
    ),
    "avg_pool2d rounded up, onnxruntime": Oracle(
        300,
        lambda rng: draw_ceil_float(rng, dilated=False),
        (average_up_kernel,),
        average_up_onnx,
        near=1e-6,
        off=1e-6,
    ),
    "avg_pool2d rounded up, torch's rules": Oracle(
        400, draw_ceil_average, (average_up_kernel,), average_torch, near=1e-6
    ),
    "adaptive_avg_pool2d, numpy": Oracle(
        400, draw_adaptive, (adaptive_kernel,), adaptive_numpy, near=1e-6, off=1e-6
    ),
    "global_avg_pool2d, onnxruntime": Oracle(
        300, draw_float, (global_kernel,), global_onnx, near=1e-6, off=1e-6
    ),
}
