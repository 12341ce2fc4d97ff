"""A colour picture is three matrices: how much red, green and blue every pixel holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from generator import photos
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._photo import CropField, PhotoField, Shades, colours
from generator.examples._words import count, spoken
from generator.model import Example, Step
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, space
from generator.scene.marks import Role, Shade, Weight
from generator.scene.parts import Cell, Frame, grid, labelled, words
from generator.scene.theme import on_grey
from generator.spec.fields import Whole, param
from generator.spec.volume import Volume, VolumeField

_NAMES = ("R", "G", "B")
_LIGHTS = ("red", "green", "blue")
#: So wide that a photograph beside its numbers is still recognised [pixels].
_SHARP = 360
#: Three digits need this much room to be read [px].
_READABLE = 33
_MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class Params:
    """Which picture, and how many numbers of it."""

    photo: str | None = param(
        PhotoField("a photo that comes with convbook, or a picture file; coffee if not given"),
        None,
    )
    input: Volume | None = param(
        VolumeField(
            "three matrices of numbers from 0 to 255 instead of a photo", "channel", picture=12
        ),
        None,
    )
    columns: int = param(Whole("columns the photo is reduced to", least=2, most=12), 8)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    @property
    def name(self) -> str:
        """The photograph."""
        return self.photo or "coffee"

    @property
    def planes(self) -> tuple[Shades, Shades, Shades]:
        """The three matrices."""
        if self.input:
            red, green, blue = cast(tuple[Shades, Shades, Shades], self.input.planes)
            return red, green, blue
        return photos.colour(self.name, self.columns, self.crop)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if self.input is None:
            rows = len(self.planes[0])
            if rows > _MOST_ROWS:
                got = f"{rows} rows at {self.columns} columns"
                wanted = f"at most {_MOST_ROWS}: a less tall picture, or a crop of it"
                yield Problem("", "photo", got, wanted)
            return
        if self.photo or self.crop:
            key = "photo" if self.photo else "crop"
            yield Problem("", key, "a photo and an input", "one of them")
        if self.input.depth != 3:
            wanted = "three: red, green, blue"
            yield Problem("", "input", count(self.input.depth, "channel"), wanted)
        if self.input.height > _MOST_ROWS or self.input.width > 12:
            got = f"{self.input.height} × {self.input.width}"
            yield Problem("", "input", got, f"at most {_MOST_ROWS} × 12, to be read")
        numbers = [x for plane in self.input.planes for line in plane for x in line]
        if not all(isinstance(x, int) and 0 <= x <= 255 for x in numbers):
            wanted = "whole numbers from 0, no light, to 255, all of it"
            yield Problem("", "input", "other numbers", wanted)


def solve(p: Params) -> Solved:
    """Take the picture apart; the steps point at the most red, green and blue pixel."""
    planes = p.planes
    rows, columns = len(planes[0]), len(planes[0][0])
    steps = tuple(_pointed(planes, channel) for channel in range(3))
    size = f"{rows} × {columns}"
    numbers = rows * columns * 3
    reduced = "" if p.input else f"The photo {p.name.rsplit('/', 1)[-1]} reduced to {size} pixels. "
    says = (
        f"{reduced}Every pixel is three numbers: {rows}·{columns}·3 = {numbers}, one byte each."
        f" Every matrix holds one light, from 0, none of it, to 255, all of it."
    )
    told = " ".join(
        f"{name} ({light}): {spoken(plane)}."
        for name, light, plane in zip(_NAMES, _LIGHTS, planes, strict=True)
    )
    picture = f"The photo {p.name.rsplit('/', 1)[-1]}" if p.input is None else "A picture"
    alt = f"{picture} in colour and its three matrices of {size} numbers. {told} " + " ".join(
        step.says for step in steps
    )
    return Solved(planes, steps, alt, says)


def _pointed(planes: tuple[Shades, ...], channel: int) -> Step:
    """Point at the (first) cell of a channel that holds the most."""
    plane = planes[channel]
    cells = [(r, c) for r in range(len(plane)) for c in range(len(plane[0]))]
    r, c = max(cells, key=lambda cell: plane[cell[0]][cell[1]])
    found = ", ".join(f"{name} {each[r][c]}" for name, each in zip(_NAMES, planes, strict=True))
    says = f"The pixel with the most {_LIGHTS[channel]}, row {r + 1} and column {c + 1}: {found}."
    return Step(channel + 1, (channel, r, c), None, (), plane[r][c], says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the photo, its pixels and the three matrices; the frames point at a pixel."""
    look = _Look(p, canvas)
    return _story.film(_story.Story(look.body), example, title, canvas)


