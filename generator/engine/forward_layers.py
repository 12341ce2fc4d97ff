"""One layer of a running network: its weights, and a call that fills its maps.

Every maker takes the layer, its effect, the maps it reads, its weights and the maps it fills, and
returns a call without arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine import pointwise, winograd
from generator.engine.network_op import Effect, Op, Shape
from generator.engine.network_ops import BatchNorm, Conv, Linear
from generator.engine.network_pool import Pool
from generator.engine.shapes import Axis, Plane
from generator.engine.windows import fill, laid, layout, reads_all, weigh

Array: TypeAlias = NDArray[Any]
Run: TypeAlias = Callable[[], object]
Weights: TypeAlias = Mapping[str, Array]

#: Numbers behind the last one of a map that may be read, and are of no account.
_BEHIND = 256


@dataclass(frozen=True, slots=True)
class Maps:
    """The maps of a batch, and the same memory as a line, with room behind it."""

    cells: Array
    line: Array


def room(shape: tuple[int, ...]) -> Maps:
    """Return memory for maps, all zeros."""
    line = np.zeros(prod(shape) + _BEHIND, np.float32)
    return Maps(line[: prod(shape)].reshape(shape), line)


def weights_of(op: Op, inputs: tuple[Shape, ...]) -> dict[str, tuple[int, ...]]:
    """Return what a layer has learned, by torch's words, with shapes.

    >>> weights_of(Linear(10), ((84,),))
    {'weight': (10, 84), 'bias': (10,)}
    """
    if isinstance(op, Conv):
        kernels = op.out_channels or len(op.connections)
        found: dict[str, tuple[int, ...]] = {
            "weight": (kernels, inputs[0][0] // op.groups, *op.kernel_size)
        }
        return {**found, "bias": (kernels,)} if op.bias else found
    if isinstance(op, Linear):
        found = {"weight": (op.out_features, inputs[0][0])}
        return {**found, "bias": (op.out_features,)} if op.bias else found
    if isinstance(op, BatchNorm):
        channels = (inputs[0][0],)
        words = ("weight", "bias") if op.affine else ()
        return dict.fromkeys((*words, "running_mean", "running_var"), channels)
    return {}


def conv(op: Conv, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Convolve: as a dense layer, by Winograd's way, or by tiles of windows."""
    assert effect.axes
    plane, x = Plane(*effect.axes), sources[0]
    weight = _connected(op, own["weight"])
    bias = own.get("bias", np.zeros(len(weight), np.float32))
    if op.groups == 1 and reads_all(plane):
        dense = {"weight": weight.reshape(len(weight), -1), "bias": bias}
        lines = [_lines(maps) for maps in (x, out)]
        return linear(op, effect, lines[:1], dense, lines[1])
    if winograd.suits(x.cells, weight, plane, op.groups):
        turned = winograd.turned(weight)

        def deep() -> None:
            if not winograd.convolve(x.cells, turned, bias, plane, out.cells):
                wide()

        wide = _tiles(op, plane, x, weight, bias, out)
        return deep
    return _tiles(op, plane, x, weight, bias, out)


def _tiles(op: Conv, plane: Plane, x: Maps, weight: Array, bias: Array, out: Maps) -> Run:
    shape = x.cells.shape
    lay, offs = layout(plane, (shape[0], shape[1]), len(weight), op.groups, weight.dtype)
    if lay.stands:
        return lambda: weigh(weight, x.line, offs, bias, lay, out.cells)
    b = laid(x.cells, plane, lay.width)

    def run() -> None:
        fill(b, x.cells, plane)
        weigh(weight, b, offs, bias, lay, out.cells)

    return run


def _connected(op: Conv, weight: Array) -> Array:
    """Return the weights, zero for maps that a kernel is not to read."""
    if not op.connections:
        return weight
    kept = np.zeros_like(weight)
    for kernel, maps in enumerate(op.connections):
        kept[kernel, list(maps)] = weight[kernel, list(maps)]
    return kept


def _lines(maps: Maps) -> Maps:
    return Maps(maps.cells.reshape(len(maps.cells), -1), maps.line)


