"""Locality, measured: how alike pixels of a photo are, by their distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from generator import photos
from generator.engine.correlation import Correlation, correlate_moved
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._photo import CropField, PhotoField, Shades, picture
from generator.examples._words import listing
from generator.model import Example, Step
from generator.numerals import MINUS, Number, exact
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, Part, column, over, row
from generator.scene.marks import Disc, Line, Poly, Rect
from generator.scene.parts import labelled, words
from generator.spec.fields import Choice, Whole, param
from generator.spec.lists import WholesField

#: Correlations are irrational numbers: they are rounded to so many decimals.
_DECIMALS = 3
#: The side of the frames that stand for two pixels of the photo [px].
_SPOT = 10


@dataclass(frozen=True, slots=True)
class Params:
    """Which photograph, and how far apart its pixels are."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a file"), "chelsea")
    distances: tuple[int, ...] = param(
        WholesField("how far apart the pixels are", "distance", least=1, most=200, count=12),
        (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64),
    )
    direction: str = param(Choice("where the other pixel lies", ("across", "down")), "across")
    columns: int = param(Whole("columns the photo is reduced to first", least=8, most=400), 240)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    @property
    def shades(self) -> Shades:
        """The photograph's numbers."""
        return photos.grey(self.photo, self.columns, self.crop)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        shades = self.shades
        size = len(shades[0]) if self.direction == "across" else len(shades)
        word = "columns" if self.direction == "across" else "rows"
        # Of fewer pairs the correlation would be that of a few pixels at the edge.
        most = size // 2
        if max(self.distances) > most:
            wanted = f"at most {most}, half of the photo's {size} {word}"
            yield Problem("", "distances", str(max(self.distances)), wanted)
        elif any(not found.spread for found in _measured(shades, self.direction, self.distances)):
            wanted = "pixels of different brightness: an even picture correlates with nothing"
            yield Problem("", "photo", self.photo, wanted)
        if list(self.distances) != sorted(set(self.distances)):
            got = ", ".join(map(str, self.distances))
            yield Problem("", "distances", got, "growing numbers, each once")
        if len(shades) > 2 * len(shades[0]):
            got = f"{len(shades)} × {len(shades[0])}"
            yield Problem("", "photo", got, "at most twice as tall as wide; crop it")


@lru_cache(maxsize=8)
def _measured(
    shades: Shades, direction: str, distances: tuple[int, ...]
) -> tuple[Correlation, ...]:
    """Measure at every distance, once for the check and the answer."""
    return tuple(
        correlate_moved(shades, *((0, apart) if direction == "across" else (apart, 0)))
        for apart in distances
    )


def solve(p: Params) -> Solved:
    """Correlate every pixel with the one so far away."""
    shades = p.shades
    measured = _measured(shades, p.direction, p.distances)
    steps = tuple(
        _step(i, distance, found)
        for i, (distance, found) in enumerate(zip(p.distances, measured, strict=True))
    )
    size = f"{len(shades)} × {len(shades[0])}"
    first, last = steps[0], steps[-1]
    word = "to the right" if p.direction == "across" else "below"
    says = (
        f"In this photo a pixel and the one {_apart(p.distances[0])} {word} correlate by"
        f" {fixed(first.value)}"
    )
    if len(steps) > 1:
        says += f", at a distance of {p.distances[-1]} by {fixed(last.value)}"
    says += ". 1 is perfectly alike, 0 not related; all numbers rounded to three decimals."
    told = listing(
        [f"{fixed(step.value)} at {d}" for d, step in zip(p.distances, steps, strict=True)]
    )
    alt = (
        f"The photo {p.photo.rsplit('/', 1)[-1]}, {size} in grey, and a curve: the correlation of"
        f" pixels that lie {'beside' if p.direction == 'across' else 'below'} each other, by their"
        f" distance in pixels, rounded: {told}."
    )
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def fixed(value: Number) -> str:
    """Return a rounded number with all its decimals, so that numbers stand below each other.

    >>> fixed(exact("0.78")), fixed(exact("-0.5")), fixed(1)
    ('0.780', '−0.500', '1.000')
    """
    digits = f"{abs(int(value * 10**_DECIMALS)):0{_DECIMALS + 1}d}"
    return f"{MINUS if value < 0 else ''}{digits[:-_DECIMALS]}.{digits[-_DECIMALS:]}"


def _apart(distance: int) -> str:
    return f"{distance} pixel{'s' if distance > 1 else ''}"


