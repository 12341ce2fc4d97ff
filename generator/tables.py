"""Numbers from a file of one's own: a table of text, an array of NumPy's, or a picture."""

from __future__ import annotations

import csv
import re
import tokenize
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from generator import photos
from generator.errors import Problem, UserError, shorten, wrong
from generator.numerals import Number, exact

if TYPE_CHECKING:
    import numpy as np

#: Rows of exact numbers.
Rows: TypeAlias = tuple[tuple[Number, ...], ...]

_TEXT, _ARRAY = (".csv", ".tsv", ".txt"), ".npy"
#: A name that ends so is a file's; ``1/3``, ``sobel-x`` and ``[[1.5]]`` do not.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,7}")
#: The largest matrix there is takes a sixth of it, with the longest numbers [bytes].
_MOST_TEXT = 2**20
#: A file of words has as many problems as cells; nobody reads more of them than this.
_MOST_PROBLEMS = 8
_READABLE = "so that every number can be read"
#: What NumPy raises over a broken header; it reads one as Python reads a program.
_BROKEN = (
    OSError, EOFError, ValueError, TypeError, SyntaxError, tokenize.TokenError, OverflowError,
    MemoryError, RecursionError,
)  # fmt: skip
#: A cell of a heading, and not a number such as ``4e1``.
_WORD = re.compile(r"^(?!\s*[-+]?(nan|inf))(.*[^\W\d_]{2}|\s*[^\W\d_]\w*\s*$)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"\s*[-+−]?\d+,\d+\s*")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold.

    Parameters
    ----------
    axes
        How many axes an array may have.
    widest
        The most rows or columns.
    deepest
        The most matrices.
    picture
        How wide and how high a picture may be that is not asked for in a number of columns;
        `widest` if not given.
    columns
        What a picture is reduced to, if that is asked for.
    """

    axes: tuple[int, ...]
    widest: int
    deepest: int = 1
    picture: int | None = None
    columns: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held: matrices, and with how many axes it held them.

    One row of text is a list where a list may be; every other table has two axes.
    """

    planes: tuple[Rows, ...]
    axes: int


def named(value: object) -> str | None:
    """Return the name if `value` names a file: any path, and text that ends in a suffix.

    >>> named("data.csv"), named("sobel-x"), named("1/3"), named([[1]])
    ('data.csv', None, None, None)
    """
    if isinstance(value, PathLike):
        return str(fspath(value))
    return value if isinstance(value, str) and _SUFFIX.fullmatch(Path(value).suffix) else None


def read(name: str, bounds: Bounds) -> Table:
    """Return the numbers of a file.

    Numbers in text are kept exactly as they are written. A picture is turned, flattened and
    averaged as :func:`generator.photos.grey` does, until both its sides fit; where several
    matrices are wanted, it gives its red, its green and its blue.

    Parameters
    ----------
    name
        A file in the working folder, or where :func:`generator.photos.look_in` was told to look:
        .csv, .tsv or .txt (commas, semicolons, tabs or blanks between the numbers), .npy, or a
        picture that Pillow reads.
    bounds
        What it may hold.

    Raises
    ------
    UserError
        If there is no such file, or with everything that is wrong in it.
    """
    if not name.isprintable():
        raise wrong(ascii(name), "a name that can be printed")
    try:
        path = photos.find(name)
    except OSError as error:
        raise wrong(name, "a file that is there", hint=error.strerror or "") from None
    if path is None:
        raise wrong(name, "a file that is there", hint=photos.missing(name))
    suffix = path.suffix.lower()
    if bounds.columns is not None and suffix in (*_TEXT, _ARRAY):
        said = "is for pictures; numbers stay as they are"
        raise UserError([Problem("", "columns", "", said)])
    if suffix in _TEXT:
        return _text(path, bounds)
    if suffix == _ARRAY:
        return _array(path, bounds)
    if suffix not in photos.suffixes():
        raise wrong(path.name, f"a picture, or numbers in {', '.join(_TEXT)} or {_ARRAY}")
    side = bounds.picture or bounds.widest
    columns, height = (bounds.columns, bounds.widest) if bounds.columns else (side, side)
    if bounds.deepest > 1:
        return Table(photos.colour(str(path), columns, height=height), 3)
    return Table((photos.grey(str(path), columns, height=height),), 2)


def _text(path: Path, bounds: Bounds) -> Table:
    """Read a table of text; empty lines count as lines, as they do in an editor."""
    lines = [
        (place, cells)
        for place, cells in enumerate(_cells(path), 1)
        if any(cell.strip() for cell in cells)
    ]
    if not lines:
        raise wrong(f"an empty file, {path.name}", "at least one number")
    _fitting(path, len(lines), max(len(cells) for _, cells in lines), bounds.widest)
    problems: list[Problem] = []
    if len(lines) > 1 and all(map(_WORD.search, lines[0][1])):
        place = lines.pop(0)[0]
        hint = "delete this line"
        problems.append(Problem("", f"{path.name}, row {place}", "a heading", "numbers", hint))
    rows = [_row(path, place, cells, problems) for place, cells in lines]
    if not problems:
        place, first = lines[0][0], len(rows[0])
        problems = [
            Problem("", f"{path.name}, row {at}", _count(len(row), "number"),
                    f"{first}, as many as in row {place}")
            for (at, _), row in zip(lines, rows, strict=True)
            if len(row) != first
        ]  # fmt: skip
    _told(problems)
    return Table((tuple(rows),), 1 if len(rows) == 1 and 1 in bounds.axes else 2)


def _cells(path: Path) -> Iterable[Sequence[str]]:
    """Return the lines of a text file, cut where its own sign cuts them."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_TEXT + 1)
    except OSError as error:
        raise wrong(path.name, "a file that can be read", hint=error.strerror or "") from None
    if len(data) > _MOST_TEXT:
        raise wrong(f"a larger file, {path.name}", f"at most {_MOST_TEXT // 2**20} MB of text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "a spreadsheet calls it CSV UTF-8 when it saves"
        raise wrong(path.name, "text in UTF-8", hint=hint) from None
    lines = text.splitlines()
    for sign in "\t;,":
        if sign in text:
            try:
                return list(csv.reader(lines, delimiter=sign))
            except csv.Error:
                raise wrong(path.name, "a table of numbers") from None
    return [line.split() for line in lines]


def _row(
    path: Path, place: int, cells: Iterable[object], problems: list[Problem], matrix: str = ""
) -> tuple[Number, ...]:
    """Return the numbers of a row, and add what is wrong with it to `problems`."""
    numbers: list[Number] = []
    for column, cell in enumerate(cells, 1):
        try:
            numbers.append(exact(cell))
        except ValueError as error:
            got = f"'{shorten(cell)}'" if str(cell).strip() else "an empty cell"
            wanted, hint = str(error), ""
            if _DECIMAL_COMMA.fullmatch(str(cell)):
                wanted = "a number with a decimal point"
            elif wanted.startswith("a decimal"):
                hint = "round it first"
            key = f"{path.name}, {matrix}row {place}, column {column}"
            problems.append(Problem("", key, got, wanted, hint))
    return tuple(numbers)


def _array(path: Path, bounds: Bounds) -> Table:
    """Read an array; its header is judged before any number is read, and nothing is unpickled."""
    from numpy.lib import format as npy

    try:
        with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
            is_first = npy.read_magic(file) == (1, 0)
            header = npy.read_array_header_1_0 if is_first else npy.read_array_header_2_0
            shape, _, dtype = header(file)
            _judge(path, shape, dtype, bounds)
            file.seek(0)
            array = npy.read_array(file, allow_pickle=False)
    except _BROKEN:
        raise wrong(path.name, "an array as numpy.save writes it, whole") from None
    # NumPy's own text for a number is the shortest that means it: 0.1, in 32 bits too.
    kind = str if dtype.kind == "f" else int
    problems: list[Problem] = []
    whole = array.reshape((1, 1, *shape)[-3:])
    planes = tuple(
        tuple(
            _row(path, place, map(kind, row), problems, f"matrix {i}, " if len(whole) > 1 else "")
            for place, row in enumerate(plane, 1)
        )
        for i, plane in enumerate(whole, 1)
    )
    _told(problems)
    return Table(planes, len(shape))


def _judge(path: Path, shape: tuple[int, ...], dtype: np.dtype, bounds: Bounds) -> None:
    """Raise if an array is of the wrong sort, by what its header says."""
    problems = []
    if dtype.kind not in "biuf":
        got = "objects" if dtype.hasobject else dtype.name
        problems.append(Problem("", path.name, f"an array of {got}", "an array of numbers"))
    if len(shape) not in bounds.axes:
        names = {1: "1 (a list)", 2: "2 (rows, columns)", 3: "3 (matrices, rows, columns)"}
        wanted = " or ".join(names[axes] for axes in bounds.axes)
        got = f"{_count(len(shape), 'axis', 'axes')}, {shorten(list(shape))}"
        problems.append(Problem("", path.name, got, wanted))
    elif min(shape) < 1:
        problems.append(Problem("", path.name, "an empty array", "at least one number"))
    if problems:
        raise UserError(problems)
    depth, height, width = (1, 1, *shape)[-3:]
    _fitting(path, height, width, bounds.widest)
    if depth > bounds.deepest:
        hint = "the channels come first: (C, H, W)" if width <= 4 else ""
        raise wrong(f"{depth} matrices", f"at most {bounds.deepest}", key=path.name, hint=hint)


def _fitting(path: Path, height: int, width: int, widest: int) -> None:
    problems = [
        Problem("", path.name, f"{length:,} {word}", f"at most {widest}, {_READABLE}")
        for length, word in ((height, "rows"), (width, "columns"))
        if length > widest
    ]
    if problems:
        raise UserError(problems)


def _told(problems: Sequence[Problem]) -> None:
    """Raise the problems there are; of very many, the first."""
    if rest := problems[_MOST_PROBLEMS:]:
        file = rest[0].key.partition(", row")[0].partition(", matrix")[0]
        more = Problem("", file, "", f"has {_count(len(rest), 'more problem')} of this sort")
        raise UserError([*problems[:_MOST_PROBLEMS], more])
    if problems:
        raise UserError(problems)


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
