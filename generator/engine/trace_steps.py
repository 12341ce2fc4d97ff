"""What all traces share: reading a cell, one step, all steps as rows, and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from generator.engine.shapes import PaddingMode, Plane, source
from generator.model import Region, Rows, Step, Term
from generator.numerals import Number, shown, total

Trace: TypeAlias = tuple[Rows, tuple[Step, ...]]


def read(x: Rows, row: int, column: int, mode: PaddingMode) -> Number:
    """Return the number at a cell that may lie in the padding.

    >>> read(((1, 2), (3, 4)), -1, 0, "zeros"), read(((1, 2), (3, 4)), -1, 0, "replicate")
    (0, 1)
    """
    r, c = source(row, len(x), mode), source(column, len(x[0]), mode)
    return 0 if r is None or c is None else x[r][c]


def step_at(
    plane: Plane,
    at: tuple[int, int],
    terms: tuple[Term, ...],
    words: Callable[[tuple[Term, ...], Number], str],
) -> Step:
    """Sum the terms of one position and say what happened."""
    width = plane.columns.output
    value = total([term.product for term in terms])
    window = Region(
        plane.rows.start(at[0]), plane.columns.start(at[1]), plane.rows.extent, plane.columns.extent
    )
    says = f"{place(*at, line=plane.line)}: {words(terms, value)}."
    return Step(at[0] * width + at[1] + 1, at, window, terms, value, says)


def told(steps: list[Step], width: int) -> Trace:
    """Return the values of all steps as rows of `width`, and the steps."""
    values = [step.value for step in steps]
    rows = tuple(tuple(values[i : i + width]) for i in range(0, len(values), width))
    return rows, tuple(steps)


def place(row: int, column: int, *, line: bool) -> str:
    """Return a cell's place in words, counted from 1; a line has no rows.

    >>> place(0, 2, line=False), place(0, 2, line=True)
    ('Row 1, column 3', 'Position 3')
    """
    return f"Position {column + 1}" if line else f"Row {row + 1}, column {column + 1}"


def sum_in_words(terms: tuple[Term, ...], value: Number) -> str:
    """Leave out what is zero: a listener wants to hear what counts."""
    counted = [term for term in terms if term.product]
    if not counted:
        return f"every product is 0, and so is the sum, {shown(value)}"
    products = [f"{term} (bias)" if term.bias else str(term) for term in counted]
    return f"{' + '.join(products)} = {shown(value)}"
