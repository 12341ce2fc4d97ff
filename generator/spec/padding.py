"""Padding as a parameter: a number, a pair, two pairs, or ``valid``, ``same``, ``full``."""

from __future__ import annotations

from typing import TypeAlias

from generator.engine.shapes import PADDING_WORDS, Axis, PaddingWord, Sides, padding_sides
from generator.errors import Problem, unknown, wrong
from generator.spec.fields import Field, gather, listed, whole

#: A word, or the cells (before, after) of rows and of columns.
Padding: TypeAlias = "PaddingWord | tuple[Sides, Sides]"

_MOST = 100
NONE: Padding = ((0, 0), (0, 0))


class PaddingField(Field[Padding]):
    """A number for all sides, ``[rows, columns]``, ``[[top, bottom], [left, right]]``, or a word.

    >>> field = PaddingField("zeros around the input")
    >>> field.parse("1"), field.parse([0, 1]), field.parse("same")
    (((1, 1), (1, 1)), ((0, 0), (1, 1)), 'same')
    """

    metavar = "N|[N,N]|WORD"
    WANTED = "a whole number of at least 0, a pair, or one of " + ", ".join(PADDING_WORDS)

    def parse(self, value: object) -> Padding:
        """Read any of the four spellings."""
        items = listed(value)
        if items is None:
            return self._one(value)
        if len(items) != 2:
            raise wrong(value, self.WANTED)
        rows, columns = gather(zip(("rows", "columns"), items, strict=True), _sides)
        return rows, columns

    def _one(self, value: object) -> Padding:
        if value in PADDING_WORDS:
            return value
        if isinstance(value, str) and value.isalpha():
            near = unknown("word", value, PADDING_WORDS).hint
            raise wrong(value, self.WANTED, hint=near if near.startswith("did") else "")
        sides = _sides(value)
        return sides, sides

    def show(self, value: Padding) -> object:
        """Show the shortest spelling."""
        if isinstance(value, str):
            return value
        if any(before != after for before, after in value):
            return [list(sides) for sides in value]
        (rows, _), (columns, _) = value
        return rows if rows == columns else [rows, columns]


def _sides(value: object) -> Sides:
    items = listed(value)
    if items is None:
        both = whole(value, 0, _MOST)
        return both, both
    if len(items) != 2:
        raise wrong(value, "a whole number, or two: before, after")
    before, after = (whole(item, 0, _MOST) for item in items)
    return before, after


def axis(
    which: int, size: int, kernel: int, stride: int, padding: Padding, dilation: int
) -> Axis | Problem:
    """Return the geometry of one axis, or what is wrong with it.

    Parameters
    ----------
    which
        0 for rows, 1 for columns.
    size, kernel, stride, dilation
        As in :class:`~generator.engine.shapes.Axis`.
    padding
        As :class:`PaddingField` reads it.

    Examples
    --------
    >>> axis(0, 6, 3, 1, "same", 1).output
    6
    >>> print(axis(1, 2, 3, 1, ((0, 0), (0, 0)), 1))
    kernel: got 3 columns, wanted at most 2, the columns of the input with its padding
    """
    if isinstance(padding, str):
        before, after = padding_sides(padding, size, kernel, stride, dilation)
    else:
        before, after = padding[which]
    extent, padded = dilation * (kernel - 1) + 1, before + size + after
    if extent <= padded:
        return Axis(size, kernel, stride, before, after, dilation)
    word = ("rows", "columns")[which]
    got = f"{extent} {word}" + (f" (dilation {dilation})" if dilation > 1 else "")
    wanted = f"at most {padded}, the {word} of the input with its padding"
    return Problem("", "kernel", got, wanted)
