"""A filter: one small kernel over a whole photograph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from generator import photos
from generator.engine.named import NAMED, common_denominator
from generator.engine.shapes import PADDING_MODES, Axis, PaddingMode, Plane
from generator.engine.trace import convolve_at
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._page import headed, page
from generator.examples._photo import (
    CropField,
    PhotoField,
    Shades,
    picture,
    pixels,
    spot,
    too_small,
)
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Region, Result, Step, Term
from generator.numerals import Number, shown, total
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, sign, weights_grid
from generator.scene.theme import on_grey
from generator.spec.fields import Choice, Pair, Whole, param
from generator.spec.matrix import Matrix

#: A taller strip would make a picture nobody can show.
_TALLEST = 4


@dataclass(frozen=True, slots=True)
class Params:
    """Which kernel over which photograph."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a picture file"))
    kernel: Matrix = param(kernel_field())
    columns: int = param(Whole("columns the photo is reduced to first", least=16, most=2000), 240)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)
    at: tuple[int, int] | None = param(
        Pair("row and column of the pixel that is worked out, counted from 1", least=1), None
    )
    padding_mode: PaddingMode = param(
        Choice("what lies beyond the edge", PADDING_MODES), "replicate"
    )

    @property
    def shades(self) -> Shades:
        """The photograph's numbers."""
        return photos.grey(self.photo, self.columns, self.crop)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        shades = self.shades
        size = (len(shades), len(shades[0]))
        for word, sides in (("rows", self.kernel.height), ("columns", self.kernel.width)):
            if sides % 2 == 0:
                yield Problem(
                    "", "kernel", f"{sides} {word}", "an odd number, so that it has a centre"
                )
        if size[0] > _TALLEST * size[1]:
            got = f"{size[0]} × {size[1]}"
            yield Problem("", "photo", got, f"at most {_TALLEST} times as tall as wide; crop it")
        if problem := too_small(shades, self.kernel.height, self.kernel.width):
            yield problem
        if self.at and (self.at[0] > size[0] or self.at[1] > size[1]):
            yield Problem("", "at", f"{self.at[0]}, {self.at[1]}", f"within {size[0]} × {size[1]}")


def solve(p: Params) -> Solved:
    """Filter the photograph, and work out one of its pixels."""
    from generator.engine.ops import filter2d

    shades = p.shades
    filtered = filter2d(pixels(shades), p.kernel.rows, padding_mode=p.padding_mode)
    result: Shades = tuple(tuple(line) for line in filtered.tolist())
    at = _where(p, shades, result)
    worked = _worked(p, shades, at, result[at[0]][at[1]])
    name = p.kernel.origin if isinstance(p.kernel.origin, str) else f"{p.kernel.size} kernel"
    brightness = total([w for line in p.kernel.rows for w in line])
    effect = NAMED[name].says if name in NAMED else ""
    says = " ".join(
        part for part in (
            effect, f"Its weights add up to {shown(brightness)}."
            f" Worked out: the framed pixel, row {worked.at[0] + 1}, column {worked.at[1] + 1}.",
        ) if part
    )  # fmt: skip
    size = f"{len(shades)} × {len(shades[0])}"
    alt = (
        f"The photo {p.photo.rsplit('/', 1)[-1]}, {size} in grey, before and after the {name}."
        f" Kernel {spoken(p.kernel.rows)}; its {count(p.kernel.height * p.kernel.width, 'weight')}"
        f" add up to {shown(brightness)}. {worked.says}"
    )
    return Solved(result, (worked,), alt, says)


def _where(p: Params, before: Shades, after: Shades) -> tuple[int, int]:
    """Return the pixel asked for, else the one that shows best what the filter does.

    That is the one it changes most; or, where even surfaces turn black, the one it leaves
    brightest. Pixels that fall off the scale, or lie at the edge, are taken only if there is no
    other.
    """
    if p.at:
        return p.at[0] - 1, p.at[1] - 1
    import numpy as np

    old, new = (pixels(shades).astype(np.int64) for shades in (before, after))
    darkening = not total([w for line in p.kernel.rows for w in line])
    change = new if darkening else abs(new - old)
    places = ((side, 8 * np.arange(side)) for side in new.shape)
    inside = np.logical_and.outer(*((side <= at) & (at <= 7 * side) for side, at in places))
    # A whole level counts more than any change, and an edge more than a level; of equals the first.
    rank = change + 256 * ((new > 0) & (new < 255)) + 512 * inside
    row, column = divmod(int(rank.argmax()), new.shape[1])
    return row, column


