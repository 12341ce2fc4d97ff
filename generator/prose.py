"""Text as a small tree, which every exporter writes in its own way and none has to parse.

>>> question: Prose = (Text("What is "), Math("3 - 1"), Text("?"))
>>> len(question)
3
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias, cast

from generator.model import Result, Rows, Spec, shape
from generator.numerals import Number, shown


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that are leaned on."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """An exact number in the text."""

    number: Number


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in TeX, inside the line."""

    tex: str


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula in TeX on a line of its own."""

    tex: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of numbers with a name; ``None`` leaves a cell empty to be filled in."""

    name: str
    rows: tuple[tuple[Number | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of a program, numbered from 1 so that one can speak of them; one alone is not."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A worked example's picture."""

    spec: Spec


@dataclass(frozen=True, slots=True)
class Blank:
    """Room for an answer: a line `width` digits wide."""

    label: str = ""
    width: int = 6


@dataclass(frozen=True, slots=True)
class Break:
    """A new paragraph begins."""


Node: TypeAlias = Text | Strong | Value | Math | Equation | Grid | Code | Figure | Blank | Break
#: What stands on lines of its own.
Block: TypeAlias = Grid | Code | Figure | Equation
#: A piece of text: nodes in reading order.
Prose: TypeAlias = tuple[Node, ...]


def line(*parts: str | Number | Node) -> Prose:
    """Return the prose of words, numbers and other nodes in reading order.

    >>> line("stride ", 2, Break())
    (Text(text='stride '), Value(number=2), Break())
    """
    return tuple(
        Text(part)
        if isinstance(part, str)
        else Value(part)
        if isinstance(part, int | Fraction)
        else part
        for part in parts
    )


def answer(result: Result, name: str = "Answer") -> Prose:
    """Return a result as prose: a number, a line of numbers, or a matrix called `name`.

    Raises
    ------
    ValueError
        If the result has more than two dimensions, which no line of text can show.

    Examples
    --------
    >>> answer(-3), answer((1, 2))
    ((Value(number=-3),), (Text(text='(1, 2)'),))
    >>> answer(((1, 2), (3, 4)), "Map")
    (Grid(name='Map', rows=((1, 2), (3, 4))),)
    """
    if not isinstance(result, tuple):
        return (Value(result),)
    dimensions = len(shape(result))
    if dimensions == 1:
        return (Text(f"({', '.join(shown(cast(Number, each)) for each in result)})"),)
    if dimensions == 2:
        return (Grid(name, cast(Rows, result)),)
    raise ValueError(f"a result of {dimensions} dimensions cannot be written in a text")


def blocks(prose: Prose) -> Iterator[Prose]:
    """Yield what stands one below the other: runs of inline nodes, runs of one sort of block.

    Grids that follow each other come as one run, so that they can be set side by side.

    >>> grid = Grid("Input", ((1,),))
    >>> [len(block) for block in blocks(line("Two of them:", grid, grid, "What ", 3, " is."))]
    [1, 2, 3]
    """
    for sort, run in groupby(prose, _sort):
        if sort is not Break:
            yield tuple(run)


def _sort(node: Node) -> type:
    return type(node) if isinstance(node, Block | Break) else Text
