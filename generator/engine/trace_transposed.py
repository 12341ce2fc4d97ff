"""The readable transposed convolution: every cell of the input stamps the kernel."""

from __future__ import annotations

from generator.engine.shapes import Axis, Plane
from generator.engine.trace_steps import Trace, place, sum_in_words, told
from generator.model import Region, Rows, Step, Term
from generator.numerals import Number, total


def convolve_transposed(x: Rows, w: Rows, plane: Plane, *, bias: Number = 0) -> Trace:
    r"""Stamp a kernel at every cell of a matrix, and keep for every cell what was stamped on it.

    .. math:: y_{rc} = b + \sum_{ij} x_{ij} \, w_{ab}
        \quad\text{where } iS + aD - P = r \text{ and } jS + bD - P = c

    Parameters
    ----------
    x : (H, W)
        The input.
    w : (K, L)
        The kernel.
    plane
        How the window walks of the convolution that this is the transpose of: its ``size`` is the
        size of the result. It may have more positions than `x` has cells, as it does where
        ``output_padding`` reaches the stride; there is nothing to stamp there.
    bias
        Added to every cell, as one more term whose input is 1.

    Returns
    -------
    rows : (plane.rows.size, plane.columns.size)
        The map.
    steps
        One for every cell of it, in reading order. Its terms are the stamps that reach the cell,
        by the input cells they come from, and add up to its value; its window is the rectangle of
        those input cells, ``None`` where no stamp reaches.

    Examples
    --------
    >>> plane = Plane(Axis(3, 2), Axis(3, 2))
    >>> rows, steps = convolve_transposed(((1, 2), (3, 4)), ((1, 1), (1, 1)), plane)
    >>> rows
    ((1, 3, 2), (4, 10, 6), (3, 7, 4))
    >>> steps[4].says
    'Row 2, column 2: 1·1 + 2·1 + 3·1 + 4·1 = 10.'
    """
    down, across = _reaching(plane.rows, len(x)), _reaching(plane.columns, len(x[0]))
    width = plane.columns.size
    steps = []
    for r, rows in enumerate(down):
        for c, columns in enumerate(across):
            terms = [Term(x[i][j], w[a][b], (i, j)) for i, a in rows for j, b in columns]
            window = _around(rows, columns) if terms else None
            if bias:
                terms.append(Term(1, bias, bias=True))
            value = total([term.product for term in terms])
            words = (
                sum_in_words(tuple(terms), value) if terms else "no stamp reaches it, so it is 0"
            )
            says = f"{place(r, c, line=plane.line)}: {words}."
            steps.append(Step(r * width + c + 1, (r, c), window, tuple(terms), value, says))
    return told(steps, width)


def _reaching(axis: Axis, cells: int) -> list[list[tuple[int, int]]]:
    """Return for every cell of the result which input cells reach it, and with which weight."""
    reaching: list[list[tuple[int, int]]] = [[] for _ in range(axis.size)]
    for cell in range(cells):
        for weight, at in enumerate(axis.reads(cell)):
            if 0 <= at < axis.size:
                reaching[at].append((cell, weight))
    return reaching


def _around(rows: list[tuple[int, int]], columns: list[tuple[int, int]]) -> Region:
    top, left = rows[0][0], columns[0][0]
    return Region(top, left, rows[-1][0] - top + 1, columns[-1][0] - left + 1)