class _Look:
    """The parts and the sizes they have on a canvas."""

    def __init__(self, p: Params, canvas: Canvas) -> None:
        self.p = p
        self.planes = p.planes
        self.photo: Box | None = None
        self.canvas = canvas
        self.rows, self.columns = len(self.planes[0]), len(self.planes[0][0])
        self.gap = canvas.cell * 0.5
        rooms = {n: (canvas.width - (n - 1) * self.gap) / n for n in (3, 2, 1)}
        self.across = next((n for n in rooms if rooms[n] / self.columns >= _READABLE), 1)
        #: More columns than can be read are left out, around the pixel that is pointed at.
        self.visible = min(self.columns, int(rooms[self.across] / _READABLE))
        self.side = min(canvas.cell, rooms[self.across] // self.visible)
        # The names above small matrices may be wider than these.
        while self.across > 1 and self.body(None).width > canvas.width:
            self.across -= 1

    def body(self, step: Step | None) -> Box:
        """Draw everything; all panels are as wide as a matrix."""
        left = 0
        if step and self.visible < self.columns:
            left = min(max(step.at[2] - self.visible // 2, 0), self.columns - self.visible)
        width = self.side * self.visible
        matrices = [self._matrix(channel, step, left) for channel in range(3)]
        reduced = self._reduced(step, left)
        said = self._words(step, width)
        first, canvas = [reduced], self.canvas
        if self.p.input is None:
            first.insert(0, labelled("photo", "", self._photo(width), self.canvas))
        # Tops on one line: the photo is not quite as tall as its pixels.
        matrices, first = [list(map(_hung, each)) for each in (matrices, first)]
        if self.across == 3:
            top = [*first, _hung(column([space(height=canvas.text * 2), said]))]
            rows = [_story.shelved(top, 3, self.gap), _story.shelved(matrices, 3, self.gap)]
            body = column(rows, self.gap * 0.75)
        else:
            body = _story.shelved([*first, *matrices, _hung(said)], self.across, self.gap)
        if body.width <= canvas.width:
            return body
        shelf = _story.shelved([*first, *matrices], self.across, self.gap)
        return column([shelf, said], self.gap * 0.75)

    def _photo(self, width: float) -> Box:
        if self.photo is None or self.photo.width != width:
            sharp = photos.colour(self.p.name, _SHARP, self.p.crop)
            self.photo = colours(sharp, width)
        return self.photo

    def _named(self, name: str, size: str, body: Box) -> Box:
        if self.visible < self.columns:
            size += f", {self.visible} columns of it"
        return labelled(name, size, body, self.canvas)

    def _reduced(self, step: Step | None, left: int) -> Box:
        def shade(r: int, c: int) -> Shade:
            red, green, blue = (plane[r][c] for plane in self.planes)
            return red, green, blue

        cells = [
            [Cell(shade=shade(r, c)) for c in range(left, left + self.visible)]
            for r in range(self.rows)
        ]
        body = grid(cells, self.side, self._frames(step, left))
        name = "its pixels" if self.p.input is None else "picture"
        return self._named(name, f"{self.rows} × {self.columns} × 3", body)

    def _matrix(self, channel: int, step: Step | None, left: int) -> Box:
        def cell(value: int) -> Cell:
            shade = cast(Shade, tuple(value if i == channel else 0 for i in range(3)))
            return Cell(str(value), ink=on_grey(shade), shade=shade)

        cells = [
            [cell(value) for value in line[left : left + self.visible]]
            for line in self.planes[channel]
        ]
        body = grid(cells, self.side, self._frames(step, left))
        name = f"{_NAMES[channel]}, {_LIGHTS[channel]}"
        return self._named(name, f"{self.rows} × {self.columns}", body)

    def _frames(self, step: Step | None, left: int) -> list[Frame]:
        # A blue frame alone is lost on a blue pixel.
        roles: tuple[Role, ...] = ("halo", "window") if step else ()
        at = (step.at[1], step.at[2] - left) if step else (0, 0)
        return [Frame(role, *at, 1, 1) for role in roles]

    def _words(self, step: Step | None, width: float) -> Box:
        """Draw what is counted, or the numbers of the pixel that is pointed at."""
        canvas = self.canvas
        size, note = canvas.text * 1.1, canvas.note
        if step is None:
            numbers = self.rows * self.columns * 3
            lines = [
                words(f"{self.rows} rows · {self.columns} columns · 3 channels", note, "muted"),
                words(f"= {numbers} numbers", size, "ink", "bold"),
            ]
        else:
            place = f"row {step.at[1] + 1}, column {step.at[2] + 1}"
            lines = [words(place, note, "muted")]
            for name, light, plane in zip(_NAMES, _LIGHTS, self.planes, strict=True):
                value = plane[step.at[1]][step.at[2]]
                weight: Weight = "bold" if name == _NAMES[step.at[0]] else "regular"
                lines.append(words(f"{name}  {value} of 255 {light}", size, "ink", weight))
        body = column(lines, 4)
        return Box(max(width, body.width), body.height, body.parts)


def _hung(box: Box) -> Box:
    """Align a panel at its top."""
    return Box(box.width, box.height, box.parts, 0)


KIND = Kind(
    title="A colour picture is three matrices",
    says="a colour photo taken apart into red, green and blue numbers",
    params=Params,
    solve=solve,
    draw=draw,
)
