"""How configurations are drawn, and what a line of the table of oracles is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper

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
Rng: TypeAlias = np.random.Generator


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
    #: What only one operation has: output_padding, ceil_mode, an axis, …
    more: Any = None

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


@dataclass(frozen=True)
class Oracle:
    """One operation: how a configuration is drawn, our ways of doing it, and somebody else's."""

    count: int
    draw: Callable[[np.random.Generator], Case]
    ours: tuple[Callable[[Case], Array], ...]
    theirs: Callable[[Case], Array]
    #: Relative and absolute error that division, or another way to compute a power, may bring.
    near: float = 0
    off: float = 1e-12


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
        opset_imports=[helper.make_opsetid("", 20)],
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
