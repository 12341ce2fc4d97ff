"""Im2col: every window becomes a column, and the convolution one product of matrices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.engine.shapes import PADDING_MODES, Axis, PaddingMode, Plane, furthest
from generator.engine.trace import convolve
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._story import Part, Story, film, steady
from generator.examples._window import Sliding, fitting
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Rows, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.parts import Cell, Frame, arithmetic, grid, labelled, roomy, weights_grid
from generator.spec.fields import Choice, Pair, param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.padding import NONE, Padding, PaddingField, axis

_INPUT = Matrix(((1, 2, 3, 0), (4, 5, 6, 1), (7, 8, 9, 2), (0, 1, 2, 3)))
_KERNEL = Matrix(((1, 2), (3, 4)))
#: A wider or a taller matrix could not be read.
_WIDEST, _TALLEST = 25, 25
#: Below this side a cell is a dot [px].
_SMALLEST = 12


@dataclass(frozen=True, slots=True)
class Params:
    """What a convolution needs; torch's names."""

    input: Matrix = param(
        MatrixField("the numbers the window reads", line=False, picture=6), _INPUT
    )
    kernel: Matrix = param(
        kernel_field(),
        _KERNEL,
    )
    stride: tuple[int, int] = param(Pair("cells the window moves at a time", least=1), (1, 1))
    padding: Padding = param(PaddingField("cells around the input, or valid, same, full"), NONE)
    padding_mode: PaddingMode = param(Choice("what the padding holds", PADDING_MODES), "zeros")

    def _axes(self) -> list[Axis | Problem]:
        sizes = ((self.input.height, self.kernel.height), (self.input.width, self.kernel.width))
        return [
            axis(i, size, k, self.stride[i], self.padding, 1) for i, (size, k) in enumerate(sizes)
        ]

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        rows, columns = (found for found in self._axes() if isinstance(found, Axis))
        return Plane(rows, columns)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        axes = []
        for found, word in zip(self._axes(), ("rows", "columns"), strict=True):
            if isinstance(found, Problem):
                yield found
                continue
            axes.append(found)
            most = furthest(found.size, self.padding_mode)
            if max(found.before, found.after) > most:
                got = count(max(found.before, found.after), "cell")
                got += f" of {self.padding_mode} padding"
                wanted = f"at most {most}: the input has {count(found.size, word[:-1])}"
                yield Problem("", "padding", got, wanted)
        weights = self.kernel.height * self.kernel.width
        if weights > _TALLEST:
            yield Problem("", "kernel", f"{weights} weights", f"at most {_TALLEST}, to be read")
        if len(axes) == 2 and (windows := axes[0].output * axes[1].output) > _WIDEST:
            wanted = f"at most {_WIDEST}: each becomes a column, which has to be read"
            yield Problem("", "input", f"{windows} windows", wanted)


def columns_of(steps: tuple[Step, ...]) -> Rows:
    """Return the matrix whose columns are what the windows read.

    >>> p = Params(Matrix(((1, 2, 3),)), Matrix(((1, 1),)))
    >>> columns_of(convolve(p.input.rows, p.kernel.rows, p.plane)[1])
    ((1, 2), (2, 3))
    """
    return tuple(tuple(step.terms[i].x for step in steps) for i in range(len(steps[0].terms)))


def solve(p: Params) -> Solved:
    """Multiply the kernel's row with every column."""
    rows, found = convolve(p.input.rows, p.kernel.rows, p.plane, mode=p.padding_mode)
    weights, windows = p.kernel.height * p.kernel.width, len(found)
    copies = weights * windows
    steps = tuple(
        replace(step, says=f"Window {step.index} is column {step.index}: {_sum(step)}")
        for step in found
    )
    height, width = p.plane.output
    inside = p.input.height * p.input.width
    says = (
        f"{count(windows, 'window')} of {count(weights, 'number')} become a matrix of"
        f" {weights} × {windows}. The kernel, written as a row, times this matrix is the whole"
        f" output at once: {windows} numbers, {height} × {width}."
        f" The price: {count(inside, 'number')} of the input stand{'s' * (inside == 1)} in"
        f" {count(copies, 'cell')}."
    )
    alt = (
        f"Convolution as a product of matrices. {says} Input {spoken(p.input.rows)}."
        f" Kernel {spoken(p.kernel.rows)}. Matrix, {spoken(columns_of(found))}."
        f" Output {spoken(rows)}."
    )
    return Solved(rows, steps, alt, says)


