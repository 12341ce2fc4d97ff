"""What is said on sheets in every format alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast
from urllib.parse import quote

from generator.export._export import Part
from generator.model import Result
from generator.paper import Choice, Exercise, Form, Mistake, Sheet, letter, points_in_words, told
from generator.prose import Block, Prose, Strong


def part_title(sheet: Sheet, part: Part) -> str:
    """Return the heading of a part."""
    return sheet.title if part == "sheet" else f"{sheet.title} — {part}"


def facts(sheet: Sheet) -> Iterator[str]:
    """Yield how long a sheet is, and what it is worth."""
    count = len(sheet.exercises)
    yield "1 exercise" if count == 1 else f"{count} exercises"
    yield points_in_words(sheet.points)


def called(exercise: Exercise, nth: int) -> str:
    """Return what a question is called, counted from 0; the only one needs no name."""
    return f"{letter(nth + 1).lower()})" if len(exercise.questions) > 1 else ""


def right_answer(form: Form, value: Result) -> Prose:
    """Return a right answer; an option that is a picture or a matrix is told by its letter.

    >>> from generator.prose import Text
    >>> right_answer(Choice(((Text("one"),), (Text("two"),))), 2)
    (Strong(text='B'), Text(text=' '), Text(text='two'))
    """
    prose = told(form, value)
    drawn = isinstance(form, Choice) and any(isinstance(node, Block) for node in prose)
    return prose[:1] if drawn else prose


def wrong_answer(form: Form, value: Result) -> Prose:
    """Return a wrong answer in front of its meaning: an option by its letter alone.

    >>> from generator.prose import Text
    >>> wrong_answer(Choice(((Text("one"),), (Text("two"),))), 2)
    (Strong(text='B'),)
    """
    return (Strong(letter(cast(int, value))),) if isinstance(form, Choice) else told(form, value)


def meaning(mistake: Mistake) -> str:
    """Return what a key says of a wrong answer; of one that is carried forward, its name says all.

    >>> meaning(Mistake("flipped", 3, "You turned the kernel.", "a.md"))
    'You turned the kernel.'
    """
    return "" if mistake.carried else mistake.says


def dash(says: str, escape: Callable[[str], str]) -> str:
    """Return what stands behind a name: a dash and the words, or nothing.

    >>> dash("You turned it.", str), dash("", str)
    ('— You turned it.', '')
    """
    return f"— {escape(says)}" if says else ""


def subject(page: str) -> str:
    """Return the page to read again, as it is told on paper.

    >>> subject("convolution/output-size.md")
    'convolution/output-size'
    """
    return page.removesuffix(".md")


def link(name: str, site: str = "") -> str:
    """Return what the code of an exercise holds: where it is practised, else its id.

    >>> link("output-size.2@1/fern-12", "https://example.org/cnn/practice/")
    'https://example.org/cnn/practice/#output-size.2@1/fern-12'
    """
    return f"{site.partition('#')[0]}#{quote(name, safe='@/.+-')}" if site else name
