"""The formula of the size, solved for what is not given: any one of W, K, S, P, D.

What is asked for is not in the record, or two records would ask the same question. With a stride
above 1 some cells may be left over, and several answers are right: all of them count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.dice import Dice
from generator.examples._words import count, listing
from generator.exercises._family import Family, Part, Slip, Work
from generator.prose import Prose, Strong, line

#: No input and no kernel of these exercises is as long.
_TRIED = 250
_SIZE = "convolution/output-size.md"
Unknown: TypeAlias = Literal["size", "kernel", "stride", "padding", "dilation"]
_ASKED: dict[Unknown, str] = {
    "size": "How many rows does the input have?",
    "kernel": "How many rows does the kernel have?",
    "stride": "What is the stride?",
    "padding": "How large is the padding on each side?",
    "dilation": "What is the dilation?",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One axis; the unknown is 0 here.

    >>> Drawn("size", 0, 3, 2, 1, 1, output=4).solved()
    7
    """

    unknown: Unknown
    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    output: int

    @property
    def extent(self) -> int:
        """Rows that the kernel covers."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """Rows of the input with its padding."""
        return self.size + 2 * self.padding

    def solved(self, plus: int = 1, sides: int = 2, extent: int | None = None) -> int | None:
        """Return the unknown: the smallest size or padding, or the largest of the others.

        Parameters
        ----------
        plus
            Positions that are no moves; 0 is a mistake.
        sides
            How often the padding counts; 0 and 1 are mistakes.
        extent
            What the kernel covers, if that is mistaken.
        """
        extent = self.extent if extent is None else extent
        moves = self.output - plus
        padded = self.size + sides * self.padding
        room, left = moves * self.stride, padded - moves * self.stride
        found: dict[Unknown, int] = {
            "size": room + extent - sides * self.padding,
            "kernel": (left - 1) // max(self.dilation, 1) + 1,
            "stride": (padded - extent) // moves,
            "padding": -((self.size - room - extent) // max(sides, 1)),
            "dilation": (left - 1) // max(self.kernel - 1, 1),
        }
        value = found[self.unknown]
        return value if value >= _least(self.unknown) else None

    def with_(self, value: int) -> Drawn:
        """Return the axis with this number for the unknown."""
        return replace(self, **{self.unknown: value})  # type: ignore[arg-type]


def _least(unknown: Unknown) -> int:
    return 0 if unknown == "padding" else 1


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a walk and hide one of its numbers; level 2 adds a stride, level 3 dilation."""
    names: tuple[tuple[Unknown, ...], ...] = (
        ("size", "kernel", "padding"),
        ("size", "kernel", "padding", "stride", "stride"),
        ("size", "size", "kernel", "padding", "stride", "stride", "dilation"),
    )
    unknown = dice.pick("unknown", names[level - 1])
    # Mistakes about a short stride lead to the same few numbers.
    least, most = (3, 9) if unknown == "stride" else (2, 3)
    stride = dice.whole("stride", least, most) if level > 1 else 1
    kernel, dilation = dice.whole("kernel", 3, 11), 1
    if level == 3:
        kernel, dilation = dice.whole("kernel", 2, 5), dice.whole("dilation", 2, 4)
    padding = dice.whole("padding", 3 if unknown == "stride" else 1, 4)
    output = dice.whole("output", 4, 6 if unknown == "stride" else (60, 40, 30)[level - 1])
    left = dice.whole("left over", 0, stride - 1)
    extent = dilation * (kernel - 1) + 1
    size = (output - 1) * stride + extent - 2 * padding + left
    drawn = Drawn(unknown, size, kernel, stride, padding, dilation, output)
    return drawn.with_(0)


def fair(d: Drawn) -> bool:
    """Tell whether there is an input, longer than the kernel, and the padding is not too much."""
    found = d.solved()
    if found is None:
        return False
    full = d.with_(found)
    return full.extent < full.size and full.padding < full.extent and len(fitting(d)) <= 4


