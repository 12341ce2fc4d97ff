"""Exercises put together to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.errors import Problem, UserError, unknown, wrong
from generator.exercises._exam import MOST, Exam, Slot, heading, seed_of
from generator.exercises._families import FAMILIES
from generator.exercises._family import Family
from generator.exercises._make import level_problems, name_of, problems_of, worth, write
from generator.exercises._settle import fresh
from generator.paper import Exercise, Sheet
from generator.spec.fields import Text, whole

__all__ = ["FAMILIES", "assemble"]

_TITLE = Text("the heading of the sheet")


def exam_of(families: Sequence[str], count: int, seed: str, level: int, title: str) -> Exam:
    """Return an exam of so many exercises; the families take turns.

    Raises
    ------
    UserError
        With everything that is wrong.
    """
    _check(families, count, seed, level, title)
    slots = tuple(
        Slot(families[place % len(families)], level) for place in range(whole(count, 1, MOST))
    )
    return Exam(_TITLE.parse(title) or heading(slots), "", "", seed_of(seed), False, slots)


def assemble(exam: Exam) -> Sheet:
    """Return a sheet on which no two exercises are alike.

    Exercise n is drawn from ``{seed}.{n}``, and from ``{seed}.{n}+1``, ``{seed}.{n}+2``, … if that
    one stands on the sheet already.

    Raises
    ------
    UserError
        If the families have fewer different exercises to give.

    Examples
    --------
    >>> sheet = assemble(exam_of(["output-size", "convolution-cell"], 3, "fern-12", 1, ""))
    >>> [exercise.id for exercise in sheet.exercises]
    ['output-size.1@1/fern-12.1', 'convolution-cell.1@2/fern-12.2', 'output-size.1@1/fern-12.3']
    """
    seen: dict[int, Slot] = {}
    exercises: list[Exercise] = []
    for place, slot in enumerate(exam.slots, 1):
        family = FAMILIES[slot.family]
        found = fresh(family, name_of(family, slot.level, f"{exam.seed}.{place}"), seen)
        if found is None:
            same = [each for each in seen.values() if each == slot]
            raise _too_many(family, slot.level, exam.slots.count(slot), len(same))
        settled, _ = found
        seen[settled.fingerprint] = slot
        exercises.append(worth(write(family, settled), slot.points))
    return Sheet(exam.title, exam.seed, tuple(exercises), note=exam.note)


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
    problems += problems_of("count", lambda: whole(count, 1, MOST))
    problems += problems_of("seed", lambda: seed_of(seed))
    problems += problems_of("title", lambda: _TITLE.parse(title))
    if problems:
        raise UserError(problems)


def _too_many(family: Family[Any], level: int, count: int, found: int) -> UserError:
    wanted = f"fewer exercises: {family.name} has only {found} different ones at level {level}"
    return wrong(count, wanted, key="count")
