"""Exercises put together to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.errors import Problem, UserError, unknown, wrong
from generator.exercises._families import FAMILIES
from generator.exercises._family import Family
from generator.exercises._make import level_problems, make, problems_of
from generator.paper import Exercise, Sheet
from generator.prose import Prose
from generator.spec.fields import Seed, Text, whole

__all__ = ["FAMILIES", "assemble"]

#: Draws in a row that bring nothing new: then the family has no more to give.
_TRIES = 200
#: Leaves room in an exercise's seed of 60 characters for its number on the sheet.
_LONGEST_SEED = 48
_MOST = 1000
_SEED = Seed("what every exercise of the sheet is drawn from")
_TITLE = Text("the heading of the sheet")


def assemble(
    families: Sequence[str], count: int, seed: str, level: int = 1, title: str = ""
) -> Sheet:
    """Return a sheet on which no two exercises are alike.

    Parameters
    ----------
    families
        Names of families, which take turns; a name may stand more than once.
    count
        Exercises altogether.
    seed
        Exercise n is drawn from ``{seed}.{n}``, and from ``{seed}.{n}+1``, ``{seed}.{n}+2``, … if
        that one stands on the sheet already.
    level
        The level of all of them.
    title
        The heading; without one, the family's if there is only one.

    Raises
    ------
    UserError
        With all that is wrong; also if the families have fewer different exercises to give.

    Examples
    --------
    >>> sheet = assemble(["output-size", "convolution-cell"], 3, "fern-12")
    >>> [exercise.id for exercise in sheet.exercises]
    ['output-size.1@1/fern-12.1', 'convolution-cell.1@2/fern-12.2', 'output-size.1@1/fern-12.3']
    """
    families = [str(name) for name in families]
    _check(families, count, seed, level, title)
    count = whole(count, 1, _MOST)
    seed, title = _sheet_seed(seed), _TITLE.parse(title)
    members = [FAMILIES[name] for name in families]
    seen: set[tuple[str, Prose]] = set()
    exercises: list[Exercise] = []
    for place in range(count):
        family = members[place % len(members)]
        exercise = _new(family, level, f"{seed}.{place + 1}", seen)
        if exercise is None:
            found = sum(each.family == family.name for each in exercises)
            raise _too_many(family, level, count, found)
        seen.add((family.name, exercise.prompt))
        exercises.append(exercise)
    return Sheet(title or _heading(members), seed, tuple(exercises))


def _new(
    family: Family[Any], level: int, seed: str, seen: set[tuple[str, Prose]]
) -> Exercise | None:
    """Return an exercise that is not on the sheet yet, or ``None`` if none can be found.

    What the student reads is compared, not the id: two seeds may well draw the same numbers.
    """
    for attempt in range(_TRIES):
        exercise = make(family, level, f"{seed}+{attempt}" if attempt else seed)
        if (family.name, exercise.prompt) not in seen:
            return exercise
    return None


def _heading(members: list[Family[Any]]) -> str:
    titles = {family.title for family in members}
    return titles.pop() if len(titles) == 1 else "Exercises"


def _check(families: Sequence[str], count: int, seed: str, level: int, title: str) -> None:
    """Raise everything that is wrong with what was asked, at once."""
    problems: list[Problem] = []
    if not families:
        problems.append(Problem("", "families", "none", f"some of {', '.join(FAMILIES)}"))
    for name in dict.fromkeys(families):
        if name in FAMILIES:
            problems += level_problems(FAMILIES[name], level)
        else:
            problems.append(unknown("exercise family", name, FAMILIES))
    problems += problems_of("count", lambda: whole(count, 1, _MOST))
    problems += problems_of("seed", lambda: _sheet_seed(seed))
    problems += problems_of("title", lambda: _TITLE.parse(title))
    if problems:
        raise UserError(problems)


def _sheet_seed(seed: str) -> str:
    parsed = _SEED.parse(seed)
    if len(parsed) > _LONGEST_SEED:
        raise wrong(seed, f"a seed of at most {_LONGEST_SEED} characters for a sheet")
    return parsed


def _too_many(family: Family[Any], level: int, count: int, found: int) -> UserError:
    wanted = f"fewer exercises: {family.name} has only {found} different ones at level {level}"
    return wrong(count, wanted, key="count")
