"""What there is to practise: the families as topics, and the first variants of each.

Families and writers are imported where they are needed: the shell knows these verbs, too, and
answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from generator.errors import UserError, unknown
from generator.model import Spec
from generator.paper import Exercise

#: Variants that a site ships of every family and level.
VARIANTS = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """A family as somebody meets it who practises.

    Parameters
    ----------
    name, title
        What it is called, by programs and by people.
    version
        Of its exercises: a page that was printed with another cannot show the same ones.
    page
        Where it is explained, relative to the site's root: ``convolution/padding.md``.
    levels
        How many there are, from 1 on.
    rows
        The rows of the curriculum it practises: the order in which it is met.
    """

    name: str
    title: str
    version: int
    page: str
    levels: int
    rows: tuple[int, ...]


@cache
def topics() -> Mapping[str, Topic]:
    """Return every family by its name, in the order of the course.

    >>> topics()["output-size"].title, topics()["output-size"].levels
    ('Size of the feature map', 3)
    """
    from generator.exercises._families import FAMILIES

    found = [
        Topic(name, one.title, one.version, one.page, len(one.levels), one.rows)
        for name, one in FAMILIES.items()
    ]
    return {topic.name: topic for topic in sorted(found, key=lambda each: (each.rows, each.name))}


def variants(name: str, level: int, count: int = VARIANTS) -> Iterator[Exercise]:
    """Yield the first variants of a family, no two alike; fewer if it has no more.

    Parameters
    ----------
    name
        The family.
    level
        One of its levels.
    count
        How many are wanted: of the seeds ``p1``, ``p2``, … those that bring something new.

    Examples
    --------
    >>> [exercise.id for exercise in variants("output-size", 2, 2)]
    ['output-size.2@1/p1', 'output-size.2@1/p2']
    """
    from generator.exercises._families import FAMILIES
    from generator.exercises._make import name_of, write
    from generator.exercises._settle import TRIES, settle

    family = FAMILIES[name]
    seen: set[int] = set()
    seed = last = 0
    while len(seen) < count and seed - last < TRIES:
        seed += 1
        settled = settle(family, name_of(family, level, f"p{seed}"))
        if settled.fingerprint not in seen:
            seen.add(settled.fingerprint)
            last = seed
            yield write(family, settled)


def first(name: str, level: int = 1, count: int = VARIANTS) -> tuple[Exercise, ...]:
    """Return the first variants of a family, no two alike: those that a site ships.

    Raises
    ------
    UserError
        If there is no such family or level.

    Examples
    --------
    >>> first("output-sise", 1)
    Traceback (most recent call last):
    generator.errors.UserError: unknown exercise family 'output-sise'; did you mean 'output-size'?
    """
    if name not in topics():
        raise UserError([unknown("exercise family", name, sorted(topics()))])
    return tuple(variants(name, level, count))


class Writers(NamedTuple):
    """What writes the pieces of an exercise that this room cannot.

    Parameters
    ----------
    figure
        Writes a picture as HTML.
    formula
        Writes a formula in TeX as HTML, inside the line or on one of its own.
    """

    figure: Callable[[Spec], str]
    formula: Callable[[str, bool], str]


def exercise_data(made: Exercise, write: Writers, *, drawn: bool = True) -> dict[str, Any]:
    """Return an exercise in plain values, for a script that asks and checks it.

    Parameters
    ----------
    made
        The exercise.
    write
        Writes pictures and formulas.
    drawn
        Whether hints, feedback and solution have their pictures; those of the question are always
        there.
    """
    from generator.export._practice import exercise_data
    from generator.export._prose_html import ProseHtml

    asking = ProseHtml(*write, site=True)
    undrawn = ProseHtml(lambda spec: "", write.formula, site=True)
    return exercise_data(made, asking, asking if drawn else undrawn)


def exercise_html(made: Exercise, write: Writers, heading: int = 3) -> str:
    """Return an exercise to read, its solution folded away, under a heading of a level."""
    from generator.export._practice import exercise_html
    from generator.export._prose_html import ProseHtml

    return exercise_html(made, ProseHtml(*write, site=True), heading)
