"""From a family and a seed to an exercise, and from its id to the same exercise again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from generator.dice import Dice
from generator.discover import Catalogue
from generator.errors import Problem, UserError, shorten, unknown, wrong
from generator.exercises._family import D, Family
from generator.model import Result
from generator.paper import Exercise, Mistake
from generator.spec.fields import Seed, under

FAMILIES: Catalogue[Family[Any]] = Catalogue("generator.exercises", "FAMILY")

#: Wrong answers that mean something, at every level: with the right one they make the four options
#: of a multiple-choice question, so that no format has to invent a distractor that teaches nothing.
FEWEST = 3
#: A family that needs more draws than this for one exercise is badly tuned.
ATTEMPTS = 1000

_ID = re.compile(r"([^.@/\s]+)\.(\d{1,3})@(\d{1,6})/(.+)")
_SEED = Seed("what the exercise is drawn from")


class Id(NamedTuple):
    """What an exercise is made from.

    >>> str(Id("output-size", 2, 1, "fern-12"))
    'output-size.2@1/fern-12'
    """

    family: str
    level: int
    version: int
    seed: str

    def __str__(self) -> str:
        return f"{self.family}.{self.level}@{self.version}/{self.seed}"


def make(family: Family[D], level: int, seed: str) -> Exercise:
    """Return the exercise of a seed: the same one for ever, on every machine.

    Parameters
    ----------
    family
        One of :data:`FAMILIES`.
    level
        One of ``family.levels``.
    seed
        Any printable text of up to 60 characters.

    Raises
    ------
    UserError
        If there is no such level, or the seed is no seed.
    RuntimeError
        If the family is at fault: its two ways to the answer disagree, or it has no fair draw.

    Examples
    --------
    >>> exercise = make(FAMILIES["output-size"], 2, "fern-12")
    >>> exercise.id, exercise.answer
    ('output-size.2@1/fern-12', 31)
    >>> [mistake.value for mistake in exercise.mistakes]
    [30, 29, 93, 17, 32]
    """
    problems = [*level_problems(family, level), *problems_of("seed", lambda: _SEED.parse(seed))]
    if problems:
        raise UserError(problems)
    name = Id(family.name, level, family.version, _SEED.parse(seed))
    for attempt in range(ATTEMPTS):
        drawn = family.draw(Dice(f"{name}#{attempt}"), level)
        if not family.fair(drawn):
            continue
        answer = family.brute(drawn)
        mistakes = telling(family, drawn, answer)
        if mistakes is None:
            continue
        if (closed := family.closed(drawn)) != answer:
            # A bug, and better found here than by a student.
            raise RuntimeError(f"{name}: the formula gives {closed}, counting {answer}: {drawn}")
        return _exercise(family, drawn, name, answer, mistakes)
    raise RuntimeError(f"{name}: not one fair exercise in {ATTEMPTS} draws")


def telling(family: Family[D], drawn: D, answer: Result) -> tuple[Mistake, ...] | None:
    """Return the mistakes of a draw, or ``None`` if its wrong answers would not tell them apart.

    They do not if a mistake leads to the right answer, if two lead to the same one (unless one of
    them yields: then the number is told as either), or if fewer than :data:`FEWEST` are left.
    """
    mistakes: list[Mistake] = []
    for slip in family.slips:
        value = slip.compute(drawn)
        if value is None:
            continue
        if value == answer:
            return None
        same = next((i for i, mistake in enumerate(mistakes) if mistake.value == value), None)
        if same is not None:
            if not slip.yields:
                return None
            mistakes[same] = _either(mistakes[same], slip.name, slip.says(drawn))
            continue
        mistakes.append(Mistake(slip.name, value, slip.says(drawn), slip.page))
    return tuple(mistakes) if len(mistakes) >= FEWEST else None


def _either(mistake: Mistake, name: str, says: str) -> Mistake:
    """Return a mistake that may also be another one: nobody is told with false certainty."""
    return replace(mistake, name=f"{mistake.name}, or {name}", says=f"{mistake.says} Or: {says}")


def _exercise(
    family: Family[D], drawn: D, name: Id, answer: Result, mistakes: tuple[Mistake, ...]
) -> Exercise:
    return Exercise(
        id=str(name),
        family=family.name,
        title=family.title,
        level=name.level,
        points=family.points[name.level - 1],
        prompt=family.prompt(drawn),
        answer=answer,
        mistakes=mistakes,
        hints=family.hints(drawn),
        solution=family.solution(drawn),
    )


def parse_id(text: str) -> Id:
    """Return what an id says: family, level, version, seed.

    Raises
    ------
    UserError
        If it is no id, or names a family, a level or a version that is not to be had.

    Examples
    --------
    >>> tuple(parse_id("output-size.2@1/fern-12"))
    ('output-size', 2, 1, 'fern-12')
    """
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise wrong(text, "an exercise's id, such as output-size.2@1/fern-12")
    name = Id(match[1], int(match[2]), int(match[3]), match[4])
    if name.family not in FAMILIES:
        raise UserError([unknown("exercise family", name.family, FAMILIES)])
    family = FAMILIES[name.family]
    problems = [
        *level_problems(family, name.level),
        *_version_problems(family, name.version),
        *problems_of("seed", lambda: _SEED.parse(name.seed)),
    ]
    if problems:
        raise UserError(problems)
    return name


def remake(text: str) -> Exercise:
    """Return the exercise that has this id.

    >>> remake("output-size.2@1/fern-12").answer
    31
    """
    name = parse_id(text)
    return make(FAMILIES[name.family], name.level, name.seed)


def level_problems(family: Family[Any], level: int) -> list[Problem]:
    """Return what is wrong with a level."""
    # True and 1.0 equal 1, but would be written otherwise in an id.
    if type(level) is int and level in family.levels:
        return []
    wanted = f"a level of {family.name}, from 1 to {len(family.levels)}"
    return [Problem("", "level", shorten(level), wanted)]


def _version_problems(family: Family[Any], version: int) -> list[Problem]:
    if version == family.version:
        return []
    wanted = f"{family.version}, the version of {family.name} that is installed"
    hint = "only the convbook that printed the exercise can make it again"
    return [Problem("", "version", str(version), wanted, hint)]


def problems_of(key: str, check: Callable[[], object]) -> list[Problem]:
    """Return the problems that `check` raises, under the key they belong to."""
    try:
        check()
    except UserError as error:
        return list(under(key, error.problems))
    return []
