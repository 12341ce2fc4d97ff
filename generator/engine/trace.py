"""The readable twin of the kernels: plain Python, exact, with every product kept.

A 7×7 example takes some fifty microseconds here, against a quarter of a second for the first call
of a compiled kernel, and the story comes out with the numbers. Tests tie the two to each other and
to libraries that are not ours (ADR 1).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from generator.engine.shapes import PaddingMode, Plane
from generator.engine.trace_channels import convolve_channels, linear
from generator.engine.trace_steps import Trace, place, read, step_at, sum_in_words, told
from generator.engine.trace_transposed import convolve_transposed
from generator.model import Rows, Step, Term
from generator.numerals import Number, factor, shown, total

PoolMode: TypeAlias = Literal["max", "average"]

__all__ = [
    "PoolMode",
    "Trace",
    "convolve",
    "convolve_at",
    "convolve_channels",
    "convolve_transposed",
    "linear",
    "place",
    "pool",
    "read",
    "turned",
]


def turned(w: Rows) -> Rows:
    """Return a matrix turned by 180°, which is what true convolution does to its kernel.

    >>> turned(((1, 2), (3, 4)))
    ((4, 3), (2, 1))
    """
    return tuple(tuple(reversed(row)) for row in reversed(w))


def convolve(
    x: Rows,
    w: Rows,
    plane: Plane,
    *,
    mode: PaddingMode = "zeros",
    bias: Number = 0,
    flip: bool = False,
) -> Trace:
    r"""Slide a kernel over a matrix and keep every product.

    .. math:: y_{ij} = b + \sum_{ab} w_{ab} \, x_{iS + aD - P,\, jS + bD - P}

    Parameters
    ----------
    x : (H, W)
        The input.
    w : (K, L)
        The kernel.
    plane
        How the window walks, from :mod:`generator.engine.shapes`.
    mode
        What the padding holds.
    bias
        Added to every sum, as one more term whose input is 1.
    flip
        Turn the kernel by 180° first: true convolution instead of cross-correlation.

    Returns
    -------
    rows : (plane.rows.output, plane.columns.output)
        The feature map.
    steps
        One for every cell of it, in reading order; the terms of each add up to its value.

    Examples
    --------
    >>> from generator.engine.shapes import Axis
    >>> x = ((1, 1, 1, 0, 0), (0, 1, 1, 1, 0), (0, 0, 1, 1, 1), (0, 0, 1, 1, 0), (0, 1, 1, 0, 0))
    >>> w = ((1, 0, 1), (0, 1, 0), (1, 0, 1))
    >>> rows, steps = convolve(x, w, Plane(Axis(5, 3), Axis(5, 3)))
    >>> rows
    ((4, 3, 4), (2, 4, 3), (2, 3, 4))
    >>> steps[4].says
    'Row 2, column 2: 1·1 + 1·1 + 1·1 + 1·1 = 4.'
    """
    height, width = plane.output
    return told(
        [
            convolve_at(x, w, plane, divmod(index, width), mode=mode, bias=bias, flip=flip)
            for index in range(height * width)
        ],
        width,
    )


def convolve_at(
    x: Rows,
    w: Rows,
    plane: Plane,
    at: tuple[int, int],
    *,
    mode: PaddingMode = "zeros",
    bias: Number = 0,
    flip: bool = False,
) -> Step:
    """Return one step of :func:`convolve`: a single pixel of a large picture, say.

    Parameters
    ----------
    at
        Row and column of the output, counted from 0; the others as in :func:`convolve`.

    Examples
    --------
    >>> from generator.engine.shapes import Axis
    >>> convolve_at(((1, 2, 3),), ((1, -1),), Plane(Axis(1, 1), Axis(3, 2)), (0, 1)).value
    -1
    """
    weights = turned(w) if flip else w
    terms = [
        Term(read(x, r, c, mode), weights[i][j], (r, c))
        for i, r in enumerate(plane.rows.reads(at[0]))
        for j, c in enumerate(plane.columns.reads(at[1]))
    ]
    if bias:
        terms.append(Term(1, bias, bias=True))
    return step_at(plane, at, tuple(terms), sum_in_words)


#: A window with more numbers than this is told by how many they are and by their sum.
WRITTEN = 25


def pool(x: Rows, plane: Plane, mode: PoolMode) -> Trace:
    """Keep the largest number of every window, or their average.

    Padding is never the largest; in an average it counts as zeros, as torch's
    ``count_include_pad=True`` does. The weights of a step say what pooling is: 1/n everywhere for
    an average, and for a maximum 1 at the (first) largest number and 0 elsewhere.

    >>> from generator.engine.shapes import Axis
    >>> x = ((1, 1, 2, 4), (5, 6, 7, 8), (3, 2, 1, 0), (1, 2, 3, 4))
    >>> pool(x, Plane(Axis(4, 2, 2), Axis(4, 2, 2)), "max")[0]
    ((6, 8), (3, 4))
    """
    terms_at, words = (_largest, _max_in_words) if mode == "max" else (_average, _mean_in_words)
    height, width = plane.output
    return told(
        [
            step_at(plane, at, terms_at(x, plane, at), words)
            for at in (divmod(index, width) for index in range(height * width))
        ],
        width,
    )


def _average(x: Rows, plane: Plane, at: tuple[int, int]) -> tuple[Term, ...]:
    cells = _cells(plane, at)
    share = total([Fraction(1, len(cells))])
    return tuple(Term(read(x, r, c, "zeros"), share, (r, c)) for r, c in cells)


def _largest(x: Rows, plane: Plane, at: tuple[int, int]) -> tuple[Term, ...]:
    # A window in the padding alone would have no maximum; callers keep padding to half a window.
    inside = [(r, c) for r, c in _cells(plane, at) if 0 <= r < len(x) and 0 <= c < len(x[0])]
    winner = max(inside, key=lambda cell: x[cell[0]][cell[1]])
    return tuple(Term(x[r][c], int((r, c) == winner), (r, c)) for r, c in inside)


def _cells(plane: Plane, at: tuple[int, int]) -> list[tuple[int, int]]:
    return [(r, c) for r in plane.rows.reads(at[0]) for c in plane.columns.reads(at[1])]


def _max_in_words(terms: tuple[Term, ...], value: Number) -> str:
    if len(terms) > WRITTEN:
        return f"the largest of its {len(terms):,} numbers is {shown(value)}"
    return f"the largest of {', '.join(shown(term.x) for term in terms)} is {shown(value)}"


def _mean_in_words(terms: tuple[Term, ...], value: Number) -> str:
    if len(terms) > WRITTEN:
        many, whole = f"{len(terms):,}", shown(total([term.x for term in terms]))
        return f"its {many} numbers add up to {whole}, and {whole} / {many} = {shown(value)}"
    summed = " + ".join(factor(term.x) for term in terms)
    return f"({summed}) / {len(terms)} = {shown(value)}"
