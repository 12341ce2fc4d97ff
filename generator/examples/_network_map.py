"""A whole network on one picture: a body for every map, what lies between, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from generator.engine.network_counts import What, amount
from generator.engine.network_op import Shape
from generator.engine.network_stages import Lane, Stage
from generator.examples._branches import arrow, glyph
from generator.examples._network_words import called, hwc, name_of, short, square, unit_of
from generator.examples._volume import MADE, QUIET, READ, Ink, Scale, volume
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, Part, column, row, space
from generator.scene.marks import Role
from generator.scene.parts import words

_GAP = 10


@dataclass(frozen=True)
class Atlas:
    """Everything about the picture of a network that no step changes.

    Parameters
    ----------
    input
        The shape that comes in.
    stages
        What is drawn.
    what
        What is counted below every map.
    scale
        How large a map is drawn.
    canvas
        Where.
    """

    input: Shape
    stages: tuple[Stage, ...]
    what: What
    scale: Scale
    canvas: Canvas

    def drawn(self, step: int | None) -> Box:
        """Draw all maps, those of a step with their own inks; ``None``: none stands out."""
        return self._down(step) if self.canvas.name == "narrow" else self._across(step)

    def _ink(self, index: int, step: int | None) -> Ink:
        """Return the inks of map `index`, 0 for the input."""
        if step is None:
            if not index:
                return Ink("window-cell", "muted")
            learns = any(layer.params for layer in self.stages[index - 1].layers)
            return Ink("result-cell", "muted") if learns else QUIET
        return {step - 1: READ, step: MADE}.get(index, QUIET)

    def _map(self, index: int, step: int | None, tall: float, thick: float) -> Box:
        shape = self.stages[index - 1].output if index else self.input
        times = self.stages[index - 1].times if index else 1
        return volume(shape, self.scale, tall, thick, self._ink(index, step), times)

    @cached_property
    def _ops(self) -> tuple[tuple[str, ...], ...]:
        """What every stage does, in a few signs, line by line."""
        return tuple(
            (_joined(stage),)
            if stage.branches
            else tuple(part for op in _signs(stage.chain, stage.input) for part in _broken(op))
            for stage in self.stages
        )

    def _numbers(self, index: int) -> tuple[str, str, str]:
        """Return what stands below a map."""
        if not index:
            return hwc(self.input), "", ""
        stage = self.stages[index - 1]
        cost = amount(stage.layers, self.what)
        return hwc(stage.output), short(cost) if cost else "–", square(stage.field)

    # Left to right, in bands.

    @cached_property
    def _bands(self) -> dict[tuple[int, int | None], Box]:
        """Those that have been drawn."""
        return {}

    @cached_property
    def _wide(self) -> float:
        """The width of a cell: of its widest words."""
        size = self.canvas.note
        said = [
            text
            for index in range(len(self.stages) + 1)
            for text in (*self._numbers(index), *(each for op in self._ops for each in op))
        ]
        widest = max(words(text, size).width for text in said)
        named = max(words(name_of(stage), size, weight="semibold").width for stage in self.stages)
        return max(widest, named, 60) + _GAP

    def _across(self, step: int | None) -> Box:
        size, wide = self.canvas.note, self._wide
        heads = [words(text, size, "muted") for text in ("output", unit_of(self.what), "sees")]
        side = max(head.width for head in heads) + 4
        fit = max(1, int((self.canvas.width - side - 4) // wide))
        count = len(self.stages) + 1
        per = ceil(count / ceil(count / fit))
        bands = []
        for first in range(0, count, per):
            which = range(first, min(first + per, count))
            # A band in which nothing stands out is drawn once for all steps.
            seen = step if step is None or {step - 1, step} & set(which) else -1
            if (first, seen) not in self._bands:
                self._bands[first, seen] = self._band(which, seen, heads, side)
            bands.append(self._bands[first, seen])
        return column(bands, gap=self.canvas.cell * 0.45)

    def _band(self, which: range, step: int | None, heads: Sequence[Box], side: float) -> Box:
        size, wide = self.canvas.note, self._wide
        line = words("0", size).height
        tall = 92 if self.canvas.name == "slide" else 76
        maps = [self._map(index, step, tall, wide * 0.52) for index in which]
        above = max(body.centre for body in maps)
        below = max(body.height - body.centre for body in maps)
        ops = max(len(self._ops[index - 1]) if index else 0 for index in which)
        blocks = [self.stages[index - 1].branches for index in which if index]
        tallest = max((_glyph(block).height for block in blocks if block), default=0)
        top = line * (1 + ops) + (tallest + 4 if tallest else 0) + 4
        axis = top + above
        foot = axis + below + 8
        marks: list[Part] = []
        for i, head in enumerate(heads):
            marks += head.moved(0, foot + i * line * 0.95)
        for place, (index, body) in enumerate(zip(which, maps, strict=True)):
            x = side + place * wide
            middle = x + 4 + wide / 2
            marks += self._above(index, middle, step, line)
            if index:
                left = middle - body.width / 2
                before = maps[place - 1] if place else None
                start = middle - wide + before.width / 2 + 5 if before else x + 2
                marks += arrow(start, axis, left - 5, axis)
            if index and self.stages[index - 1].branches:
                small = _glyph(self.stages[index - 1].branches)
                at = line * (1 + ops) + (tallest - small.height) / 2 + 2
                marks += small.moved(middle - small.width / 2, at)
            marks += body.moved(middle - body.width / 2, axis - body.centre)
            for i, text in enumerate(self._numbers(index)):
                now = step is not None and index == step
                role: Role = ("result-ink" if now else "ink") if i == 0 else "muted"
                label = words(text, size, role, "semibold" if i == 0 and now else "regular")
                marks += label.moved(middle - label.width / 2, foot + i * line * 0.95)
        return Box(side + len(which) * wide + 4, foot + 3 * line * 0.95, tuple(marks))

    def _above(self, index: int, middle: float, step: int | None, line: float) -> list[Part]:
        """Draw the name of a stage and what it does."""
        size = self.canvas.note
        name = words(name_of(self.stages[index - 1]) if index else "input", size, weight="semibold")
        marks = list(name.moved(middle - name.width / 2, 0))
        for i, op in enumerate(self._ops[index - 1] if index else ()):
            label = words(op, size, "kernel-ink")
            marks += label.moved(middle - label.width / 2, line * (1 + i))
        return marks

    # Top to bottom.

    def _down(self, step: int | None) -> Box:
        size, gap, tall, thick = self.canvas.note, 10.0, 46.0, 44.0
        count = len(self.stages) + 1
        maps = [self._map(index, step, tall, thick) for index in range(count)]
        side = max(body.width for body in maps) + 4
        marks: list[Part] = []
        y, before = 0.0, 0.0
        for index, body in enumerate(maps):
            said = self._beside(index, step, size, self.canvas.width - side - 12)
            height = max(body.height, said.height)
            marks += body.moved((side - body.width) / 2, y + (height - body.height) / 2)
            marks += said.moved(side + 12, y + (height - said.height) / 2)
            if index:
                marks += arrow(side / 2, before + 2, side / 2, y + (height - body.height) / 2 - 2)
            before = y + (height + body.height) / 2
            y += height + gap
        return Box(self.canvas.width, y - gap, tuple(marks))

    def _beside(self, index: int, step: int | None, size: float, room: float) -> Box:
        """Say beside a map what it is: two lines of words."""
        now = step is not None and index == step
        shape, cost, _ = self._numbers(index)
        output = words(
            shape, size, "result-ink" if now else "ink", "semibold" if now else "regular"
        )
        if not index:
            return column([words("input", size, weight="semibold"), output])
        stage = self.stages[index - 1]
        name = words(name_of(stage), size, weight="semibold")
        op = _joined(stage) if stage.branches else ", ".join(_signs(stage.chain, stage.input))
        first = [row([name, words(op, size, "kernel-ink")], gap=8)]
        if first[0].width > room:
            first = [name, words(op, size, "kernel-ink", room=room)]
        second = [output]
        if cost != "–":
            second.append(words(cost, size, "muted"))
        lines = column([*first, row(second, gap=14)])
        if not stage.branches:
            return lines
        small = _glyph(stage.branches)
        left = room - lines.width - small.width
        return row([lines, space(left), small]) if left > 0 else lines


def _joined(stage: Stage) -> str:
    return f"{len(stage.branches)} branches"


def _glyph(branches: tuple[Lane, ...]) -> Box:
    return glyph([len(lane) for lane in branches], 66)


def _signs(chain: Lane, shape: Shape) -> list[str]:
    found = []
    for unit in chain:
        found.append(called(unit.head, shape))
        shape = unit.output
    return found


def _broken(text: str) -> list[str]:
    """Break what is too long for a cell behind its first word."""
    word, _, rest = text.partition(" ")
    return [word, rest] if len(text) > 13 and rest else [text]
