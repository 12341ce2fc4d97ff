"""Why several layers: lines found by the first layer become corners or diagonals in the second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.engine.shapes import Axis, Plane
from generator.engine.trace_channels import convolve_channels, convolve_many
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._maps import drawn_pixel, is_drawing, total_of
from generator.examples._page import largest
from generator.examples._two_layers import PRESETS, Layers
from generator.examples._window import reading
from generator.examples._words import count, listing, spoken
from generator.model import Example, Region, Rows, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Cell, Frame, arithmetic, grid, labelled, sign, weights_grid
from generator.spec.fields import Choice, Real, param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.volume import NamesField, Volume, VolumeField

_WIDEST, _MOST = 12, 4
#: The smallest cells that are tried [px].
_SMALLEST = 12


@dataclass(frozen=True, slots=True)
class Params:
    """Two layers; what is not given comes from the preset `find`."""

    find: str = param(Choice("what the second layer finds", tuple(PRESETS)), "corner")
    input: Matrix | None = param(MatrixField("the picture", line=False, picture=12), None)
    kernels: Volume | None = param(
        VolumeField("the detectors of the first layer, of one size", "kernel"), None
    )
    bias: Number | None = param(Real("added to every number of the first layer's maps"), None)
    combine: Volume | None = param(
        VolumeField("the second layer's kernel, a slice for each map", "slice"), None
    )
    combine_bias: Number | None = param(Real("added to every sum of the second layer"), None)
    names: tuple[str, ...] | None = param(
        NamesField("what the first layer's maps are called"), None
    )

    @property
    def filled(self) -> Layers:
        """All numbers, the preset's where there are none."""
        preset = PRESETS[self.find]
        return Layers(
            self.input or preset.input,
            self.kernels or preset.kernels,
            preset.bias if self.bias is None else self.bias,
            self.combine or preset.combine,
            preset.combine_bias if self.combine_bias is None else self.combine_bias,
        )

    @property
    def called(self) -> tuple[str, ...]:
        """What the maps are called."""
        if self.names:
            return self.names
        if self.kernels is None:
            return "horizontal", "vertical"
        return tuple(f"map {i + 1}" for i in range(self.kernels.depth))

    @property
    def first(self) -> Plane:
        """How the first layer's windows walk."""
        x, w = self.filled.input, self.filled.kernels
        return Plane(Axis(x.height, w.height), Axis(x.width, w.width))

    @property
    def second(self) -> Plane:
        """How the second layer's window walks."""
        (height, width), w = self.first.output, self.filled.combine
        return Plane(Axis(height, w.height), Axis(width, w.width))

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        all_ = self.filled
        x, w, v = all_.input, all_.kernels, all_.combine
        if max(x.height, x.width) > _WIDEST:
            yield Problem("", "input", x.size, f"at most {_WIDEST} × {_WIDEST}, to be read")
        if w.depth > _MOST:
            yield Problem("", "kernels", count(w.depth, "kernel"), f"at most {_MOST}, to be read")
        if v.depth != w.depth:
            wanted = f"{w.depth}, one for every map of the first layer"
            yield Problem("", "combine", count(v.depth, "slice"), wanted)
        if self.names and len(self.names) != w.depth:
            wanted = f"{w.depth}, one for every map of the first layer"
            yield Problem("", "names", count(len(self.names), "name"), wanted)
        height, width = x.height - w.height + 1, x.width - w.width + 1
        if min(height, width) < 1:
            got = f"{w.height} × {w.width}"
            yield Problem("", "kernels", got, f"at most {x.size}, the size of the picture")
        elif v.height > height or v.width > width:
            got = f"{v.height} × {v.width}"
            yield Problem("", "combine", got, f"at most {height} × {width}, the size of the maps")


