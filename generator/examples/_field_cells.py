"""The receptive field as layers of cells over the input, and the cone of what one unit sees."""

from __future__ import annotations

from generator.examples._field_seen import Seen
from generator.scene.canvas import Canvas
from generator.scene.fonts import cap_height
from generator.scene.layout import Box, Part
from generator.scene.marks import Poly, Rect, Role, Text, Weight
from generator.scene.parts import fitted, words

#: Smaller cells and more layers than these are bars to scale.
SMALLEST, _DEEPEST = 8, 8
#: From this side on the cells of the input carry their numbers [px].
NUMBERED = 20


def _sizes(seen: Seen) -> list[tuple[int, int, int]]:
    """Return for the input and every layer: cells, and padding in front and behind."""
    levels = [(axis.size, axis.before, axis.after) for axis in seen.axes]
    return [*levels, (seen.axes[-1].output, 0, 0)]


def _at(seen: Seen, level: int, index: int) -> float:
    """Return where a cell stands, in cells of the input."""
    if level == 0:
        return index
    span = seen.stages[level - 1].views[1].spans[0]
    return float(span.centre) + span.stride * index


def _ends(seen: Seen) -> tuple[float, float]:
    """Return where the outermost cells of all layers end, in cells of the input."""
    outer = [
        (_at(seen, level, -before) - 0.5, _at(seen, level, size + after - 1) + 0.5)
        for level, (size, before, after) in enumerate(_sizes(seen))
    ]
    for index in range(len(seen.stages)):
        field = seen.region(index)
        outer.append((field.left - 0.5, field.right + 0.5))
    return min(first for first, _ in outer), max(last for _, last in outer)


def _label(seen: Seen, level: int, canvas: Canvas) -> Box:
    if canvas.name == "narrow":
        text = str(level) if level else "in"
    else:
        text = f"layer {level}" if level else "input"
    return words(text, canvas.note, "muted")


def _labels(seen: Seen, canvas: Canvas) -> float:
    levels = range(len(seen.axes) + 1)
    return max(_label(seen, level, canvas).width for level in levels) + canvas.note * 0.75


def side_of(seen: Seen, room: float, canvas: Canvas) -> float:
    if not 0 < len(seen.axes) <= _DEEPEST:
        return 0
    first, last = _ends(seen)
    return min((room - _labels(seen, canvas) - 4) / (last - first), canvas.cell * 0.75)


def _reads(seen: Seen, now: int) -> list[set[int]]:
    """Return for the input and every layer up to `now` the cells from which the unit is made.

    What a window reads in the padding is a zero: nothing lies below it.
    """
    cells = {seen.unit_at(now)[1]}
    found = [cells]
    for axis in reversed(seen.axes[: now + 1]):
        inside = (cell for cell in cells if 0 <= cell < axis.output)
        cells = {read for cell in inside for read in axis.reads(cell)}
        found.insert(0, cells)
    return found


def _spans(seen: Seen, now: int) -> list[tuple[int, int]]:
    """Return the first and the last cell of what the unit sees, in every layer below it."""
    unit = seen.unit_at(now)[1]
    found = [(unit, unit)]
    for axis in reversed(seen.axes[: now + 1]):
        first, last = found[0]
        found.insert(0, (axis.start(first), axis.start(last) + axis.extent - 1))
    return found


def layers_of_cells(seen: Seen, now: int, room: float, canvas: Canvas) -> Box:
    """Draw every layer as a row of cells over the input, and the cone of what one unit sees."""
    side, left = side_of(seen, room, canvas), _labels(seen, canvas)
    first, last = _ends(seen)
    read, spans = _reads(seen, now), _spans(seen, now)
    pitch = side + min(max(side * 1.1, 22), 44)
    levels = _sizes(seen)
    top = {level: (len(levels) - 1 - level) * pitch + 2 for level in range(len(levels))}

    def x(level: int, index: float) -> float:
        return left + (_at(seen, level, int(index)) - 0.5 - first) * side

    marks: list[Part] = []
    for level in range(1, now + 2):
        (above, above_), (below, below_) = spans[level], spans[level - 1]
        y, y2 = top[level] + side, top[level - 1]
        corners = (
            (x(level, above), y), (x(level, above_) + side, y),
            (x(level - 1, below_) + side, y2), (x(level - 1, below), y2),
        )  # fmt: skip
        marks.append(Poly(corners, "window-cell", closed=True))
    for level, (size, before, after) in enumerate(levels):
        y = top[level]
        name = _label(seen, level, canvas)
        marks += name.moved(0, y + (side - name.height) / 2)
        for index in range(-before, size + after):
            inside = 0 <= index < size
            seen_ = level <= now + 1 and index in read[level]
            role: Role = "cell" if level <= now + 1 else "empty"
            if not inside:
                role = "padding"
            elif seen_:
                role = "result-cell" if level == now + 1 else "window-cell"
            marks.append(Rect(x(level, index), y, side, side, role))
            if level == 0 and inside and side >= NUMBERED:
                marks.append(_number(str(index + 1), x(level, index), y, side, seen_))
    (unit, _), (low, high) = spans[-1], spans[0]
    size, before, after = levels[0]
    for start, end in ((low, -before), (size + after, high + 1)):
        if end > start:
            marks.append(Rect(x(0, start), top[0], (end - start) * side, side, "padding"))
    marks.append(Rect(x(now + 1, unit), top[now + 1], side, side, "result"))
    wide = (high - low + 1) * side
    marks.append(Rect(x(0, low), top[0], wide, side, "window"))
    width = left + (last - first) * side + 2
    says = words(f"{high - low + 1:,} cells" if high > low else "1 cell", canvas.text,
                 "window-ink", "bold")  # fmt: skip
    at = min(max(x(0, low) + (wide - says.width) / 2, 0), width - says.width)
    marks += says.moved(at, top[0] + side + 4)
    return Box(width, top[0] + side + 4 + says.height, tuple(marks))


def _number(text: str, x: float, y: float, side: float, seen: bool) -> Text:
    size = min(fitted("88", side), 16)
    ink: Role = "window-ink" if seen else "muted"
    weight: Weight = "bold" if seen else "regular"
    base = y + side / 2 + cap_height(size) / 2
    return Text(x + side / 2, base, text, size, ink, weight, "middle")
