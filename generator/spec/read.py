"""From a mapping to a :class:`~generator.model.Spec`, with every problem at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from generator.errors import Problem, UserError, unknown
from generator.model import Spec
from generator.spec.build import build
from generator.spec.fields import Field, Params, Text, Whole, under

#: Where a key stands: ``docs/stride.md:14``, ``--stride``; empty where there is no such place.
Where: TypeAlias = Callable[[str], str]

TITLE = Text("a heading of your own")
STEP = Whole("the step that a still picture shows, counted from 1", least=1)
#: Keys that every kind has.
COMMON: dict[str, Field[Any]] = {"title": TITLE, "step": STEP}


def nowhere(key: str) -> str:
    """Return no place: a call from Python, whose traceback shows the line."""
    return ""


def read(
    values: Mapping[str, object],
    kinds: Mapping[str, type[Params]],
    where: Where = nowhere,
) -> Spec:
    """Return the spec that a mapping asks for.

    Parameters
    ----------
    values
        ``kind`` and the kind's parameters, as YAML, a shell or Python hands them over.
    kinds
        The parameters of every kind there is; loaded when asked for.
    where
        Gives the place of a key.

    Raises
    ------
    UserError
        With every problem, each at its place.
    """
    kind = values.get("kind")
    if kind is None:
        problem = Problem(where("kind"), "kind", "", "is missing: one of " + ", ".join(kinds))
        raise UserError([problem])
    if not isinstance(kind, str) or kind not in kinds:
        raise UserError([unknown("kind", str(kind), kinds, where("kind"))])
    rest = {key: value for key, value in values.items() if key != "kind" and value is not None}
    problems: list[Problem] = []
    common: dict[str, object] = {}
    for key, field in COMMON.items():
        try:
            if key in rest:
                common[key] = field.parse(rest[key])
        except UserError as error:
            problems += under(key, error.problems)
    try:
        params = build(kinds[kind], rest, also=tuple(COMMON))
    except UserError as error:
        problems += error.problems
    if problems:
        raise UserError(placed(problems, where))
    return Spec(kind, params, **common)  # type: ignore[arg-type]


def placed(problems: list[Problem], where: Where) -> list[Problem]:
    """Return the problems with their places, in the order of the lines they stand in."""
    found = [replace(each, where=where(each.key.split(",")[0])) for each in problems]
    return sorted(found, key=_line)


def _line(problem: Problem) -> int:
    _, _, line = problem.where.rpartition(":")
    return int(line) if line.isdigit() else 0
