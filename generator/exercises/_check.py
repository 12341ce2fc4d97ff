"""Whether a family keeps its promises, over many seeds, and how it behaves on the way."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import blake2b
from itertools import chain
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

from generator.exercises._families import FAMILIES
from generator.exercises._family import Family, Work
from generator.exercises._make import write
from generator.exercises._settle import settle
from generator.exercises._watch import BrokenFamilyError, Id
from generator.exercises._workers import in_processes
from generator.model import Result
from generator.numerals import Number, shown
from generator.paper import Choice, Exercise, Question, same

A = TypeVar("A")

#: Exercises one process makes at a time.
_CHUNK = 500
#: Of a family that fails again and again, the first failures are enough.
_MOST_TOLD = 5
#: A fair die looks more crooked than this once in a million checks.
_CROOKED = Fraction(1, 1_000_000)


class Failure(NamedTuple):
    """A seed with which a family breaks a promise."""

    seed: str
    why: str


@dataclass
class Tally:
    """What was counted over some seeds of a level; two of them add up to one."""

    drawn: int = 0
    attempts: int = 0
    slowest: tuple[float, str] = (0.0, "")
    prints: array[int] = field(default_factory=lambda: array("Q"))
    asked: array[int] = field(default_factory=lambda: array("Q"))
    answers: list[Counter[Result]] = field(default_factory=list)
    places: list[Counter[tuple[int, int]]] = field(default_factory=list)
    costs: Counter[Work] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count in what was counted elsewhere."""
        self.drawn += other.drawn
        self.attempts += other.attempts
        self.slowest = max(self.slowest, other.slowest)
        self.prints.extend(other.prints)
        self.asked.extend(other.asked)
        _add(self.answers, other.answers)
        _add(self.places, other.places)
        self.costs.update(other.costs)
        self.failures = [*self.failures, *other.failures][:_MOST_TOLD]


def _add(mine: list[Counter[A]], theirs: list[Counter[A]]) -> None:
    mine.extend(Counter() for _ in theirs[len(mine) :])
    for one, other in zip(mine, theirs, strict=False):
        one.update(other)


@dataclass(frozen=True)
class Report:
    """What a check found out about one level of a family.

    Parameters
    ----------
    family, level
        What was checked.
    drawn
        Exercises that were made.
    distinct
        Different ones among them.
    capacity
        How many the level has, as far as the sample tells (Chao's estimate, which errs on the low
        side); the number itself if nearly every one came up again and again.
    rejected
        Share of the draws that were thrown away.
    options
        For each part with options, how often the right one stood at each place.
    answers
        For each part, the smallest and the largest answer (``None`` if it is no number), how many
        there are, and the share of the most frequent.
    costs
        From which to which work.
    slowest
        The longest that one exercise took [s], and its seed.
    failures
        The seeds with which it broke a promise, the first few.
    """

    family: str
    level: int
    drawn: int
    distinct: int
    capacity: int
    rejected: float
    options: tuple[tuple[int, ...], ...]
    answers: tuple[tuple[Number | None, Number | None, int, float], ...]
    costs: tuple[Work, Work]
    slowest: tuple[float, str]
    failures: tuple[Failure, ...]

    def plain(self) -> dict[str, Any]:
        """Return it in plain values, for JSON."""
        return {
            "family": self.family,
            "level": self.level,
            "drawn": self.drawn,
            "distinct": self.distinct,
            "capacity": self.capacity,
            "rejected": round(self.rejected, 4),
            "options": [list(each) for each in self.options],
            "answers": [
                {
                    "low": _plain(low),
                    "high": _plain(high),
                    "different": many,
                    "most": round(most, 4),
                }
                for low, high, many, most in self.answers
            ],
            "work": [each._asdict() for each in self.costs],
            "slowest": {"ms": round(1000 * self.slowest[0], 3), "seed": self.slowest[1]},
            "failures": [each._asdict() for each in self.failures],
        }

    def lines(self) -> Iterator[str]:
        """Yield it in words."""
        yield (
            f"{self.drawn:,} drawn, {self.distinct:,} distinct, "
            f"capacity at least {self.capacity:,}, {self.rejected:.0%} of the draws rejected"
        )
        for low, high, many, most in self.answers:
            between = "" if low is None or high is None else f" from {shown(low)} to {shown(high)}"
            yield f"{many:,} different answers{between}, the most frequent {most:.1%}"
        for places in self.options:
            yield f"the right option stood {', '.join(f'{n:,}' for n in places)} times at A, B, …"
        first, last = self.costs
        yield " · ".join(
            f"{one} {word}" if one == other else f"{one} to {other} {word}"
            for word, one, other in zip(Work._fields, first, last, strict=True)
        )
        yield f"slowest {1000 * self.slowest[0]:.1f} ms, seed {self.slowest[1]}"


def _plain(number: Number | None) -> int | str | None:
    return str(number) if isinstance(number, Fraction) else number


def check(names: Sequence[str], count: int, workers: int | None = None) -> Iterator[Report]:
    """Yield a report for every level of every family, in their order.

    Parameters
    ----------
    names
        Families.
    count
        Exercises a level.
    workers
        Processes; see :func:`generator.exercises._workers.in_processes`.
    """
    levels = [(name, level) for name in names for level in FAMILIES[name].levels]
    tasks = chain.from_iterable(_tasks(name, level, count) for name, level in levels)
    tallies = in_processes(_counted, tasks, workers)
    for name, level in levels:
        total = Tally()
        for _ in _tasks(name, level, count):
            total.add(next(tallies))
        yield _report(FAMILIES[name], level, total)