def _step(index: int, distance: int, found: Correlation) -> Step:
    value = found.rounded(_DECIMALS)
    assert value is not None, "problems() lets no even picture through"
    says = (
        f"{found.pairs:,} pairs of pixels {_apart(distance)} apart: correlation {fixed(value)}"
        " (rounded)."
    )
    return Step(index + 1, (index,), None, (), value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the photo and the curve; a frame looks at one distance."""
    shades = p.shades
    stacked = canvas.name != "slide"
    gap = canvas.cell
    # A narrow photo is tall: it must not be taller than the curve is wide.
    wide = canvas.width if stacked else canvas.width * 0.4
    tall = len(shades) / len(shades[0])
    wide = min(wide, canvas.width * 0.75) if canvas.name == "page" else wide
    wide = wide / max(tall, 1)
    room = canvas.width if stacked else canvas.width - wide - gap

    def body(step: Step | None) -> Box:
        size = f"{len(shades)} × {len(shades[0])}"
        photo = labelled("photo", size, _pair(p, shades, wide, step), canvas)
        drawn = _curve(p, example, step, room, canvas)
        curve = labelled("correlation", "by distance [pixels]", drawn, canvas)
        table = _table(p, example, step, canvas.width, canvas)
        if stacked:
            return column([photo, curve, table], 16)
        beside = row([replace(box, axis=0) for box in (photo, curve)], gap)
        return column([beside, table], 20)

    return _story.film(_story.Story(body, alike=_story.steady), example, title, canvas)


def _pair(p: Params, shades: Shades, wide: float, step: Step | None) -> Box:
    """Draw the photo; at a step with two pixels, as far apart as they are compared."""
    photo = picture(shades, wide)
    if step is None:
        return photo
    scale = wide / len(shades[0])
    reach = p.distances[step.at[0]] * scale
    dx, dy = (reach, 0.0) if p.direction == "across" else (0.0, reach)
    x, y = (photo.width - dx) / 2, (photo.height - dy) / 2
    half = _SPOT / 2
    # Close pixels lie on each other when drawn: the frames then touch.
    marks: list[Part] = [Line(x, y, x + dx, y + dy, "window-line")]
    for cx, cy in ((x, y), (x + dx, y + dy)):
        marks += [
            Rect(cx - half, cy - half, _SPOT, _SPOT, "halo"),
            Rect(cx - half, cy - half, _SPOT, _SPOT, "window"),
        ]
    return over(photo, Box(0, 0, tuple(marks)))


def _curve(p: Params, example: Example, step: Step | None, room: float, canvas: Canvas) -> Box:
    """Draw the correlation against the distance."""
    values = [each.value for each in example.steps]
    low = min((tick for tick in (0, -0.5, -1) if tick <= min(values)), key=abs)
    left, below = canvas.note * 2.9, canvas.note * 2
    width, height = room - left - 12, min(room * 0.5, 260.0)
    furthest = p.distances[-1]

    def place(distance: int, value: Number) -> tuple[float, float]:
        return (
            left + width * distance / furthest,
            12 + height * float(1 - value) / (1 - low),
        )

    marks: list[Part] = []
    for half in range(int(low * 2), 3):
        tick = half / 2
        y = place(0, exact(tick))[1]
        marks.append(Line(left, y, left + width, y, "line"))
        label = words(f"{tick:g}".replace("-", MINUS), canvas.note, "muted")
        marks += label.moved(left - label.width - 8, y - label.height / 2)
    points = [place(d, v) for d, v in zip(p.distances, values, strict=True)]
    if len(points) > 1:
        marks.append(Poly(tuple(points), "window-line"))
    marks += [Disc(x, y, 4, "window-ink") for x, y in points]
    if step:
        x, y = points[step.at[0]]
        marks.append(Line(x, y, x, 12 + height, "window-line"))
        marks.append(Disc(x, y, 8, "result-ink"))
    marks += _ticks(p, left, width, 12 + height + 6, canvas)
    return Box(room, 12 + height + below, tuple(marks))


def _ticks(p: Params, left: float, width: float, y: float, canvas: Canvas) -> list[Part]:
    """Write the distances below the curve, those that have room."""
    marks: list[Part] = []
    end = -1e9
    furthest = p.distances[-1]
    for distance in reversed(p.distances):  # the far ones have room
        label = words(str(distance), canvas.note, "muted")
        x = left + width * distance / furthest - label.width / 2
        if end < 0 or x + label.width + 10 <= end:
            marks += label.moved(x, y)
            end = x
    return marks


def _table(p: Params, example: Example, step: Step | None, room: float, canvas: Canvas) -> Box:
    """Write distances and numbers below each other, in as many lines as it takes."""
    cells = []
    for distance, each in zip(p.distances, example.steps, strict=True):
        now = step is not None and step.index == each.index
        top = words(str(distance), canvas.note, "muted")
        number = words(fixed(each.value), canvas.text, "result-ink" if now else "ink",
                       "bold" if now else "regular")  # fmt: skip
        cells.append((top, number))
    names = (words("distance", canvas.note, "muted"), words("correlation", canvas.note, "muted"))
    label = max(name.width for name in names) + 16
    cell = words("−0.000", canvas.text, weight="bold").width + 10
    across = max(1, int((room - label) // cell))
    lines = -(-len(cells) // across)
    across = -(-len(cells) // lines)
    rows = []
    for first in range(0, len(cells), across):
        part = cells[first : first + across]
        for which in (0, 1):
            boxes = [Box(label, names[which].height, names[which].parts)]
            for pair in part:
                box = pair[which]
                boxes.append(Box(cell, box.height, box.moved(cell - 10 - box.width, 0)))
            rows.append(row(boxes))
    return column(rows, 2)


KIND = Kind(
    title="Neighbours are alike",
    says="the correlation of a photo's pixels by their distance, measured",
    params=Params,
    solve=solve,
    draw=draw,
)
