"""The picture of a receptive field: cells in layers, bars to scale, or frames on a photo."""

from __future__ import annotations

from generator.examples._field_cells import NUMBERED, SMALLEST, layers_of_cells, side_of
from generator.examples._field_lines import folded, leading, lines_of
from generator.examples._field_seen import Seen
from generator.examples._photo import Shades, picture
from generator.examples._story import Story
from generator.examples._story import film as story_film
from generator.model import Example, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, Part, column, row
from generator.scene.marks import Line, Rect, Role
from generator.scene.parts import words


def film(seen: Seen, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the picture and the sums, a frame for every layer."""
    gap = canvas.cell * 0.8
    beside = canvas.width - lines_of(seen, None, canvas).width - gap
    pyramid = seen.shades is None and side_of(seen, canvas.width, canvas) >= SMALLEST
    stacked = beside < canvas.width * 0.4
    if pyramid:
        stacked = side_of(seen, beside, canvas) < min(side_of(seen, canvas.width, canvas), NUMBERED)
    room = canvas.width if stacked else beside

    def body(step: Step | None) -> Box:
        lines = lines_of(seen, step, canvas)
        if seen.shades is not None:
            drawn = _on_photo(seen, seen.shades, _now(seen, step), room, canvas)
        elif pyramid:
            drawn = layers_of_cells(seen, _now(seen, step), room, canvas)
        else:
            drawn = _bars(seen, step, room, canvas)
        return column([drawn, lines], gap * 0.5) if stacked else row([drawn, lines], gap)

    return story_film(Story(body, alike=lambda step: step.index), example, title, canvas)


def _now(seen: Seen, step: Step | None) -> int:
    return step.index - 1 if step else len(seen.stages) - 1


def _bars(seen: Seen, step: Step | None, room: float, canvas: Canvas) -> Box:
    """Draw what a unit of every layer sees as a bar to scale, under the input's."""
    size, now = seen.shape[1], _now(seen, step)
    regions = [seen.region(index) for index in range(len(seen.stages))]
    first = min(0, *(region.left for region in regions))
    last = max(size - 1, *(region.right for region in regions))
    scale = (room - 4) / (last - first + 1)
    # A bar a line of the table beside it.
    pitch = canvas.note * 1.4 + leading(seen)
    height = pitch * 0.62
    edges = ((0 - first) * scale + 2, (size - first) * scale + 2)
    kept = folded(len(regions), step.index - 1 if step else None)
    bottom = pitch * (len(kept) + 1)
    marks: list[Part] = [Line(x, 0, x, bottom, "line") for x in edges]
    inset = (pitch - height) / 2
    for x, x2 in ((2.0, edges[0]), (edges[1], room - 2)):
        if x2 - x > 1:
            marks.append(Rect(x, inset, x2 - x, height, "padding"))
    marks.append(Rect(edges[0], inset, edges[1] - edges[0], height, "cell"))
    name = words(f"input, {size:,} cells", canvas.note * 0.93, "muted")
    if name.width < edges[1] - edges[0]:
        at = (edges[0] + edges[1] - name.width) / 2
        marks += name.moved(at, (pitch - name.height) / 2)
    for place, index in enumerate(kept, 1):
        if index is None or index > now:
            continue
        region, y = regions[index], pitch * place + inset
        x, wide = (region.left - first) * scale + 2, max(region.width * scale, 2)
        marks.append(Rect(x, y, wide, height, "window-cell"))
        marks.append(Rect(x, y, wide, height, "window" if index == now else "window-line"))
    return Box(room, bottom, tuple(marks))


#: The tallest picture of a photo with its padding [px].
_TALLEST = {"slide": 470, "page": 380, "narrow": 340}


def _on_photo(seen: Seen, shades: Shades, now: int, room: float, canvas: Canvas) -> Box:
    """Draw the photo, the fields of all layers up to now, and the padding they reach into."""
    rows, columns = seen.shape
    regions = [seen.region(index) for index in range(len(seen.stages))]
    top, left = min(0, *(r.top for r in regions)), min(0, *(r.left for r in regions))
    bottom = max(rows - 1, *(r.bottom for r in regions))
    right = max(columns - 1, *(r.right for r in regions))
    across, down = right - left + 1, bottom - top + 1
    head = words(f"{rows} × {columns} pixels", canvas.note, "muted")
    scale = min((room - 4) / across, (_TALLEST[canvas.name] - head.height) / down)
    marks: list[Part] = []
    if (across, down) != (columns, rows):
        marks.append(Rect(2, 2, across * scale, down * scale, "padding"))
        head = words(f"photo, {rows} × {columns} pixels; dashed: padding", canvas.note, "muted",
                     room=max(across * scale, 200))  # fmt: skip
    photo = picture(shades, columns * scale)
    marks += photo.moved(2 - left * scale, 2 - top * scale)
    for index in range(now + 1):
        r = regions[index]
        role: Role = "window" if index == now else "window-line"
        marks.append(
            Rect(2 + (r.left - left) * scale, 2 + (r.top - top) * scale,
                 r.width * scale, r.height * scale, role)
        )  # fmt: skip
    drawn = Box(across * scale + 4, down * scale + 4, tuple(marks))
    return column([head, drawn], 4)
