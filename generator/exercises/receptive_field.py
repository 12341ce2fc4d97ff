"""How much of the input a unit sees through several layers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._stack import (
    Stack,
    Window,
    field,
    fields,
    joined,
    jumps,
    picture,
    spread,
    table,
)
from generator.paper import OneNumber
from generator.prose import Figure, Prose, Strong, line

_DILATION = "convolution/dilation.md"
_STRIDE = "convolution/stride.md"
_CELLS = OneNumber(unit="cells")
#: A wider field is too wide to be drawn cell by cell.
_WIDEST = 60
_KERNELS = (2, 3, 3, 4, 5, 6, 7, 8, 9, 11)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The layers, from the input on.

    >>> Drawn((Window(3), Window(3))).cells
    (3, 5)
    """

    stack: Stack

    @property
    def cells(self) -> tuple[int, ...]:
        """What a unit of each layer sees."""
        return tuple(fields(self.stack))


def draw(dice: Dice, level: int) -> Drawn:
    """Draw layers: level 2 adds strides and pooling, level 3 dilation too."""
    if level == 1:
        count = dice.whole("layers", 3, 5)
        return Drawn(tuple(Window(dice.pick("kernel", _KERNELS)) for _ in range(count)))
    layers: list[Window] = []
    for place in range(3 + dice.whole("more", 0, 1)):
        if place and not layers[-1].pools and dice.pick("pools", (True, False)):
            layers.append(Window(dice.pick("window", (2, 2, 3)), 2, pools=True))
            continue
        stride = dice.pick("stride", (1, 1, 1, 2, 2, 3) if place < 2 else (1, 1, 2))
        dilation = dice.pick("dilation", (1, 1, 2, 2, 3)) if level == 3 else 1
        kernel = dice.pick("kernel", (2, 3, 3, 4, 5, 6, 7, 8, 9))
        # A window that jumps over cells would be odd.
        layers.append(Window(kernel, min(stride, kernel), dilation))
    return Drawn(tuple(layers))


def fair(d: Drawn) -> bool:
    """Tell whether a stride matters before the end, and the field is neither tiny nor vast."""
    strides = sum(window.stride > 1 for window in d.stack[:-1])
    plain = all(window.stride == 1 for window in d.stack)
    return (plain or strides > 0) and 7 <= field(d.stack) <= 150


