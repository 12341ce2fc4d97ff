"""Resolution: one photo at several sizes, and how many numbers each takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import photos
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._photo import CropField, PhotoField, colours, picture
from generator.examples._words import count, listing
from generator.model import Example, Step, Term
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, over, space
from generator.scene.marks import Rect
from generator.scene.parts import Chunk, arithmetic, labelled
from generator.spec.fields import Flag, param
from generator.spec.lists import WholesField

_WIDEST, _MOST = 1024, 8


@dataclass(frozen=True, slots=True)
class Params:
    """Which photograph, how wide, and whether in colour."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a file"), "chelsea")
    columns: tuple[int, ...] = param(
        WholesField(
            "the widths the photo is reduced to, the finest first",
            "size",
            least=1,
            most=_WIDEST,
            count=_MOST,
        ),
        (256, 64, 32, 16, 8, 4),
    )
    colour: bool = param(Flag("in colour: three numbers a pixel"), False)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    def planes(self, columns: int) -> tuple[photos.Plane, ...]:
        """Return the reduced photograph: one plane, or three."""
        if self.colour:
            return photos.colour(self.photo, columns, self.crop)
        return (photos.grey(self.photo, columns, self.crop),)

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Rows and columns at every width."""
        planes = [self.planes(columns)[0] for columns in self.columns]
        return tuple((len(plane), len(plane[0])) for plane in planes)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for columns, (rows, found) in zip(self.columns, self.sizes, strict=True):
            if found < columns:
                got = f"{columns} columns"
                yield Problem("", "columns", got, f"at most {found}, as many as the photo has")
            if rows > 2 * found:
                wanted = "at most twice as tall as wide; crop it"
                yield Problem("", "photo", f"{rows} × {found}", wanted)
                return


def solve(p: Params) -> Solved:
    """Count the numbers at every resolution."""
    steps = tuple(_step(p, i, *size) for i, size in enumerate(p.sizes))
    channels = "three numbers a pixel, one byte each" if p.colour else "one byte a pixel"
    name = p.photo.rsplit("/", 1)[-1]
    sizes = [f"{rows} × {columns}" for rows, columns in p.sizes]
    counts = listing([f"{step.value:,}" for step in steps])
    says = (
        f"The same photo at {count(len(steps), 'resolution')}, {channels}: {counts}"
        f" number{'' if counts == '1' else 's'}."
    )
    if len(steps) > 1:
        says += " At half the width and half the height a quarter of the numbers is left."
    depth = " × 3" if p.colour else ""
    alt = f"The photo {name} at {listing(sizes)} pixels, all drawn equally wide. " + " ".join(
        f"{size}{depth} is {step.value}." for size, step in zip(sizes, steps, strict=True)
    )
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def _step(p: Params, index: int, rows: int, columns: int) -> Step:
    """Count rows times columns, times three in colour."""
    depth = 3 if p.colour else 1
    term = Term(rows * columns, 3) if p.colour else Term(rows, columns)
    times = "·3" if p.colour else ""
    value = rows * columns * depth
    says = f"{rows} rows and {columns} columns: {rows}·{columns}{times} = {value:,} numbers."
    return Step(index + 1, (index,), None, (term,), value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw all resolutions equally large; a frame looks at one of them."""
    across = _across(len(p.columns), canvas)
    gap = canvas.cell * 0.4
    width = (canvas.width - gap * (across - 1)) / across

    def panel(index: int, step: Step | None) -> Box:
        planes = p.planes(p.columns[index])
        body = colours(planes, width) if p.colour else picture(planes[0], width)
        rows, columns = p.sizes[index]
        if step and step.index == index + 1:
            body = over(body, Box(0, 0, (Rect(0, 0, body.width, body.height, "window"),)))
        told = labelled(f"{rows} × {columns}", _counted(example.steps[index]), body, canvas)
        return Box(told.width, told.height, told.parts, 0)

    def body(step: Step | None) -> Box:
        panels = [panel(index, step) for index in range(len(p.columns))]
        return _story.shelved(panels, across, gap)

    def foot(step: Step | None) -> Box:
        if step is None:
            return space()
        rows, columns = p.sizes[step.index - 1]
        chunks: list[Chunk] = [
            [(f"{rows}·{columns}", "window-ink", "bold")],
            [("=", "muted", "regular"), (f" {step.value:,}", "result-ink", "bold"),
             (" numbers", "muted", "regular")],
        ]  # fmt: skip
        if p.colour:
            chunks.insert(1, [("· 3 channels", "muted", "regular")])
        return arithmetic(chunks, canvas.text * 1.25, canvas.width)

    return _story.film(_story.Story(body, foot, alike=_story.steady), example, title, canvas)


def _counted(step: Step) -> str:
    return f"{step.value:,}"


def _across(number: int, canvas: Canvas) -> int:
    """Return how many photos stand in a row; rows are equally long where they can be.

    >>> from generator.scene.canvas import NARROW, PAGE, SLIDE
    >>> [_across(6, canvas) for canvas in (SLIDE, PAGE, NARROW)], _across(4, SLIDE)
    ([3, 3, 2], 4)
    """
    most = {"slide": 4, "page": 3}.get(canvas.name, 2)
    lines = -(-number // most)
    return -(-number // lines)


KIND = Kind(
    title="Resolution",
    says="one photo at several resolutions, and how many numbers each takes",
    params=Params,
    solve=solve,
    draw=draw,
)
