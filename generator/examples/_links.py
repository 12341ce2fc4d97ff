"""Units in two layers and the connections between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.engine.shapes import Plane
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, Part, column
from generator.scene.marks import Disc, Line, Role
from generator.scene.parts import words

#: More units in a layer than this are not all drawn; of a window so many cells are.
_UNITS, _NEAR = 36, 12
#: So many weights can be told apart by their lines.
STYLES: tuple[Role, ...] = ("kernel-line", "kernel-dash", "kernel-dots", "kernel-chain")


@dataclass(frozen=True, slots=True)
class Links:
    """What is drawn of a layer.

    Parameters
    ----------
    plane
        Input, window and output.
    dense
        Whether every unit reads every cell.
    one
        Whether the connections of one unit stand out.
    hidden
        Whether there are no connections yet.
    """

    plane: Plane
    dense: bool
    one: bool = False
    hidden: bool = False

    @property
    def sizes(self) -> tuple[int, int]:
        """Cells of the input and units of the output."""
        height, width = self.plane.output
        return self.plane.rows.size * self.plane.columns.size, height * width

    def of(self, unit: int, among: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield cell and weight of the connections of a unit with some cells, counted from 0.

        Only those are gone through: of a million cells a few are drawn.
        """
        if self.dense:
            yield from ((cell, unit * self.sizes[0] + cell) for cell in among)
            return
        yield from (
            (cell, weight) for weight, cell in enumerate(self.window(unit)) if cell in among
        )

    def window(self, unit: int) -> Iterator[int]:
        """Yield the cells under the window of a unit."""
        row, column_ = divmod(unit, self.plane.output[1])
        for r in self.plane.rows.reads(row):
            for c in self.plane.columns.reads(column_):
                yield r * self.plane.columns.size + c


def linked(links: Links, room: float, canvas: Canvas) -> Box:
    """Draw the input as a line of discs over the line of units, with their connections.

    Where there are too many, those around the first unit's window and the last ones stand for all,
    and the first unit's connections are drawn.
    """
    cells, units = links.sizes
    all_ = cells <= _UNITS and units <= _UNITS
    above, below = _told(cells, list(links.window(0))), _told(units, [0])
    height = min(room * 0.5, 240)
    radius = min(room / max(len(above), len(below)) * 0.34, 9)
    tops, bottoms = _places(above, room), _places(below, room)
    now = (units - 1) // 2 if all_ else 0
    y, y2 = radius + 3, height - radius - 3
    lines = [
        Line(tops[cell], y, bottoms[unit], y2, _role(links, unit, weight, now, all_))
        for unit in (range(units) if all_ else [now])
        for cell, weight in links.of(unit, tops)
        if not links.hidden
    ]
    # Faint lines lie under the others.
    lines.sort(key=lambda line: line.role != "line")
    marks: list[Part] = [*lines]
    read = {cell for cell, _ in links.of(now, tops)}
    for cell, x in tops.items():
        marks.append(Disc(x, y, radius, "window-ink" if not links.one or cell in read else "muted"))
    for unit, x in bottoms.items():
        marks.append(Disc(x, y2, radius, "result-ink" if not links.one or unit == now else "muted"))
    marks += _dots(above, room, y, canvas) + _dots(below, room, y2, canvas)
    head = words(f"input, {cells:,} cells", canvas.note, "window-ink")
    note = words(_note(links, all_), canvas.note, "kernel-ink")
    marks_ = head.parts + note.moved(room - note.width, 0)
    return column([Box(room, head.height, marks_), Box(room, height, tuple(marks))], 2)


def _role(links: Links, unit: int, weight: int, now: int, all_: bool) -> Role:
    """Return how a connection is drawn."""
    if links.one or not all_:
        return "kernel-line" if unit == now else "line"
    if links.dense:
        return "kernel-hair"
    if _styled(links):
        return STYLES[weight]
    return "kernel-line" if weight == 0 else "line"


def _note(links: Links, all_: bool) -> str:
    """Say how the lines are to be read."""
    if links.hidden:
        return ""
    if links.one or not all_:
        return "one unit’s lines"
    if links.dense:
        return "a weight a line"
    return "same line, same weight" if _styled(links) else "strong: one weight"


def _styled(links: Links) -> bool:
    return links.plane.rows.kernel * links.plane.columns.kernel <= len(STYLES)


def _told(number: int, around: Sequence[int]) -> list[int | None]:
    """Return the places that are drawn, ``None`` for those left out.

    >>> _told(3, [0]), _told(100, [0, 1, 10, 11])
    ([0, 1, 2], [0, 1, 2, None, 10, 11, 12, None, 97, 98, 99])
    """
    if number <= _UNITS:
        return list(range(number))
    near = {place + more for place in around[:_NEAR] for more in (0, 1)}
    kept = sorted({place for place in near if place < number} | set(range(number - 3, number)))
    found: list[int | None] = []
    for place in kept:
        if found and place != (found[-1] or 0) + 1:
            found.append(None)
        found.append(place)
    return found


def _places(told: list[int | None], room: float) -> dict[int, float]:
    """Return where each unit stands: spread evenly."""
    pitch = room / len(told)
    return {unit: pitch * (place + 0.5) for place, unit in enumerate(told) if unit is not None}


def _dots(told: list[int | None], room: float, y: float, canvas: Canvas) -> list[Part]:
    text = words("…", canvas.note, "muted")
    return [
        mark
        for place, unit in enumerate(told)
        if unit is None
        for mark in text.moved(
            room / len(told) * (place + 0.5) - text.width / 2, y - text.height / 2
        )
    ]