def _tasks(name: str, level: int, count: int) -> Iterator[tuple[str, int, int, int]]:
    for first in range(0, count, _CHUNK):
        yield name, level, first, min(first + _CHUNK, count)


def _counted(task: tuple[str, int, int, int]) -> Tally:
    name, level, first, end = task
    family = FAMILIES[name]
    tally = Tally()
    for seed in range(first, end):
        made = Id(name, level, family.version, f"check-{seed}")
        _one(family, made, tally)
        if len(tally.failures) >= _MOST_TOLD:
            break
    return tally


def _one(family: Family[Any], name: Id, tally: Tally) -> None:
    """Make one exercise and count it."""
    began = perf_counter()
    try:
        settled = settle(family, name)
        exercise = write(family, settled)
    except BrokenFamilyError as error:
        tally.failures.append(Failure(name.seed, error.why))
        return
    tally.slowest = max(tally.slowest, (perf_counter() - began, name.seed))
    tally.drawn += 1
    tally.attempts += settled.attempts
    tally.prints.append(settled.fingerprint)
    tally.asked.append(_asked(exercise))
    tally.costs[family.work(settled.drawn)] += 1
    _add(tally.answers, [Counter([question.answer]) for question in exercise.questions])
    _add(tally.places, [Counter(_place(question)) for question in exercise.questions])
    for question in exercise.questions:
        tally.failures += [Failure(name.seed, why) for why in _untold(question)]


def _place(question: Question) -> Iterator[tuple[int, int]]:
    """Yield how many options there are, and which is the right one."""
    if isinstance(question.form, Choice) and isinstance(question.answer, int):
        yield len(question.form.options), question.answer


def _asked(exercise: Exercise) -> int:
    """Return a number for what the student reads, in whichever order the options stand."""
    options = [
        sorted(map(repr, question.form.options)) if isinstance(question.form, Choice) else None
        for question in exercise.questions
    ]
    prompts = [question.prompt for question in exercise.questions]
    text = repr((exercise.prompt, prompts, options))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _untold(question: Question) -> Iterator[str]:
    """Yield the wrong answers of a finished question that are right, or that two mistakes share."""
    seen: list[Result] = []
    for mistake in question.mistakes:
        if any(same(question.form, mistake.value, r) for r in (question.answer, *question.also)):
            yield f"the mistake '{mistake.name}' gives a right answer"
        if mistake.value in seen:
            yield f"the mistake '{mistake.name}' gives another mistake's answer"
        seen.append(mistake.value)


def _report(family: Family[Any], level: int, tally: Tally) -> Report:
    times = Counter(tally.prints)
    failures = list(tally.failures)
    if len(times) != (asked := len(set(tally.asked))):
        why = f"{len(times)} different draws make {asked} different questions"
        failures.append(Failure("", why))
    cost = family.cost[level - 1]
    if far := [work for work in tally.costs if not work.near(cost)]:
        failures.append(Failure("", f"it costs {far[0]}, and not about {cost}"))
    failures += [Failure("", why) for places in tally.places for why in _crooked(places)]
    works = list(zip(*tally.costs, strict=True)) or [(each,) for each in cost]
    return Report(
        family.name,
        level,
        tally.drawn,
        len(times),
        estimate(times.values()),
        1 - tally.drawn / tally.attempts if tally.attempts else 0.0,
        tuple(_by_place(places) for places in tally.places if places),
        tuple(_range(answers) for answers in tally.answers),
        (Work(*map(min, works)), Work(*map(max, works))),
        tally.slowest,
        tuple(failures),
    )


def estimate(times: Iterable[int]) -> int:
    """Return how many different things there are, seen how often each one drawn came up.

    Chao's lower bound: with ``once`` seen once and ``twice`` seen twice, there are about
    ``once² / 2·twice`` that were not seen. Chao (1984), Scandinavian Journal of Statistics 11.

    Examples
    --------
    >>> estimate([5, 7, 6]), estimate([1, 1, 1, 1, 2])
    (3, 13)
    """
    counts = Counter(times)
    once, twice = counts[1], counts[2]
    unseen = once * once // (2 * twice) if twice else once * (once - 1) // 2
    return counts.total() + unseen


def _by_place(places: Counter[tuple[int, int]]) -> tuple[int, ...]:
    most = max(options for options, _ in places)
    return tuple(
        sum(places[options, place] for options in range(place, most + 1))
        for place in range(1, most + 1)
    )


def _crooked(places: Counter[tuple[int, int]]) -> Iterator[str]:
    """Yield where the right option stands too often at some places (chi-squared)."""
    for options in sorted({options for options, _ in places}):
        seen = [places[options, place] for place in range(1, options + 1)]
        mean = Fraction(sum(seen), options)
        squares = sum((count - mean) ** 2 for count in seen) / mean
        if mean >= 5 and _chance(float(squares), options - 1) < _CROOKED:
            yield f"the right one of {options} options is not equally likely anywhere: {seen}"


def _chance(squares: float, freedom: int) -> float:
    """Return how likely a chi-squared of at least `squares` is (Wilson and Hilferty, 1931).

    >>> round(_chance(3.0, 3), 2), _chance(60.0, 3) < 1e-6
    (0.39, True)
    """
    from math import erfc, sqrt

    if freedom < 1:
        return 1.0
    spread = 2 / (9 * freedom)
    normal = ((squares / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread)
    return erfc(normal / sqrt(2)) / 2


def _range(answers: Counter[Result]) -> tuple[Number | None, Number | None, int, float]:
    numbers = [answer for answer in answers if not isinstance(answer, tuple)]
    low, high = (min(numbers), max(numbers)) if numbers else (None, None)
    share = answers.most_common(1)[0][1] / answers.total() if answers else 0.0
    return low, high, len(answers), share
