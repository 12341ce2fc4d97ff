"""How many equal layers it takes until a unit sees enough of the input."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._stack import Stack, Window, field, joined, jumps, seen, table
from generator.paper import OneNumber
from generator.prose import Break, Prose, Strong, line

_STRIDE = "convolution/stride.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The layers at the beginning, the layer that is repeated, and how far a unit must see.

    >>> drawn = Drawn((Window(7, 2), Window(2, 2, pools=True)), 3, 1, 100)
    >>> drawn.start, drawn.jump, drawn.adds, closed(drawn)
    (9, 4, 8, 12)
    """

    stem: Stack
    kernel: int
    dilation: int
    goal: int

    @property
    def start(self) -> int:
        """What a unit sees after the first layers."""
        return field(self.stem)

    @property
    def jump(self) -> int:
        """How many input cells lie between neighbours after the first layers."""
        return jumps(self.stem)[-1]

    @property
    def layer(self) -> Window:
        """The layer that is repeated."""
        return Window(self.kernel, dilation=self.dilation)

    @property
    def adds(self) -> int:
        """What each of the repeated layers adds."""
        return (self.layer.extent - 1) * self.jump


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a goal: level 2 begins with a layer that has a stride, level 3 with two."""
    kernel = dice.pick("kernel", (2, 3, 3, 4, 5, 6, 7, 9, 11) if level == 1 else (2, 3, 3, 4, 5, 7))
    stem: list[Window] = []
    if level == 3:
        stem.append(Window(dice.pick("first", (3, 4, 5, 7, 9, 11)), dice.pick("step", (2, 2, 3))))
        stem.append(Window(dice.pick("pool", (2, 3)), 2, pools=True))
    elif level == 2:
        window = dice.pick("first", (3, 4, 5, 6, 7, 8, 9, 11))
        stem.append(Window(window, min(dice.pick("step", (2, 3, 4)), window)))
    dilation = dice.pick("dilation", (1, 2)) if level == 3 else 1
    goal = dice.whole("goal", 12, (500, 300, 400)[level - 1])
    return Drawn(tuple(stem), kernel, dilation, goal)


def fair(d: Drawn) -> bool:
    """Tell whether it takes some layers, but not hundreds."""
    return d.goal > d.start and 4 <= closed(d) <= (60 if d.stem else 120)


def closed(d: Drawn) -> int:
    """Return the number of layers by the formula."""
    return -(-(d.goal - d.start) // d.adds)


def brute(d: Drawn) -> int:
    """Return the number of layers, one more as long as a unit sees too little."""
    layers, wide = 0, 1
    while True:
        first, last = seen(d.stem, 0)[0], seen(d.stem, wide - 1)[1]
        if last - first + 1 >= d.goal:
            return layers
        layers, wide = layers + 1, wide + d.layer.extent - 1


def prompt(d: Drawn) -> Prose:
    """Ask."""
    dilated = f" and dilation {d.dilation}" if d.dilation > 1 else ""
    layer = f"{d.kernel} × {d.kernel} convolutions with stride 1{dilated}"
    goal = Strong(f"{d.goal} × {d.goal}")
    if not d.stem:
        return line(
            f"Only {layer} follow each other, and there is no pooling. How many of them are needed "
            "at least, until a unit of the last one sees an area of ",
            *(goal, " cells of the input or more?"),
        )
    return line(
        "A network begins with", *table(d.stem), Break(),
        f"and goes on with {layer}, without pooling. How many of these are needed at least, until "
        "a unit of the last one sees an area of ", goal,
        " cells of the input or more? Do not count the layers at the beginning.",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    begin = "Before the first layer, a unit sees one cell."
    if d.stem:
        begin = f"After the layers at the beginning, a unit sees {d.start} cells along a side."
    return (
        line("How many cells does one more layer add to what a unit sees along a side?"),
        line(begin),
        line(f"Each layer adds {d.adds}. How often, until it is {d.goal} or more?"),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show where it begins, what a layer adds, and the division."""
    steps: list[str] = []
    if d.stem:
        parts = [
            f"({w.kernel} − 1)" + (f"·{jump}" if jump > 1 else "")
            for w, jump in zip(d.stem, jumps(d.stem), strict=False)
        ]
        steps.append(f"The first layers: a unit sees 1 + {joined(parts)} = {d.start} cells.")
        strides = joined((window.stride for window in d.stem), "·")
        apart = f"{strides} = {d.jump}" if len(d.stem) > 1 else strides
        steps.append(f"Its neighbour sees the same, {apart} cells further on.")
    reach = f"({d.kernel} − 1)"
    reach += f"·{d.dilation}" if d.dilation > 1 else ""
    reach += f"·{d.jump}" if d.jump > 1 else ""
    steps.append(f"Each {d.kernel} × {d.kernel} layer adds {reach} = {d.adds} cells.")
    missing, layers = d.goal - d.start, closed(d)
    steps.append(f"From {d.start} to {d.goal}, {missing} are missing.")
    steps.append(f"⌈{missing} / {d.adds}⌉ = {layers} layers.")
    last, before = d.start + layers * d.adds, d.start + (layers - 1) * d.adds
    steps.append(
        f"Check: {layers} layers see {d.start} + {layers}·{d.adds} = {last} cells, "
        f"{layers - 1} only {before}."
    )
    return tuple(map(line, steps))


