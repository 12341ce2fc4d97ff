"""A grey picture is a matrix of numbers from 0 to 255."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import photos
from generator.errors import Problem
from generator.examples._edges import edged
from generator.examples._kind import Kind, Solved
from generator.examples._page import headed, page
from generator.examples._photo import CropField, PhotoField, Shades, picture, spot
from generator.model import Example, Step
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet
from generator.scene.marks import Role
from generator.scene.parts import Cell, Frame, grid, labelled
from generator.scene.theme import on_grey
from generator.spec.fields import Whole, param

#: So wide that a photograph beside its numbers is still recognised [pixels].
_SHARP = 360
#: Where the matrix needs the whole width, the photo stands above it, no wider than this [px].
_BESIDE = 324
#: Three digits need this much room to be read [px].
_READABLE = 33
#: The numbers of rows take this much room beside a part [px].
_EDGE = 26.0


@dataclass(frozen=True, slots=True)
class Params:
    """Which photograph, and how many numbers of it."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a picture file"))
    columns: int = param(Whole("columns of the matrix", least=2, most=24), 16)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    @property
    def shades(self) -> Shades:
        """The matrix."""
        return photos.grey(self.photo, self.columns, self.crop)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if len(self.shades) > 40:
            got = f"{len(self.shades)} rows at {self.columns} columns"
            yield Problem("", "photo", got, "at most 40: a less tall picture, or a crop of it")


def solve(p: Params) -> Solved:
    """Average the pixels of every cell; the steps point at the darkest and the brightest one."""
    shades = p.shades
    cells = [(level, r, c) for r, line in enumerate(shades) for c, level in enumerate(line)]
    low = min(cells)
    high = max(cells, key=lambda cell: cell[0])
    size = f"{len(shades)} × {len(shades[0])}"
    steps = (pointed(1, low, "darkest"), pointed(2, high, "brightest"))
    says = (
        f"The photo reduced to {size} = {len(cells)} numbers. Every cell has the shade of its"
        f" number: from {low[0]} to {high[0]} here; 0 is black and 255 is white."
    )
    name = p.photo.rsplit("/", 1)[-1]
    alt = (
        f"The photo {name} in grey beside a {size} matrix of its numbers."
        f" {steps[0].says} {steps[1].says}"
    )
    return Solved(shades, steps, alt, says)


def pointed(index: int, cell: tuple[int, int, int], word: str) -> Step:
    """Return a step that points at a cell: its level, row and column."""
    level, r, c = cell
    says = f"The {word} cell, row {r + 1} and column {c + 1}, holds {level} of 255."
    return Step(index, (r, c), None, (), level, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the photo and the matrix; the frames point at cells."""
    steps = example.steps

    def scene(step: Step | None) -> Scene:
        return _scene(p, example, step, title, canvas)

    return Film(title, example.alt, lambda: scene(None), lambda n: scene(steps[n - 1]), len(steps))


def _scene(p: Params, example: Example, step: Step | None, title: str, canvas: Canvas) -> Scene:
    shades = p.shades
    rows, columns = len(shades), len(shades[0])
    sharp = photos.grey(p.photo, _SHARP, p.crop)
    beside = (canvas.width * 0.64) / columns >= _READABLE
    room = canvas.width * (0.64 if beside else 1)
    shown = min(columns, int(room / _READABLE))
    edge = 0.0
    if shown < columns:
        # A part has its rows and columns numbered, which takes some of the room.
        edge = _EDGE
        shown = int((room - edge) / _READABLE)
    side = min(canvas.cell, (room - edge) / shown, _READABLE * 1.3)
    top, left, height = _part(example, step, shown)
    photo = picture(
        sharp, canvas.width - room - canvas.cell if beside else min(canvas.width, _BESIDE)
    )
    name = "photo" if shown == columns else f"photo, the framed {height} × {shown} cells below"
    if shown < columns:
        scale = len(sharp[0]) / columns
        framed = (top * scale, left * scale, height * scale, shown * scale)
        photo = spot(photo, sharp, tuple(map(round, framed)), "window")  # type: ignore[arg-type]
    cells = [
        [Cell(str(level), ink=on_grey(level), shade=level) for level in line[left : left + shown]]
        for line in shades[top : top + height]
    ]
    # A frame alone is lost on a pixel of its own shade.
    roles: tuple[Role, ...] = ("halo", "window") if step else ()
    marked = [Frame(role, step.at[0] - top, step.at[1] - left, 1, 1) for role in roles if step]
    numbers = grid(cells, side, marked)
    if shown < columns:
        of = rows, columns
        numbers = edged(numbers, side, range(top, top + height), range(left, left + shown), of)
    matrix = labelled("matrix", f"{rows} × {columns}", numbers, canvas)
    parts = [labelled(name, "", photo, canvas), matrix]
    body: Box = row(parts, canvas.cell) if beside else column(parts, 16)
    head = headed(title, step.says if step else example.says, body.width, canvas)
    return sheet(page([head, body], canvas), canvas.margin, paper=canvas.titled)


def _part(example: Example, step: Step | None, shown: int) -> tuple[int, int, int]:
    """Return top, left and height of what can be read: all of it, or a part around both cells."""
    shades = example.result
    assert isinstance(shades, tuple)
    first = shades[0]
    assert isinstance(first, tuple)
    if shown >= len(first):
        return 0, 0, len(shades)
    height = min(len(shades), shown)
    r, c = (step or example.steps[0]).at
    return (
        min(max(r - height // 2, 0), len(shades) - height),
        min(max(c - shown // 2, 0), len(first) - shown),
        height,
    )


KIND = Kind(
    title="A picture is a matrix",
    says="a photo reduced until its numbers fit into the cells",
    params=Params,
    solve=solve,
    draw=draw,
)
