"""The parts all figures share: words, grids of cells with their frames, and lines of arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.fonts import advance, cap_height
from generator.scene.layout import Box, Later, column, row, space
from generator.scene.marks import Line, Mark, Rect, Role, Shade, Text, Weight

#: The last of several lines is at least this share of the room, if it can be.
_LAST = 0.3
#: A line of text takes this many times its size.
_LEADING = 1.4
#: Numbers fill this share of a cell's height, and at most the other of its width.
_NUMBER, FILL = 0.43, 0.84
#: Text smaller than this is not read from the last row, nor on a phone [px].
LEGIBLE = 14
#: Numbers that would be smaller than this are left out: the cells say where they are [px].
_LOST = 9
#: In small cells numbers fill more of the height, up to this share, to stay legible.
_CRAMPED = 0.6
#: Numbers smaller than this share of a cell's height want a wider cell, and are then so large.
_SMALL, _ROOMY = 0.22, 0.32
#: A cell smaller than this has no room for the weight in its corner.
_NOTED = 44


class Cell(NamedTuple):
    """One number of a grid.

    Parameters
    ----------
    text
        What stands in it.
    role
        What the cell is.
    ink
        What its text is.
    weight
        How strongly its text is set.
    note
        Set small into the corner: the weight it is multiplied by.
    shade
        A grey value or a colour that the cell *is*, from 0 to 255.
    struck
        Whether it is crossed out, because nothing reads it.
    """

    text: str = ""
    role: Role = "cell"
    ink: Role = "ink"
    weight: Weight = "regular"
    note: str = ""
    shade: Shade | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """An outline around cells of a grid: rows and columns counted from 0."""

    role: Role
    top: int
    left: int
    height: int
    width: int


def words(
    text: str, size: float, role: Role = "ink", weight: Weight = "regular", room: float = 0
) -> Box:
    """Set text in as many lines as it takes to fit `room` (0: in one line).

    >>> words("one line", 18).height, words("one line", 18, room=40).height
    (25.2, 50.4)
    """
    return _words(text, size, role, weight, room)


# A film says the same words at every step.
@lru_cache(maxsize=4096)
def _words(text: str, size: float, role: Role, weight: Weight, room: float) -> Box:
    lines = _broken(text, size, weight, room) if room else [text]
    leading = size * _LEADING
    base = leading / 2 + cap_height(size) / 2
    # SVG drops blanks at the ends of a text: they become the room they take.
    indents = [advance(line[: len(line) - len(line.lstrip())], size, weight) for line in lines]
    marks = tuple(
        Text(indent, base + leading * i, line.strip(), size, role, weight)
        for i, (line, indent) in enumerate(zip(lines, indents, strict=True))
    )
    width = max(advance(line, size, weight) for line in lines)
    return Box(width, leading * len(lines), marks)


def _broken(text: str, size: float, weight: Weight, room: float) -> list[str]:
    """Break text into lines; no word is left alone on the last one if shorter lines avoid it."""
    lines = list(_lines(text, size, weight, room))
    for share in (0.95, 0.9, 0.85, 0.8, 0.75):
        if len(lines) == 1 or advance(lines[-1], size, weight) >= room * _LAST:
            break
        again = list(_lines(text, size, weight, room * share))
        if len(again) > len(lines):
            break
        lines = again
    return lines


def _lines(text: str, size: float, weight: Weight, room: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and advance(longer, size, weight) > room:
            yield line
            longer = word
        line = longer
    yield line


def grid(
    cells: Sequence[Sequence[Cell]],
    side: float,
    frames: Sequence[Frame] = (),
    later: Iterable[str] = (),
    width: float = 0,
) -> Box:
    """Draw cells of one size and the frames around some of them.

    All numbers are set in one size, in which the widest of them fits; `later` are those that will
    stand there in other steps. Numbers and notes that nobody could read are left out, all of them.
    Cells are squares if no `width` is given: long numbers want more.

    >>> grid([[Cell("1"), Cell("2")]], 40).width
    80
    """
    across = width or side
    later = tuple(later)

    def marks() -> Iterator[Mark]:
        texts = {cell.text for line in cells for cell in line if cell.text}.union(later)
        size = min((fitted(text, side, "bold", width=across) for text in texts), default=side)
        notes = {cell.note for line in cells for cell in line if cell.note}
        small = min((_noted(note, side, across) for note in notes), default=0)
        for i, line in enumerate(cells):
            for j, each in enumerate(line):
                cell = each._replace(text="") if size < _LOST else each
                yield from _cell(cell, j * across, i * side, (across, side), (size, small))
        for frame in frames:
            yield Rect(
                frame.left * across,
                frame.top * side,
                frame.width * across,
                frame.height * side,
                frame.role,
            )

    return Box(len(cells[0]) * across, len(cells) * side, (Later(marks),))


def _cell(
    cell: Cell, x: float, y: float, sides: tuple[float, float], sizes: tuple[float, float]
) -> Iterator[Mark]:
    (width, side), (size, small) = sides, sizes
    role: Role = cell.role if cell.shade is None else "shade"
    yield Rect(x, y, width, side, role, cell.shade)
    if cell.struck:
        inset = side * 0.2
        yield Line(x + inset, y + side - inset, x + width - inset, y + inset, "muted")
    if cell.text:
        noted = bool(cell.note) and small > 0
        middle = y + side / 2 - (side * 0.06 if noted else 0)
        yield Text(
            x + width / 2 - (side * 0.05 if noted else 0),
            middle + cap_height(size) / 2,
            cell.text,
            size,
            cell.ink,
            cell.weight,
            "middle",
        )
        if noted:
            yield Text(
                x + width - side * 0.08, y + side * 0.91, cell.note, small,
                "kernel-ink", "semibold", "end",
            )  # fmt: skip


def _noted(note: str, side: float, width: float) -> float:
    """Return the size of a note in a cell's corner, 0 if it could not be read there.

    >>> _noted("×1", 56, 56), _noted("×1", 30, 30), _noted("×−1234/567", 56, 56)
    (14.6, 0, 0)
    """
    if not note or side < _NOTED:
        return 0
    size = max(round(side * 0.26, 1), LEGIBLE)
    return size if advance(note, size, "semibold") <= width * FILL else 0


def fitted(
    text: str, side: float, weight: Weight = "regular", share: float = _NUMBER, width: float = 0
) -> float:
    """Return the size at which `text` fills a cell without touching its edges.

    A cell is a square if no `width` is given.

    >>> fitted("1", 56), fitted("−1,234,567", 56) < 12, fitted("−0.995", 56, width=140)
    (24.1, True, 24.1)
    """
    natural = max(side * share, min(LEGIBLE, side * _CRAMPED))
    taken = advance(text, natural, weight)
    return round(min(natural, natural * (width or side) * FILL / taken), 1)


def roomy(texts: Iterable[str], side: float) -> float:
    """Return how wide cells of a height have to be for their numbers to be readable in them.

    Squares, as long as that makes the numbers not much smaller; never more than twice as wide as
    high.

    >>> roomy(["12", "−3"], 40), round(roomy(["−1234/567"], 40))
    (40, 80)
    """
    longest = max(texts, key=lambda text: advance(text, side, "bold"), default="")
    if not longest or fitted(longest, side, "bold") >= max(side * _SMALL, LEGIBLE):
        return side
    return min(advance(longest, max(side * _ROOMY, LEGIBLE), "bold") / FILL, 2 * side)


def labelled(name: str, size: str, body: Box, canvas: Canvas) -> Box:
    """Put a grid's name over its left edge and its size over its right one."""
    left = words(name, canvas.text, weight="semibold")
    right = words(size, canvas.note, "muted")
    width = max(body.width, left.width + right.width + 12)
    drop = left.height - right.height
    parts = left.parts + right.moved(width - right.width, drop * 0.7)
    head = Box(width, left.height, parts)
    stack = column([head, space(height=6), body])
    return Box(stack.width, stack.height, stack.parts, stack.height - body.height / 2)


