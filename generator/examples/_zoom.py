"""A sliding window over an input that is too large to be read: all of it in shades, a part near."""

from __future__ import annotations

from generator.examples import _window
from generator.examples._edges import edged
from generator.examples._photo import picture, spot
from generator.examples._shades import level
from generator.examples._window import Look, Sliding, fitting, reading
from generator.model import Example, Region, Rows, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.marks import Rect, Role
from generator.scene.parts import Cell, Frame, grid, labelled, roomy, sign, weights_grid

#: Below this side numbers cannot be read, and grids taller than this no screen shows [px].
_READ, _TALLEST = 20, 1000
#: The largest picture of all the input or output [px], by canvas; a line is at least so high.
_OVERVIEW, _STRIP = {"slide": 210.0, "page": 170.0, "narrow": 148.0}, 14.0
#: So many cells of the output are drawn near, and so many around the window.
_NEAR, _AROUND = {"slide": 5, "page": 3, "narrow": 3}, 4
#: The smallest cell of the part that is near [px].
_LEAST = 4
#: A window wider than this leaves no room for what is around it [cells].
_WIDE = 12


def film(story: Sliding, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw all numbers if they can be read, else their shades and those around the window."""
    look = fitting(story, example.steps, canvas)
    if look.side < _READ or look.grids(example.steps[-1]).height > _TALLEST:
        look = _Zoom(story, example.steps, canvas, look.side, look.arrangement)
    return _window.film(story, example, title, canvas, look)


def _centred(middle: int, size: int, first: int, total: int) -> int:
    """Return where a part of `size` cells begins that has a place in its middle, if it can.

    >>> _centred(10, 5, 0, 40), _centred(1, 5, 0, 40), _centred(39, 5, 0, 40)
    (8, 0, 35)
    """
    return min(max(middle - size // 2, first), first + total - size)


class _Zoom(Look):
    """The grids of a large input: an overview over the part around the window."""

    __slots__ = ()

    def grids(self, step: Step | None) -> Box:
        """Draw shades of all over the numbers around the window; of the last step, if none."""
        now = step or self.steps[-1]
        window = now.window or Region(0, 0, 1, 1)
        near, made = self._part(window), self._made(now)
        overview = self._overview(now, window, near, made)
        return column([overview, self._numbers(now, window, near, made)], self.canvas.cell * 0.4)

    def _at(self, step: Step) -> tuple[int, int]:
        return divmod(step.index - 1, self.story.plane.output[1])

    def _part(self, window: Region) -> Region:
        """Return which cells of the input are drawn near: those around the window."""
        plane = self.story.plane
        more = 0 if max(window.height, window.width) > _WIDE else _AROUND
        height = min(window.height + more, plane.rows.padded)
        width = min(window.width + more, plane.columns.padded)
        if self.story.line:
            height, width = 1, min(window.width + 2 * more, plane.columns.padded)
        top = _centred(
            window.top + window.height // 2, height, -plane.rows.before, plane.rows.padded
        )
        left = _centred(
            window.left + window.width // 2, width, -plane.columns.before, plane.columns.padded
        )
        return Region(top, left, height, width)

    def _made(self, now: Step) -> Region:
        """Return which cells of the output are drawn near."""
        (height, width), at = self.story.plane.output, self._at(now)
        most = _NEAR[self.canvas.name]
        tall, wide = min(most, height), min(most, width)
        top, left = _centred(at[0], tall, 0, height), _centred(at[1], wide, 0, width)
        return Region(top, left, tall, wide)

    def _overview(self, now: Step, window: Region, near: Region, made: Region) -> Box:
        """Draw all of the input and of the output in shades."""
        story, canvas = self.story, self.canvas
        height, width = story.plane.output
        values = [step.value for step in self.steps]
        output = tuple(tuple(values[r * width : (r + 1) * width]) for r in range(height))
        at = self._at(now)
        drawn = self._shades(output, made, Region(*at, 1, 1), "result", at)
        read = self._shades(story.x, near, window, "window")
        size = self._size(story.plane.rows.size, story.plane.columns.size)
        boxes = [
            labelled(story.reads, size, read, canvas),
            labelled(story.result, self._size(height, width), drawn, canvas),
        ]
        return column(boxes, canvas.cell * 0.2) if story.line else row(boxes, canvas.cell * 0.5)

    def _shades(
        self,
        rows: Rows,
        near: Region,
        now: Region,
        role: Role,
        until: tuple[int, int] | None = None,
    ) -> Box:
        """Draw a matrix in shades with frames; what comes after `until` is not known yet."""
        height, width = len(rows), len(rows[0])
        numbers = [float(x) for line in rows for x in line]
        ends = min(numbers), max(numbers)
        shades = tuple(tuple(level(x, *ends) for x in line) for line in rows)
        room = self.canvas.width if self.story.line else _OVERVIEW[self.canvas.name]
        side = min(room / max(height, width), self.canvas.cell * 0.5)
        drawn = picture(shades, width * side, _STRIP if height * side < _STRIP else None)
        marks = list(drawn.parts)
        if until:
            (r, c), y = until, drawn.height / height
            hidden = [(c + 1, r, width - c - 1, 1), (0, r + 1, width, height - r - 1)]
            marks += [
                Rect(x * side, top * y, wide * side, tall * y, "empty")
                for x, top, wide, tall in hidden
                if wide and tall
            ]
        framed = Box(drawn.width, drawn.height, tuple(marks))
        if self.story.line:
            return _strip(framed, side, near, now, role)
        framed = spot(framed, shades, _area(near), "window-line", least=6)
        return spot(framed, shades, _area(now), role, least=6)

    def _numbers(self, now: Step, window: Region, near: Region, made: Region) -> Box:
        """Draw the numbers around the window, the kernel, and the output around its new number."""
        for side in range(int(self.canvas.cell * 0.85), _LEAST, -1):
            box = self._near(side, now, window, near, made)
            if box.width <= self.canvas.width:
                return box
        return self._near(_LEAST, now, window, near, made)

    def _near(self, side: float, now: Step, window: Region, near: Region, made: Region) -> Box:
        story, canvas = self.story, self.canvas
        noted = story.kernel is not None
        body = reading(
            story.x, story.plane, story.mode, side, now.terms, window, noted=noted, part=near
        )
        rows, columns = range(near.top, near.bottom + 1), range(near.left, near.right + 1)
        of = story.plane.rows.size, story.plane.columns.size
        read = edged(body, side, () if story.line else rows, columns, of)
        parts = [sign("→", canvas), self._output(side, now, made)]
        if story.kernel:
            name, weights = story.kernel
            label = labelled(name, self._size(len(weights), len(weights[0])),
                             weights_grid(weights, side), canvas)  # fmt: skip
            parts = [sign("∗", canvas), label, sign("=", canvas), parts[1]]
        gap = canvas.cell * 0.35
        if canvas.name == "narrow":
            makes = row(parts[1:], gap * 0.6)
            return column([read, makes], gap)
        return row([read, *parts], gap)

    def _output(self, side: float, now: Step, made: Region) -> Box:
        """Draw a part of the output as far as it is known."""
        width, at = self.story.plane.output[1], self._at(now)

        def cell(r: int, c: int) -> Cell:
            step = self.steps[r * width + c]
            if step.index > now.index:
                return Cell(role="empty")
            if (r, c) == at:
                return Cell(shown(step.value), "result-cell", "result-ink", "bold")
            return Cell(shown(step.value))

        rows, columns = range(made.top, made.bottom + 1), range(made.left, made.right + 1)
        cells = [[cell(r, c) for c in columns] for r in rows]
        frames = [Frame("result", at[0] - made.top, at[1] - made.left, 1, 1)]
        texts = {shown(step.value) for step in self.steps}
        wide = roomy(texts, side)
        body = grid(cells, side, frames, texts, wide)
        of = self.story.plane.output
        return edged(body, side, () if self.story.line else rows, columns, of, wide)


def _area(region: Region) -> tuple[int, int, int, int]:
    return region.top, region.left, region.height, region.width


def _strip(box: Box, side: float, near: Region, now: Region, role: Role) -> Box:
    """Frame cells of a line."""
    frames = []
    framed: tuple[tuple[Region, Role], ...] = ((near, "window-line"), (now, role))
    for each, ink in framed:
        left, right = max(each.left * side, 0), min((each.right + 1) * side, box.width)
        frames.append(Rect(left, 0, right - left, box.height, ink))
    return Box(box.width, box.height, (*box.parts, *frames))
