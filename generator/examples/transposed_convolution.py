"""Transposed convolution: every number of the input stamps the kernel, and overlaps add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import Trace, convolve_transposed
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._story import Part, Story, film, steady
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Region, Rows, Step, Term
from generator.numerals import Number, factor, shown, total
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, sign, weights_grid
from generator.spec.fields import Whole, param
from generator.spec.matrix import Matrix, MatrixField

_INPUT = Matrix(((1, 2), (3, 4)))
_CROSS = Matrix(((1, 0, 1), (0, 1, 0), (1, 0, 1)))
#: A wider output could not be read.
_WIDEST = 16
#: Below this side a cell is a dot [px].
_SMALLEST = 12


@dataclass(frozen=True, slots=True)
class Params:
    """What a transposed convolution needs; torch's names."""

    input: Matrix = param(MatrixField("the numbers that stamp", line=False, picture=6), _INPUT)
    kernel: Matrix = param(
        kernel_field(),
        _CROSS,
    )
    stride: int = param(Whole("S, cells from one stamp to the next", least=1, most=8), 2)
    padding: int = param(Whole("P, cells cut off at each side", least=0, most=8), 0)
    output_padding: int = param(Whole("cells added at the far ends", least=0, most=8), 0)

    def _sides(self) -> tuple[tuple[str, int, int], ...]:
        x, w = self.input, self.kernel
        return (("rows", x.height, w.height), ("columns", x.width, w.width))

    def length(self, size: int, kernel: int) -> int:
        """Cells of the output on one axis, (n − 1)·S + K − 2·P and what is added."""
        stamped = (size - 1) * self.stride + kernel
        return stamped - 2 * self.padding + self.output_padding

    @property
    def output(self) -> tuple[int, int]:
        """Rows and columns of the output."""
        rows, columns = (self.length(size, kernel) for _, size, kernel in self._sides())
        return rows, columns

    @property
    def plane(self) -> Plane:
        """The convolution this is the transpose of, on all that is stamped, nothing cut off."""
        more = max(self.output_padding - self.padding, 0)
        rows, columns = (
            Axis((size - 1) * self.stride + kernel + more, kernel, self.stride)
            for _, size, kernel in self._sides()
        )
        return Plane(rows, columns)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for word, size, kernel in self._sides():
            stamped = (size - 1) * self.stride + kernel
            if stamped > _WIDEST:
                wanted = f"at most {_WIDEST}, to be read"
                yield Problem("", "input", f"{stamped} {word} of stamps", wanted)
            elif self.length(size, kernel) < 1:
                wanted = f"less: the stamps have {stamped} {word}, and it is cut off at both sides"
                yield Problem("", "padding", str(self.padding), wanted)
        if self.output_padding >= self.stride:
            got, most = str(self.output_padding), f"at most {self.stride - 1}, less than the stride"
            yield Problem("", "output_padding", got, most)


@lru_cache(maxsize=8)
def _traced(p: Params) -> Trace:
    """Return all that is stamped, and for every cell the stamps that reach it."""
    return convolve_transposed(p.input.rows, p.kernel.rows, p.plane)


def solve(p: Params) -> Solved:
    """Stamp number by number; then add where stamps overlap."""
    rows, cells = _traced(p)
    height, width = p.output
    result = tuple(line[p.padding : p.padding + width] for line in rows[p.padding :][:height])
    steps = [_stamp(p, index) for index in range(p.input.height * p.input.width)]
    overlaps = [step for step in cells if len(step.terms) > 1 and _kept(p, *step.at)]
    for step in overlaps:
        at = (step.at[0] - p.padding, step.at[1] - p.padding)
        _, told = step.says.split(": ", 1)
        says = (
            f"Row {at[0] + 1}, column {at[1] + 1}: {count(len(step.terms), 'stamp')} add up: {told}"
        )
        steps.append(replace(step, index=len(steps) + 1, at=at, says=says))
    says = (
        f"Each of the {p.input.height * p.input.width} numbers stamps the {p.kernel.size} kernel,"
        f" times itself, {count(p.stride, 'cell')} after the one before."
        f" {_added(len(overlaps))} {_cut(p)}The {p.input.size} input becomes {height} × {width}."
    )
    alt = (
        f"Transposed convolution. {says} Input {spoken(p.input.rows)}."
        f" Kernel {spoken(p.kernel.rows)}. Output {spoken(result)}."
    )
    return Solved(result, tuple(steps), alt, says)


