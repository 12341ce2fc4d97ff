"""Which mode of padding it is: named from the padded input, or recognised by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.dice import Dice
from generator.engine.shapes import PADDING_MODES, PaddingMode
from generator.exercises._border import SAYS, by_rule, grown
from generator.exercises._draw import Wholes
from generator.exercises._family import Family, Options, Part, Slip, Value, Work
from generator.exercises._figure import spec
from generator.prose import Figure, Grid, Prose, Strong, line
from generator.spec.matrix import Matrix as Numbers

_PAGE = "convolution/padding.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, its padding, and whether the mode is named and its picture is asked for."""

    x: Wholes
    padding: int
    mode: PaddingMode
    named: bool

    @property
    def padded(self) -> Wholes:
        """The input in its frame."""
        return by_rule(self.x, self.padding, self.mode)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an input: level 2 has a wider frame, level 3 names the mode."""
    rows, columns = dice.whole("rows", 3, 4), dice.whole("columns", 3, 4)
    return Drawn(
        x=dice.matrix("input", rows, columns, 0, 9),
        padding=1 if level == 1 else 2,
        mode=dice.pick("mode", PADDING_MODES if level == 1 else PADDING_MODES[1:]),
        named=level == 3,
    )


def fair(d: Drawn) -> bool:
    """Tell whether all modes give something else, and mirrors can be told from copies."""
    frames = {by_rule(d.x, d.padding, mode) for mode in PADDING_MODES}
    return len({*frames, _symmetric(d)}) == len(PADDING_MODES) + (d.padding > 1)


def _symmetric(d: Drawn) -> Wholes:
    return grown(d.x, d.padding, "symmetric")


def closed(d: Drawn) -> Value:
    """Return the mode, or the input in its frame."""
    return d.padded if d.named else d.mode


def brute(d: Drawn) -> Value:
    """Build the frames up, and look for the one that is shown."""
    if d.named:
        return grown(d.x, d.padding, d.mode)
    (mode,) = (mode for mode in PADDING_MODES if grown(d.x, d.padding, mode) == d.padded)
    return mode


def _taken(mode: PaddingMode) -> Slip[Drawn]:
    """Return the slip of somebody who takes the mode for this one."""

    def compute(d: Drawn) -> Value | None:
        if d.mode == mode:
            return None
        return by_rule(d.x, d.padding, mode) if d.named else mode

    def says(d: Drawn) -> str:
        return f"You chose {mode}: {SAYS[mode]}. In the mode {d.mode}, {SAYS[d.mode]}."

    return Slip(f"taken for {mode}", compute, says)


def shows(d: Drawn, value: Any) -> Prose:
    """Show an option: a mode, at first with what it does, or a padded input."""
    if isinstance(value, str):
        return line(Strong(value), f": {SAYS[value]}") if d.padding == 1 else line(Strong(value))
    return (Grid("Padded", value),)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    size = "1 cell" if d.padding == 1 else f"{d.padding} cells"
    if d.named:
        return line(
            f"An input is padded by {size} on all four sides in the mode ", Strong(d.mode),
            ", as PyTorch calls it. What does it look like afterwards?", Grid("Input", d.x),
        )  # fmt: skip
    return line(
        f"An input was padded by {size} on all four sides. ", Strong("In which mode"), "?",
        Grid("Input", d.x), Grid("Padded", d.padded),
    )  # fmt: skip


def _example(d: Drawn) -> str:
    """Follow the first row of the input to the left."""
    row, i = d.padded[d.padding], d.padding
    left = " and ".join(str(v) for v in row[:i])
    stand = "stands" if i == 1 else "stand"
    return f"The first row of the input begins with {row[i]}; to the left of it {stand} {left}."


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.named:
        return (
            line("Follow the first row of the input beyond its left end."),
            line(f"In the mode {d.mode}, {SAYS[d.mode]}."),
        )
    return (
        line("Follow the first row of the input beyond its left end. Where do the numbers stand "
             "in the input?"),
        line(_example(d)),
    )  # fmt: skip


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Say what the mode does, and show all four side by side."""
    row = d.padded[d.padding]
    first = ", ".join(str(v) for v in row)
    return (
        line(f"In the mode {d.mode}, {SAYS[d.mode]}."),
        line(
            f"With its padding the first row of the input reads {first}. The rows above and below "
            "come about in the same way.",
            Grid("Padded", d.padded),
        ),
        line(
            "All four modes beside each other:",
            Figure(spec("padding-modes", input=Numbers(d.x), padding=d.padding)),
        ),
    )


FAMILY = Family(
    name="padding-mode",
    title="What the padding holds",
    version=1,
    says="zeros, reflect, replicate or circular: which padding an input got",
    page=_PAGE,
    rows=(19,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(d.padding),
    cost=(Work(1), Work(2), Work(2)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        closed,
        brute,
        (
            Slip(
                "edge mirrored too",
                lambda d: _symmetric(d) if d.named else None,
                lambda d: "You mirrored the input with its edge repeated. In the mode "
                f"{d.mode}, {SAYS[d.mode]}.",
            ),
            _taken("replicate"), _taken("reflect"), _taken("circular"), _taken("zeros"),
        ),
        form=Options(show=shows),
        points=(1, 1, 2),
    ),),
)  # fmt: skip