def _worked(p: Params, shades: Shades, at: tuple[int, int], result: int) -> Step:
    """Work one pixel out, as the trace tells it."""
    sides = (len(shades), p.kernel.height), (len(shades[0]), p.kernel.width)
    rows, columns = (Axis(size, k, before=k // 2, after=k // 2) for size, k in sides)
    step = convolve_at(shades, p.kernel.rows, Plane(rows, columns), at, mode=p.padding_mode)
    return replace(step, index=1, says=f"{step.says[:-1]}{_kept(step.value, result)}.")


def _kept(value: Number, result: int) -> str:
    """Say what a picture can keep of a number.

    >>> from fractions import Fraction
    >>> _kept(12, 12), _kept(-40, 0), _kept(Fraction(7, 2), 4)
    ('', ', which a picture can only keep as 0', ', which a picture keeps as 4')
    """
    if value == result:
        return ""
    only = "keeps" if 0 <= value <= 255 else "can only keep"
    return f", which a picture {only} as {result}"


def _sum(p: Params, step: Step, result: int) -> list[Chunk]:
    """Return the arithmetic of a pixel, over the common denominator of the weights."""
    _, over = common_denominator(p.kernel.rows)
    if over == 1:
        found = chunks(step)
    else:
        whole = replace(
            step,
            terms=tuple(Term(t.x, total([t.w * over]), t.at) for t in step.terms),
            value=total([step.value * over]),
        )
        first, *products, equals = chunks(whole)
        found = [[("(", "muted", "regular"), *first], *products]
        found[-1] = [*found[-1], (f") / {over}", "muted", "regular")]
        found.append([*equals, (f" / {over}", "result-ink", "bold")])
    if step.value != result:
        found.append([("→ ", "muted", "regular"), (str(result), "result-ink", "bold")])
    return found


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the photo, the kernel, the filtered photo, and one pixel worked out."""
    return Film(title, example.alt, lambda: _scene(p, example, title, canvas))


def _scene(p: Params, example: Example, title: str, canvas: Canvas) -> Scene:
    shades, after = p.shades, _shades(example.result)
    step = example.steps[0]
    at = (step.at[0], step.at[1])
    numerators, over = common_denominator(p.kernel.rows)
    side = _side(p, canvas)
    gap = canvas.cell * 0.4
    weights = p.kernel.width * side
    stacked = canvas.name == "narrow"
    taken = weights + 4 * gap + canvas.cell * 0.8
    width = canvas.width if stacked else (canvas.width - taken) / 2
    window = step.window or Region(0, 0, 1, 1)
    before = spot(
        picture(shades, width),
        shades,
        (window.top, window.left, window.height, window.width),
        "window",
    )
    filtered = spot(picture(after, width), after, (*at, 1, 1), "result")
    kernel = weights_grid(numerators, side)
    parts = [
        labelled("photo", f"{len(shades)} × {len(shades[0])}", before, canvas),
        sign("∗", canvas),
        labelled("kernel", f"1/{over} of" if over > 1 else "", kernel, canvas),
        sign("=", canvas),
        labelled("filtered", f"{len(after)} × {len(after[0])}", filtered, canvas),
    ]
    pixels = labelled("under the window", "", _pixels(p, step, side), canvas)
    total_ = _sum(p, step, after[at[0]][at[1]])
    if stacked:
        both = row([pixels, parts[2]], gap)
        line = arithmetic(total_, canvas.text * 1.1, canvas.width)
        body = column([parts[0], both, line, parts[4]], gap)
        return sheet(body, canvas.margin, paper=canvas.titled)
    body = row(parts, gap)
    line = arithmetic(total_, canvas.text * 1.1, body.width - pixels.width - gap)
    foot = row([pixels, line], gap)
    head = headed(title, example.says, body.width, canvas)
    return sheet(page([head, body, foot], canvas), canvas.margin, paper=canvas.titled)


def _side(p: Params, canvas: Canvas) -> float:
    """Return a cell's side: smaller for larger kernels, so that the photos stay large."""
    if canvas.name == "narrow":
        return min(canvas.cell, (canvas.width - canvas.cell * 0.4) / 2 / p.kernel.width)
    return min(canvas.cell * 0.9, max(canvas.least, canvas.width * 0.17 / p.kernel.width))


def _pixels(p: Params, step: Step, side: float) -> Box:
    """Draw the pixels under the window in their own shades, with their numbers."""
    width = p.kernel.width
    levels = [int(term.x) for term in step.terms]
    cells = [Cell(str(level), ink=on_grey(level), shade=level) for level in levels]
    lines = [cells[i : i + width] for i in range(0, len(cells), width)]
    return grid(lines, side, [Frame("window", 0, 0, len(lines), width)])


def _shades(result: Result) -> Shades:
    return cast(Shades, result)


KIND = Kind(
    title="A filter on a photo",
    says="a small kernel over a whole photograph, and one pixel worked out",
    params=Params,
    solve=solve,
    draw=draw,
)
