"""From a seed to numbers that are worth asking about: answers that agree, mistakes that tell.

Nothing is put into words here. Whether two students have the same variant can be said from what
is settled, so that a class is dealt out without writing all of its sheets.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import blake2b
from typing import Any, Generic, cast

from generator.dice import Dice
from generator.exercises._family import D, Family, Options, Part, Slip, Value
from generator.exercises._watch import BrokenFamilyError, Id, watched
from generator.model import Result, Rows
from generator.paper import Form, Matrix, OneNumber, Several, letter

#: A family that needs more draws than this for one exercise is badly tuned.
ATTEMPTS = 1000
#: Draws in a row that bring nothing new: then a family has no more to give.
TRIES = 400


@dataclass(frozen=True, slots=True)
class Miss(Generic[D]):
    """A wrong answer and the slips that lead to it.

    Parameters
    ----------
    value
        What is answered.
    slips
        What may have gone wrong, the most common first.
    carried
        The earlier part, counted from 1, whose wrong answer this follows from; 0 if it is the
        part's own.
    """

    value: Value
    slips: tuple[Slip[D], ...]
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Answered(Generic[D]):
    """A part's right answers and its wrong ones."""

    answer: Value
    also: tuple[Result, ...]
    misses: tuple[Miss[D], ...]


@dataclass(frozen=True, slots=True)
class Settled(Generic[D]):
    """An exercise before it is put into words.

    Parameters
    ----------
    name
        What it is made from.
    drawn
        The family's own record.
    parts
        What is right and wrong for each part.
    attempts
        Draws it took.
    """

    name: Id
    drawn: D
    parts: tuple[Answered[D], ...]
    attempts: int

    @property
    def fingerprint(self) -> int:
        """A number that two exercises share only if they ask the same of the same numbers."""
        text = f"{self.name.family}\x1f{self.drawn!r}"
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def settle(family: Family[D], name: Id) -> Settled[D]:
    """Return the first fair draw of a seed, with its answers and the mistakes it tells apart.

    Raises
    ------
    BrokenFamilyError
        If the family is at fault; what it raised itself is the cause.
    """
    with watched(name):
        for attempt in range(ATTEMPTS):
            drawn = family.draw(Dice(f"{name}#{attempt}"), name.level)
            if fair(family, drawn, name.level) and (parts := answered(family, drawn, name)):
                return Settled(name, drawn, parts, attempt + 1)
    raise BrokenFamilyError(name, f"not one fair exercise in {ATTEMPTS} draws")


def fresh(
    family: Family[D], name: Id, taken: Container[int], first: int = 0
) -> tuple[Settled[D], int] | None:
    """Return the first variant of a seed that is not taken, and how many were passed over.

    The variants of a seed are those of ``fern``, ``fern+1``, ``fern+2``, … What is asked is
    compared, not the name: two seeds may well draw the same numbers.

    Parameters
    ----------
    family, name
        What is wanted.
    taken
        Fingerprints.
    first
        Variants that are known to be taken.

    Returns
    -------
    None
        If :data:`TRIES` variants bring nothing new: the family has no more to give.
    """
    for more in range(first, TRIES):
        seed = f"{name.seed}+{more}" if more else name.seed
        found = settle(family, name._replace(seed=seed))
        if found.fingerprint not in taken:
            return found, more
    return None


def fair(family: Family[D], drawn: D, level: int) -> bool:
    """Return whether a draw is worth asking about, and costs what its level costs."""
    return family.fair(drawn) and family.work(drawn).near(family.cost[level - 1])


def answered(family: Family[D], drawn: D, name: Id) -> tuple[Answered[D], ...] | None:
    """Return the answers of a draw, or ``None`` if they would not tell the mistakes apart."""
    done: list[Answered[D]] = []
    for part in family.parts:
        found = _part(part, drawn, name, (family.parts, done))
        if found is None:
            return None
        done.append(found)
    return tuple(done)


