"""How many rows or columns a feature map has.

The input has more rows than columns or fewer, and only one of the two is asked for: so there are
variants enough for a class, and whoever mixes them up learns of it. Without dilation, a 3×3 kernel
with padding 1 never comes up: with stride 1 the size stays what it was, and with a longer one the
mistakes give the answer's number or each other's. No answer would say what somebody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.dice import Dice
from generator.engine.shapes import Axis
from generator.exercises._family import Family, Part, Slip, Work
from generator.prose import Prose, Strong, line

_SIZE = "convolution/output-size.md"
_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"
_DILATION = "convolution/output-size.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A window's walk over an input, and the axis that is asked about.

    >>> drawn = Drawn(37, 52, kernel=3, stride=2, padding=1, dilation=2, axis="columns")
    >>> drawn.size, drawn.extent, drawn.room
    (52, 5, 49)
    """

    rows: int
    columns: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    axis: Literal["rows", "columns"]

    @property
    def size(self) -> int:
        """The input's length along the axis that is asked about [cells]."""
        return self.rows if self.axis == "rows" else self.columns

    @property
    def other(self) -> int:
        """The input's length along the other axis [cells]."""
        return self.columns if self.axis == "rows" else self.rows

    @property
    def extent(self) -> int:
        """What the kernel covers from its first cell to its last [cells]."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """`size` with the padding [cells]."""
        return self.size + 2 * self.padding

    @property
    def room(self) -> int:
        """How far the window can move from its first position [cells]."""
        return self.padded - self.extent


#: Long strides leave fewer telling draws, so they are drawn more often to come up about as often.
_STRIDES = (1, 1, 2, 2, 2, 3, 3, 3, 3)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a walk: level 2 adds padding, level 3 dilation too."""
    return Drawn(
        rows=dice.whole("rows", 6, 99),
        columns=dice.whole("columns", 6, 99),
        kernel=dice.pick("kernel", (2, 3, 4, 5) if level == 3 else (2, 3, 4, 5, 7)),
        stride=dice.pick("stride", _STRIDES),
        padding=dice.whole("padding", 1, 4) if level > 1 else 0,
        dilation=dice.whole("dilation", 2, 3) if level == 3 else 1,
        axis=dice.pick("axis", ("rows", "columns")),
    )


def fair(d: Drawn) -> bool:
    """Tell whether the window fits without padding, never reads only padding, and moves twice."""
    fits = min(d.rows, d.columns) > d.extent > d.padding
    return fits and d.room >= 2 * d.stride


def closed(d: Drawn) -> int:
    """Return the size by the formula."""
    return Axis(d.size, d.kernel, d.stride, d.padding, d.padding, d.dilation).output


def brute(d: Drawn) -> int:
    """Return the size by sliding the window until it no longer fits."""
    cells = ["0"] * d.padding + ["x"] * d.size + ["0"] * d.padding
    positions = start = 0
    while len(cells[start :: d.dilation]) >= d.kernel:
        positions += 1
        start += d.stride
    return positions


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        *("A ", d.kernel, " × ", d.kernel, " kernel slides over an input of "),
        *(d.rows, " rows and ", d.columns, " columns with stride ", d.stride),
        *((" and dilation ", d.dilation) if d.dilation > 1 else ()),
        ". ",
        *(_padding(d.padding) if d.padding else ("There is no padding. ",)),
        *("How many ", Strong(d.axis), " does the feature map have?"),
    )


