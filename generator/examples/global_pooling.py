"""Global pooling: every map, however large, becomes one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import PoolMode, pool
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._shades import shaded
from generator.examples._story import Story, film, shelved
from generator.examples._words import count, spoken
from generator.examples.pooling import chunks
from generator.model import Example, Rows, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.fonts import advance
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import LEGIBLE, Cell, Frame, arithmetic, grid, labelled, sign, words
from generator.spec.fields import Choice, param
from generator.spec.volume import Volume, VolumeField, volume

#: Below this side the cells of a map are its shades [px].
_READ = 20
#: A number of the output is at least so wide, in sides of its cell.
_WIDE = 1.5

_MAPS = volume(
    ((1, 1, 2, 4), (5, 6, 7, 8), (3, 2, 1, 0), (1, 2, 3, 4)),
    ((0, 0, 9, 0), (0, 0, 9, 0), (0, 0, 9, 0), (0, 0, 9, 0)),
    ((2, 0, 0, 2), (0, -1, -1, 0), (0, -1, -1, 0), (2, 0, 0, 2)),
)


@dataclass(frozen=True, slots=True)
class Params:
    """The maps, and what is kept of each."""

    input: Volume = param(VolumeField("a matrix for every map", "map"), _MAPS)
    mode: PoolMode = param(Choice("what is kept of a map", ("average", "max")), "average")

    @property
    def plane(self) -> Plane:
        """The window is as large as the map: it has one place."""
        height, width = self.input.height, self.input.width
        return Plane(Axis(height, height), Axis(width, width))

    def problems(self) -> Iterable[Problem]:
        """Yield nothing: any maps can be pooled."""
        return ()


def solve(p: Params) -> Solved:
    """Keep the average of every map, or its largest number."""
    steps = []
    for index, rows in enumerate(p.input.planes):
        ((step,),) = (pool(rows, p.plane, p.mode)[1],)
        _, _, said = step.says.partition(": ")
        says = f"Map {index + 1}: {said}"
        steps.append(replace(step, index=index + 1, at=(index,), says=says))
    result = tuple(step.value for step in steps)
    maps, each = p.input.depth, p.input.height * p.input.width
    kept = {"average": "average", "max": "largest number"}[p.mode]
    size = f"{p.input.height} × {p.input.width}"
    word = "Every one of the" if maps > 1 else "The"
    says = (
        f"{word} {count(maps, 'map')} of {size} becomes one number, its {kept}:"
        f" {count(maps * each, 'number')} become {maps:,}. There is no weight in it, and maps of"
        " any size give as many numbers."
    )
    told = " ".join(
        f"Map {i}: {spoken(rows)}; its {kept} is {shown(value)}."
        for i, (rows, value) in enumerate(zip(p.input.planes, result, strict=True), 1)
    )
    return Solved(result, tuple(steps), f"Global {p.mode} pooling. {says} {told}", says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw every map over its number."""
    gap = canvas.cell * 0.6
    narrow = canvas.name == "narrow"
    columns, side = _shelves(p, canvas, gap)
    look = _Look(p, example.steps, canvas, side, narrow)

    def body(step: Step | None) -> Box:
        if step and narrow:
            return look.panel(step.index - 1, step)
        panels = [look.panel(i, step) for i in range(p.input.depth)]
        return column(panels, gap * 0.7) if narrow else shelved(panels, columns, gap)

    def foot(step: Step | None) -> Box:
        if step is None:
            return space()
        return arithmetic(chunks(p.mode, step), canvas.text * 1.15, canvas.width)

    def says(step: Step) -> str:
        kept = "average" if p.mode == "average" else "largest"
        return f"Map {step.index}: the {kept} of its {count(len(step.terms), 'number')}."

    return film(Story(body, foot, says), example, title, canvas)


def _shelves(p: Params, canvas: Canvas, gap: float) -> tuple[int, float]:
    """Return how many maps stand in a row, and how large their cells are."""
    if canvas.name == "narrow":
        return 1, min(canvas.cell, canvas.width * 0.55 / p.input.width)
    depth = p.input.depth
    for shelves in range(1, depth + 1):
        columns = -(-depth // shelves)
        side = (canvas.width - gap * (columns - 1)) / columns / p.input.width
        if side >= _READ * 1.5 or columns <= 4:
            return columns, min(side, canvas.cell)
    return 1, canvas.cell


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that does not change from step to step."""

    p: Params
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float
    narrow: bool

    def panel(self, index: int, step: Step | None) -> Box:
        """Draw a map and its number."""
        rows, canvas = self.p.input.planes[index], self.canvas
        name = f"map {index + 1}"
        size = f"{self.p.input.height} × {self.p.input.width}"
        now = step is not None and step.index == index + 1
        reading = labelled(name, size, self._map(rows, now, step is None), canvas)
        making = self._number(index, step)
        if self.narrow:
            return row([reading, sign("→", canvas), making], canvas.cell * 0.25)
        return column([reading, words("↓", canvas.text * 1.2, "muted"), making], 2, "middle")

    def _map(self, rows: Rows, now: bool, whole: bool) -> Box:
        frames = [Frame("window", 0, 0, len(rows), len(rows[0]))] if now else []
        if self.side < _READ:
            low, high = self._range()
            return shaded(rows, self.side, (low, high), frames)
        cells = [
            [
                Cell(shown(x), "window-cell", "ink", "bold") if now
                else Cell(shown(x), ink="ink" if whole else "muted")
                for x in line
            ]
            for line in rows
        ]  # fmt: skip
        texts = {shown(x) for plane in self.p.input.planes for line in plane for x in line}
        return grid(cells, self.side, frames, texts)

    def _range(self) -> tuple[float, float]:
        numbers = [float(x) for plane in self.p.input.planes for line in plane for x in line]
        return min(numbers), max(numbers)

    def _number(self, index: int, step: Step | None) -> Box:
        """Draw the number of a map, if it is known."""
        text, side = shown(self.steps[index].value), max(self.side, 30)
        size = max(side * 0.43, LEGIBLE)
        longest = max(advance(shown(each.value), size, "bold") for each in self.steps)
        most = self.canvas.width * (0.27 if self.narrow else 1)
        now = step is not None and step.index == index + 1
        hidden = step is not None and index + 1 > step.index
        cell = Cell(text, "result-cell", "result-ink", "bold" if now else "regular")
        if hidden:
            cell = Cell(role="empty")
        elif step and not now:
            cell = Cell(text)
        frames = [Frame("result", 0, 0, 1, 1)] if now or step is None else []
        return grid([[cell]], side, frames, [text], min(max(side * _WIDE, longest * 1.25), most))


KIND = Kind(
    title="Global pooling",
    says="every map, however large, becomes one number: its average or its largest",
    params=Params,
    solve=solve,
    draw=draw,
)
