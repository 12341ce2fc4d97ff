"""A sheet in JSON's own types and back, read off the records themselves.

Every record becomes an object with its fields by name; a record that may be one of several, such
as a node of a text or a form of answer, says in ``is`` which one it is. Whole numbers are numbers,
any other is an exact text such as ``"-5/2"``. A picture is its spec, in plain values. What is not
given in a file keeps the record's default. ``_schema.py`` tells all this to programs.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from generator import paper, prose
from generator.errors import Problem, UserError, shorten
from generator.model import Result, Spec
from generator.paper import Sheet

#: What stands in a file.
Plain: TypeAlias = Any
#: Reads a spec from its plain values.
ReadSpec: TypeAlias = Callable[[Mapping[str, object]], Spec]
#: Writes a spec as plain values.
WriteSpec: TypeAlias = Callable[[Spec], Mapping[str, object]]
Sort: TypeAlias = Literal[
    "plain", "number", "result", "list", "optional", "record", "records", "spec"
]
_SAID = {str: "a text", int: "a whole number", bool: "true or false"}
#: The names under which the records' fields know each other's types.
_NAMES = {**vars(prose), **vars(paper)}
FRACTION = re.compile(r"-?[1-9]\d*/[1-9]\d*")


def written(value: Any, spec: WriteSpec) -> Plain:
    """Return a record in JSON's own types.

    >>> written(prose.line("stride ", Fraction(-5, 2)), spec=dict)
    [{'is': 'text', 'text': 'stride '}, {'is': 'value', 'number': '-5/2'}]
    """
    if isinstance(value, tuple):
        return [written(each, spec) for each in value]
    if isinstance(value, Spec):
        return dict(spec(value))
    if isinstance(value, Fraction):
        # A whole number may be a fraction inside the engine; outside it is one number.
        return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if not is_dataclass(value):
        return value
    made: dict[str, Plain] = {"is": tag(type(value))} if type(value) in tagged() else {}
    for each in fields(value):
        found = getattr(value, each.name)
        if each.default is MISSING or found != each.default:
            made[each.name] = written(found, spec)
    return made


def sheet_of(values: Plain, spec: ReadSpec) -> Sheet:
    """Return the sheet that was written.

    Raises
    ------
    UserError
        Naming the place in the file where something else is expected.
    """
    return cast(Sheet, _read(values, Sheet, "sheet", spec))


def _read(value: Plain, wanted: Any, at: str, spec: ReadSpec) -> Any:  # noqa: PLR0911
    sort, inside = sort_of(wanted)
    match sort:
        case "optional":
            return None if value is None else _read(value, inside, at, spec)
        case "spec":
            return spec(_object(value, at))
        case "record":
            return _record(value, inside, at, spec)
        case "records":
            return _one_of(value, inside, at, spec)
        case "result":
            return _result(value, at)
        case "number":
            return _number(value, at)
        case "list":
            return _tuple(value, inside, at, spec)
        case _:
            if type(value) is not wanted:
                raise _wrong(at, value, _SAID[wanted])
            return value


def _record(value: Plain, wanted: Any, at: str, spec: ReadSpec) -> Any:
    found = _object(value, at)
    known = {each.name: each for each in fields(wanted)}
    if more := found.keys() - known.keys() - {"is"}:
        raise _wrong(
            f"{at}.{sorted(more)[0]}", found[sorted(more)[0]], f"one of {', '.join(known)}"
        )
    if lacking := [name for name, each in known.items() if name not in found and is_required(each)]:
        raise _wrong(at, value, f"also {lacking[0]}")
    hints = hints_of(wanted)
    given = [name for name in known if name in found]
    return wanted(**{n: _read(found[n], hints[n], f"{at}.{n}", spec) for n in given})


def is_required(field: Field[Any]) -> bool:
    """Return whether a file has to give a field."""
    return field.default is MISSING


def _one_of(value: Plain, choices: tuple[type, ...], at: str, spec: ReadSpec) -> Any:
    records = {tag(each): each for each in choices}
    name = _object(value, at).get("is")
    if not isinstance(name, str) or name not in records:
        raise _wrong(f"{at}.is", name, f"one of {', '.join(records)}")
    return _record(value, records[name], at, spec)


def _tuple(value: Plain, inside: Any, at: str, spec: ReadSpec) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(at, value, "a list")
    return tuple(_read(each, inside, f"{at}[{place}]", spec) for place, each in enumerate(value))


def _result(value: Plain, at: str) -> Result:
    if isinstance(value, list):
        return tuple(_result(each, f"{at}[{place}]") for place, each in enumerate(value))
    return _number(value, at)


def _number(value: Plain, at: str) -> int | Fraction:
    if type(value) is int:
        return value
    if isinstance(value, str) and FRACTION.fullmatch(value):
        return Fraction(value)
    raise _wrong(at, value, 'a whole number, or a fraction such as "-5/2"')


def _object(value: Plain, at: str) -> dict[str, Plain]:
    if not isinstance(value, dict):
        raise _wrong(at, value, "an object")
    return value


def _wrong(at: str, got: Plain, wanted: str) -> UserError:
    return UserError([Problem("", at, shorten(got), wanted)])


def sort_of(wanted: Any) -> tuple[Sort, Any]:  # noqa: PLR0911
    """Return what sort of value a type is, and what is inside.

    >>> sort_of(int | None), sort_of(tuple[str, ...])
    (('optional', <class 'int'>), ('list', <class 'str'>))
    """
    if wanted is Spec:
        return "spec", wanted
    if is_dataclass(wanted):
        return "record", wanted
    if get_origin(wanted) is tuple:
        return "list", get_args(wanted)[0]
    if get_origin(wanted) not in (Union, types.UnionType):
        return "plain", wanted
    choices = tuple(each for each in get_args(wanted) if each is not type(None))
    if len(choices) < len(get_args(wanted)):
        return "optional", Union[choices]  # noqa: UP007 - made of what is found at run time
    if all(map(is_dataclass, choices)):
        return "records", choices
    return ("number", wanted) if set(choices) == {int, Fraction} else ("result", wanted)


def tag(record: type) -> str:
    """Return what a record is called in ``is``.

    >>> tag(paper.OneNumber)
    'one-number'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", record.__name__).lower()


@cache
def tagged() -> tuple[type, ...]:
    """Return the records that may stand where another may."""
    return (*get_args(prose.Node), *get_args(paper.Form))


@cache
def hints_of(record: type) -> dict[str, Any]:
    """Return the types of a record's fields."""
    return get_type_hints(record, _NAMES)