def sign(text: str, canvas: Canvas) -> Box:
    """Return an operator that stands between grids."""
    size = canvas.cell * 0.6
    return words(text, size, "muted")


def weights_grid(
    rows: Sequence[Sequence[Number]], side: float, *, active: bool = True, width: float = 0
) -> Box:
    """Draw a kernel: its weights, framed if it is `active`.

    Cells are as wide as the weights want it, if no `width` is given.
    """
    weight: Weight = "semibold" if active else "regular"
    cells = [[Cell(shown(w), "kernel-cell", "kernel-ink", weight) for w in row] for row in rows]
    frames = [Frame("kernel", 0, 0, len(rows), len(rows[0]))] if active else []
    return grid(cells, side, frames, width=width or roomy({c.text for r in cells for c in r}, side))


#: Words of one line of arithmetic that stay together: text, role, weight.
Chunk = Sequence[tuple[str, Role, Weight]]


def arithmetic(chunks: Sequence[Chunk], size: float, room: float) -> Box:
    """Set chunks of text one after the other, breaking lines only between chunks.

    >>> plus = [("+", "muted", "regular")]
    >>> arithmetic([plus] * 3, 20, room=50).height
    60.0
    """
    lines: list[list[Box]] = [[]]
    gap, used = size * 0.32, 0.0
    for chunk in chunks:
        box = _set(chunk, size)
        if lines[-1] and used + box.width > room:
            lines.append([])
            used = 0
            # Blanks that set it off from what is before it would only indent the line.
            (text, role, weight), *others = chunk
            box = _set([(text.lstrip(), role, weight), *others], size)
        lines[-1].append(box)
        used += box.width + gap
    # A result does not stand alone on a line if what is before it can come along.
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
        last = lines[-2][-1]
        if last.width + gap + lines[-1][0].width <= room:
            lines[-1].insert(0, lines[-2].pop())
    return column([row(line, gap) for line in lines], gap=size * 0.2)


def _set(chunk: Chunk, size: float) -> Box:
    return row([words(text, size, role, weight) for text, role, weight in chunk])
