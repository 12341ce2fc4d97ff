"""Cross-correlation beside true convolution: the same data, the kernel as it is and turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import Trace, convolve, turned
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._story import Part, Story, film, steady
from generator.examples._window import Look, Sliding
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Poly
from generator.scene.parts import Cell, Frame, arithmetic, grid, labelled, roomy, sign, words
from generator.spec.fields import param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.padding import axis

#: A single 1 among zeros shows what each of the two makes of the kernel itself.
_SPOT = Matrix(
    ((0, 0, 0, 0, 0), (0, 0, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0))
)
_KERNEL = Matrix(((1, 2, 3), (4, 5, 6), (7, 8, 9)))
_WIDEST = 12
#: Below this side a cell is a dot [px].
_SMALLEST = 12
_NAMES = ("cross-correlation", "convolution")


@dataclass(frozen=True, slots=True)
class Params:
    """An input and a kernel."""

    input: Matrix = param(
        MatrixField("the numbers the window reads", line=False, picture=12), _SPOT
    )
    kernel: Matrix = param(
        kernel_field(),
        _KERNEL,
    )

    def _axes(self) -> list[Axis | Problem]:
        sizes = ((self.input.height, self.kernel.height), (self.input.width, self.kernel.width))
        none = ((0, 0), (0, 0))
        return [axis(i, size, k, 1, none, 1) for i, (size, k) in enumerate(sizes)]

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        rows, columns = (found for found in self._axes() if isinstance(found, Axis))
        return Plane(rows, columns)

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """Return the output with the kernel as it is, and with the kernel turned."""
        one, other = (
            convolve(self.input.rows, self.kernel.rows, self.plane, flip=flip)
            for flip in (False, True)
        )
        return one, other

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for found, word in zip(self._axes(), ("rows", "columns"), strict=True):
            if isinstance(found, Problem):
                yield found
            elif found.size > _WIDEST:
                yield Problem("", "input", f"{found.size} {word}", f"at most {_WIDEST}, to be read")


def solve(p: Params) -> Solved:
    """Slide once with the kernel as it is, and once with the kernel turned."""
    traces = p.traces
    steps: list[Step] = []
    # At every stop both sums, so that they are seen side by side.
    for pair in zip(traces[0][1], traces[1][1], strict=True):
        for which, step in enumerate(pair):
            says = f"{_NAMES[which].capitalize()}, {step.says[0].lower()}{step.says[1:]}"
            steps.append(replace(step, index=len(steps) + 1, at=(which, *step.at), says=says))
    result = (traces[0][0], traces[1][0])
    says = _says(p)
    alt = (
        f"Cross-correlation beside convolution. {says} Input {spoken(p.input.rows)}."
        f" Kernel {spoken(p.kernel.rows)}. Kernel turned {spoken(turned(p.kernel.rows))}."
        f" Cross-correlation {spoken(result[0])}. Convolution {spoken(result[1])}."
    )
    return Solved(result, tuple(steps), alt, says)


def differing(p: Params) -> frozenset[tuple[int, int]]:
    """Return the cells in which the two outputs differ.

    >>> sorted(differing(Params(Matrix(((1, 2), (3, 4))), Matrix(((1, 0), (0, 5))))))
    [(0, 0)]
    """
    (one, _), (other, _) = p.traces
    return frozenset(
        (r, c)
        for r, (line, twin) in enumerate(zip(one, other, strict=True))
        for c, (left, right) in enumerate(zip(line, twin, strict=True))
        if left != right
    )


def _says(p: Params) -> str:
    """Say where the two differ, and why they do not if they do not.

    >>> _says(Params(kernel=Matrix(((1, 2), (2, 1))))).partition("turned, ")[2]
    'stays the same, so the two are equal whatever the input is.'
    """
    cells = len(p.traces[0][1])
    opening = "Convolution turns the kernel by 180° before it slides; cross-correlation does not."
    if turned(p.kernel.rows) == p.kernel.rows:
        return (
            f"{opening} This kernel, turned, stays the same, so the two are equal whatever the"
            " input is."
        )
    differ = len(differing(p))
    if not differ:
        return f"{opening} This kernel changes when it is turned, yet this input does not show it."
    return (
        f"{opening} {_differ(differ, cells)} marked by a corner."
        " Networks compute cross-correlation and call it convolution."
    )


def _differ(differ: int, cells: int) -> str:
    """Say how many numbers differ.

    >>> _differ(8, 9), _differ(1, 9)
    ('8 of 9 numbers differ and are', '1 of 9 numbers differs and is')
    """
    of = f"{differ} of {count(cells, 'number')}" if cells > 1 else "The 1 number"
    return f"{of} differs and is" if differ == 1 else f"{of} differ and are"


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the input, and beside it both kernels with their outputs."""
    body = next(_bodies(p, canvas))

    def foot(step: Step | None) -> Box:
        if step:
            return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)
        return _legend(p, canvas)

    return film(Story(body, foot, alike=steady), example, title, canvas)


