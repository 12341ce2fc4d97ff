"""Exercises as a student reads them: the tests take their numbers from the text, not the code."""

import ast
import os
import re
from collections.abc import Iterator
from functools import cache

from generator.exercises._families import FAMILIES
from generator.exercises._make import make
from generator.model import Result
from generator.numerals import shown
from generator.paper import Choice, Exercise, Question
from generator.prose import Grid, Math, Prose, Strong, Text, Value

#: Seeds a level; `make check-deep` draws more.
SEEDS = 2000 if os.environ.get("CONVBOOK_DEEP") else 150
LEVELS = [(name, level) for name in FAMILIES for level in FAMILIES[name].levels]


@cache
def drawn(family: str, level: int) -> tuple[Exercise, ...]:
    """Exercises of :data:`SEEDS` seeds, made once for all tests."""
    return tuple(make(FAMILIES[family], level, f"fern-{seed}") for seed in range(SEEDS))


def flat(prose: Prose) -> str:
    """The words and numbers of a prose; grids are left out.

    >>> flat((Text("stride "), Value(-2), Text("; "), Strong("here")))
    'stride −2; here'
    """
    parts = []
    for node in prose:
        match node:
            case Text(text) | Strong(text):
                parts.append(text)
            case Value(number):
                parts.append(shown(number))
            case Math(tex):
                parts.append(tex)
            case _:
                parts.append("\n")
    return "".join(parts)


def grid(prose: Prose, name: str) -> list[list[int]]:
    """The numbers of a grid of whole numbers."""
    (rows,) = (node.rows for node in prose if isinstance(node, Grid) and node.name == name)
    return [[int(number) for number in row if number is not None] for row in rows]


def holed(prose: Prose, name: str) -> list[list[int | None]]:
    """The numbers of a grid of whole numbers, ``None`` where one is to be found."""
    (rows,) = (node.rows for node in prose if isinstance(node, Grid) and node.name == name)
    return [[None if number is None else int(number) for number in row] for row in rows]


_EQUATION = re.compile(r"[\d(⌊−][\d ()⌊⌋+−·/]*=[\d ()⌊⌋+−·/=]*")


def equations(text: str) -> Iterator[list[int]]:
    """Both sides of every equation in a text, computed.

    >>> list(equations("Row 3: 1·3 + 0·(−2) = 3 and ⌊7 / 2⌋ + 1 = 4."))
    [[3, 3], [4, 4]]
    """
    for match in _EQUATION.finditer(text):
        yield [_value(side) for side in match[0].split("=")]


def _value(text: str) -> int:
    for sign, python in (("−", "-"), ("·", "*"), ("/", "//"), ("⌊", "("), ("⌋", ")")):
        text = text.replace(sign, python)
    return _computed(ast.parse(text.strip(), mode="eval").body)


def _computed(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_computed(operand)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _computed(left), _computed(right)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.FloorDiv():
                    return a // b
    raise AssertionError(ast.dump(node))


def number(pattern: str, text: str, default: int = 0) -> int:
    """The number behind a pattern's first bracket.

    >>> number(r"stride (\\d+)", "with stride 2"), number(r"padding (\\d+)", "with stride 2")
    (2, 0)
    """
    match = re.search(pattern, text)
    return int(match[1]) if match else default


def whole(value: Result) -> int:
    """An answer that is one whole number, as such for the type checker."""
    assert isinstance(value, int)
    return value


def wholes(value: Result) -> tuple[int, ...]:
    """An answer that is some whole numbers."""
    assert isinstance(value, tuple)
    return tuple(map(whole, value))


def word(pattern: str, text: str) -> str:
    """What a pattern's first bracket finds.

    >>> word(r"mode (\\w+)", "in the mode reflect")
    'reflect'
    """
    match = re.search(pattern, text)
    assert match
    return match[1]


def options(question: Question) -> tuple[Prose, ...]:
    """What is chosen between."""
    assert isinstance(question.form, Choice)
    return question.form.options


def only(exercise: Exercise) -> Question:
    """The question of an exercise that has one."""
    (question,) = exercise.questions
    return question