def _sum(step: Step) -> str:
    _, told = step.says.split(": ", 1)
    return f"row times column, {told}"


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the input with its window, and below it the product of the row and the matrix."""
    body = next(_bodies(p, example, canvas))

    def foot(step: Step | None) -> Box:
        sums = chunks(step or example.steps[-1])
        if step is None:
            sums.insert(0, [(f"column {len(example.steps)}:", "muted", "regular")])
        return arithmetic(sums, canvas.text * 1.25, canvas.width)

    return film(Story(body, foot, alike=steady), example, title, canvas)


def _bodies(p: Params, example: Example, canvas: Canvas) -> Iterator[Part]:
    """Yield what fits: the row left of the matrix, as products are written, or above it."""
    for wide, least in ((True, canvas.least), (False, _SMALLEST)):
        for side in range(int(canvas.cell * 0.8), int(least) - 1, -1):
            body = _body(p, example, side, canvas, wide)
            if body(None).width <= canvas.width:
                yield body
    yield _body(p, example, _SMALLEST, canvas, False)


def _body(p: Params, example: Example, side: float, canvas: Canvas, wide: bool) -> Part:
    gap = canvas.cell * 0.5
    steps = example.steps
    story = Sliding(
        p.input.rows, p.plane, p.padding_mode, False, ("kernel", p.kernel.rows), "output", chunks
    )
    above = replace(canvas, cell=max(side, canvas.least))
    look = fitting(story, steps, above)
    flat = tuple(w for line in p.kernel.rows for w in line)
    # The number of a column stands below it: both grids have cells of one width.
    numbers = {shown(x) for line in columns_of(steps) for x in line}
    across = roomy(numbers | {shown(each.value) for each in steps}, side)
    if not wide:
        across = max(min(across, canvas.width // len(steps)), side)
    kernel = labelled("kernel as a row", "", weights_grid([flat], side), canvas)

    def body(step: Step | None) -> Box:
        grids = look.grids(step)
        matrix = _matrix(columns_of(steps), step, (across, side), canvas)
        product = _product(steps, step, (across, side), canvas)
        if not wide:
            return column([grids, kernel, matrix, product], gap * 0.75)
        blank = Box(kernel.width, matrix.height)
        lower = row([_top(kernel), _top(product)], gap)
        upper = row([blank, matrix], gap)
        return column([grids, column([upper, lower], gap * 0.5)], gap)

    return body


def _top(box: Box) -> Box:
    return replace(box, axis=0)


def _matrix(rows: Rows, step: Step | None, sides: tuple[float, float], canvas: Canvas) -> Box:
    """Draw one column for every window that has been read."""
    until = step.index if step else len(rows[0])

    def cell(number: str, c: int) -> Cell:
        if c >= until:
            return Cell(role="empty")
        if step and c == until - 1:
            return Cell(number, "window-cell", "ink", "bold")
        return Cell(number, "cell", "muted" if step else "ink")

    cells = [[cell(shown(number), c) for c, number in enumerate(line)] for line in rows]
    frames = [Frame("window", 0, until - 1, len(rows), 1)] if step else []
    texts = {shown(number) for line in rows for number in line}
    body = grid(cells, sides[1], frames, texts, sides[0])
    return labelled("windows as columns", f"{len(rows)} × {len(rows[0])}", body, canvas)


def _product(
    steps: tuple[Step, ...], step: Step | None, sides: tuple[float, float], canvas: Canvas
) -> Box:
    """Draw the output as the row it is in the product."""
    until = step.index if step else len(steps)

    def cell(each: Step) -> Cell:
        if each.index > until:
            return Cell(role="empty")
        if step and each.index < until:
            return Cell(shown(each.value), "cell", "ink")
        return Cell(shown(each.value), "result-cell", "result-ink", "bold")

    frame = Frame("result", 0, until - 1, 1, 1) if step else Frame("result", 0, 0, 1, len(steps))
    texts = {shown(each.value) for each in steps}
    body = grid([[cell(each) for each in steps]], sides[1], [frame], texts, sides[0])
    return labelled("output as a row", f"1 × {len(steps)}", body, canvas)


KIND = Kind(
    title="Convolution as a matrix product",
    says="every window becomes a column; the kernel's row times this matrix is the output",
    params=Params,
    solve=solve,
    draw=draw,
)
