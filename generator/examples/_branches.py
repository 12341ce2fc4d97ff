"""A block with branches: from one map through rows of layers to where they join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.scene.layout import Box, Part
from generator.scene.marks import Disc, Line, Mark, Poly, Rect, Role
from generator.scene.parts import words

#: Room for a line and its head between two boxes [px].
ARROW = 22
_HEAD = 5
#: A picture narrower than this is a phone's [px].
_SMALL = 400


@dataclass(frozen=True, slots=True)
class Tile:
    """A layer of a branch: lines of text in a frame, the first of them strong.

    Parameters
    ----------
    lines
        What it says.
    role, ink
        What it is, and how its first line is written.
    frame
        The role of its frame; ``None`` for a hairline.
    """

    lines: tuple[str, ...]
    role: Role = "cell"
    ink: Role = "ink"
    frame: Role | None = None


def tile(given: Tile, size: float, width: float = 0) -> Box:
    """Draw a tile, as wide as its text or wider.

    >>> tile(Tile(("conv", "8×8")), 15, 90).width
    90
    """
    lines = [
        words(text, size, given.ink if i == 0 else "muted", "semibold" if i == 0 else "regular")
        for i, text in enumerate(given.lines)
    ]
    wide = max(width, *(line.width + 16 for line in lines))
    pad = 5.0
    tall = sum(line.height for line in lines) * 0.92 + 2 * pad
    marks: list[Part] = [Rect(0, 0, wide, tall, given.role)]
    if given.frame:
        marks.append(Rect(0, 0, wide, tall, given.frame))
    y = pad
    for line in lines:
        marks += line.moved((wide - line.width) / 2, y - line.height * 0.04)
        y += line.height * 0.92
    return Box(wide, tall, tuple(marks))


def arrow(x: float, y: float, x2: float, y2: float) -> tuple[Mark, ...]:
    """Draw an arrow that goes right, or down."""
    if y == y2:
        head = ((x2 - _HEAD, y - _HEAD * 0.7), (x2, y), (x2 - _HEAD, y + _HEAD * 0.7))
    else:
        head = ((x - _HEAD * 0.7, y2 - _HEAD), (x, y2), (x + _HEAD * 0.7, y2 - _HEAD))
    return Line(x, y, x2, y2, "muted"), Poly(head, "muted")


def lanes(
    branches: Sequence[Sequence[Tile]], sign: str, size: float, room: float, gap: float = 10
) -> Box:
    """Draw branches below each other: they part at the left and join at the right.

    A branch that is too long for one line goes on below.

    Parameters
    ----------
    branches
        The tiles of each; an empty one is a line that does nothing on its way.
    sign
        What stands where they join: ``+``, or the word for it.
    size
        Of the text [px].
    room
        The width it may take at most.
    gap
        Between branches [px].
    """
    label = words(sign, size, "result-ink", "bold")
    # On a phone there is no room for a word beside the tiles: it goes below.
    below = room < _SMALL and label.width > 20
    start, into = (10.0, 14.0) if room < _SMALL else (20.0, ARROW)
    joint = 22.0 if below else max(26.0, label.width + 14)
    inside = room - start - joint - 2 * into
    width = max((tile(each, size).width for branch in branches for each in branch), default=40.0)
    fit = max(1, int((inside + into) // (width + into)))
    rows = [_lane(branch, size, width, fit, into) for branch in branches]
    span = max(lane.box.width for lane in rows)
    left, right = start + into, start + 2 * into + span
    marks: list[Part] = []
    entries, exits = [], []
    y = 0.0
    for branch, lane in zip(branches, rows, strict=True):
        entries.append(y + lane.entry)
        exits.append(y + lane.exit)
        if branch:
            marks += arrow(start, entries[-1], left, entries[-1])
        marks += lane.box.moved(left, y)
        marks += arrow(left + lane.end if branch else start, exits[-1], right, exits[-1])
        y += lane.box.height + gap
    height = y - gap
    centre = (entries[0] + entries[-1]) / 2
    marks.append(Line(start, entries[0], start, entries[-1], "muted"))
    marks.append(Line(0, centre, start, centre, "muted"))
    marks.append(Disc(start, centre, 3.5, "muted"))
    top, bottom = exits[0] - 13, exits[-1] + 13
    marks += [Rect(right, top, joint, bottom - top, "result-cell")]
    if below:
        marks += label.moved(right + joint - label.width, max(bottom, height) + 2)
        return Box(right + joint, max(bottom, height) + 2 + label.height, tuple(marks), centre)
    marks += label.moved(right + (joint - label.width) / 2, (top + bottom - label.height) / 2)
    return Box(right + joint, max(height, bottom), tuple(marks), centre)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A branch: its tiles, where its line goes in and out [px from its top], where it ends."""

    box: Box
    entry: float
    exit: float
    end: float


def _lane(branch: Sequence[Tile], size: float, width: float, fit: int, apart: float) -> _Lane:
    if not branch:
        # The words stand over the line, not on it.
        label = words("as it is", size, "muted")
        box = Box(width, label.height + 6, label.moved(8, 0))
        return _Lane(box, label.height + 3, label.height + 3, 0)
    tiles = [tile(each, size, width) for each in branch]
    tall = max(each.height for each in tiles)
    marks: list[Part] = []
    for i, each in enumerate(tiles):
        line, place = divmod(i, fit)
        x, y = place * (width + apart), line * (tall + apart)
        marks += each.moved(x, y + (tall - each.height) / 2)
        if place:
            marks += arrow(x - apart, y + tall / 2, x, y + tall / 2)
        elif line:
            last = (fit - 1) * (width + apart) + width / 2
            turn = y - apart * 0.55
            above = y - apart - (tall - tiles[i - 1].height) / 2
            marks.append(Poly(((last, above), (last, turn), (width / 2, turn)), "muted"))
            marks += arrow(width / 2, turn, width / 2, y + (tall - each.height) / 2)
    lines = -(-len(tiles) // fit)
    wide = min(len(tiles), fit) * (width + apart) - apart
    end = ((len(tiles) - 1) % fit + 1) * (width + apart) - apart
    leave = (lines - 1) * (tall + apart) + tall / 2
    return _Lane(Box(wide, lines * (tall + apart) - apart, tuple(marks)), tall / 2, leave, end)


def glyph(branches: Sequence[int], width: float) -> Box:
    """Draw a block so small that only its branches are seen, a dot for every layer.

    >>> glyph([1, 2, 2, 2], 60).height
    34.0
    """
    pitch = 8.0
    height = pitch * (len(branches) - 1) + 10
    marks: list[Part] = []
    ends = 10.0
    for i, layers in enumerate(branches):
        y = 5 + i * pitch
        marks.append(Line(ends, y, width - ends, y, "muted"))
        step = (width - 2 * ends) / (layers + 1)
        marks += [Disc(ends + step * (k + 1), y, 2.8, "ink") for k in range(layers)]
    top, bottom, centre = 5.0, 5 + pitch * (len(branches) - 1), height / 2
    for x in (ends, width - ends):
        marks.append(Line(x, top, x, bottom, "muted"))
    marks += [
        Line(0, centre, ends, centre, "muted"),
        Line(width - ends, centre, width, centre, "muted"),
    ]
    return Box(width, height, tuple(marks))