@lru_cache(maxsize=16)
def _layers(p: Params) -> tuple[tuple[Rows, ...], Rows, tuple[Step, ...]]:
    """Return the first layer's maps after ReLU, and the second layer with its story."""
    all_ = p.filled
    kernels = tuple((kernel,) for kernel in all_.kernels.planes)
    biases = (all_.bias,) * len(kernels)
    sums, _ = convolve_many((all_.input.rows,), kernels, p.first, bias=biases)
    maps = tuple(tuple(tuple(max(x, 0) for x in line) for line in rows) for rows in sums)
    rows, steps = convolve_channels(
        maps, all_.combine.planes, p.second, bias=all_.combine_bias, names=p.called
    )
    return maps, rows, steps


def solve(p: Params) -> Solved:
    """Run both layers."""
    maps, rows, steps = _layers(p)
    all_ = p.filled
    found = [step for step in steps if step.value > 0]
    sees = (
        all_.kernels.height + all_.combine.height - 1,
        all_.kernels.width + all_.combine.width - 1,
    )
    where = "; ".join(f"row {step.at[0] + 1}, column {step.at[1] + 1}" for step in found)
    if not found:
        result = "Its sum is above 0 nowhere."
    elif len(found) > 4:
        result = f"Its sum is above 0 at {len(found)} of {len(steps)} places."
    else:
        result = f"Its sum is above 0 only at {where}."
    says = (
        f"The first layer finds {listing(list(p.called))} lines, the second puts them together"
        f" and sees {sees[0]} × {sees[1]} pixels. {result}"
    ) if p.kernels is None else (
        f"The first layer makes {count(len(maps), 'map')}, the second puts them together"
        f" and sees {sees[0]} × {sees[1]} pixels. {result}"
    )  # fmt: skip
    told = " ".join(
        f"Map {name}, after ReLU: {_ones(y)}." for name, y in zip(p.called, maps, strict=True)
    )
    size = f"{len(rows)} × {len(rows[0])}"
    alt = (
        f"A {all_.input.size} picture, two layers. Picture: {_ones(all_.input.rows)}. {told}"
        f" The second layer, {size}: {spoken(rows)}. {says}"
    )
    return Solved(rows, steps, alt, says)