def _up(number: int, by: int) -> int:
    return max(-(-number // by), 0)


def rounded_down(d: Drawn) -> int | None:
    """Stop one layer too early."""
    rest = (d.goal - d.start) % d.adds
    return (d.goal - d.start) // d.adds if rest else None


def whole_kernel(d: Drawn) -> int:
    """Let each layer add its whole window."""
    return _up(d.goal - (d.start if d.stem else 0), d.layer.extent * d.jump)


def without_stride(d: Drawn) -> int | None:
    """Forget that neighbours stand apart."""
    return _up(d.goal - d.start, d.layer.extent - 1) if d.stem else None


def without_stem(d: Drawn) -> int | None:
    """Begin with one cell behind the first layers."""
    return _up(d.goal - 1, d.adds) if d.stem else None


def only_one_stride(d: Drawn) -> int | None:
    """Count the first stride only."""
    if len(d.stem) < 2:
        return None
    return _up(d.goal - d.start, (d.layer.extent - 1) * d.stem[0].stride)


def undilated(d: Drawn) -> int | None:
    """Take the kernel for as wide as it has weights."""
    return _up(d.goal - d.start, (d.kernel - 1) * d.jump) if d.dilation > 1 else None


def first_free(d: Drawn) -> int | None:
    """Count the layers after the first one."""
    return _up(d.goal - d.kernel, d.adds) if not d.stem else None


FAMILY = Family(
    name="layers-needed",
    title="Layers needed",
    version=1,
    says="how many equal layers a unit needs below it to see enough of the input",
    page="layers/receptive-field.md",
    rows=(29,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(2 + 2 * len(d.stem) + (d.dilation > 1)),
    cost=(Work(2), Work(4), Work(6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "whole kernel added", whole_kernel,
            lambda d: f"You let each layer add its whole window of {d.layer.extent}. It begins on "
            f"a cell that is counted already, so it adds {d.layer.extent - 1}"
            + (f" times {d.jump} cells." if d.stem else "."),
        ),
        Slip(
            "stride left out", without_stride,
            lambda d: f"You let each layer add {d.layer.extent - 1}. Behind the first layers, "
            f"neighbours stand {d.jump} input cells apart, so it adds {d.adds}.",
            _STRIDE,
        ),
        Slip(
            "first layers left out", without_stem,
            lambda d: "You began with one cell. Behind the first layers a unit sees "
            f"{d.start} already.",
            yields=True,
        ),
        Slip(
            "pooling's stride left out", only_one_stride,
            lambda d: "You multiplied by the stride of the first layer only. Pooling has a stride "
            f"of {d.stem[1].stride} too.",
            "layers/pooling.md", yields=True,
        ),
        Slip(
            "dilation left out", undilated,
            lambda d: f"You took the kernel for {d.kernel} cells wide. With dilation "
            f"{d.dilation} it covers {d.layer.extent}.",
            "convolution/dilation.md", yields=True,
        ),
        Slip(
            "rounded down", rounded_down,
            lambda d: f"You rounded down. With so few layers a unit sees less than {d.goal} cells.",
            yields=True,
        ),
        Slip(
            "first layer not counted", first_free,
            "You began with what one layer sees, and counted the others only. The first is a "
            "layer too.",
            yields=True,
        ),
        Slip(
            "area divided", lambda d: _up(d.goal**2, d.layer.extent**2) if not d.stem else None,
            "You divided the areas. Think of one side: a unit sees a little more of it with every "
            "layer.",
            yields=True,
        ),
    ), OneNumber(unit="layers"), points=(1, 2, 3)),),
)  # fmt: skip
