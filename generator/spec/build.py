"""From a mapping to a checked record of parameters, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from generator.errors import Problem, UserError, unknown
from generator.spec.fields import Params, defaults_of, fields_of, under

P = TypeVar("P", bound=Params)


def build(params: type[P], values: Mapping[Any, object], also: tuple[str, ...] = ()) -> P:
    """Return the checked parameters.

    Parameters
    ----------
    params
        The record's type.
    values
        What was written; an empty value counts as missing.
    also
        Keys that somebody else reads.

    Raises
    ------
    UserError
        With all unknown and missing keys and all wrong values; and, when every value is right by
        itself, with what is wrong between them.
    """
    fields, defaults = fields_of(params), defaults_of(params)
    known = (*fields, *also)
    # The key is kept beside the sentence: doors look up the line it stands in.
    problems = [
        dataclasses.replace(unknown("key", str(key), known), key=str(key))
        for key in values
        if key not in known
    ]
    found: dict[str, object] = {}
    for name, field in fields.items():
        value = values.get(name)
        if value is None:
            if name not in defaults:
                problems.append(Problem("", name, "", f"is missing: {field.help}"))
            continue
        try:
            found[name] = field.parse(value)
        except UserError as error:
            problems += under(name, error.problems)
    if problems:
        raise UserError(problems)
    made = params(**found)
    if problems := list(made.problems()):
        raise UserError(problems)
    return made


def shown_values(params: Params) -> dict[str, object]:
    """Return the parameters in plain values, without those that equal their default."""
    fields, defaults = fields_of(type(params)), defaults_of(type(params))
    return {
        name: field.show(getattr(params, name))
        for name, field in fields.items()
        if name not in defaults or getattr(params, name) != defaults[name]
    }
