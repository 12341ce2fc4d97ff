"""The layers of a network whose windows learn nothing: pooling, and padding by itself.

Subsample, LeNet-5's pooling, stands with them: it learns one weight a map, whatever the window.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import ClassVar

from generator.engine.network_op import Conventions, Effect, Op, Shape
from generator.engine.network_window import Padding, pair, step, times, walk
from generator.engine.shapes import Axis
from generator.errors import Problem, UserError


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
    dilation: tuple[int, int] = (1, 1)
    #: Whether cells of the padding count in a mean.
    count_include_pad: bool = field(default=True, kw_only=True)
    #: Whether the padding may be at most half the window, as PyTorch asks and ONNX does not.
    half: bool = field(default=True, kw_only=True)
    ranks: ClassVar[tuple[int, ...]] = (3,)

    @property
    def says(self) -> str:
        """Window and stride."""
        apart = self.stride not in (None, self.kernel_size)
        parts = [pair(self.kernel_size)]
        parts += [f"/{step(self.stride or (1, 1))}"] if apart else []
        parts += [f"d{step(self.dilation)}"] if self.dilation != (1, 1) else []
        return " ".join(parts)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Slide the window over every map."""
        channels, *sizes = inputs[0]
        up = conventions.rounding == "ceil" if self.ceil_mode is None else self.ceil_mode
        axes = walk(
            sizes,
            self.kernel_size,
            self.stride or self.kernel_size,
            self.padding,
            self.dilation,
            conventions.padding == "tf-same",
            up=up,
            pool=self.half,
        )
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
            weights=((1, channels),),
        )


@dataclass(frozen=True, slots=True)
class GlobalAveragePool(Op):
    """The mean of every map, or its largest number; the map becomes 1×1."""

    ranks: ClassVar[tuple[int, ...]] = (3,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Make one number of each whole map."""
        channels, rows, columns = inputs[0]
        return Effect((channels, 1, 1), axes=(Axis(rows, rows), Axis(columns, columns)))


@dataclass(frozen=True, slots=True)
class AdaptivePool(Op):
    """The largest or the mean of windows whose size is chosen so that the output has this size.

    >>> AdaptivePool((7, 7)).on(((512, 14, 14),), Conventions()).output
    (512, 7, 7)
    """

    #: Rows and columns that come out; ``None`` keeps those of the input.
    output_size: tuple[int | None, int | None]
    ranks: ClassVar[tuple[int, ...]] = (3,)

    @property
    def says(self) -> str:
        """What comes out."""
        return "to " + "×".join("any" if size is None else str(size) for size in self.output_size)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Cut every map into equal windows."""
        channels, *sizes = inputs[0]
        axes: list[Axis] = []
        problems: list[Problem] = []
        for size, asked, word in zip(sizes, self.output_size, ("rows", "columns"), strict=True):
            wanted = asked or size
            if size % wanted:
                # Then windows differ in size and overlap unevenly: no effective stride is true.
                problems.append(
                    Problem("", "output_size", f"{wanted} {word}", f"a number that divides {size}")
                )
            else:
                axes.append(Axis(size, size // wanted, size // wanted))
        if problems:
            raise UserError(problems)
        return Effect((channels, axes[0].output, axes[1].output), axes=(axes[0], axes[1]))


@dataclass(frozen=True, slots=True)
class Pad(Op):
    """Cells around every map, whatever stands in them.

    >>> Pad(((0, 1), (0, 1))).on(((3, 224, 224),), Conventions()).output
    (3, 225, 225)
    """

    padding: Padding
    ranks: ClassVar[tuple[int, ...]] = (3,)

    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Widen every map."""
        channels, *sizes = inputs[0]
        axes = walk(sizes, (1, 1), (1, 1), self.padding, (1, 1))
        return Effect((channels, axes[0].output, axes[1].output), axes=axes)