@lru_cache(maxsize=4)
def fitting(d: Drawn) -> tuple[int, ...]:
    """Return all answers that are right, by trying one number after the other."""
    walk = [d.size, d.kernel, d.stride, d.padding, d.dilation]
    at, found = list(_ASKED).index(d.unknown), []
    for value in range(_least(d.unknown), _TRIED):
        walk[at] = value
        size, kernel, stride, padding, dilation = walk
        # Where a window may begin: one place after the other, a stride apart.
        places = len(range(0, size + 2 * padding - dilation * (kernel - 1), stride))
        if places == d.output:
            found.append(value)
        elif found:
            break  # what fits lies side by side
    return tuple(found)


def closed(d: Drawn) -> int:
    """Return the answer of the formula, turned over."""
    found = d.solved()
    assert found is not None
    return found


def prompt(d: Drawn) -> Prose:
    """Ask."""
    walk = ["stride ?" if d.unknown == "stride" else f"stride {d.stride}"]
    if d.dilation != 1:
        walk.append("dilation ?" if d.unknown == "dilation" else f"dilation {d.dilation}")
    cells = "? cells" if d.unknown == "padding" else count(d.padding, "cell")
    walk.append(f"zero padding of {cells} on all four sides")
    several = " More than one whole number is right: give one." if len(fitting(d)) > 1 else ""
    return line(
        f"A kernel of {d.kernel or '?'} rows slides over an input of {d.size or '?'} rows with "
        f"{listing(walk)}. The feature map has {d.output} rows. ",
        Strong(_ASKED[d.unknown]),
        several,
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    second = {
        "stride": "The rows that are left beside the first window are shared out among the moves.",
        "size": "What the moves need and what the first window covers make the padded input.",
    }.get(d.unknown, "What the moves do not need is left for the first window.")
    return (
        line("How many moves lie between the first and the last window?"),
        line(second),
        line(f"{d.output} windows are {d.output - 1} moves."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Go back from the number of windows to what is not known."""
    moves = d.output - 1
    first = f"{d.output} windows are {d.output} − 1 = {moves} moves."
    room = f"With stride {d.stride} they need {moves}·{d.stride} = {moves * d.stride} rows."
    padded = f"With its padding the input has {d.size} + 2·{d.padding} = {d.padded} rows."
    reach = f"{d.dilation}·({d.kernel} − 1) + 1 = "
    covers = f"The kernel covers {'' if d.dilation == 1 else reach}{d.extent} rows."
    known = {
        "size": (room, covers),
        "kernel": (room, padded),
        "stride": (padded, covers),
        "padding": (room, covers),
        "dilation": (room, padded),
    }[d.unknown]
    return tuple(line(each) for each in (first, *known, _last(d), _others(d)) if each)


def _last(d: Drawn) -> str:
    room, found = (d.output - 1) * d.stride, closed(d)
    left = d.padded - room
    match d.unknown:
        case "size":
            return f"So the input has {room} + {d.extent} − 2·{d.padding} = {found} rows."
        case "kernel":
            if d.dilation == 1:
                return f"For the window {d.padded} − {room} = {found} rows are left."
            return (
                f"For the window {d.padded} − {room} = {left} rows are left. From its first row "
                f"to its last it has ⌊({left} − 1) / {d.dilation}⌋ = {found - 1} steps of "
                f"{d.dilation}, so {found - 1} + 1 = {found} rows of weights."
            )
        case "stride":
            move = d.padded - d.extent
            return (
                f"{d.padded} − {d.extent} = {move} rows are left for {d.output - 1} moves: "
                f"⌊{move} / {d.output - 1}⌋ = {found} rows each."
            )
        case "padding":
            lacks = room + d.extent - d.size
            up = "" if lacks % 2 == 0 else ", rounded up"
            half = f"{lacks} / 2" if lacks % 2 == 0 else f"({lacks} + 1) / 2"
            return (
                f"The input lacks {room} + {d.extent} − {d.size} = {lacks} rows, half of them at "
                f"each end{up}: {half} = {found}."
            )
        case _:
            steps = d.kernel - 1
            between = f"{'is' if steps == 1 else 'are'} {count(steps, 'step')}"
            return (
                f"For the window {d.padded} − {room} = {left} rows are left. Between its "
                f"{d.kernel} rows of weights {between}: "
                f"⌊({left} − 1) / {steps}⌋ = {found} rows each."
            )


def _others(d: Drawn) -> str:
    if len(fitting(d)) == 1:
        return ""
    numbers = listing([str(value) for value in fitting(d)])
    return f"The size of the map is rounded down, so more than one fits: {numbers}."


def unpadded(d: Drawn) -> int | None:
    """Leave out the padding; who looks for it cannot."""
    return None if d.unknown == "padding" else d.solved(sides=0)


def no_stride(d: Drawn) -> int | None:
    """Let the window move by 1."""
    return replace(d, stride=1).solved() if d.stride > 1 and d.unknown != "stride" else None


def covered(d: Drawn) -> int | None:
    """Take the kernel for as large as it has weights; or, looking for it, what it covers."""
    if d.dilation < 2:
        return None
    return replace(d, dilation=1).solved()


def multiplied(d: Drawn) -> int | None:
    """Stretch the kernel to D·K."""
    if d.dilation == 1:
        return None
    left = d.padded - (d.output - 1) * d.stride
    match d.unknown:
        case "kernel":
            return left // d.dilation or None
        case "dilation":
            return left // d.kernel or None
    return d.solved(extent=d.dilation * d.kernel)


def sizes_only(d: Drawn) -> int | None:
    """Let size, stride and output decide alone, as if the kernel were a point."""
    match d.unknown:
        case "size":
            return d.output * d.stride
        case "stride":
            return d.size // d.output or None
        case "padding":
            return abs(d.size - d.output)
    return None


def same(d: Drawn) -> int | None:
    """Use the rule of 'same' padding, which holds where the size is kept."""
    match d.unknown:
        case "kernel":
            return 2 * d.padding // d.dilation + 1
        case "padding":
            return (d.extent - 1) // 2
    return None


FAMILY = Family(
    name="size-solve",
    title="What gives this size?",
    version=1,
    says="input, kernel, stride, padding or dilation, from the size of the feature map",
    page=_SIZE,
    rows=(21,),
    draw=draw,
    fair=fair,
    # Sums, products and quotients of the formula.
    work=lambda d: Work(4 + (d.stride != 1) + 2 * (d.dilation != 1)),
    cost=(Work(4), Work(5), Work(7)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, lambda d: fitting(d)[0], (
        Slip(
            "+1 forgotten", lambda d: d.solved(plus=0),
            lambda d: f"You took {d.output} windows for {d.output} moves. The first one stands "
            f"there before any move: there are {d.output - 1}.",
        ),
        Slip(
            "padding forgotten", unpadded,
            lambda d: f"You left out the padding. It adds {2 * d.padding} rows to the input.",
            "convolution/padding.md", yields=True,
        ),
        Slip(
            "padding on one side only", lambda d: d.solved(sides=1),
            lambda d: "You gave the padding of both ends together. It is counted at one end."
            if d.unknown == "padding"
            else f"You added the padding once. Both ends have it: 2·{d.padding} rows.",
            "convolution/padding.md", yields=True,
        ),
        Slip(
            "stride ignored", no_stride,
            lambda d: f"You moved the window by 1. Each move takes {d.stride} rows.",
            "convolution/stride.md",
        ),
        Slip(
            "dilation forgotten", covered,
            lambda d: "You gave all that the kernel covers. Only some of these rows have weights."
            if d.unknown == "kernel"
            else f"You used the kernel as it is. Spread out it covers {d.extent} rows.",
            "convolution/dilation.md",
        ),
        Slip(
            "kernel times dilation", multiplied,
            "You let the kernel cover D·K rows. From its first row to its last are K − 1 steps of "
            "D, and then one row more.",
            "convolution/dilation.md", yields=True,
        ),
        Slip(
            "kernel left out", sizes_only,
            "You compared input and output alone. The first window covers as many rows as the "
            "kernel, before any move.",
            yields=True,
        ),
        Slip(
            "windows side by side", lambda d: d.extent if d.unknown == "stride" else None,
            "You laid the windows side by side. The stride says how far they really move.",
            "convolution/stride.md", yields=True,
        ),
        Slip(
            "rule of same size", same,
            "You used the rule for a map of the input's size. Here the map has another size.",
            "convolution/padding.md", yields=True,
        ),
    ), also=lambda d: fitting(d)[1:]),),
)  # fmt: skip
