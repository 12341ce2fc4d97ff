"""What a page says of itself in its front matter: rows, questions, families, terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import Problem, shorten, unknown
from generator.site.glossary import Glossary

_LISTS = ("rows", "questions", "families", "explains")


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a page.

    Parameters
    ----------
    title
        Of the page.
    rows, questions
        Those of the curriculum that it covers.
    families
        The families of exercises that belong to it.
    explains
        The terms of the glossary that it explains.
    problems
        What is wrong with it.
    """

    title: str = ""
    rows: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()
    families: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(
    meta: Mapping[str, Any],
    source: str,
    path: str,
    *,
    families: Collection[str],
    known: Mapping[str, Collection[int]],
    glossary: Glossary | None,
) -> Front:
    """Return what a page says of itself.

    Parameters
    ----------
    meta
        Its front matter, as MkDocs reads it.
    source
        All of the page.
    path
        Its file, for problems.
    families
        The names there are.
    known
        The numbers of ``rows`` and ``questions`` there are.
    glossary
        The terms there are.
    """
    problems: list[Problem] = []
    lists: dict[str, list[Any]] = {}
    for key in _LISTS:
        given = meta.get(key, [])
        where = f"{path}:{line_of(source, key)}"
        if not isinstance(given, list) or not all(isinstance(each, int | str) for each in given):
            problems.append(Problem(where, key, shorten(given), "a list, such as [1, 2]"))
            given = []
        lists[key] = given
        for each in given:
            if key in known and each not in known[key]:
                kind = key.removesuffix("s")
                problems.append(Problem(where, key, shorten(each), f"a {kind} of the curriculum"))
            if key == "families" and each not in families:
                problems.append(unknown("family", str(each), families, where))
            if key == "explains" and not glossary:
                problems.append(Problem(where, key, "", "there is no glossary"))
            elif key == "explains" and glossary and str(each) not in glossary.terms:
                problems.append(unknown("term", str(each), glossary.terms, where))
    heading = re.search(r"^# +(.+?)[ #]*$", source, re.MULTILINE)
    return Front(
        str(meta.get("title") or (heading[1] if heading else path)),
        **{key: tuple(each) for key, each in lists.items()},
        problems=tuple(problems),
    )


def line_of(source: str, key: str) -> int:
    """Return the line of a key of the front matter, counted from 1."""
    found = re.search(rf"^{key}\s*:", source, re.MULTILINE)
    return source.count("\n", 0, found.start()) + 1 if found else 1