def _ones(rows: Rows) -> str:
    """Say where numbers are not 0: shorter than a picture read out.

    >>> _ones(((0, 1), (0, 0))), _ones(((0,),))
    ('not 0 at row 1: column 2', 'all 0')
    """
    lines = [
        f"row {r}: column{'s' if sum(map(bool, line)) > 1 else ''} "
        + ", ".join(str(c) for c, x in enumerate(line, 1) if x)
        for r, line in enumerate(rows, 1)
        if any(line)
    ]
    return f"not 0 at {'; '.join(lines)}" if lines else "all 0"


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw picture, detectors, maps and what the second layer makes of them."""
    look = _fitting(p, example, canvas)
    story = _story.Story(look.body, look.foot, _place, _story.steady)
    return _story.film(story, example, title, canvas)


def _place(step: Step) -> str:
    said = (
        f"The second layer reads every map at the same place and gives row {step.at[0] + 1},"
        f" column {step.at[1] + 1}."
    )
    if step.value > 0:
        return f"{said} The sum is above 0: found."
    return f"{said} The sum is not above 0: not here."


@dataclass(frozen=True, slots=True)
class _Look:
    """The grids, `side` px a cell."""

    p: Params
    all: Layers
    maps: tuple[Rows, ...]
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float

    def body(self, step: Step | None) -> Box:
        """Draw both layers as they stand at a step."""
        canvas, gap = self.canvas, self.canvas.cell * 0.18
        picture, result = self._picture(step), self._result(step)
        lines = []
        for number, kernel in enumerate(self.all.kernels.planes):
            parts = [sign("∗", canvas), self._named("kernel", kernel), sign("=", canvas)]
            map_ = self._map(number, step)
            slice_ = [sign("∗", canvas), self._named("slice", self.all.combine.planes[number])]
            lines.append((parts, map_, slice_))
        if canvas.name == "narrow":
            # The maps beside their detectors; the second layer's slices follow with the result.
            above = [row([*parts, map_], gap) for parts, map_, _ in lines]
            slices = row([box for _, _, slice_ in lines for box in slice_], gap)
            below = row([sign("=", canvas), result], gap)
            return column([picture, *above, slices, below], 16)
        middle = column([row([*parts, map_, *slice_], gap) for parts, map_, slice_ in lines], 12)
        if canvas.name == "page":
            return column([picture, middle, row([sign("=", canvas), result], gap)], 16)
        return row([picture, middle, sign("=", canvas), result], gap)

    def _named(self, name: str, rows: Rows) -> Box:
        return labelled(name, "", weights_grid(rows, self.side), self.canvas)

    def _picture(self, step: Step | None) -> Box:
        rows = self.all.input.rows
        seen = self._seen(step)
        drawn = is_drawing(rows)

        def cell(r: int, c: int) -> Cell:
            inside = seen and seen.top <= r <= seen.bottom and seen.left <= c <= seen.right
            x = rows[r][c]
            if x and drawn:
                return drawn_pixel(x)
            if inside:
                return Cell(shown(x), "window-cell", "ink", "bold" if x else "regular")
            return Cell(shown(x), "cell", "ink" if x else "muted", "bold" if x else "regular")

        cells = [[cell(r, c) for c in range(len(rows[0]))] for r in range(len(rows))]
        at = seen
        frames = [Frame("window", at.top, at.left, at.height, at.width)] if at else []
        return labelled("picture", self.all.input.size, grid(cells, self.side, frames), self.canvas)

    def _seen(self, step: Step | None) -> Region | None:
        """Return the pixels that a number of the second layer depends on."""
        if step is None or step.window is None:
            return None
        w, at = self.all.kernels, step.window
        return Region(at.top, at.left, at.height + w.height - 1, at.width + w.width - 1)

    def _map(self, number: int, step: Step | None) -> Box:
        x, plane = self.maps[number], self.p.second
        terms = step.terms if step else ()
        body = reading(x, plane, None, self.side, terms, step.window if step else None, noted=False)
        bias = f"bias {shown(self.all.bias)}, ReLU" if self.all.bias else "ReLU"
        return labelled(self.p.called[number], bias, body, self.canvas)

    def _result(self, step: Step | None) -> Box:
        height, width = self.p.second.output
        until = step.index if step else len(self.steps)

        def cell(index: int) -> Cell:
            if index >= until:
                return Cell(role="empty")
            value = self.steps[index].value
            if value > 0:
                return Cell(shown(value), "result-cell", "result-ink", "bold")
            return Cell(shown(value), "cell", "muted")

        cells = [[cell(r * width + c) for c in range(width)] for r in range(height)]
        frame = Frame("result", 0, 0, height, width)
        if step:
            frame = Frame("result", *divmod(step.index - 1, width), 1, 1)
        body = grid(cells, self.side, [frame], {shown(each.value) for each in self.steps})
        bias = f"bias {shown(self.all.combine_bias)}" if self.all.combine_bias else ""
        name = self.p.find if self.p.combine is None else "result"
        return labelled(name, bias, body, self.canvas)

    def foot(self, step: Step | None) -> Box:
        """Draw the sum of a step, map by map."""
        if step is None:
            return space()
        size = self.canvas.text * 1.2
        return arithmetic(total_of(step, self.p.called), size, self.canvas.width)


def _fitting(p: Params, example: Example, canvas: Canvas) -> _Look:
    """Return the largest cells that fit."""
    maps, _, _ = _layers(p)
    all_ = p.filled

    def look(side: int) -> _Look:
        return _Look(p, all_, maps, example.steps, canvas, side)

    side = largest(
        min(36, canvas.cell), _SMALLEST, lambda side: look(side).body(None).width <= canvas.width
    )
    return look(side or _SMALLEST)


KIND = Kind(
    title="Lines become corners",
    says="two layers built by hand: line detectors, and what the next layer makes of them",
    params=Params,
    solve=solve,
    draw=draw,
)