def work(d: Drawn) -> Work:
    """Count the layers that add something: twice where a stride or a dilation multiplies."""
    gaps = jumps(d.stack)
    harder = sum(jump > 1 for jump in gaps[:-1]) + sum(w.dilation > 1 for w in d.stack)
    return Work(len(d.stack) + harder)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        "The layers follow each other, from the input on. Windows are square, kernel size first. "
        "How many input cells along one side does ",
        Strong("one unit of the last layer"),
        " see, from the first to the last?",
        *table(d.stack),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    gaps = jumps(d.stack)
    apart = "With stride 1 everywhere, each layer adds its kernel size less 1."
    if gaps[-2] > 1:
        apart = (
            "What a layer adds is its window's width less 1, times all strides of the layers "
            f"before it. Before the last layer these make {gaps[-2]}."
        )
    return (
        line("Begin with a unit of the first layer: what does it see? What does the next one add?"),
        line(apart),
        line(f"After layer {len(d.stack) - 1} a unit sees {d.cells[-2]} cells."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show what every layer adds."""
    steps: list[Prose] = []
    before = 1
    gaps = jumps(d.stack)
    drawn = picture(d.stack) if d.cells[-1] <= _WIDEST else None
    for place, (window, jump, cells) in enumerate(zip(d.stack, gaps, d.cells, strict=False), 1):
        reach = f"({window.kernel} − 1)"
        reach += f"·{window.dilation}" if window.dilation > 1 else ""
        reach += f"·{jump}" if jump > 1 else ""
        adds = f"Layer {place}: {before} + {reach} = {cells} cells"
        if place == 1:
            adds += "; without any layer it would be 1"
        elif jump > 1:
            strides = [w.stride for w in d.stack[: place - 1] if w.stride > 1]
            made = f"{joined(strides, '·')} = {jump}" if len(strides) > 1 else f"{jump}"
            adds += f", because the neighbours it reads stand {made} input cells apart"
        picture_ = (Figure(replace(drawn, step=place)),) if drawn else ()
        steps.append(line(adds, ".", *picture_))
        before = cells
    sees = d.cells[-1]
    square = f" along one side, that is {sees} × {sees} cells."
    return *steps, line("A unit of the last layer sees ", Strong(f"{sees} cells"), square)


def _undilated(d: Drawn) -> Stack:
    return tuple(replace(window, dilation=1) for window in d.stack)


def no_strides(d: Drawn) -> int | None:
    """Let every layer add its window less 1."""
    if jumps(d.stack)[-2] == 1:
        return None
    return 1 + sum(window.extent - 1 for window in d.stack)


def own_stride(d: Drawn) -> int | None:
    """Multiply by the strides up to and with the layer itself."""
    if jumps(d.stack)[-1] == 1:
        return None
    pairs = zip(d.stack, jumps(d.stack)[1:], strict=True)
    return 1 + sum((window.extent - 1) * jump for window, jump in pairs)


def added_strides(d: Drawn) -> int | None:
    """Multiply by the stride of the layer before only."""
    strides = [1, *(window.stride for window in d.stack[:-1])]
    if strides == jumps(d.stack)[:-1]:
        return None
    pairs = zip(d.stack, strides, strict=True)
    return 1 + sum((window.extent - 1) * stride for window, stride in pairs)


def no_pooling(d: Drawn) -> int | None:
    """Leave out the layers without weights."""
    convs = tuple(window for window in d.stack if not window.pools)
    return field(convs) if len(convs) < len(d.stack) else None


def stretched(d: Drawn) -> int | None:
    """Stretch each kernel to D·K."""
    if d.stack == _undilated(d):
        return None
    wide = tuple(replace(w, kernel=w.dilation * w.kernel, dilation=1) for w in d.stack)
    return field(wide)


def strides_used(d: Drawn) -> bool:
    """Tell whether there is a stride to think of."""
    return any(window.stride > 1 for window in d.stack)


FAMILY = Family(
    name="receptive-field",
    title="Receptive field",
    version=1,
    says="how many input cells a unit sees through layers with strides, pooling and dilation",
    page="layers/receptive-field.md",
    rows=(29,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(4), Work(6), Work(8)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(lambda d: field(d.stack), lambda d: spread(d.stack), (
        Slip(
            "strides left out", no_strides,
            "You let every layer add its window less 1. Behind a stride, neighbouring cells stand "
            "further apart on the input, so each of them adds more.",
            _STRIDE,
        ),
        Slip(
            "sizes added", lambda d: sum(window.extent for window in d.stack),
            "You added up the sizes. Each window begins on a cell that is counted already, so a "
            "layer adds its size less 1.",
        ),
        Slip(
            "dilation left out",
            lambda d: field(_undilated(d)) if d.stack != _undilated(d) else None,
            "You took a dilated kernel for as wide as it has weights. It reaches "
            "dilation·(kernel − 1) + 1 cells.",
            _DILATION,
        ),
        Slip(
            "stride counted too early", own_stride,
            "You multiplied a layer by its own stride. Its stride spreads what comes after it; "
            "its own window still reads neighbours.",
            _STRIDE, yields=True,
        ),
        Slip(
            "only the last stride", added_strides,
            "You multiplied by the stride of the layer before only. All earlier strides multiply.",
            _STRIDE, yields=True,
        ),
        Slip(
            "pooling left out", no_pooling,
            "You left pooling out because it has no weights. Its window reads several cells, and "
            "its stride spreads all that follows.",
            "layers/pooling.md", yields=True,
        ),
        Slip(
            "sizes multiplied", lambda d: prod(window.extent for window in d.stack)
            if not strides_used(d) else None,
            "You multiplied the sizes. Neighbouring windows overlap, so a layer only adds its "
            "size less 1.",
        ),
        Slip(
            "1 forgotten", lambda d: field(d.stack) - 1,
            "You added what the layers add, and forgot the one cell to begin with.", yields=True,
        ),
        Slip(
            "largest window taken", lambda d: max(window.extent for window in d.stack),
            "You took the widest window. What a unit sees grows with every layer.", yields=True,
        ),
        Slip(
            "kernel times dilation", stretched,
            "You stretched a dilated kernel to dilation·kernel. Only the steps between its "
            "weights grow: dilation·(kernel − 1) + 1.",
            _DILATION, yields=True,
        ),
    ), _CELLS, points=(1, 2, 3)),),
)  # fmt: skip
