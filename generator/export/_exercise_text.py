"""One exercise as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import indent, wrap

from generator.export._export import Draw
from generator.export._sheet_words import called, right_answer, wrong_answer
from generator.numerals import shown
from generator.paper import Choice, Exercise, Question, letter, points_in_words
from generator.prose import (
    Blank,
    Block,
    Code,
    Equation,
    Figure,
    Grid,
    Math,
    Node,
    Prose,
    Strong,
    Text,
    Value,
    blocks,
)

#: Letters in a line.
_WIDTH = 78
#: Between matrices side by side.
_GAP = "     "


def exercise_text(
    exercise: Exercise, draw: Draw, *, hints: bool = False, solution: bool = False
) -> str:
    """Return the question; hints, answer with what wrong ones mean, and solution if wanted."""
    return "\n\n".join(_parts(exercise, draw, hints=hints, solution=solution)) + "\n"


def _parts(exercise: Exercise, draw: Draw, *, hints: bool, solution: bool) -> Iterator[str]:
    head = f"{exercise.title} · level {exercise.level} · {points_in_words(exercise.points)}"
    yield f"{head}\n{exercise.id}"
    yield from _blocks(exercise.prompt, draw)
    for nth, question in enumerate(exercise.questions):
        yield from _asked(question, called(exercise, nth), draw)
    if hints:
        for place, hint in enumerate(exercise.hints, 1):
            yield from _headed(f"Hint {place}:", hint, draw)
    if not solution:
        return
    for nth, question in enumerate(exercise.questions):
        yield from _answered(question, called(exercise, nth), draw)
    for place, step in enumerate(exercise.solution, 1):
        yield from _headed(f"{place}.", step, draw)


def _asked(question: Question, name: str, draw: Draw) -> Iterator[str]:
    if question.prompt:
        yield from _headed(name, question.prompt, draw)
    if isinstance(question.form, Choice):
        for place, option in enumerate(question.form.options, 1):
            yield from _headed(letter(place), option, draw)


def _answered(question: Question, name: str, draw: Draw) -> Iterator[str]:
    yield from _headed(f"Answer {name}".strip(), right_answer(question.form, question.answer), draw)
    for other in question.also:
        yield from _headed("Right too:", right_answer(question.form, other), draw)
    for mistake in question.mistakes:
        value = wrong_answer(question.form, mistake.value)
        yield from _headed("If it says", value, draw)
        yield indent(_wrapped(f"{mistake.name}: {mistake.says}", _WIDTH - 2), "  ")


def _headed(head: str, prose: Prose, draw: Draw) -> Iterator[str]:
    """Yield prose whose first line begins with a few words."""
    first = (Strong(head), Text(" ")) if head else ()
    yield from _blocks((*first, *prose), draw)


def _blocks(prose: Prose, draw: Draw) -> Iterator[str]:
    for run in blocks(prose):
        if isinstance(run[0], Grid):
            yield _beside([_grid(node) for node in run if isinstance(node, Grid)])
        elif isinstance(run[0], Block):
            yield from (_block(node, draw) for node in run)
        elif line := "".join(map(_inline, run)).strip():
            yield _wrapped(line, _WIDTH)


def _wrapped(text: str, width: int) -> str:
    return "\n".join(wrap(text, width, break_long_words=False, break_on_hyphens=False))


def _block(node: Node, draw: Draw) -> str:
    match node:
        case Code(lines):
            return "\n".join(f"{place:4}  {text}" for place, text in enumerate(lines, 1))
        case Equation(tex):
            return indent(tex, "    ")
        case Figure(spec):
            film = draw(spec)
            return indent(_wrapped(f"[{film.title}: {film.alt}]", _WIDTH - 2), "  ")
        case _:
            raise TypeError(f"{node} stands on no line of its own")


def _inline(node: Node) -> str:
    match node:
        case Text(text) | Strong(text):
            return text
        case Value(number):
            return shown(number)
        case Math(tex):
            return tex
        case Blank(label, width):
            return f"{label} {'_' * width}".lstrip()
        case _:
            raise TypeError(f"{node} is no part of a line")


def _grid(grid: Grid) -> list[str]:
    """Return a matrix under its name, its digits below each other.

    >>> _grid(Grid("Kernel", ((1, -2), (10, None))))
    ['Kernel, 2 × 2', '   1  −2', '  10   _']
    """
    cells = [["_" if number is None else shown(number) for number in row] for row in grid.rows]
    width = max(len(cell) for row in cells for cell in row)
    rows = ["  " + "  ".join(cell.rjust(width) for cell in row) for row in cells]
    return [f"{grid.name}, {len(cells)} × {len(cells[0])}", *rows]


def _beside(grids: list[list[str]]) -> str:
    """Return matrices side by side; one below the other if the lines are too long for that."""
    widths = [max(map(len, lines)) for lines in grids]
    if sum(widths) + len(_GAP) * (len(grids) - 1) > _WIDTH:
        return "\n\n".join("\n".join(lines) for lines in grids)
    rows = zip_longest(*grids, fillvalue="")
    padded = (
        _GAP.join(line.ljust(width) for line, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in padded)
