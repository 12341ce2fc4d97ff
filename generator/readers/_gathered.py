"""What every reader of a foreign format does: name layers, gather what is wrong, count the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.engine.network import report
from generator.engine.network_op import Conventions, Op, Shape
from generator.engine.network_report import Report
from generator.errors import Problem, UserError
from generator.spec.fields import Field, under
from generator.spec.network import CONVENTIONS, INPUT
from generator.spec.network_names import START, Draft, resolved

__all__ = ["START", "Gathered", "Made", "asked"]

#: A layer: its word in our language, and what it does.
Made = tuple[str, Op]


def asked(given: Mapping[str, object]) -> tuple[Shape | None, Conventions, list[Problem]]:
    """Return the input and the conventions that were asked for, and what is wrong with them.

    >>> asked({"input": "3x8x8", "count": "flop", "rounding": None})[:2]
    ((3, 8, 8), Conventions(rounding='floor', padding='per-side', count='flop'))
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    fields: dict[str, Field[Any]] = {"input": INPUT, **CONVENTIONS}
    for key, field in fields.items():
        if given.get(key) is not None:
            try:
                found[key] = field.parse(given[key])
            except UserError as error:
                problems += under(key, error.problems)
    return found.pop("input", None), Conventions(**found), problems


class Gathered:
    """The layers of a network, gathered one by one, and everything that is wrong with them.

    Parameters
    ----------
    where
        The file, for errors; may be empty.
    problems
        What is wrong already.
    """

    def __init__(self, where: str, problems: Sequence[Problem] = ()) -> None:
        self.where = where
        self.drafts: list[Draft] = []
        self.problems = list(problems)
        self._taken: set[str] = {"input"}
        self._counts: Counter[str] = Counter()

    def add(
        self,
        made: Made | None,
        inputs: Sequence[int],
        given: str = "",
        *,
        scope: str = "",
        word: str = "",
        shares: str = "",
    ) -> int:
        """Add a layer and return its index.

        Parameters
        ----------
        made
            The layer; ``None`` for one that could not be read: what reads it is not judged.
        inputs
            Indices of what it reads; −1 is the input of the network.
        given, scope, word
            Its name in the other program; without one it is called after its word, in a scope.
        shares
            The layer whose weights it has too.
        """
        kind, op = made or (word, None)
        name = self._name(scope, given, kind)
        self.drafts.append(Draft("", name, kind, op, tuple(inputs), self.where, shares))
        return len(self.drafts) - 1

    def unread(self, index: int, problems: Sequence[Problem]) -> None:
        """Note why a layer could not be read."""
        name = self.drafts[index].given
        for each in problems:
            key = f"{name}, {each.key}" if each.key else name
            self.problems.append(replace(each, where=self.where, key=key))

    def _name(self, scope: str, given: str, word: str) -> str:
        """Return a name that no other layer has, on one line and without spaces."""
        stem = scope + re.sub(r"\s+", "_", given or word)
        name, dot = stem, "." if given else ""
        # A module that is used twice: relu, relu.2; a function: relu1, relu2.
        while name in self._taken or (name == stem and not given):
            self._counts[stem] += 1
            name = f"{stem}{dot}{self._counts[stem] + bool(given)}"
        self._taken.add(name)
        return name

    def report(
        self, name: str, title: str, shape: Shape | None, conventions: Conventions
    ) -> Report:
        """Return the report.

        Raises
        ------
        UserError
            With everything that is wrong, in the order of the layers.
        """
        nodes, misnamed = resolved(self.drafts, lambda _: self.where)
        problems = [*self.problems, *misnamed]
        made = None
        if not self.drafts and not problems:
            problems.append(Problem(self.where, "", "", "there is no layer in it"))
        if shape is not None:
            try:
                made = report(name, title, shape, nodes, conventions)
            except UserError as error:
                problems += error.problems
        if problems or made is None:
            places = {draft.given: i for i, draft in enumerate(self.drafts)}
            problems.sort(key=lambda each: places.get(each.key.partition(", ")[0], -1))
            raise UserError(dict.fromkeys(problems))
        return made
