"""Exercises and sheets: made, written to files, read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Problem, UserError, unknown
from generator.export._export import Setup
from generator.figures import EXPORTS, Figure
from generator.files import write_all
from generator.model import Spec
from generator.paper import Exercise, Sheet
from generator.scene.film import Film

if TYPE_CHECKING:
    from generator.export._records import ReadSpec


def exercise(name: str) -> Exercise:
    """Return the exercise of an id, such as ``output-size.2@1/fern-12``, years later too.

    Raises
    ------
    UserError
        If it is no id, or of another version of its family.

    Examples
    --------
    >>> exercise("output-size.2@1/fern-12").questions[0].answer
    31
    """
    from generator.exercises._make import remake

    return remake(name)


def variant(family: str, seed: str, level: int = 1) -> Exercise:
    """Return the exercise of a family that a seed makes.

    Parameters
    ----------
    family
        One of ``catalogue()["families"]``, or a file of one's own that ends in ``.py``.
    seed
        A word or a number.
    level
        From 1, easy, to 3.

    Raises
    ------
    UserError
        If there is no such family or level.

    Examples
    --------
    >>> variant("output-size", "fern-12", 2) == exercise("output-size.2@1/fern-12")
    True
    """
    from generator.exercises._families import FAMILIES
    from generator.exercises._make import make

    (name,) = families([family])
    if name not in FAMILIES:
        raise UserError([unknown("exercise family", name, FAMILIES)])
    return make(FAMILIES[name], level, seed)


def families(names: Sequence[str]) -> list[str]:
    """Return the names of families; what ends in ``.py`` is a file, which is read.

    Raises
    ------
    UserError
        With every unknown family, and with what is wrong with a file.
    """
    from generator.exercises._families import FAMILIES

    found, problems = loaded(names)
    problems += [unknown("exercise family", n, FAMILIES) for n in found if n not in FAMILIES]
    if problems:
        raise UserError(problems)
    return found


def loaded(names: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Return the names of families, files read, and what is wrong with the files."""
    from generator.exercises._families import FAMILIES

    problems: list[Problem] = []
    found: list[str] = []
    for name in names:
        try:
            found.append(FAMILIES.load(name) if name.endswith(".py") else name)
        except UserError as error:
            problems += error.problems
    return found, problems


def exercise_text(made: Exercise, *, hints: bool = False, solution: bool = False) -> str:
    """Return an exercise as plain text, with its hints and with its solution if wanted.

    >>> print(exercise_text(exercise("output-size.1@1/fern-12")).splitlines()[0])
    Size of the feature map · level 1 · 1 point
    """
    from generator.export._exercise_text import exercise_text

    return exercise_text(made, film, hints=hints, solution=solution)


def sheet_from(path: str | Path, spec: ReadSpec) -> Sheet:
    """Return the sheet that a JSON file holds; `spec` reads the pictures' specs.

    Raises
    ------
    UserError
        If it is no such file.
    """
    from generator.export._sheet_json import read_sheet

    try:
        data = Path(path).read_bytes()
        return read_sheet(data, spec)
    except OSError as error:
        raise UserError([Problem(str(path), "", "", error.strerror or "cannot be read")]) from None
    except UserError as error:
        raise UserError(
            each if each.where else replace(each, where=str(path)) for each in error.problems
        ) from None


def sheet_schema() -> dict[str, Any]:
    """Return the JSON Schema of a sheet in JSON.

    >>> sheet_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    from generator.export._schema import sheet_schema

    return sheet_schema()


def unknown_formats(formats: Sequence[str]) -> list[Problem]:
    """Return the problems of formats in which there are no sheets."""
    known = [name for name, export in EXPORTS.items() if export.sheet]
    return [unknown("format", name, known) for name in formats if name not in known]


def save_sheet(
    made: Sheet, formats: Sequence[str], folder: str | Path, setup: Setup | None = None
) -> list[Path]:
    """Write the sheet, its key and its solutions in every format, all files or none.

    Parameters
    ----------
    made
        The sheet.
    formats
        Some of the formats that have sheets: ``pdf``, ``html``, ``md``, ``json``.
    folder
        Where to.
    setup
        How it is printed.

    Returns
    -------
    list of Path
        What was written: ``sheet.md``, ``key.md``, ``solutions.md``, …; JSON has everything in
        one, ``key.json``.

    Raises
    ------
    UserError
        With every format there is not, or if a file cannot be written.
    """
    files = {Path(folder) / name: data for name, data in sheet_files(made, formats, setup).items()}
    write_all(files)
    return list(files)


def sheet_files(
    made: Sheet, formats: Sequence[str], setup: Setup | None = None
) -> dict[str, bytes]:
    """Return the files of a sheet by their names; see :func:`save_sheet`.

    Raises
    ------
    UserError
        With every format there is not.
    """
    if problems := unknown_formats(formats):
        raise UserError(problems)
    return {
        f"{part}.{name}": writer(made, part, film, setup or Setup())
        for name in formats
        if (writer := EXPORTS[name].sheet)
        for part in EXPORTS[name].parts
    }


def film(spec: Spec) -> Film:
    """Return the pictures of a spec, as they stand in exercises: the text around them is title."""
    return Figure(spec).film("page")
