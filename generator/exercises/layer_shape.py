"""The shape of what a layer of many kernels gives: channels, rows, columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.dice import Dice
from generator.engine.shapes import Axis
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.exercises._walk import settings
from generator.paper import Several
from generator.prose import Prose, Strong, line

_SIZE = "convolution/output-size.md"
_MANY = "convolution/many-kernels.md"
#: Channels, rows, columns.
Shape: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input and the kernels that slide over it.

    >>> Drawn((1, 32, 32), 10, 5, stride=1, padding=0, dilation=1).shape()
    (10, 28, 28)
    """

    x: Shape
    filters: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    @property
    def extent(self) -> int:
        """Rows that a kernel covers."""
        return self.dilation * (self.kernel - 1) + 1

    def room(self, axis: int, sides: int = 2) -> int:
        """Return how far a kernel can move along an axis."""
        return self.x[axis] + sides * self.padding - self.extent

    def shape(self) -> Shape:
        """Return the shape of the feature maps."""
        high, wide = (
            Axis(size, self.kernel, self.stride, self.padding, self.padding, self.dilation).output
            for size in self.x[1:]
        )
        return self.filters, high, wide


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a layer: level 2 adds a stride and padding, level 3 dilation."""
    return Drawn(
        x=(
            dice.pick("channels", (1, 3, 4, 6, 8, 16)),
            dice.whole("rows", 14, 64),
            dice.whole("columns", 14, 64),
        ),
        filters=dice.pick("filters", (5, 6, 10, 12, 16, 20, 24, 32, 48, 64)),
        kernel=dice.pick("kernel", (3, 5, 7) if level < 3 else (3, 4, 5)),
        stride=1 if level == 1 else dice.whole("stride", 2, 3),
        padding=0 if level == 1 else dice.whole("padding", 1, 4),
        dilation=dice.whole("dilation", 2, 3) if level == 3 else 1,
    )


def fair(d: Drawn) -> bool:
    """Tell whether rows, columns and channels differ, and the padding is less than a kernel."""
    differ = len({*d.x, d.filters}) == 4
    return differ and d.padding < d.extent and min(d.room(1, 0), d.room(2, 0)) > d.stride


def brute(d: Drawn) -> Shape:
    """Lay each kernel down wherever it fits."""
    sides = []
    for size in d.x[1:]:
        padded = range(size + 2 * d.padding)
        starts = [at for at in padded[:: d.stride] if len(padded[at :: d.dilation]) >= d.kernel]
        sides.append(len(starts))
    return len([0] * d.filters), sides[0], sides[1]


def prompt(d: Drawn) -> Prose:
    """Ask."""
    channels, rows, columns = d.x
    deep = "1 channel" if channels == 1 else f"{channels} channels"
    return line(
        f"A convolutional layer reads an input of {deep}, {rows} rows and {columns} columns. Its "
        f"{d.filters} kernels of {d.kernel} × {d.kernel} slide over it "
        f"{settings(d.stride, d.padding, d.dilation)}. How many ",
        Strong("channels, rows and columns"),
        " does it give?",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("Each kernel makes one feature map, however many channels it reads."),
        line(
            f"The kernel covers {d.extent} rows and columns. Where does it stand first, and last?"
        ),
        line(f"Down it can move by {d.room(1)} rows, to the right by {d.room(2)} columns."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the channels, then each axis."""
    reach = f"{d.dilation}·({d.kernel} − 1) + 1 = {d.extent}"
    channels = "one channel" if d.x[0] == 1 else f"all {d.x[0]} channels"
    shape = d.shape()
    steps = [f"Each kernel reads {channels} and adds up to one map: {d.filters} maps."]
    if d.dilation > 1:
        steps.append(f"With dilation {d.dilation} a kernel covers {reach} rows and columns.")
    steps += [_axis(d, 1, "Rows"), _axis(d, 2, "Columns")]
    end = f"The output has {shape[0]} channels, {shape[1]} rows and {shape[2]} columns."
    picture = figure(
        "layer-shape", size=d.x[1:], channels=d.x[0], filters=d.filters, kernel_size=d.kernel,
        stride=d.stride, padding=d.padding, dilation=d.dilation,
    )  # fmt: skip
    return (*map(line, steps), line(end, picture))


