"""Why seeing is hard: one photo under other light, moved, turned …, and how far its numbers go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from generator.dice import Dice
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._photo import PhotoField, Shades, fitting, picture
from generator.examples._words import count, listing
from generator.model import Example, Step
from generator.numerals import Number
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, over, space
from generator.scene.marks import Rect
from generator.scene.parts import Chunk, arithmetic, labelled
from generator.spec.fields import Whole, param

#: Noise moves a pixel by at most so much [of 255].
_NOISE = 70


@dataclass(frozen=True, slots=True)
class Params:
    """Which photograph, and which other one it is compared with."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a file"), "chelsea")
    other: str = param(PhotoField("another photo, to compare with"), "brick")
    size: int = param(Whole("rows and columns the photos are reduced to", least=8, most=200), 64)

    @property
    def pictures(self) -> tuple[tuple[str, Shades], ...]:
        """The photo, what the changes make of it, and the other one, each with its name."""
        shades = fitting(self.photo, (self.size, self.size))
        made = [(name, change(shades)) for name, change in CHANGES.items()]
        last = fitting(self.other, (self.size, self.size))
        return (("photo", shades), *made, ("other photo", last))

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if self.other == self.photo:
            yield Problem("", "other", self.other, "another photo than the first")


def darker(x: Shades) -> Shades:
    """Return a picture in half the light."""
    return tuple(tuple(level // 2 for level in line) for line in x)


def noisy(x: Shades) -> Shades:
    """Return a picture with noise, the same noise for the same size."""
    dice = Dice(f"noise {len(x)} × {len(x[0])}")

    def moved(level: int) -> int:
        return min(max(level + dice.whole("pixel", -_NOISE, _NOISE), 0), 255)

    return tuple(tuple(moved(level) for level in line) for line in x)


def hidden(x: Shades) -> Shades:
    """Return a picture whose left half something black hides."""
    return tuple((0,) * (len(line) // 2) + line[len(line) // 2 :] for line in x)


def turned(x: Shades) -> Shades:
    """Return a picture upside down.

    >>> turned(((1, 2), (3, 4)))
    ((4, 3), (2, 1))
    """
    return tuple(line[::-1] for line in x[::-1])


def moved(x: Shades) -> Shades:
    """Return a picture moved to the right by an eighth; the left edge is repeated."""
    return tuple(_along(line, len(line) // 8) for line in x)


def slanted(x: Shades) -> Shades:
    """Return a picture whose upper lines lean to the right and whose lower ones lean to the left.

    >>> slanted(((1, 2, 3, 4),) * 4)[0], slanted(((1, 2, 3, 4),) * 4)[-1]
    ((1, 1, 2, 3), (2, 3, 4, 4))
    """
    return tuple(_along(line, (len(x) // 2 - r) // 2) for r, line in enumerate(x))


def _along(line: tuple[int, ...], by: int) -> tuple[int, ...]:
    last = len(line) - 1
    return tuple(line[min(max(c - by, 0), last)] for c in range(len(line)))


#: What may happen to a photo without any change of its meaning.
CHANGES: dict[str, Callable[[Shades], Shades]] = {
    "half light": darker,
    "noise": noisy,
    "half hidden": hidden,
    "turned": turned,
    "moved": moved,
    "slanted": slanted,
}


def fixed(value: Number) -> str:
    """Return a distance with its decimal, so that numbers stand below each other.

    >>> fixed(59), fixed(Fraction(1, 2))
    ('59.0', '0.5')
    """
    return f"{float(value):.1f}"


def apart(x: Shades, y: Shades) -> Number:
    """Return how far the pixels of two pictures are apart on average, to one decimal.

    >>> apart(((0, 10), (20, 30)), ((1, 10), (20, 29)))
    Fraction(1, 2)
    """
    pairs = [
        abs(a - b)
        for ours, theirs in zip(x, y, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    ]
    tenths = (20 * sum(pairs) + len(pairs)) // (2 * len(pairs))
    return Fraction(tenths, 10) if tenths % 10 else tenths // 10


# The noise alone is thousands of draws.
@lru_cache(maxsize=8)
def _compared(p: Params) -> tuple[tuple[str, Shades, Number], ...]:
    pictures = p.pictures
    first = pictures[0][1]
    return tuple((name, shades, apart(first, shades)) for name, shades in pictures)


def solve(p: Params) -> Solved:
    """Measure how far the numbers of every picture are from the photo's."""
    compared = _compared(p)[1:]
    steps = tuple(_step(i, name, value) for i, (name, _, value) in enumerate(compared))
    *changes, (_, _, other) = compared
    further = sum(value > other for _, _, value in changes)
    ours, theirs = (name.rsplit("/", 1)[-1] for name in (p.photo, p.other))
    says = (
        f"A photo, {count(len(changes), 'change')} that leave its meaning alone, and another"
        f" photo. The number says how far a pixel is from the first photo's, on average, of 255:"
        f" {further} of the {len(changes)} changes {'goes' if further == 1 else 'go'} further than"
        " the other photo is."
    )
    told = listing([f"{name} {fixed(value)}" for name, _, value in compared])
    alt = (
        f"The photo {ours} in grey, {p.size} × {p.size} pixels, changed in {len(changes)} ways,"
        f" beside the photo {theirs}. Average distance from the first, rounded: {told}."
    )
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def _step(index: int, name: str, value: Number) -> Step:
    says = f"{name[0].upper()}{name[1:]}: on average {fixed(value)} of 255 (rounded)."
    return Step(index + 1, (index,), None, (), value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw all pictures equally large; a frame looks at one of them."""
    compared = _compared(p)
    across = {"slide": 4, "page": 4}.get(canvas.name, 2)
    gap = canvas.cell * 0.4
    width = (canvas.width - gap * (across - 1)) / across
    if canvas.name == "slide":
        width = min(width, canvas.cell * 3.4)

    def panel(index: int, step: Step | None) -> Box:
        name, shades, value = compared[index]
        body = picture(shades, width)
        if step and step.index == index:
            body = over(body, Box(0, 0, (Rect(0, 0, body.width, body.height, "window"),)))
        told = labelled(name, fixed(value) if index else "", body, canvas)
        return Box(told.width, told.height, told.parts, 0)

    def body(step: Step | None) -> Box:
        return _story.shelved([panel(i, step) for i in range(len(compared))], across, gap)

    def foot(step: Step | None) -> Box:
        if step is None:
            return space()
        chunks: list[Chunk] = [
            [("average distance ", "muted", "regular")],
            [("= ", "muted", "regular"), (fixed(step.value), "result-ink", "bold"),
             (" of 255", "muted", "regular")],
        ]  # fmt: skip
        return arithmetic(chunks, canvas.text * 1.25, canvas.width)

    return _story.film(_story.Story(body, foot, alike=_story.steady), example, title, canvas)


KIND = Kind(
    title="The same photo, other numbers",
    says="a photo in other light, noisy, hidden, turned, moved and slanted, against another photo",
    params=Params,
    solve=solve,
    draw=draw,
)
