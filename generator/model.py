"""Read this first: the frozen records that cross from room to room.

A :class:`Spec` says which worked example is wanted. Solving it gives an :class:`Example`: the
result and the story, one :class:`Step` for each number of the result. A step keeps the terms it
was summed from; the figure, the alt text, the solution and the hint all read the same step.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

from generator.numerals import Number, factor, shown, total

#: Rows of exact numbers.
Rows: TypeAlias = tuple[tuple[Number, ...], ...]
#: A number, a line, a matrix, … of exact numbers.
Result: TypeAlias = "Number | tuple[Result, ...]"


@dataclass(frozen=True, slots=True)
class Spec:
    """What is wanted: a kind of worked example and its parameters.

    Parameters
    ----------
    kind
        The name of the kind, for example ``convolution``.
    params
        The kind's own frozen record of parameters, already checked.
    title
        A heading of the reader's own; empty for the kind's.
    step
        Which step a still picture shows, counted from 1; ``None`` for all of them at once.
    """

    kind: str
    params: Hashable
    title: str = ""
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of input cells, `top` and `left` counted from 0; negative inside the padding.

    >>> Region(-1, 0, 3, 3).bottom, Region(-1, 0, 3, 3).right
    (1, 2)
    """

    top: int
    left: int
    height: int
    width: int

    @property
    def bottom(self) -> int:
        """Last row inside."""
        return self.top + self.height - 1

    @property
    def right(self) -> int:
        """Last column inside."""
        return self.left + self.width - 1


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a sum: what was read, times its weight.

    Parameters
    ----------
    x
        The number that was read.
    w
        What it is multiplied by.
    at
        The cell it was read for, which may lie in the padding; ``None`` if it is no cell's.
    bias
        Whether it is a bias: a weight whose input is always 1.
    """

    x: Number
    w: Number
    at: tuple[int, int] | None = None
    bias: bool = False

    @property
    def product(self) -> Number:
        """The product of the two, exactly.

        >>> Term(3, -2).product
        -6
        """
        return total([self.x * self.w])

    def __str__(self) -> str:
        """Write the product as it is multiplied; a bias stands alone.

        >>> str(Term(3, -2, (0, 0))), str(Term(1, 5, bias=True))
        ('3·(−2)', '5')
        """
        return factor(self.w) if self.bias else f"{factor(self.x)}·{factor(self.w)}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story: one number of the result and where it came from.

    Parameters
    ----------
    index
        Counted from 1.
    at
        The cell of the result, counted from 0.
    window
        The input cells that are looked at; ``None`` when the step looks at none.
    terms
        The products whose sum is `value`; empty when the step sums nothing.
    value
        The number of this step.
    says
        The step in one sentence.
    """

    index: int
    at: tuple[int, ...]
    window: Region | None
    terms: tuple[Term, ...]
    value: Number
    says: str

    @property
    def sum(self) -> str:
        """The arithmetic with every term, zeros too; empty if the step sums nothing.

        >>> terms = (Term(1, 2, (0, 0)), Term(4, 0, (0, 1)))
        >>> Step(1, (0, 0), None, terms, 2, "").sum
        '1·2 + 4·0 = 2'
        """
        return f"{' + '.join(map(str, self.terms))} = {shown(self.value)}" if self.terms else ""


@dataclass(frozen=True, slots=True)
class Example:
    """A solved worked example.

    Parameters
    ----------
    spec
        What was asked.
    result
        The answer, in exact numbers.
    steps
        How it came about; never empty.
    alt
        The picture in words, with its numbers.
    says
        The one sentence under the picture: what to see.
    """

    spec: Spec
    result: Result
    steps: tuple[Step, ...]
    alt: str
    says: str


def shape(result: Result) -> tuple[int, ...]:
    """Return the shape of nested rows, as far as all parts have the same.

    >>> shape(((1, 2, 3), (4, 5, 6))), shape((1, 2)), shape(7)
    ((2, 3), (2,), ())
    >>> shape((((1, 2), (3, 4)), ((5,),)))
    (2,)
    """
    if not isinstance(result, tuple):
        return ()
    inside = [shape(part) for part in result]
    return (len(result), *inside[0]) if len(set(inside)) == 1 else (len(result),)


def depth(result: Result) -> int:
    """Return how deep rows lie in each other: 0 a number, 2 a matrix, 3 several matrices.

    >>> depth(7), depth((((1, 2), (3, 4)), ((5,),)))
    (0, 3)
    """
    return 1 + depth(result[0]) if isinstance(result, tuple) else 0
