"""Whether a record is a family at all: strangers write them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.errors import Problem, shorten
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.paper import Matrix, OneNumber, Several

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PAGE = re.compile(r"[a-z0-9/-]+\.md")
_MOST_LEVELS = 3


def faults(family: object) -> list[Problem]:
    """Return all that is wrong with what should be a family.

    >>> print(faults(7)[0])
    FAMILY: got 7, wanted a Family
    """
    if not isinstance(family, Family):
        return [Problem("", "FAMILY", shorten(family), "a Family")]
    return [*_itself(family), *_parts(family)]


def _itself(family: Family[Any]) -> Iterator[Problem]:
    if not (isinstance(family.name, str) and _NAME.fullmatch(family.name)):
        wanted = "lower-case words with hyphens, such as output-size"
        yield Problem("", "name", shorten(family.name), wanted)
    if not (isinstance(family.version, int) and 1 <= family.version < 10**6):
        yield Problem("", "version", shorten(family.version), "a whole number from 1 on")
    if not (isinstance(family.page, str) and _PAGE.fullmatch(family.page)):
        wanted = "a page of the site, such as convolution/padding.md"
        yield Problem("", "page", shorten(family.page), wanted)
    for key in ("title", "says"):
        if not (isinstance(text := getattr(family, key), str) and text.strip()):
            yield Problem("", key, shorten(text), "some words")
    for key in ("draw", "fair", "work", "prompt", "hints", "solution"):
        if not callable(function := getattr(family, key)):
            yield Problem("", key, shorten(function), "a function")
    costs = family.cost
    count = len(costs) if isinstance(costs, tuple) else 0
    if not 1 <= count <= _MOST_LEVELS or not all(isinstance(cost, Work) for cost in costs):
        yield Problem(
            "", "cost", shorten(costs), "a Work for each level, of which there are 1 to 3"
        )


def _parts(family: Family[Any]) -> Iterator[Problem]:
    parts = family.parts
    if not isinstance(parts, tuple) or not parts:
        yield Problem("", "parts", shorten(parts), "a tuple of at least one Part")
        return
    levels = len(family.cost) if isinstance(family.cost, tuple) else 0
    for place, part in enumerate(parts, 1):
        for problem in _part(part, levels) if isinstance(part, Part) else _no_part(part):
            yield Problem("", f"parts, {place}: {problem.key}", problem.got, problem.wanted)


def _no_part(part: object) -> Iterator[Problem]:
    yield Problem("", "", shorten(part), "a Part")


def _part(part: Part[Any], levels: int) -> Iterator[Problem]:
    if not isinstance(part.points, tuple) or len(part.points) != levels:
        yield Problem("", "points", shorten(part.points), f"a number for each of {levels} levels")
    if not isinstance(part.form, OneNumber | Several | Matrix | Options):
        wanted = "OneNumber, Several, Matrix or Options"
        yield Problem("", "form", shorten(part.form), wanted)
    for key in ("closed", "brute"):
        if not callable(function := getattr(part, key)):
            yield Problem("", key, shorten(function), "a function")
    slips = part.slips if isinstance(part.slips, tuple) else ()
    if not slips or not all(isinstance(slip, Slip) for slip in slips):
        yield Problem("", "slips", shorten(part.slips), "a tuple of Slips")
        return
    names = [slip.name for slip in slips]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        yield Problem("", "slips", shorten(name), "names that are all different")
