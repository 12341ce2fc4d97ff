"""The JSON Schema of a sheet, made of the records and of what they say about themselves.

References
----------
JSON Schema, draft 2020-12.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from inspect import getdoc
from typing import Any, TypeAlias

from generator.export._records import FRACTION, hints_of, is_required, sort_of, tag, tagged
from generator.paper import Exercise, Sheet

Schema: TypeAlias = dict[str, Any]

#: What a file says it is; it changes when an older reader would stumble.
FORMAT = "sheet/1"
_PLAIN: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
}
_NUMBER: Schema = {
    "description": 'An exact number: whole, or a fraction in lowest terms such as "-5/2".',
    "anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{FRACTION.pattern}$"}],
}
_RESULT: Schema = {
    "description": "An answer: a number, or lists of answers such as the rows of a matrix.",
    "anyOf": [{"$ref": "#/$defs/number"}, {"type": "array", "items": {"$ref": "#/$defs/result"}}],
}
_SPEC: Schema = {
    "description": "A picture: a kind of worked example and its parameters, as in a figure fence.",
    "type": "object",
    "properties": {"kind": {"type": "string"}},
    "required": ["kind"],
}
#: What the types do not say.
_NARROWER: dict[tuple[type, str], Schema] = {
    (Sheet, "exercises"): {"minItems": 1},
    (Exercise, "questions"): {"minItems": 1},
    (Exercise, "level"): {"minimum": 1},
}
#: A heading of a section in a docstring of NumPy's style, and what the section holds.
_PARAMETERS = re.compile(r"\nParameters\n-+\n(.*?)(?=\n\n\S|\Z)", re.DOTALL)


def sheet_schema() -> Schema:
    """Return the schema.

    >>> sheet_schema()["required"]
    ['convbook', 'title', 'seed', 'exercises']
    """
    found: dict[str, Schema] = {"number": _NUMBER, "result": _RESULT}
    _of(Sheet, found)
    sheet = found.pop("sheet")
    kind = {"const": FORMAT, "description": "What this file is, and in which version."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An exercise sheet by convbook, with its key and its solutions",
        "description": sheet["description"],
        "type": "object",
        "properties": {"convbook": kind, **sheet["properties"]},
        "required": ["convbook", *sheet["required"]],
        "additionalProperties": False,
        "$defs": {name: found[name] for name in sorted(found)},
    }


def _of(wanted: Any, found: dict[str, Schema]) -> Schema:  # noqa: PLR0911
    """Return the schema of a type; those of records are put into `found` and referred to."""
    sort, inside = sort_of(wanted)
    match sort:
        case "number" | "result":
            return {"$ref": f"#/$defs/{sort}"}
        case "spec":
            return _named("figure-spec", found, lambda: _SPEC)
        case "record":
            return _named(tag(inside), found, lambda: _record(inside, found))
        case "records":
            return {"oneOf": [_of(each, found) for each in inside]}
        case "optional":
            return {"anyOf": [_of(inside, found), {"type": "null"}]}
        case "list":
            return {"type": "array", "items": _of(inside, found)}
        case "plain":
            return dict(_PLAIN[inside])


def _named(name: str, found: dict[str, Schema], make: Callable[[], Schema]) -> Schema:
    if name not in found:
        found[name] = {}
        found[name] = make()
    return {"$ref": f"#/$defs/{name}"}


def _record(record: type, found: dict[str, Schema]) -> Schema:
    says, each_says = _words(record)
    hints = hints_of(record)
    properties: dict[str, Schema] = {}
    if record in tagged():
        properties["is"] = {"const": tag(record)}
    required = list(properties)
    for field in fields(record):
        schema = _of(hints[field.name], found) | _NARROWER.get((record, field.name), {})
        if field.name in each_says:
            schema["description"] = each_says[field.name]
        if is_required(field):
            required.append(field.name)
        elif field.default is not MISSING:
            schema["default"] = field.default
        properties[field.name] = schema
    return {
        "description": says,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _words(record: type) -> tuple[str, dict[str, str]]:
    """Return what a record says it is, and what it says of each of its fields."""
    text = getdoc(record) or ""
    match = _PARAMETERS.search(text)
    said: dict[str, str] = {}
    if match:
        for part in re.split(r"\n(?=\S)", match[1]):
            names, _, words = part.partition("\n")
            said |= {name.strip(): " ".join(words.split()) for name in names.split(",")}
    return " ".join(text.partition("\n\n")[0].split()), said
