"""The layers of a network: for each the shape it makes, what it learns and what it multiplies.

A shape is (channels, rows, columns), as in PyTorch, or (features,) once a map is flat. Arguments
have PyTorch's names. A layer that does not fit its input raises every reason at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import ClassVar, Literal

from generator.engine.network_op import Conventions, Effect, Op, Shape
from generator.engine.network_window import Padding, pair, planes, step, walk
from generator.engine.shapes import Axis
from generator.errors import Problem, UserError, wrong


@dataclass(frozen=True, slots=True)
class Conv(Op):
    """A convolution; ``connections`` lists for every kernel the maps it reads, if not all.

    >>> Conv(6, (5, 5)).on(((1, 32, 32),), Conventions()).params_formula
    '(5·5·1 + 1)·6 = 156'
    """

    out_channels: int | None
    kernel_size: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding: Padding = 0
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1
    bias: bool = True
    connections: tuple[tuple[int, ...], ...] = ()
    ranks: ClassVar[tuple[int, ...]] = (3,)

    @property
    def says(self) -> str:
        """Kernel, stride and groups."""
        parts = [pair(self.kernel_size)]
        parts += [f"/{step(self.stride)}"] if self.stride != (1, 1) else []
        parts += [f"d{step(self.dilation)}"] if self.dilation != (1, 1) else []
        parts += [f"g{self.groups}"] if self.groups > 1 else []
        return " ".join(parts)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Slide the kernels over the maps."""
        channels, *sizes = inputs[0]
        problems: list[Problem] = []
        kernels = self.out_channels or len(self.connections)
        if channels % self.groups or kernels % self.groups:
            wanted = f"a number that divides {channels} channels and {kernels} kernels"
            problems += wrong(self.groups, wanted, key="groups").problems
        if (most := max((max(maps) for maps in self.connections), default=0)) >= channels:
            wanted = f"maps from 0 to {channels - 1}, those of the input"
            problems += wrong(f"map {most}", wanted, key="connections").problems
        try:
            rule = conventions.padding == "tf-same"
            axes = walk(sizes, self.kernel_size, self.stride, self.padding, self.dilation, rule)
        except UserError as error:
            problems += error.problems
        if problems:
            raise UserError(problems)
        rows, columns = axes[0].output, axes[1].output
        # How many kernels read how many maps: one line of the formula for each number of maps.
        if self.connections:
            fans = [len(maps) for maps in self.connections]
            counts = {fan: fans.count(fan) for fan in sorted(set(fans))}
        else:
            counts = {channels // self.groups: kernels}
        area = prod(self.kernel_size)
        params = sum((area * fan + self.bias) * count for fan, count in counts.items())
        macs = sum(area * fan * count for fan, count in counts.items()) * rows * columns
        one = [f"{times(*self.kernel_size, fan)}" for fan in counts]
        each = [f"({product} + 1)" if self.bias else product for product in one]
        learned = " + ".join(
            f"{fan}·{count:,}" for fan, count in zip(each, counts.values(), strict=True)
        )
        products = " + ".join(
            f"{fan}·{count:,}" for fan, count in zip(one, counts.values(), strict=True)
        )
        products = f"({products})" if len(counts) > 1 else products
        return Effect(
            (kernels, rows, columns),
            params,
            f"{learned} = {params:,}",
            macs,
            f"{products}·{rows}·{columns} = {macs:,}",
            axes=axes,
        )


@dataclass(frozen=True, slots=True)
class Pool(Op):
    """The largest or the mean of a window, map by map; nothing is learned.

    >>> Pool((3, 3), (2, 2)).on(((64, 112, 112),), Conventions(rounding="ceil")).output
    (64, 56, 56)
    """

    kernel_size: tuple[int, int]
    stride: tuple[int, int] | None = None
    padding: Padding = 0
    ceil_mode: bool | None = None
    ranks: ClassVar[tuple[int, ...]] = (3,)

    @property
    def says(self) -> str:
        """Window and stride."""
        apart = self.stride not in (None, self.kernel_size)
        return pair(self.kernel_size) + (f" /{step(self.stride or (1, 1))}" if apart else "")

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Slide the window over every map."""
        channels, *sizes = inputs[0]
        up = conventions.rounding == "ceil" if self.ceil_mode is None else self.ceil_mode
        stride, rule = self.stride or self.kernel_size, conventions.padding == "tf-same"
        axes = walk(sizes, self.kernel_size, stride, self.padding, (1, 1), rule, up=up, pool=True)
        return Effect((channels, axes[0].output, axes[1].output), axes=axes)


@dataclass(frozen=True, slots=True)
class Subsample(Op):
    """LeNet-5's pooling: the sum of a window times one weight a map, plus one bias a map."""

    kernel_size: tuple[int, int]
    ranks: ClassVar[tuple[int, ...]] = (3,)

    @property
    def says(self) -> str:
        """The window."""
        return pair(self.kernel_size)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Add up the windows, which do not overlap."""
        effect = Pool(self.kernel_size, ceil_mode=False).on(inputs, conventions)
        channels, rows, columns = effect.output
        macs = prod(effect.output)
        return Effect(
            effect.output,
            2 * channels,
            f"(1 + 1)·{channels:,} = {2 * channels:,}",
            macs,
            f"{times(channels, rows, columns)} = {macs:,}",
            axes=effect.axes,
        )


@dataclass(frozen=True, slots=True)
class GlobalAveragePool(Op):
    """The mean of every map, which becomes 1×1."""

    ranks: ClassVar[tuple[int, ...]] = (3,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Take the mean of each whole map."""
        channels, rows, columns = inputs[0]
        return Effect((channels, 1, 1), axes=(Axis(rows, rows), Axis(columns, columns)))


@dataclass(frozen=True, slots=True)
class Linear(Op):
    """A fully connected layer; with ``fixed``, its weights are no parameters (LeNet-5's output).

    >>> Linear(120).on(((400,),), Conventions()).params_formula
    '(400 + 1)·120 = 48,120'
    """

    out_features: int
    bias: bool = True
    fixed: bool = field(default=False, kw_only=True)
    ranks: ClassVar[tuple[int, ...]] = (1,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Connect everything with everything."""
        (features,) = inputs[0]
        macs = features * self.out_features
        products = f"{times(features, self.out_features)} = {macs:,}"
        if self.fixed:
            return Effect((self.out_features,), 0, "", macs, products, buffers=macs)
        params = macs + self.bias * self.out_features
        fan = f"({features:,} + 1)" if self.bias else f"{features:,}"
        learned = f"{fan}·{self.out_features:,} = {params:,}"
        return Effect((self.out_features,), params, learned, macs, products)


@dataclass(frozen=True, slots=True)
class Flatten(Op):
    """A map as one list: channel by channel, row by row."""

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Count its numbers."""
        return Effect((prod(inputs[0]),))


@dataclass(frozen=True, slots=True)
class Pointwise(Op):
    """What keeps the shape and learns nothing: activations, dropout, LRN across channels."""

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Keep the shape."""
        return Effect(inputs[0])


@dataclass(frozen=True, slots=True)
class BatchNorm(Op):
    """Batch normalisation: a scale and a shift a channel are learned, mean and variance kept."""

    affine: bool = True

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Count the channels."""
        channels = inputs[0][0]
        params = 2 * channels * self.affine
        learned = f"2·{channels:,} = {params:,}" if self.affine else ""
        return Effect(inputs[0], params, learned, buffers=2 * channels)


@dataclass(frozen=True, slots=True)
class Join(Op):
    """Where branches meet: ``add`` cell by cell, or ``concat`` map after map.

    >>> Join("concat").on(((64, 28, 28), (128, 28, 28)), Conventions()).output
    (192, 28, 28)
    """

    how: Literal["add", "concat"]
    reads: ClassVar[tuple[int, int]] = (2, 1000)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Compare the shapes."""
        skip = 0 if self.how == "add" else 1
        if len({shape[skip:] for shape in inputs}) > 1 or len(set(map(len, inputs))) > 1:
            same = "one shape" if self.how == "add" else "maps of one size"
            got = " and ".join(planes(shape) for shape in dict.fromkeys(inputs))
            raise wrong(got, f"inputs of {same}")
        if self.how == "add":
            return Effect(inputs[0])
        return Effect((sum(shape[0] for shape in inputs), *inputs[0][1:]))


def times(*factors: int) -> str:
    """Return a product as it is written.

    >>> times(5, 5, 1024)
    '5·5·1,024'
    """
    return "·".join(f"{factor:,}" for factor in factors)