def _bodies(p: Params, canvas: Canvas) -> Iterator[Part]:
    """Yield what fits: the input beside the two, or above them, or each below the one before."""
    # Wide cells would have to be so low in the end that nothing was won.
    least = [("row", canvas.least, False), ("two", 24.0, False), ("column", 24.0, False),
             ("column", _SMALLEST, True)]  # fmt: skip
    for arrangement, smallest, square in least:
        for side in range(int(canvas.cell), int(smallest) - 1, -2):
            body = _body(p, side, arrangement, canvas, square=square)
            if body(None).width <= canvas.width:
                yield body
    yield _body(p, _SMALLEST, "column", canvas, square=True)


def _body(p: Params, side: float, arrangement: str, canvas: Canvas, *, square: bool) -> Part:
    gap = canvas.cell * 0.3
    kernels = (("kernel", p.kernel.rows), ("turned", turned(p.kernel.rows)))
    looks = [
        Look(
            Sliding(p.input.rows, p.plane, "zeros", False, kernel, "", chunks),
            trace[1], canvas, side, "row",
        )
        for kernel, trace in zip(kernels, p.traces, strict=True)
    ]  # fmt: skip
    drawn = [look.weighing() or space() for look in looks]
    differ = differing(p)

    def line(which: int, step: Step | None) -> Box:
        # As wide as the other, so that the outputs stand below each other.
        weights = replace(drawn[which], width=max(box.width for box in drawn))
        output = _output(p, which, looks[which].steps, step, differ, side, canvas, square=square)
        signs = sign("⋆∗"[which], canvas), sign("=", canvas)
        if arrangement == "column":
            return column([row([signs[0], weights], gap), output], gap)
        return row([signs[0], weights, signs[1], output], gap)

    def body(step: Step | None) -> Box:
        active = looks[step.at[0] if step else 0]
        reading = active.reading(replace(step, at=step.at[1:]) if step else None)
        both = column([line(0, step), line(1, step)], gap * 1.5)
        return (row if arrangement == "row" else column)([reading, both], gap * 1.5)

    return body


def _output(
    p: Params,
    which: int,
    steps: tuple[Step, ...],
    step: Step | None,
    differ: frozenset[tuple[int, int]],
    side: float,
    canvas: Canvas,
    *,
    square: bool,
) -> Box:
    """Draw one of the outputs; at every stop the first is told before the second."""
    height, width = p.plane.output
    stop = (step.index + 1) // 2 if step else len(steps)
    known = stop - 1 if step and which > step.at[0] else stop
    now = step is not None and which == step.at[0]

    def cell(index: int) -> Cell:
        if index >= known:
            return Cell(role="empty")
        text = shown(steps[index].value)
        if step is None or (now and index == stop - 1):
            return Cell(text, "result-cell", "result-ink", "bold" if step else "regular")
        return Cell(text, "cell", "ink")

    cells = [[cell(r * width + c) for c in range(width)] for r in range(height)]
    frame = Frame("result", 0, 0, height, width)
    if step:
        # While the second is told, the first keeps its cell of this stop in a thinner frame.
        frame = Frame("result" if now else "line", *divmod(stop - 1, width), 1, 1)
    texts = {shown(each.value) for each in steps}
    wide = side if square else roomy(texts, side)
    body = grid(cells, side, [frame], texts, wide)
    # Both numbers of a stop are known once the second has been told.
    both = stop if step is None or step.at[0] == 1 else stop - 1
    corners = [
        mark
        for r, c in sorted(differ)
        if r * width + c < both
        for mark in _corner(side).moved((c + 1) * wide - side, r * side)
    ]
    return labelled(_NAMES[which], "", replace(body, parts=(*body.parts, *corners)), canvas)


def _corner(side: float) -> Box:
    """Draw the mark of a cell that differs: its filled corner."""
    start, size = side * 0.97, side * 0.24
    points = ((start - size, side * 0.03), (start, side * 0.03), (start, side * 0.03 + size))
    return Box(side, side, (Poly(points, "ink", closed=True),))


def _legend(p: Params, canvas: Canvas) -> Box:
    cells, differ = len(p.traces[0][1]), len(differing(p))
    if not differ:
        return words("the two are equal in every cell", canvas.text * 1.1, "result-ink", "bold")
    text = words(_differ(differ, cells).rpartition(" and ")[0], canvas.text * 1.1, "muted")
    cell = canvas.text * 2
    mark = Box(cell * 0.24, cell * 0.24, _corner(cell).moved(cell * (0.24 - 0.97), 0))
    return row([mark, text], cell * 0.2)


KIND = Kind(
    title="Cross-correlation and convolution",
    says="the same data with the kernel as it is and turned, and where the two differ",
    params=Params,
    solve=solve,
    draw=draw,
)