def _part(
    part: Part[D], drawn: D, name: Id, before: tuple[tuple[Part[D], ...], list[Answered[D]]]
) -> Answered[D] | None:
    answer = part.brute(drawn)
    also = part.also(drawn) if part.also else ()
    misses = telling(part, drawn, (answer, *also))
    if misses is None:
        return None
    if (closed := part.closed(drawn)) not in (answer, *also):
        # A bug, and better found here than by a student.
        raise BrokenFamilyError(name, f"the formula gives {closed}, counting {answer}: {drawn}")
    form = part.form
    for value in (answer, *also, *(miss.value for miss in misses)):
        if wrong := _misfit(form, value):
            raise BrokenFamilyError(name, f"{value!r} is not {wrong}: {drawn}")
    if part.follows:
        misses = (*misses, *_carried(part, drawn, before, (answer, *also), misses))
    return Answered(answer, also, misses)


def telling(part: Part[D], drawn: D, right: tuple[Value, ...]) -> tuple[Miss[D], ...] | None:
    """Return the wrong answers of a draw, or ``None`` if they do not tell the mistakes apart.

    They do not if a mistake leads to a right answer, if two lead to the same one (unless one of
    them yields: then the number is told as either), or if fewer than ``part.fewest`` are left.
    """
    misses: list[Miss[D]] = []
    for slip in part.slips:
        value = slip.compute(drawn)
        if value is None:
            continue
        if any(_alike(part.form, value, each) for each in right):
            return None
        alike = next((i for i, m in enumerate(misses) if _alike(part.form, value, m.value)), None)
        if alike is None:
            misses.append(Miss(value, (slip,)))
        elif slip.yields:
            misses[alike] = replace(misses[alike], slips=(*misses[alike].slips, slip))
        else:
            return None
    return tuple(misses) if len(misses) >= part.fewest else None


def _carried(
    part: Part[D],
    drawn: D,
    before: tuple[tuple[Part[D], ...], list[Answered[D]]],
    right: tuple[Value, ...],
    own: tuple[Miss[D], ...],
) -> list[Miss[D]]:
    """Return what follows rightly from the wrong answers to the earlier parts."""
    assert part.follows is not None
    parts, done = before
    found: list[Miss[D]] = []
    for place, earlier in enumerate(done):
        for miss in earlier.misses:
            if miss.carried:
                continue
            given = [*(each.answer for each in done[:place]), miss.value]
            for later, each in zip(parts[place + 1 : len(done)], done[place + 1 :], strict=True):
                gone_on = later.follows(drawn, tuple(given)) if later.follows else None
                given.append(each.answer if gone_on is None else gone_on)
            value = part.follows(drawn, tuple(given))
            taken = (*right, *(each.value for each in (*own, *found)))
            if value is not None and not any(_alike(part.form, value, each) for each in taken):
                found.append(Miss(value, miss.slips, place + 1))
    return found


def _alike(form: Form | Options[Any], one: Value, other: Value) -> bool:
    """Return whether nobody could tell two answers apart; what is rounded needs twice the room."""
    if isinstance(form, OneNumber) and form.places is not None:
        distance = abs(cast(Fraction, one) - cast(Fraction, other))
        return bool(distance * 10**form.places <= 2)
    return one == other


def _misfit(form: Form | Options[Any], value: Value) -> str | None:
    """Return what a value ought to be and is not."""
    match form:
        case OneNumber():
            return None if _is_number(value) else "a number"
        case Several(labels):
            fits = isinstance(value, tuple) and len(value) == len(labels)
            whole = fits and all(isinstance(each, int) for each in cast("tuple[Any, ...]", value))
            return None if whole else f"{len(labels)} whole numbers"
        case Matrix():
            return None if _is_matrix(value) else "a matrix of numbers"
        case _:
            return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _is_matrix(value: object) -> bool:
    if not isinstance(value, tuple) or not value:
        return False
    rows = cast(Rows, value)
    if not all(isinstance(row, tuple) and len(row) == len(rows[0]) for row in rows):
        return False
    return all(_is_number(number) for row in rows for number in row)


def earlier(place: int) -> str:
    """Return how an earlier part is called, counted from 1.

    >>> earlier(1)
    'part a'
    """
    return f"part {letter(place).lower()}"