def _added(overlaps: int) -> str:
    """Say whether stamps meet.

    >>> _added(0), _added(1)
    ('No two stamps overlap.', 'Where stamps overlap they add up, here in 1 cell.')
    """
    if not overlaps:
        return "No two stamps overlap."
    return f"Where stamps overlap they add up, here in {count(overlaps, 'cell')}."


def _cut(p: Params) -> str:
    return f"Padding {p.padding} cuts as many cells off at each side. " if p.padding else ""


def _kept(p: Params, r: int, c: int) -> bool:
    """Return whether a stamped cell belongs to the output."""
    height, width = p.output
    return p.padding <= r < p.padding + height and p.padding <= c < p.padding + width


def _stamp(p: Params, index: int) -> Step:
    i, j = at = divmod(index, p.input.width)
    value = p.input.rows[i][j]
    says = f"Stamp {index + 1}, from row {i + 1}, column {j + 1}: {factor(value)} times the kernel."
    return Step(index + 1, at, Region(i, j, 1, 1), (), value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw input, kernel, the stamp of a step, and what has been stamped so far."""
    body = next(_bodies(p, example, canvas))

    def foot(step: Step | None) -> Box:
        if step is None:
            return _sizes(p, canvas)
        if not step.terms:
            return space()
        return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)

    return film(Story(body, foot, alike=steady), example, title, canvas)


def _bodies(p: Params, example: Example, canvas: Canvas) -> Iterator[Part]:
    """Yield what fits: all in a row, the output below, or each below the one before."""
    least = {"row": canvas.least, "two": canvas.least, "three": canvas.least, "column": _SMALLEST}
    for arrangement, smallest in least.items():
        for side in range(int(canvas.cell), int(smallest) - 1, -2):
            body = _body(_Look(p, side, canvas, sized=arrangement != "three"), arrangement)
            if body(example.steps[0]).width <= canvas.width:
                yield body
    yield _body(_Look(p, _SMALLEST, canvas), "column")


def _body(look: _Look, arrangement: str) -> Part:
    gap = look.canvas.cell * 0.4

    def body(step: Step | None) -> Box:
        reading, kernel, output = look.reading(step), look.kernel(), look.output(step)
        stamp = [look.stamp(step)] if step else []
        if arrangement == "column":
            # A large output has small cells; what it is made from need not.
            large = replace(look, side=max(look.side, look.canvas.least))
            above = [large.reading(step), large.kernel(), *([large.stamp(step)] if step else [])]
            if (beside := row(above, gap * 0.75)).width <= look.canvas.width:
                return column([beside, output], gap)
            return column([row([reading, kernel], gap), *stamp, output], gap)
        if arrangement == "three":
            return column([row([reading, kernel, *stamp], gap * 0.75), output], gap)
        equals = sign("=", look.canvas)
        if step and step.terms:
            equals = space(equals.width, equals.height)
        makes = [reading, sign("·", look.canvas), kernel, *([equals, *stamp] if stamp else [])]
        if arrangement == "two":
            return column([row(makes, gap), output], gap)
        return row([*makes, sign("→", look.canvas), output], gap)

    return body


@dataclass(frozen=True, slots=True)
class _Look:
    """The grids of the figure at one size of their cells."""

    p: Params
    side: float
    canvas: Canvas
    sized: bool = True

    def _named(self, name: str, size: str, body: Box) -> Box:
        return labelled(name, size if self.sized else "", body, self.canvas)

    def reading(self, step: Step | None) -> Box:
        """Draw the input with the number that stamps, or those whose stamps meet in a cell."""
        rows = self.p.input.rows
        weights = {term.at: shown(term.w) for term in step.terms} if step else {}
        now = {step.at} if step and not step.terms else set(weights)

        def cell(r: int, c: int) -> Cell:
            if (r, c) in now:
                note = f"×{weights[r, c]}" if (r, c) in weights else ""
                return Cell(shown(rows[r][c]), "window-cell", "ink", "bold", note)
            return Cell(shown(rows[r][c]), "cell", "muted" if step else "ink")

        cells = [[cell(r, c) for c in range(len(rows[0]))] for r in range(len(rows))]
        frames = [Frame("window", at[0], at[1], 1, 1) for at in sorted(a for a in now if a)]
        return self._named("input", self.p.input.size, grid(cells, self.side, frames))

    def kernel(self) -> Box:
        """Draw the kernel."""
        body = weights_grid(self.p.kernel.rows, self.side)
        return self._named("kernel", self.p.kernel.size, body)

    def stamp(self, step: Step) -> Box:
        """Draw the kernel times the number that stamps; its room is kept where none does."""
        blank = bool(step.terms)
        times = [
            [
                Cell("" if blank else shown(total([w * step.value])), "kernel-cell", "ink")
                for w in line
            ]
            for line in self.p.kernel.rows
        ]
        frame = Frame("kernel", 0, 0, len(times), len(times[0]))
        later = {
            shown(total([w * x]))
            for x in _every(self.p.input.rows)
            for w in _every(self.p.kernel.rows)
        }
        box = labelled("stamp", "", grid(times, self.side, [frame], later), self.canvas)
        return replace(box, parts=()) if blank else box

    def output(self, step: Step | None) -> Box:
        """Draw what has been stamped up to a step, and what the padding cuts off."""
        p = self.p
        stamps = p.input.height * p.input.width
        done = min(step.index, stamps) if step else stamps
        rows, cells = _traced(p)
        width = len(rows[0])
        stamping = step if step and not step.terms else None
        summed = (step.at[0] + p.padding, step.at[1] + p.padding) if step and step.terms else None

        def cell(r: int, c: int) -> Cell:
            terms = [t for t in cells[r * width + c].terms if _order(p, t) < done]
            if not terms:
                alone = not cells[r * width + c].terms and done == stamps
                return Cell("0" if alone else "", "empty" if _kept(p, r, c) else "padding", "muted")
            text = shown(total([term.product for term in terms]))
            if not _kept(p, r, c):
                return Cell(text, "padding", "muted")
            if stamping and _order(p, terms[-1]) == done - 1:
                note = f"+{shown(terms[-1].product)}" if len(terms) > 1 else ""
                return Cell(text, "kernel-cell", "ink", "bold", note)
            if (r, c) == summed or (len(terms) > 1 and not step):
                return Cell(text, "result-cell", "result-ink", "bold")
            return Cell(text, "cell", "ink" if step is None or len(terms) > 1 else "muted")

        drawn = [[cell(r, c) for c in range(width)] for r in range(len(rows))]
        height, across = p.output
        frames = [Frame("result", p.padding, p.padding, height, across)]
        if stamping:
            i, j = stamping.at
            frames = [Frame("kernel", i * p.stride, j * p.stride, p.kernel.height, p.kernel.width)]
        elif summed:
            frames = [Frame("result", *summed, 1, 1)]
        later = {shown(number) for number in _every(rows)}
        size = f"{height} × {across}"
        return labelled("output", size, grid(drawn, self.side, frames, later), self.canvas)


def _every(rows: Rows) -> Iterator[Number]:
    for line in rows:
        yield from line


def _order(p: Params, term: Term) -> int:
    """Return which stamp a term comes from, counted from 0."""
    r, c = term.at or (0, 0)
    return r * p.input.width + c


def _sizes(p: Params, canvas: Canvas) -> Box:
    """Draw the size of the output as a sum, and say what is tinted."""
    sides = {"": p._sides()[0]} if len({s[1:] for s in p._sides()}) == 1 else {
        f"{side[0]} ": side for side in p._sides()
    }  # fmt: skip
    lines = []
    for word, (_, size, kernel) in sides.items():
        cut = f" − 2·{p.padding}" if p.padding else ""
        more = f" + {p.output_padding}" if p.output_padding else ""
        pieces: Chunk = [
            (f"{word}(", "muted", "regular"),
            (str(size), "window-ink", "bold"),
            (f" − 1)·{p.stride} + ", "muted", "regular"),
            (str(kernel), "kernel-ink", "bold"),
            (f"{cut}{more} = ", "muted", "regular"),
            (str(p.length(size, kernel)), "result-ink", "bold"),
        ]
        lines.append(arithmetic([pieces], canvas.text * 1.1, canvas.width))
    return column(lines, gap=4)


KIND = Kind(
    title="Transposed convolution",
    says="every number of the input stamps the kernel; where stamps overlap they add up",
    params=Params,
    solve=solve,
    draw=draw,
)
