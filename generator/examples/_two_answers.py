"""The same picture twice, each with a dense neuron's and a convolution's answer."""

from __future__ import annotations

from dataclasses import dataclass

from generator.engine.shapes import Plane
from generator.examples._maps import drawn_pixel, is_drawing, products
from generator.examples._window import reading
from generator.model import Rows, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Weight
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, sign, weights_grid


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture: a dense neuron's step, the map, and the step at the map's largest number."""

    picture: Rows
    dense: Step
    map: Rows
    best: Step


@dataclass(frozen=True, slots=True)
class Look:
    """The grids, `side` px a cell."""

    weights: Rows
    kernel: Rows
    plane: Plane
    seen: tuple[Seen, Seen]
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float

    def body(self, step: Step | None) -> Box:
        """Draw what is known at a step."""
        lines = [self._line(which, step) for which in (0, 1)]
        return column(lines, self.canvas.cell * 0.4)

    def _line(self, which: int, step: Step | None) -> Box:
        canvas, gap = self.canvas, self.canvas.cell * 0.2
        picture = self._picture(which, step)
        dense_now = step is not None and step.at == (0, which)
        weights = labelled("dense weights", "", self._weights(active=dense_now), canvas)
        dense = [sign("·", canvas), weights, sign("=", canvas), self._answer(which, step)]
        conv = [
            sign("∗", canvas),
            labelled("kernel", "", weights_grid(self.kernel, self.side), canvas),
            sign("=", canvas), self._map(which, step),
        ]  # fmt: skip
        if canvas.name == "slide":
            return row([picture, *dense, space(self.canvas.cell * 0.3), *conv], gap)
        if canvas.name == "page":
            return column([row([picture, *dense], gap), row(conv, gap)], 12)
        return column([picture, row(dense, gap * 0.7), row(conv, gap)], 12)

    def _picture(self, which: int, step: Step | None) -> Box:
        rows = self.seen[which].picture
        name = ("before", "shifted")[which]
        now = step is not None and step.at[1] == which
        if now and step is not None and step.at[0] == 1:
            body = reading(
                rows, self.plane, None, self.side, self.seen[which].best.terms, step.window,
                noted=False,
            )  # fmt: skip
        else:
            drawn = is_drawing(rows)

            def cell(x: Number) -> Cell:
                if x and drawn:
                    return drawn_pixel(x)
                weight: Weight = "bold" if x else "regular"
                if now:
                    return Cell(shown(x), "window-cell", "ink", weight)
                return Cell(shown(x), "cell", "ink" if x else "muted", weight)

            cells = [list(map(cell, line)) for line in rows]
            frames = [Frame("window", 0, 0, len(rows), len(rows[0]))] if now else []
            body = grid(cells, self.side, frames)
        return labelled(name, f"{len(rows)} × {len(rows[0])}", body, self.canvas)

    def _weights(self, *, active: bool) -> Box:
        rows = self.weights
        cells = [
            [
                Cell(shown(w), "kernel-cell", "kernel-ink",
                     "bold" if active and w else "regular")
                for w in line
            ]
            for line in rows
        ]  # fmt: skip
        return grid(cells, self.side, [Frame("kernel", 0, 0, len(rows), len(rows[0]))])

    def _known(self, layer: int, which: int, step: Step | None) -> bool:
        return step is None or step.index >= 1 + layer * 2 + which

    def _answer(self, which: int, step: Step | None) -> Box:
        value = self.seen[which].dense.value
        known = self._known(0, which, step)
        cell = (
            Cell(shown(value), "result-cell", "result-ink", "bold") if known else Cell(role="empty")
        )
        side = max(self.side * 1.4, 40)
        frames = [Frame("result", 0, 0, 1, 1)] if known else []
        return grid([[cell]], side, frames, {shown(each.dense.value) for each in self.seen})

    def _map(self, which: int, step: Step | None) -> Box:
        seen = self.seen[which]
        known = self._known(1, which, step)
        numbers = {shown(x) for each in self.seen for line in each.map for x in line}

        def cell(r: int, c: int, x: Number) -> Cell:
            if not known:
                return Cell(role="empty")
            if (r, c) == seen.best.at:
                return Cell(shown(x), "result-cell", "result-ink", "bold")
            return Cell(shown(x), "cell", "ink" if x else "muted")

        cells = [[cell(r, c, x) for c, x in enumerate(line)] for r, line in enumerate(seen.map)]
        at = (seen.best.at[0], seen.best.at[1])
        frames = [Frame("result", *at, 1, 1)] if known else []
        size = f"largest {shown(seen.best.value)}" if known else ""
        return labelled("map", size, grid(cells, self.side, frames, numbers), self.canvas)

    def foot(self, step: Step | None) -> Box:
        """Draw the arithmetic of a step; for the whole, the four answers."""
        canvas = self.canvas
        if step:
            return arithmetic(products(step.terms, "result-ink"), canvas.text * 1.15, canvas.width)
        lines = []
        for name, (first, second) in zip(
            ("dense neuron", "largest of the map"),
            [
                (self.steps[0].value, self.steps[1].value),
                (self.steps[2].value, self.steps[3].value),
            ],
            strict=True,
        ):
            same = "the same" if first == second else "not the same"
            chunks: list[Chunk] = [
                [(f"{name}:", "muted", "regular")],
                [(f"{shown(first)} → {shown(second)}", "result-ink", "bold")],
                [(same, "muted", "regular")],
            ]
            lines.append(arithmetic(chunks, canvas.text, canvas.width))
        return column(lines, 4)
