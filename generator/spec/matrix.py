"""Matrices as parameters: written out, drawn by seed, or called by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.dice import Dice
from generator.errors import Problem, UserError, unknown, wrong
from generator.model import Rows
from generator.numerals import Number, plain
from generator.spec.build import build, shown_values
from generator.spec.fields import (
    Field,
    Seed,
    Whole,
    gather,
    listed,
    number,
    param,
    under,
    whole,
)
from generator.spec.own import from_file
from generator.tables import Bounds, Table

#: A worked example shows every number: beyond this nobody could read them.
WIDEST = 32
#: No matrix is larger, even where a part of it alone is shown.
LARGEST = 64


class Shape(Field[tuple[int, ...]]):
    """One or two lengths."""

    metavar = "[N,N]"

    def parse(self, value: object) -> tuple[int, ...]:
        """Read ``5``, ``[5]`` or ``[5, 5]``."""
        items = listed(value) or [value]
        if len(items) > 2:
            raise wrong(value, "one or two lengths")
        return tuple(whole(item, 1, LARGEST) for item in items)

    def show(self, value: tuple[int, ...]) -> object:
        """Show a list."""
        return list(value)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a matrix is drawn: the same shape, range and seed give the same numbers for ever.

    >>> Drawn((2, 2), 0, 9, "fern-12").rows()
    ((4, 5), (6, 4))
    """

    shape: tuple[int, ...] = param(Shape("rows and columns"))
    low: int = param(Whole("the smallest number", least=-9999))
    high: int = param(Whole("the largest number", least=-9999))
    seed: str = param(Seed("a word or a number; the same one draws the same numbers"))

    def problems(self) -> Iterable[Problem]:
        """Yield what is wrong between the parameters."""
        if self.low > self.high:
            yield Problem("", "high", str(self.high), f"at least {self.low}, the low one")

    def rows(self) -> Rows:
        """Return the numbers."""
        height, width = (1, *self.shape)[-2:]
        return Dice(self.seed).matrix("matrix", height, width, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix, or a line (`line` is true), and how it was asked for.

    Parameters
    ----------
    rows
        The numbers; a line has one row.
    line
        Whether it has one dimension.
    origin
        What it was drawn from or the name it was called by; ``None`` if it was written out.
    """

    rows: Rows
    line: bool = False
    origin: Drawn | str | None = None

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0])

    @property
    def size(self) -> str:
        """Its shape in words, ``5 × 5``.

        >>> Matrix(((1, 2, 3),)).size, Matrix(((1, 2, 3),), line=True).size
        ('1 × 3', '3')
        """
        return str(self.width) if self.line else f"{self.height} × {self.width}"


class MatrixField(Field[Matrix]):
    """``[[1, 0], [0, 1]]``, ``[1, 2, 3]``, ``{shape: [5, 5], low: 0, high: 9, seed: fern-12}``.

    The name of a file stands for the numbers in it: ``data.csv``, ``data.npy``, ``photo.jpg``, or
    ``{file: photo.jpg, columns: 12}``. The numbers are kept, not the name.

    Parameters
    ----------
    help
        One line for ``--help``.
    named
        Matrices that may be called by name.
    line
        Whether one dimension is allowed.
    widest
        The most rows or columns.
    column
        Whether nothing but a list will do, so that a file's one column is one.
    picture
        How wide and high a picture file becomes, if its columns are not asked for; `widest` if
        not given.
    """

    metavar = "MATRIX|FILE"

    def __init__(
        self,
        help: str,  # noqa: A002
        *,
        named: Mapping[str, Rows] | None = None,
        line: bool = True,
        widest: int = WIDEST,
        column: bool = False,
        picture: int | None = None,
    ) -> None:
        super().__init__(help)
        self.widest = widest
        self.column = column
        self.picture = picture
        self.named = named or {}
        self.line = line

    def parse(self, value: object) -> Matrix:
        """Read a matrix in any of its spellings."""
        if isinstance(value, Matrix):
            return value
        bounds = Bounds((1, 2) if self.line else (2,), self.widest, picture=self.picture)
        if table := from_file(value, bounds):
            return self._tabled(table)
        if isinstance(value, Mapping):
            drawn = build(Drawn, value)
            if len(drawn.shape) == 1 and not self.line:
                raise wrong(value["shape"], "two lengths: rows, columns", key="shape")
            if max(drawn.shape) > self.widest:
                wanted = f"lengths of at most {self.widest}, so that every number can be read"
                raise wrong(value["shape"], wanted, key="shape")
            return Matrix(drawn.rows(), line=len(drawn.shape) == 1, origin=drawn)
        items = listed(value)
        if items is None:
            return self._called(value)
        if not items:
            raise wrong("an empty matrix", "at least one number")
        rows = [listed(item) for item in items]
        if all(row is None for row in rows):
            return self._one_line(items, value)
        return Matrix(_rows(items, self.widest))

    def _tabled(self, table: Table) -> Matrix:
        rows = table.planes[0]
        if self.column and len(rows[0]) == 1:
            rows = tuple(zip(*rows, strict=True))
        return Matrix(rows, line=table.axes == 1 or (self.column and len(rows) == 1))

    def _one_line(self, items: list[object], value: object) -> Matrix:
        if not self.line:
            raise wrong(value, "a matrix: a list of rows, each a list of numbers")
        return Matrix((_row(items, "column", self.widest),), line=True)

    def _called(self, value: object) -> Matrix:
        if isinstance(value, str) and value in self.named:
            return Matrix(self.named[value], origin=value)
        wanted = "a matrix such as [[1, 0], [0, 1]]"
        if not self.named:
            raise wrong(value, wanted)
        raise wrong(
            value, wanted + ", or a name", hint=unknown("name", str(value), self.named).hint
        )

    def show(self, value: Matrix) -> object:
        """Show it as it was asked for."""
        if isinstance(value.origin, str):
            return value.origin
        if isinstance(value.origin, Drawn):
            return shown_values(value.origin)
        rows = [[plain(number) for number in row] for row in value.rows]
        return rows[0] if value.line else rows


def _rows(items: list[object], widest: int) -> Rows:
    """Read every row; tell all that is wrong with all of them."""
    if len(items) > widest:
        raise wrong(f"{len(items)} rows", f"at most {widest}, so that every number can be read")
    problems: list[Problem] = []
    rows = []
    for place, item in enumerate(items, 1):
        name = f"row {place}"
        cells = listed(item)
        try:
            if cells is None:
                raise wrong(item, "a row: a list of numbers")
            if not cells:
                raise wrong("an empty row", "at least one number")
            rows.append(_row(cells, "column", widest))
        except UserError as error:
            problems += under(name, error.problems)
    lengths = {len(row) for row in rows}
    if not problems and len(lengths) > 1:
        first = len(rows[0])
        problems += [
            Problem("", f"row {place}", _numbers(row), f"{first}, as many as in row 1")
            for place, row in enumerate(rows, 1)
            if len(row) != first
        ]
    if problems:
        raise UserError(problems)
    return tuple(rows)


def _numbers(row: tuple[Number, ...]) -> str:
    return "1 number" if len(row) == 1 else f"{len(row)} numbers"


def _row(cells: list[object], word: str, widest: int) -> tuple[Number, ...]:
    if len(cells) > widest:
        raise wrong(f"{len(cells)} {word}s", f"at most {widest}, so that every number can be read")
    if any(listed(cell) is not None for cell in cells):
        raise wrong("lists in lists in lists", "two dimensions: a list of rows")
    named = ((f"{word} {place}", cell) for place, cell in enumerate(cells, 1))
    return tuple(gather(named, number))