def linear(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Weigh every number for every result."""
    x, y, weight, bias = sources[0].cells, out.cells, own["weight"], own.get("bias")
    # One picture: the weights as they lie; many: the product that makes rows of results.
    one = len(x) == 1
    first, second, sums = (weight, x[0], y[0]) if one else (x, weight.T, y)

    def run() -> None:
        np.dot(first, second, out=sums)
        if bias is not None:
            np.add(y, bias, out=y)

    return run


def _pool(largest: bool) -> Callable[..., Run]:
    """Return the maker of a pooling layer."""

    def make(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
        from generator.engine.pool_plan import plan

        assert effect.axes
        assert isinstance(op, Pool)
        plane = Plane(*effect.axes)
        counts = None
        if not largest:
            high, wide = (_counted(op, which, axis) for which, axis in enumerate(effect.axes))
            counts = high, wide
        x, y = (maps.cells.reshape(-1, *maps.cells.shape[2:]) for maps in (sources[0], out))
        made = plan(x.shape, plane, x.dtype, counts)
        return lambda: made.run(x, y)

    return make


def _counted(op: Pool, which: int, axis: Axis) -> list[int]:
    """Return how many cells every average is over, along rows (0) or columns (1).

    As in torch, padding counts unless the layer says otherwise, and what lies beyond it does not;
    as in TensorFlow, padding that a word or a convention asks for does not count.
    """
    given = op.padding
    sides = (given, given) if isinstance(given, int) else (0, 0)
    if isinstance(given, tuple):
        sides = given[which]
    if sides[0] != axis.before or not op.count_include_pad:
        sides = (0, 0)
    inside = range(-sides[0], axis.size + sides[1])
    return [sum(cell in inside for cell in axis.reads(at)) for at in range(axis.output)]


def global_average(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Average every map."""
    x, y = sources[0].cells, out.cells
    return lambda: x.mean((2, 3), keepdims=True, out=y)


def batch_norm(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Scale and shift every channel."""
    x, y = sources[0].cells, out.cells
    axes = (-1, *(1,) * (x.ndim - 2))
    spread = np.sqrt(own["running_var"].astype(np.float64) + 1e-5)
    scale = (own.get("weight", 1.0) / spread).astype(np.float32).reshape(axes)
    shift = own["bias"].reshape(axes) if "bias" in own else np.float32(0)
    mean = own["running_mean"].reshape(axes)

    def run() -> None:
        np.subtract(x, mean, out=y)
        np.multiply(y, scale, out=y)
        np.add(y, shift, out=y)

    return run


def flatten(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Write the maps as one list."""
    x, y = sources[0].cells.reshape(out.cells.shape), out.cells
    return lambda: np.copyto(y, x)


def add(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Add maps cell by cell."""
    first, *rest = (source.cells for source in sources)

    def run() -> None:
        np.add(first, rest[0], out=out.cells)
        for more in rest[1:]:
            np.add(out.cells, more, out=out.cells)

    return run


def concat(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
    """Stack maps."""
    cells = [source.cells for source in sources]
    return lambda: np.concatenate(cells, axis=1, out=out.cells)


def _by(function: Callable[..., Any]) -> Callable[..., Run]:
    """Return the maker of a layer that makes each number by itself, into its place."""

    def make(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
        x, y = sources[0].cells, out.cells
        return lambda: function(x, out=y)

    return make


def _from(function: Callable[[Array], Array]) -> Callable[..., Run]:
    """Return the maker of a layer that one of our operations computes."""

    def make(op: Op, effect: Effect, sources: Sequence[Maps], own: Weights, out: Maps) -> Run:
        x, y = sources[0].cells, out.cells
        return lambda: np.copyto(y, function(x))

    return make


_ZERO = np.float32(0)

STEPS: dict[str, Callable[..., Run]] = {
    "conv": conv,
    "linear": linear,
    "batch_norm": batch_norm,
    "max_pool": _pool(True),
    "avg_pool": _pool(False),
    "global_avg_pool": global_average,
    "flatten": flatten,
    "add": add,
    "concat": concat,
    "relu": _by(lambda x, out: np.maximum(x, _ZERO, out=out)),
    "tanh": _by(np.tanh),
    "dropout": _by(lambda x, out: np.copyto(out, x)),
    "sigmoid": _from(pointwise.sigmoid),
    "gelu": _from(pointwise.gelu),
    "softmax": _from(lambda x: pointwise.softmax(x, 1)),
}