def _axis(d: Drawn, axis: int, word: str) -> str:
    padding = f" + 2·{d.padding}" if d.padding else ""
    room = f"{d.x[axis]} − {d.extent}{padding}"
    moves = room if d.stride == 1 else f"⌊({room}) / {d.stride}⌋"
    return f"{word}: {moves} + 1 = {d.shape()[axis]}."


def sized(d: Drawn, *rooms: int, filters: int = 0, plus: int = 1, stride: int = 0) -> Shape:
    """Return a shape from how far the kernel is thought to move."""
    by = stride or d.stride
    return filters or d.filters, rooms[0] // by + plus, rooms[1] // by + plus


def rooms(d: Drawn, extent: int | None = None, sides: int = 2) -> tuple[int, int]:
    """Return how far the kernel moves if it covers `extent` or is padded on `sides`."""
    extent = d.extent if extent is None else extent
    down, right = (size + sides * d.padding - extent for size in d.x[1:])
    return down, right


FAMILY = Family(
    name="layer-shape",
    title="The shape a layer gives",
    version=1,
    says="channels, rows and columns that a layer with many kernels gives",
    page=_MANY,
    rows=(24,),
    draw=draw,
    fair=fair,
    # Sums and quotients along each axis.
    work=lambda d: Work(4 + 2 * (d.stride > 1) + 2 * (d.padding > 0) + 2 * (d.dilation > 1)),
    cost=(Work(4), Work(8), Work(10)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(Drawn.shape, brute, (
        Slip(
            "channels kept", lambda d: (d.x[0], *d.shape()[1:]),
            lambda d: f"You kept the {d.x[0]} channels of the input. Each kernel adds up over "
            f"them and makes one map: {d.filters} maps."
            if d.x[0] > 1
            else f"You kept the one channel of the input. Each kernel makes a map of its own: "
            f"{d.filters} maps.",
        ),
        Slip(
            "channels multiplied",
            lambda d: (d.x[0] * d.filters, *d.shape()[1:]) if d.x[0] > 1 else None,
            lambda d: f"You gave each kernel {d.x[0]} maps, one a channel. It adds up over the "
            "channels to one map.",
            "convolution/channels.md",
        ),
        Slip(
            "+1 forgotten", lambda d: sized(d, *rooms(d), plus=0),
            "You counted the moves. The kernel also has a first position, before any.",
            _SIZE,
        ),
        Slip(
            "padding forgotten", lambda d: sized(d, *rooms(d, sides=0)) if d.padding else None,
            lambda d: f"You slid over the bare input. Padding adds {2 * d.padding} rows and "
            "columns.",
            "convolution/padding.md", yields=True,
        ),
        Slip(
            "stride ignored", lambda d: sized(d, *rooms(d), stride=1) if d.stride > 1 else None,
            lambda d: f"You visited every position, but the kernels move by {d.stride}.",
            "convolution/stride.md",
        ),
        Slip(
            "dilation forgotten",
            lambda d: sized(d, *rooms(d, d.kernel)) if d.dilation > 1 else None,
            lambda d: f"You used the kernel as it is. Spread out it covers {d.extent} rows and "
            "columns.",
            "convolution/dilation.md",
        ),
        Slip(
            "kernel times dilation",
            lambda d: sized(d, *rooms(d, d.kernel * d.dilation)) if d.dilation > 1 else None,
            lambda d: f"You stretched the kernel to {d.dilation}·{d.kernel} rows. It covers "
            f"{d.dilation}·({d.kernel} − 1) + 1 = {d.extent}.",
            "convolution/dilation.md", yields=True,
        ),
        Slip(
            "size kept", lambda d: (d.filters, *d.x[1:]),
            "You kept the size of the input. Padding and stride decide whether it stays.",
            _SIZE, yields=True,
        ),
        Slip(
            "padding on one side only",
            lambda d: sized(d, *rooms(d, sides=1)) if d.padding else None,
            lambda d: f"You added the padding once. Both ends have it: 2·{d.padding}.",
            "convolution/padding.md", yields=True,
        ),
        Slip(
            "rows and columns swapped",
            lambda d: (d.filters, d.shape()[2], d.shape()[1]),
            "You gave the columns for the rows. The rows go downwards.",
            _SIZE, yields=True,
        ),
    ), Several(("channels", "rows", "columns"))),),
)  # fmt: skip
