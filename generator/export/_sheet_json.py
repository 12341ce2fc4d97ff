"""Exercise sheets as JSON: the master record, from which every other format could be made.

It holds all there is: questions, exact answers, mistakes, hints, solutions. So it is written once,
as the key, and never as something that could be handed out by accident.
"""

from __future__ import annotations

from json import dumps, loads

from generator.errors import Problem, UserError
from generator.export._export import Draw, Part, Setup
from generator.export._records import ReadSpec, sheet_of, written
from generator.export._schema import FORMAT
from generator.paper import Sheet
from generator.spec.write import mapping


def sheet_json(sheet: Sheet, part: Part, draw: Draw, setup: Setup = Setup()) -> bytes:
    """Write everything, whichever part is asked for: an exercise a line."""
    values = written(sheet, mapping)
    exercises = ",\n  ".join(_json(each) for each in values.pop("exercises"))
    head = [
        f"{_json(key)}: {_json(value)}" for key, value in {"convbook": FORMAT, **values}.items()
    ]
    return ("{\n " + ",\n ".join([*head, f'"exercises": [\n  {exercises}\n ]']) + "\n}\n").encode()


def read_sheet(data: bytes, spec: ReadSpec) -> Sheet:
    """Return the sheet that a file holds.

    Parameters
    ----------
    data
        The file.
    spec
        Reads a picture's spec.

    Raises
    ------
    UserError
        If it is no such file; with the first place where something else is expected.
    """
    try:
        found = loads(data)
    except (ValueError, RecursionError):
        raise UserError([Problem("", "", "", "a sheet in JSON")]) from None
    if not isinstance(found, dict) or found.pop("convbook", None) != FORMAT:
        raise UserError([Problem("", "convbook", "", f'"{FORMAT}", which begins a sheet in JSON')])
    return sheet_of(found, spec)


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False)
