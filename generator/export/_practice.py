"""Exercises for practice on a page: as plain values for its script, and as HTML without one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from typing import Any, cast

from generator.export._prose_html import ProseHtml
from generator.model import Result, Rows
from generator.paper import (
    Choice,
    Exercise,
    Form,
    Matrix,
    Mistake,
    OneNumber,
    Question,
    Several,
    letter,
    told,
)
from generator.prose import Prose, Strong, Text


def exercise_data(exercise: Exercise, write: ProseHtml, draw: ProseHtml) -> dict[str, Any]:
    """Return an exercise in plain values: words as HTML, numbers as exact text.

    Parameters
    ----------
    exercise
        What is practised.
    write
        Writes the question, with its pictures.
    draw
        Writes what comes after it: hints, feedback and the solution.
    """
    return {
        "id": exercise.id,
        "prompt": write.blocks(exercise.prompt),
        "parts": [_part(exercise, place, write, draw) for place in range(len(exercise.questions))],
        "hints": [draw.blocks(hint) for hint in exercise.hints],
        "steps": [draw.blocks(step) for step in exercise.solution],
    }


def _part(exercise: Exercise, place: int, write: ProseHtml, draw: ProseHtml) -> dict[str, Any]:
    question = exercise.questions[place]
    part = {
        "ask": write.blocks(question.prompt),
        "form": _form(question.form, write, question.answer),
        "answer": _value(question.answer),
        "also": [_value(other) for other in question.also],
        "mistakes": [_mistake(each, exercise, place, draw) for each in question.mistakes],
    }
    return {key: value for key, value in part.items() if value or key == "answer"}


def _form(form: Form, write: ProseHtml, answer: Result) -> dict[str, Any]:
    match form:
        case OneNumber(places, unit):
            said = {"sort": "number", "places": places, "unit": unit}
            return {key: value for key, value in said.items() if value not in (None, "")}
        case Several(labels):
            return {"sort": "several", "labels": list(labels)}
        case Matrix(name):
            rows = cast(Rows, answer)
            return {"sort": "matrix", "name": name, "size": [len(rows), len(rows[0])]}
        case Choice(options):
            return {"sort": "choice", "options": [write.blocks(option) for option in options]}


def _value(result: Result) -> Any:
    """Return a result with its numbers as exact text.

    >>> _value(-3), _value(Fraction(1, 16)), _value(((1, 2), (3, Fraction(1, 2))))
    ('-3', '1/16', [['1', '2'], ['3', '1/2']])
    """
    if isinstance(result, tuple):
        return [_value(each) for each in result]
    return str(Fraction(result))


def _mistake(mistake: Mistake, exercise: Exercise, place: int, draw: ProseHtml) -> dict[str, Any]:
    said: dict[str, Any] = {
        "value": _value(mistake.value),
        "says": escape(mistake.says, quote=False),
        "page": mistake.page,
    }
    if mistake.carried:
        said["carried"] = _carried(mistake, exercise, place)
    if mistake.figure is not None and (figure := draw.figure(mistake.figure)):
        said["figure"] = figure
    return said


def _carried(mistake: Mistake, exercise: Exercise, place: int) -> list[list[Any]]:
    """Return the earlier wrong answers this one follows from: the part, from 0, and the value."""
    return [
        [earlier, _value(other.value)]
        for earlier, question in enumerate(exercise.questions[:place])
        for other in question.mistakes
        if not other.carried
        and mistake.name.endswith(f"part {letter(earlier + 1).lower()}: {other.name}")
    ]


def exercise_html(exercise: Exercise, write: ProseHtml, heading: int) -> str:
    """Return an exercise to read: the question, and the answer with its solution folded away."""
    title, level = escape(exercise.title, quote=False), f"<small>level {exercise.level}</small>"
    return "".join(
        [
            '<article class="cb-exercise">',
            f'<h{heading} class="cb-title">{title} {level}</h{heading}>',
            *_asked(exercise, write),
            '<details class="cb-fold"><summary>Answer and solution</summary>',
            *_solved(exercise, write),
            f'</details><p class="cb-id">{escape(exercise.id, quote=False)}</p></article>',
        ]
    )


def _asked(exercise: Exercise, write: ProseHtml) -> Iterator[str]:
    yield write.blocks(exercise.prompt)
    for place, question in enumerate(exercise.questions):
        yield write.blocks((*_called(exercise, place), *question.prompt))
        if isinstance(question.form, Choice):
            options = "".join(f"<li>{write.blocks(each)}</li>" for each in question.form.options)
            yield f'<ol class="cb-letters">{options}</ol>'


def _called(exercise: Exercise, place: int) -> Prose:
    """Return what a part is called, if there are several."""
    if len(exercise.questions) == 1:
        return ()
    return (Strong(f"{letter(place + 1).lower()})"), Text(" "))


def _solved(exercise: Exercise, write: ProseHtml) -> Iterator[str]:
    for place, question in enumerate(exercise.questions):
        part = f" {letter(place + 1).lower()}" if len(exercise.questions) > 1 else ""
        answer = (Strong(f"Answer{part}:"), Text(" "), *told(question.form, question.answer))
        yield write.blocks((*answer, *_or(question)))
    yield '<ol class="cb-solution">'
    yield from (f"<li>{write.blocks(step)}</li>" for step in exercise.solution)
    yield "</ol>"


def _or(question: Question) -> Iterator[Any]:
    for other in question.also:
        yield from (Text(" Right too: "), *told(question.form, other), Text("."))
