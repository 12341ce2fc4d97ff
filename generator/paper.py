"""The records of exercises and the sheets they are handed out on.

They stand beside :mod:`generator.model` and not in it, because they speak in prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Result
from generator.prose import Prose


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that a known misconception leads to.

    Parameters
    ----------
    name
        What went wrong, in two or three words: ``padding forgotten``.
    value
        What this mistake computes; never the right answer, never another mistake's value.
    says
        Why it is wrong, to the person who made it.
    page
        The page to read again, relative to the site's root: ``convolution/padding.md``.
    """

    name: str
    value: Result
    says: str
    page: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question with its answer, what can go wrong with it, and its worked solution.

    Parameters
    ----------
    id
        Makes the exercise again, in any format: ``output-size.2@1/fern-12``.
    family, title, level, points
        Where it comes from, what it is called, 1 to 3, what it is worth.
    prompt
        The question.
    answer
        The right answer, exactly.
    mistakes
        The wrong answers that mean something.
    hints
        From a nudge to nearly all of it.
    solution
        One piece of prose for each step of the worked solution.
    """

    id: str
    family: str
    title: str
    level: int
    points: int
    prompt: Prose
    answer: Result
    mistakes: tuple[Mistake, ...]
    hints: tuple[Prose, ...]
    solution: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Exercises in the order in which they are printed.

    Parameters
    ----------
    title
        The heading.
    seed
        Makes the same sheet again.
    exercises
        Never empty.
    """

    title: str
    seed: str
    exercises: tuple[Exercise, ...]

    @property
    def points(self) -> int:
        """What the whole sheet is worth."""
        return sum(exercise.points for exercise in self.exercises)


def points_in_words(points: int) -> str:
    """Return what an exercise or a sheet is worth.

    >>> points_in_words(1), points_in_words(14)
    ('1 point', '14 points')
    """
    return "1 point" if points == 1 else f"{points} points"
