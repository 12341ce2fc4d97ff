"""The records of exercises and the sheets they are handed out on.

They stand beside :mod:`generator.model` and not in it, because they speak in prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import TypeAlias, cast

from generator.model import Result, Spec
from generator.numerals import Number, rounded, shown
from generator.prose import Node, Prose, Strong, Text, answer


@dataclass(frozen=True, slots=True)
class OneNumber:
    """The answer is a number.

    Parameters
    ----------
    places
        Decimal places it is rounded to, which is said in the question; one unit of the last place
        more or less is right too. ``None``: it is exact.
    unit
        What is counted, in the plural, to stand behind the number: ``weights``; may be empty.
    """

    places: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """The answer is some whole numbers, each with its label: a shape, a cell, a kernel's size."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The answer is a matrix to fill in, called `name`."""

    name: str = "Answer"


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer is one of the options, told by its number from 1 on."""

    options: tuple[Prose, ...]


#: What sort of answer is asked for.
Form: TypeAlias = OneNumber | Several | Matrix | Choice


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that a known misconception leads to.

    Parameters
    ----------
    name
        What went wrong, in two or three words: ``padding forgotten``.
    value
        What this mistake computes; never a right answer, never another mistake's value.
    says
        Why it is wrong, to the person who made it.
    page
        The page to read again, relative to the site's root: ``convolution/padding.md``.
    carried
        Whether it follows rightly from a wrong answer to an earlier part of the exercise.
    figure
        A picture that shows the mistake beside the truth, if there is one.
    """

    name: str
    value: Result
    says: str
    page: str
    carried: bool = False
    figure: Spec | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked for.

    Parameters
    ----------
    prompt
        What is asked beyond the exercise's own prompt; empty if there is only one question.
    form
        What sort of answer is wanted.
    answer
        The right answer, exactly.
    also
        What is right too.
    mistakes
        The wrong answers that mean something.
    points
        What it is worth.
    """

    prompt: Prose
    form: Form
    answer: Result
    also: tuple[Result, ...]
    mistakes: tuple[Mistake, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its questions, what can go wrong with them, and its worked solution.

    Parameters
    ----------
    id
        Makes the exercise again, in any format: ``output-size.2@1/fern-12``.
    family, title, level
        Where it comes from, what it is called, 1 to 3.
    page
        Where its topic is explained, relative to the site's root.
    prompt
        What all questions are about, and the question itself if there is only one.
    questions
        What is asked, in order; never empty.
    hints
        From a nudge to nearly all of it.
    solution
        One piece of prose for each step of the worked solution.
    """

    id: str
    family: str
    title: str
    level: int
    page: str
    prompt: Prose
    questions: tuple[Question, ...]
    hints: tuple[Prose, ...]
    solution: tuple[Prose, ...]

    @property
    def points(self) -> int:
        """What it is worth."""
        return sum(question.points for question in self.questions)


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
    student
        For whom it is; empty if the name is to be filled in.
    note
        A line under the heading, such as the course; may be empty.
    """

    title: str
    seed: str
    exercises: tuple[Exercise, ...]
    student: str = ""
    note: str = ""

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


def letter(index: int) -> str:
    """Return what an option or a part is called that is counted from 1.

    >>> letter(1), letter(3)
    ('A', 'C')
    """
    return ascii_uppercase[index - 1]


def same(form: Form, one: Result, other: Result) -> bool:
    """Return whether two answers count as one: equal, or as close as rounding allows.

    >>> same(OneNumber(places=2), Fraction(73, 100), Fraction(74, 100)), same(OneNumber(), 7, 8)
    (True, False)
    """
    if isinstance(form, OneNumber) and form.places is not None:
        distance = Fraction(cast(Number, one)) - Fraction(cast(Number, other))
        return bool(abs(distance) * 10**form.places <= 1)
    return one == other


def told(form: Form, value: Result) -> Prose:
    """Return an answer, right or wrong, as it stands in a key.

    >>> told(Several(("rows", "columns")), (3, 4))
    (Text(text='rows 3, columns 4'),)
    >>> told(OneNumber(places=1, unit="percent"), Fraction(8100, 361))
    (Value(number=Fraction(112, 5)), Text(text=' percent'))
    >>> told(Choice(((Text("one"),), (Text("two"),))), 2)
    (Strong(text='B'), Text(text=' '), Text(text='two'))
    """
    match form:
        case Several(labels):
            numbers = cast("tuple[Number, ...]", value)
            pairs = zip(labels, numbers, strict=True)
            return (Text(", ".join(f"{label} {shown(number)}" for label, number in pairs)),)
        case Choice(options):
            index = cast(int, value)
            return (Strong(letter(index)), Text(" "), *options[index - 1])
        case Matrix(name):
            return answer(value, name)
        case OneNumber(places, unit):
            units: tuple[Node, ...] = (Text(f" {unit}"),) if unit else ()
            if places is not None:  # nobody compares 8100/361 with 22.4
                value = rounded(Fraction(cast(Number, value)), places)
            return (*answer(value), *units)
