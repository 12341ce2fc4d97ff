"""The layers of a network: for each the shape it makes, what it learns and what it multiplies.

Those whose windows learn nothing stand in :mod:`generator.engine.network_pool`.

A shape is (channels, rows, columns), as in PyTorch, or (features,) once a map is flat. Arguments
have PyTorch's names. A layer that does not fit its input raises every reason at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import ClassVar, Literal

from generator.engine.network_op import Conventions, Effect, Op, Shape
from generator.engine.network_window import Padding, pair, planes, step, times, walk
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
    #: The maps that its weights are made for, where a file has said it.
    in_channels: int | None = field(default=None, kw_only=True, repr=False)
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
        problems = _unlike(channels, self.in_channels, "channels", "in_channels")
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
            weights=tuple((area * fan, count) for fan, count in counts.items()),
        )


@dataclass(frozen=True, slots=True)
class Linear(Op):
    """A fully connected layer; with ``fixed``, its weights are no parameters (LeNet-5's output).

    >>> Linear(120).on(((400,),), Conventions()).params_formula
    '(400 + 1)·120 = 48,120'
    """

    out_features: int
    bias: bool = True
    fixed: bool = field(default=False, kw_only=True)
    #: The numbers that its weights are made for, where a file has said it.
    in_features: int | None = field(default=None, kw_only=True, repr=False)
    ranks: ClassVar[tuple[int, ...]] = (1,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Connect everything with everything."""
        (features,) = inputs[0]
        if problems := _unlike(features, self.in_features, "numbers", "in_features"):
            raise UserError(problems)
        macs = features * self.out_features
        products = f"{times(features, self.out_features)} = {macs:,}"
        weights = ((features, self.out_features),)
        if self.fixed:
            return Effect((self.out_features,), 0, "", macs, products, macs, weights=weights)
        params = macs + self.bias * self.out_features
        fan = f"({features:,} + 1)" if self.bias else f"{features:,}"
        learned = f"{fan}·{self.out_features:,} = {params:,}"
        return Effect((self.out_features,), params, learned, macs, products, weights=weights)


@dataclass(frozen=True, slots=True)
class Flatten(Op):
    """A map as one list: channel by channel, row by row."""

    #: How long the list has to be, where a file has said it.
    features: int | None = None

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Count its numbers."""
        count = prod(inputs[0])
        if self.features not in (None, count):
            got = f"{planes(inputs[0])}, which is {count:,} numbers"
            raise wrong(got, f"{self.features:,} numbers")
        return Effect((count,))


@dataclass(frozen=True, slots=True)
class Unflatten(Op):
    """A list as maps: the contrary of flatten. Without a number of channels, all there are.

    >>> Unflatten((None, 1, 1)).on(((64,),), Conventions()).output
    (64, 1, 1)
    """

    unflattened_size: tuple[int | None, int, int]
    ranks: ClassVar[tuple[int, ...]] = (1,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Cut the list into maps."""
        (features,) = inputs[0]
        asked, rows, columns = self.unflattened_size
        channels = asked or max(1, features // (rows * columns))
        if channels * rows * columns != features:
            made = planes((channels, rows, columns))
            raise wrong(f"{features:,} numbers", f"as many as {made} has")
        return Effect((channels, rows, columns))


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
    #: Whether mean and variance are kept; if not, they are taken from every batch anew.
    track_running_stats: bool = field(default=True, kw_only=True)
    #: The channels that its weights are made for, where a file has said it.
    num_features: int | None = field(default=None, kw_only=True, repr=False)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Count the channels."""
        channels = inputs[0][0]
        if problems := _unlike(channels, self.num_features, "channels", "num_features"):
            raise UserError(problems)
        params = 2 * channels * self.affine
        learned = f"2·{channels:,} = {params:,}" if self.affine else ""
        kept = 2 * channels * self.track_running_stats
        weights = ((2, channels),) if self.affine else ()
        return Effect(inputs[0], params, learned, buffers=kept, weights=weights)


@dataclass(frozen=True, slots=True)
class PReLU(Op):
    """A leaky ReLU whose slopes below 0 are learned: one for all channels, or one a channel.

    >>> PReLU(64).on(((64, 28, 28),), Conventions()).params
    64
    """

    num_parameters: int = 1

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Count the slopes."""
        slopes = self.num_parameters
        if slopes not in (1, inputs[0][0]):
            raise wrong(slopes, f"1 or {inputs[0][0]}, one a channel", key="num_parameters")
        weights = ((1, slopes),)
        return Effect(inputs[0], slopes, f"1·{slopes:,} = {slopes:,}", weights=weights)


@dataclass(frozen=True, slots=True)
class Join(Op):
    """Where branches meet: ``add`` or ``mul`` cell by cell, or ``concat`` map after map.

    ``mul`` also takes maps of one row or one column beside larger ones: a gate, which opens and
    closes whole maps. Its products are none with weights, so it counts no multiply-adds.

    >>> Join("concat").on(((64, 28, 28), (128, 28, 28)), Conventions()).output
    (192, 28, 28)
    >>> Join("mul").on(((64, 28, 28), (64, 1, 1)), Conventions()).output
    (64, 28, 28)
    """

    how: Literal["add", "mul", "concat"]
    reads: ClassVar[tuple[int, int]] = (2, 1000)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Compare the shapes."""
        skip = 1 if self.how == "concat" else 0
        if self.how == "mul" and len(set(map(len, inputs))) == 1:
            full = tuple(map(max, zip(*inputs, strict=True)))
            if all(
                size in (1, most) for each in inputs for size, most in zip(each, full, strict=True)
            ):
                return Effect(full)
        if len({shape[skip:] for shape in inputs}) > 1 or len(set(map(len, inputs))) > 1:
            same = "maps of one size" if skip else "one shape"
            got = " and ".join(planes(shape) for shape in dict.fromkeys(inputs))
            raise wrong(got, f"inputs of {same}")
        if not skip:
            return Effect(inputs[0])
        return Effect((sum(shape[0] for shape in inputs), *inputs[0][1:]))


def _unlike(got: int, wanted: int | None, what: str, key: str) -> list[Problem]:
    """Return the problem of weights that are made for another input."""
    if wanted in (None, got):
        return []
    return [Problem("", key, f"{got:,} {what}", f"{wanted:,}, which its weights are made for")]
