"""What pooling does to a shape, and how many of the values it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.numerals import Number, rounded, shown
from generator.paper import OneNumber, Several
from generator.prose import Prose, Strong, line

_SIZE = "convolution/output-size.md"
#: Rows, columns, channels.
Shape = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Maps, and the window that pools them; rows before columns.

    >>> drawn = Drawn((7, 8, 16), (3, 3), (2, 2), 0, up=True)
    >>> drawn.room(0), drawn.room(1), closed(drawn)
    (4, 5, (3, 4, 16))
    """

    shape: Shape
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: int
    up: bool

    def room(self, axis: int) -> int:
        """Return how far the window can move from its first position [cells]."""
        return self.shape[axis] + 2 * self.padding - self.kernel[axis]

    @property
    def over(self) -> int:
        """Along how many axes a window hangs over the edge."""
        return sum(self.room(axis) % self.stride[axis] > 0 for axis in (0, 1))


def draw(dice: Dice, level: int) -> Drawn:
    """Draw maps: level 1 cuts them in pieces, level 2 lets windows overlap, level 3 adds edges."""
    channels = dice.pick("channels", (3, 6, 8, 12, 16, 20, 24, 32, 48, 64, 96))
    if level == 1:
        high, wide = dice.whole("high", 2, 5), dice.whole("wide", 2, 5)
        rows, columns = high * dice.whole("rows", 4, 40), wide * dice.whole("columns", 4, 40)
        return Drawn((rows, columns, channels), (high, wide), (high, wide), 0, up=False)
    kernel, stride = dice.pick("window", ((2, 2), (3, 2), (3, 2), (4, 2), (4, 3), (5, 3), (5, 2)))
    rows, columns = dice.whole("rows", 10, 120), dice.whole("columns", 10, 120)
    padding = dice.whole("padding", 0, kernel // 2) if level == 3 else 0
    up = level == 3 and dice.pick("up", (False, True, True))
    return Drawn((rows, columns, channels), (kernel,) * 2, (stride,) * 2, padding, up)


def fair(d: Drawn) -> bool:
    """Tell whether the sides differ, and no window would begin behind the input."""
    rows, columns, _ = d.shape
    if rows == columns or (d.up and not d.over):
        return False
    return all(
        (side - 1) * step < size + d.padding
        for side, step, size in zip(closed(d), d.stride, d.shape[:2], strict=False)
    )


def closed(d: Drawn) -> Shape:
    """Return the shape by the formula."""
    rows, columns = (
        -(-d.room(axis) // step) if d.up else d.room(axis) // step
        for axis, step in enumerate(d.stride)
    )
    return rows + 1, columns + 1, d.shape[2]


def brute(d: Drawn) -> Shape:
    """Return the shape, stop by stop."""
    found: list[int] = []
    for size, kernel, stride in zip(d.shape[:2], d.kernel, d.stride, strict=True):
        end = size + d.padding
        stops, start = 0, -d.padding
        while start + kernel <= end:
            stops, start = stops + 1, start + stride
        covered = start - stride + kernel
        found.append(stops + (d.up and covered < end))
    return found[0], found[1], d.shape[2]


def share(d: Drawn) -> Fraction:
    """Return how many of 100 numbers are left, from all that there are."""
    return Fraction(100 * prod(brute(d)), prod(d.shape))


def by_sides(d: Drawn) -> Fraction:
    """Return how many of 100 numbers are left, side by side; the channels cancel."""
    rows, columns, _ = closed(d)
    return 100 * Fraction(rows, d.shape[0]) * Fraction(columns, d.shape[1])


def prompt(d: Drawn) -> Prose:
    """Ask."""
    window = f"{d.kernel[0]} × {d.kernel[1]}"
    steps = f"stride {d.stride[0]}"
    if d.kernel[0] != d.kernel[1]:
        steps = f"stride {d.stride[0]} downwards and {d.stride[1]} to the right"
    frame = f"padding {d.padding} on all four sides" if d.padding else "no padding"
    rounding = (
        " It is set to ceil_mode=True: a last window that hangs over the edge is kept."
        if d.up
        else " A window that would hang over the edge is left out."
    )
    return line(
        *("A max pooling layer reads ", d.shape[2], " maps of "),
        Strong(f"{d.shape[0]} rows and {d.shape[1]} columns"),
        f". Its window has {window} cells (rows × columns), with {steps} and {frame}.{rounding}",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.over:
        up = "up" if d.up else "down"
        edge = f"Divide the room to move by the stride and round {up}; then add 1 for the first."
    else:
        edge = f"Downwards, the {d.kernel[0]} rows of a window fit {closed(d)[0]} times."
        if d.kernel != d.stride:
            edge = "Divide the room to move by the stride, and add 1 for the first position."
    return (
        line("Each map is pooled by itself. What does that mean for their number?"),
        line(edge),
        line("The share is what all maps hold afterwards, divided by what they held before."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show both sides, the channels and the share."""
    rows, columns, channels = closed(d)
    after, before = prod(closed(d)), prod(d.shape)
    exact = share(d)
    sign = "=" if (10 * exact).denominator == 1 else "≈"
    return (
        line(f"Rows: {_side(d, 0)}."),
        line(f"Columns: {_side(d, 1)}."),
        line(f"Pooling works on each map by itself, so all {channels} maps are still there: ",
             Strong(f"{rows} × {columns} × {channels}"), "."),
        line(f"Before, there are {d.shape[0]}·{d.shape[1]}·{channels} = {before} numbers; "
             f"afterwards {rows}·{columns}·{channels} = {after}."),
        line(f"The share is {after} / {before} {sign} ",
             Strong(f"{shown(rounded(exact, 1))} percent"), "."),
    )  # fmt: skip


def _side(d: Drawn, axis: int) -> str:
    size, kernel, stride = d.shape[axis], d.kernel[axis], d.stride[axis]
    if d.kernel == d.stride and not d.over and not d.padding:
        return f"{size} / {stride} = {size // stride}"
    padding = f" + 2·{d.padding}" if d.padding else ""
    left, right = ("⌈", "⌉") if d.up else ("⌊", "⌋")
    moves = closed(d)[axis] - 1
    return (
        f"the room to move is {size}{padding} − {kernel} = {d.room(axis)}, that is "
        f"{left}{d.room(axis)} / {stride}{right} = {moves} moves and {moves} + 1 = "
        f"{moves + 1} positions"
    )


def pooled_channels(d: Drawn) -> Shape | None:
    """Pool over the channels as well."""
    rows, columns, channels = closed(d)
    step = max(d.stride)
    return (rows, columns, channels // step) if channels % step == 0 else None


def other_rounding(d: Drawn) -> Shape | None:
    """Round the other way."""
    other = Drawn(d.shape, d.kernel, d.stride, d.padding, not d.up)
    return closed(other) if d.over else None


def no_stride(d: Drawn) -> Shape:
    """Stop everywhere."""
    return d.room(0) + 1, d.room(1) + 1, d.shape[2]


def no_plus_one(d: Drawn) -> Shape | None:
    """Count the moves; nobody does who cuts a map in pieces."""
    rows, columns, channels = closed(d)
    return (rows - 1, columns - 1, channels) if d.kernel != d.stride else None


def no_padding(d: Drawn) -> Shape | None:
    """Leave the padding out."""
    return closed(Drawn(d.shape, d.kernel, d.stride, 0, d.up)) if d.padding else None


def swapped(d: Drawn) -> Shape:
    """Write the columns first."""
    rows, columns, channels = closed(d)
    return columns, rows, channels


def one_side(d: Drawn, axis: int) -> Fraction | None:
    """Compare one side only; where the other stays as long, that is right."""
    shrunk = [made < seen for made, seen in zip(closed(d), d.shape[:2], strict=False)]
    return Fraction(100 * closed(d)[axis], d.shape[axis]) if all(shrunk) else None


def follows(d: Drawn, before: tuple[Any, ...]) -> Number:
    """Go on from a shape."""
    return Fraction(100 * prod(before[0]), prod(d.shape))


def work(d: Drawn) -> Work:
    """Count the steps of both sides."""
    pieces = d.kernel == d.stride and not d.over and not d.padding
    return Work(1 if pieces else 3 + (d.padding > 0))


FAMILY = Family(
    name="pooling-shape",
    title="What pooling leaves",
    version=1,
    says="rows, columns and channels after pooling, and the share of the values that is left",
    page="layers/pooling.md",
    rows=(28,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(1), Work(3), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(closed, brute, (
            Slip(
                "channels pooled too", pooled_channels,
                lambda d: "You made the maps fewer as well. Pooling works on each map by itself, "
                f"so all {d.shape[2]} stay.",
            ),
            Slip(
                "rounded the other way", other_rounding,
                lambda d: "You left out a window that hangs over the edge. With ceil_mode=True it "
                "is kept, so the size is rounded up."
                if d.up
                else "You kept a window that hangs over the edge. It is left out, so the size is "
                "rounded down.",
            ),
            Slip(
                "padding forgotten", no_padding,
                lambda d: "You pooled the bare maps. Padding makes each side longer by "
                f"{2 * d.padding}.",
                "convolution/padding.md", yields=True,
            ),
            Slip(
                "stride ignored", no_stride,
                lambda d: "You moved the window by 1 from stop to stop. It moves by its stride, "
                f"{max(d.stride)}.",
                "convolution/stride.md",
            ),
            Slip(
                "+1 forgotten", no_plus_one,
                "You counted the moves. The window also has a first position, before any.",
                _SIZE, yields=True,
            ),
            Slip(
                "maps merged", lambda d: (*closed(d)[:2], 1),
                lambda d: "You merged the maps to one. That is what a kernel does; pooling keeps "
                f"all {d.shape[2]}.",
            ),
            Slip(
                "rows and columns swapped", swapped,
                "You wrote the columns first. Rows are named first, then columns, then channels.",
            ),
        ), Several(("rows", "columns", "channels")),
            ask=lambda d: line("What shape do the maps have afterwards?"), points=(2, 3, 3)),
        Part(by_sides, share, (
            Slip(
                "lost instead of left", lambda d: 100 - share(d),
                "You answered what is thrown away. The question is what is left.",
            ),
            Slip(
                "only the rows", lambda d: one_side(d, 0),
                "You compared the rows only. Both sides become shorter, so multiply their shares.",
            ),
            Slip(
                "only the columns", lambda d: one_side(d, 1),
                "You compared the columns only. Both sides become shorter: multiply their shares.",
                yields=True,
            ),
            Slip(
                "one value a window", lambda d: Fraction(100, prod(d.kernel))
                if d.kernel != d.stride else None,
                lambda d: f"You counted one value of the {prod(d.kernel)} of a window. That is so "
                "only where windows lie side by side; these overlap.",
                yields=True,
            ),
        ), OneNumber(places=1, unit="percent"),
            ask=lambda d: line("How many percent of the values are left? Round to one decimal."),
            follows=follows, fewest=1),
    ),
)  # fmt: skip