def _padding(padding: int) -> tuple[str | int, ...]:
    frame = " cell" if padding == 1 else " cells"
    return ("Zero padding of ", padding, frame, " is added on all four sides. ")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = line("Only the ", d.axis, " matter here. Where does the window stand first, and last?")
    cover = line("The kernel covers ", d.extent, " of ", d.padded, " ", d.axis, " at a time.")
    moves = line("From its first position the window can move on by ", d.room, " ", d.axis, ".")
    return first, cover, moves


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every number on the way."""
    steps = []
    if d.dilation > 1:
        reach = f"{d.dilation}·({d.kernel} − 1) + 1 = {d.extent}"
        steps.append(f"With dilation {d.dilation} the kernel covers {reach} {d.axis}.")
    if d.padding:
        padded = f"{d.size} + 2·{d.padding} = {d.padded}"
        steps.append(f"With the padding at both ends the input has {padded} {d.axis}.")
    room = f"{d.padded} − {d.extent} = {d.room}"
    steps.append(
        f"The first window takes {d.extent} of the {d.padded}; {room} are left to move over."
    )
    steps.append(_moves(d))
    moves, positions = d.room // d.stride, closed(d)
    steps.append(f"Counting the first position, that is {moves} + 1 = {positions} {d.axis}.")
    steps.append(f"In one line: {_formula(d)} = {positions}.")
    return tuple(line(step) for step in steps)


def _moves(d: Drawn) -> str:
    if d.stride == 1:
        return f"With stride 1 there is a move for each of them: {d.room} moves."
    moves, rest = divmod(d.room, d.stride)
    each = f"Each move takes {d.stride}: ⌊{d.room} / {d.stride}⌋ = {moves} moves"
    if not rest:
        return f"{each}, and nothing is left over."
    left = f"{rest} {d.axis} are" if rest > 1 else f"1 {d.axis.removesuffix('s')} is"
    return f"{each}; {left} left over at the end."


def _formula(d: Drawn) -> str:
    padding = f" + 2·{d.padding}" if d.padding else ""
    return f"⌊({d.size} − {d.extent}{padding}) / {d.stride}⌋ + 1"


def _positions(length: int, extent: int, stride: int) -> int | None:
    return (length - extent) // stride + 1 if extent <= length else None


def no_plus_one(d: Drawn) -> int:
    """Count the moves, not the positions."""
    return d.room // d.stride


def no_padding(d: Drawn) -> int | None:
    """Slide over the input as if it had no padding."""
    return _positions(d.size, d.extent, d.stride) if d.padding else None


def one_side(d: Drawn) -> int | None:
    """Add the padding once."""
    return _positions(d.size + d.padding, d.extent, d.stride) if d.padding else None


def rounded_up(d: Drawn) -> int | None:
    """Let the last window hang over the edge."""
    return -(-d.room // d.stride) + 1 if d.room % d.stride else None


def no_kernel(d: Drawn) -> int:
    """Let the stride alone decide."""
    return d.size // d.stride


def no_stride(d: Drawn) -> int | None:
    """Visit every position."""
    return d.room + 1 if d.stride > 1 else None


def pieces(d: Drawn) -> int | None:
    """Lay windows side by side; nobody does who has just read of a stride above 1 or of padding."""
    return d.size // d.kernel if (d.stride, d.padding, d.dilation) == (1, 0, 1) else None


def other_axis(d: Drawn) -> int | None:
    """Answer for the other axis; impossible to tell when both are equally long."""
    return _positions(d.other + 2 * d.padding, d.extent, d.stride)


def no_dilation(d: Drawn) -> int | None:
    """Take the kernel for as large as it has weights."""
    return _positions(d.padded, d.kernel, d.stride) if d.dilation > 1 else None


def times_dilation(d: Drawn) -> int | None:
    """Stretch the kernel to D·K."""
    if d.dilation == 1:
        return None
    return _positions(d.padded, d.dilation * d.kernel, d.stride)


def dilation_as_gaps(d: Drawn) -> int | None:
    """Put D empty cells between neighbours, where there are D − 1."""
    if d.dilation == 1:
        return None
    return _positions(d.padded, (d.dilation + 1) * (d.kernel - 1) + 1, d.stride)


def says_rounded_up(d: Drawn) -> str:
    """Explain what is wrong with a window that does not fit."""
    return "You rounded up. A window that would hang over the edge has no position."


def says_no_kernel(d: Drawn) -> str:
    """Explain why the kernel matters."""
    if d.stride == 1:
        return f"You kept the size of the input, but all {d.extent} {d.axis} of a window must fit."
    return (
        "You divided the input's size by the stride. What is divided is the room to move: the "
        f"{d.extent} {d.axis} of the first window come off before."
    )


def says_times_dilation(d: Drawn) -> str:
    """Explain why D·K is too long."""
    grow = "step grows" if d.kernel == 2 else f"{d.kernel - 1} steps grow"
    return (
        f"You stretched the whole kernel to {d.dilation}·{d.kernel}. Only the {grow} to "
        f"{d.dilation} from weight to weight, so it covers {d.extent} {d.axis}."
    )


def says_gaps(d: Drawn) -> str:
    """Explain how dilation counts."""
    free = "1 cell stays" if d.dilation == 2 else f"{d.dilation - 1} cells stay"
    return (
        f"You left {d.dilation} cells free between neighbouring weights. Dilation {d.dilation} is "
        f"the distance from one to the next, so only {free} free."
    )


def work(d: Drawn) -> Work:
    """Count the sums and quotients of the formula."""
    return Work(2 + (d.padding > 0) + (d.dilation > 1) + (d.stride > 1))


FAMILY = Family(
    name="output-size",
    title="Size of the feature map",
    version=1,
    says="rows or columns of a feature map from size, kernel, stride, padding and dilation",
    page=_SIZE,
    rows=(21,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(3), Work(4), Work(5)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "+1 forgotten", no_plus_one,
            lambda d: "You counted the moves. The window also has a first position, before any.",
            _SIZE,
        ),
        Slip(
            "padding forgotten", no_padding,
            lambda d: f"You slid over the bare input. Padding adds {2 * d.padding} {d.axis}.",
            _PADDING,
        ),
        Slip(
            "stride ignored", no_stride,
            lambda d: f"You visited every position, but the window moves by {d.stride}.",
            _STRIDE,
        ),
        Slip(
            "dilation forgotten", no_dilation,
            lambda d: f"You used the kernel as it is. Spread out it covers {d.extent} {d.axis}.",
            _DILATION,
        ),
        Slip(
            "rows and columns swapped", other_axis,
            lambda d: f"You answered for the other axis. The question is about the {d.axis}.",
            _SIZE,
        ),
        Slip(
            "cut into pieces", pieces,
            lambda d: "You laid the windows side by side. With stride 1 neighbours overlap.",
            _STRIDE,
        ),
        Slip("rounded up", rounded_up, says_rounded_up, _SIZE, yields=True),
        Slip("kernel left out", no_kernel, says_no_kernel, _SIZE, yields=True),
        Slip(
            "padding on one side only", one_side,
            lambda d: f"You added the padding once. Both ends have it: 2·{d.padding} {d.axis}.",
            _PADDING, yields=True,
        ),
        Slip("kernel times dilation", times_dilation, says_times_dilation, _DILATION, yields=True),
        Slip("dilation taken for gaps", dilation_as_gaps, says_gaps, _DILATION, yields=True),
    )),),
)  # fmt: skip
