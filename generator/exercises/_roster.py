"""Who gets a sheet: a class list as spreadsheets write it, or just a number of sheets."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem, UserError, shorten
from generator.files import read_whole

#: What the columns may be called, in lower case.
_NAME = ("name", "student", "full name", "fullname", "student name")
_FIRST = ("first name", "firstname", "given name")
_LAST = ("last name", "lastname", "surname", "family name")
_ID = ("id", "id number", "student id", "number", "matriculation", "matriculation number", "sis id")
_LONGEST = 120
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Student:
    """One who gets a sheet.

    Parameters
    ----------
    number
        The place in the list, counted from 1.
    name
        As it stands in the list; empty if sheets are only numbered.
    id
        What tells two of the same name apart; may be empty.
    """

    number: int
    name: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What the exercises are drawn from: the same for a student wherever the list has them.

        >>> Student(7, "Ada", "a1").key, Student(7, "Ada").key, Student(7).key
        ('a1', 'Ada', '7')
        """
        return self.id or self.name or str(self.number)

    def stem(self, width: int) -> str:
        """Return a file name that every system takes, and that no other student has.

        >>> Student(7, "Zoë Łuczak-O'Neil").stem(3), Student(8, "../=cmd").stem(3)
        ('007-zoe-uczak-o-neil', '008-cmd')
        >>> Student(9, "ﻡﺮﻴﻣ").stem(3)
        '009'
        """
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
        return f"{self.number:0{width}}-{words}" if words else f"{self.number:0{width}}"


def numbered(count: int) -> tuple[Student, ...]:
    """Return so many students without names."""
    if not 1 <= count <= _MOST:
        wanted = f"a roster, or a number of sheets from 1 to {_MOST:,}"
        raise UserError([Problem("", "students", str(count), wanted)])
    return tuple(Student(number) for number in range(1, count + 1))


def read_roster(path: str | Path) -> tuple[Student, ...]:
    """Read a class list: CSV with a line of headings.

    The columns are found by their headings: ``name``, or ``first name`` and ``last name`` (or
    ``surname``), and an ``id`` if there is one; others are left alone. Commas, semicolons and tabs
    separate; text is UTF-8, with or without a byte order mark.

    Raises
    ------
    UserError
        With everything that is wrong, line by line.
    """
    where = str(path)
    text = _decoded(read_whole(Path(path)), where)
    lines = list(_lines(text))
    if not lines:
        raise UserError([Problem(where, "", "an empty file", "a line of headings with a name")])
    (first, heading), *rest = lines
    columns = _columns(heading)
    if isinstance(columns, Problem):
        raise UserError([columns.at(f"{where}:{first}")])
    students: list[Student] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in rest:
        place = f"{where}:{number}"
        found = [problem.at(place) for problem in _wrong(cells, columns, heading)]
        problems += found
        if found:
            continue
        student = Student(len(students) + 1, _name(cells, columns), _cell(cells, columns.get("id")))
        if (before := seen.setdefault(student.key, number)) != number:
            wanted = "an id column that tells them apart" if not student.id else "an id of its own"
            got = f"{shorten(student.key)}, as in line {before}"
            problems.append(Problem(place, "id" if student.id else "name", got, wanted))
        students.append(student)
    if not students and not problems:
        problems.append(Problem(where, "", "no students", "a line for each under the headings"))
    if problems:
        raise UserError(problems)
    return tuple(students)


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save it as CSV UTF-8"
        raise UserError(
            [Problem(f"{where}:{line}", "", "", "this is no UTF-8 text", hint)]
        ) from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its first line."""
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, [" ".join(cell.split()) for cell in cells]
        line = reader.line_num + 1


def _columns(heading: Sequence[str]) -> dict[str, int] | Problem:
    names = [cell.lower() for cell in heading]
    found: dict[str, int] = {}
    for key, known in (("name", _NAME), ("first", _FIRST), ("last", _LAST), ("id", _ID)):
        places = [names.index(name) for name in known if name in names]
        if places:
            found[key] = places[0]
    if "name" in found or "last" in found:
        return found
    got = shorten(", ".join(heading))
    return Problem("", "", got, "headings with a name, or with first name and last name")


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _name(cells: Sequence[str], columns: Mapping[str, int]) -> str:
    if "name" in columns:
        return _cell(cells, columns["name"])
    parts = (_cell(cells, columns.get("first")), _cell(cells, columns["last"]))
    return " ".join(part for part in parts if part)


def _wrong(
    cells: Sequence[str], columns: Mapping[str, int], heading: Sequence[str]
) -> Iterator[Problem]:
    name = _name(cells, columns)
    if len(cells) > len(heading):
        wanted = f"{len(heading)} as in the headings"
        hint = "a name with a comma stands in quotes"
        yield Problem("", "", f"{len(cells)} cells", wanted, hint)
    elif not name:
        yield Problem("", "name", "nothing", "a name")
    elif len(name) > _LONGEST or not name.isprintable():
        yield Problem("", "name", shorten(name), f"up to {_LONGEST} printable characters")
