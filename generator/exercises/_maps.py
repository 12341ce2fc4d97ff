"""Whole feature maps in plain numbers: computed in two ways, and told sum by sum.

Here are no terms and no steps, as in :mod:`generator.exercises._sum`: a family computes some ten
maps a draw, the right one and those of its mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.dice import Dice
from generator.exercises._draw import Wholes
from generator.exercises._figure import spec
from generator.exercises._sum import terms
from generator.model import Rows, Spec
from generator.numerals import Number, factor, shown
from generator.prose import Figure, Node, Prose, line
from generator.spec.matrix import Matrix as Numbers

#: Places of a kernel with so many zeros and so many negative weights among them.
Group = tuple[Sequence[tuple[int, int]], int, int]
#: The places of a 3×3 kernel by how much of them zero padding leaves: centre, edges, corners.
CENTRE, EDGES, CORNERS = (
    ((1, 1),),
    ((0, 1), (1, 0), (1, 2), (2, 1)),
    ((0, 0), (0, 2), (2, 0), (2, 2)),
)


def slid(x: Wholes, w: Wholes, stride: int = 1) -> Wholes:
    """Return the sum of the products of every window: what is asked for.

    >>> slid(((1, 2, 3), (4, 5, 6)), ((1, 0), (0, -1)))
    ((-4, -4),)
    """
    height, width = len(w), len(w[0])
    weights = [(a, b, v) for a, row in enumerate(w) for b, v in enumerate(row) if v]
    return tuple(
        tuple(
            sum([x[i + a][j + b] * v for a, b, v in weights])
            for j in range(0, len(x[0]) - width + 1, stride)
        )
        for i in range(0, len(x) - height + 1, stride)
    )


def dealt(x: Wholes, w: Wholes, stride: int = 1) -> Wholes:
    """Return the same map one weight after the other, each dealt to all cells at once.

    >>> dealt(((1, 2, 3), (4, 5, 6)), ((1, 0), (0, -1)))
    ((-4, -4),)
    """
    rows, columns = (len(x) - len(w)) // stride + 1, (len(x[0]) - len(w[0])) // stride + 1
    cells = [[0] * columns for _ in range(rows)]
    for a, weights in enumerate(w):
        for b, weight in enumerate(weights):
            if weight:
                for i, row in enumerate(cells):
                    numbers = x[a + i * stride]
                    for j in range(columns):
                        row[j] += weight * numbers[b + j * stride]
    return tuple(map(tuple, cells))


def zeros_around(x: Wholes, before: int, after: int | None = None) -> Wholes:
    """Return the input in a frame of zeros; `after` is for its right and lower sides.

    >>> zeros_around(((7, 8),), 1, 0)
    ((0, 0, 0), (0, 7, 8))
    """
    behind = before if after is None else after
    empty = ((0,) * (before + len(x[0]) + behind),)
    body = tuple((0,) * before + row + (0,) * behind for row in x)
    return empty * before + body + empty * behind


def transposed(rows: Wholes) -> Wholes:
    """Return rows as columns.

    >>> transposed(((1, 2), (3, 4)))
    ((1, 3), (2, 4))
    """
    return tuple(zip(*rows, strict=True))


def mirrored(rows: Wholes) -> Wholes:
    """Return every row from right to left.

    >>> mirrored(((1, 2), (3, 4)))
    ((2, 1), (4, 3))
    """
    return tuple(row[::-1] for row in rows)


def flipped(rows: Wholes) -> Wholes:
    """Return a matrix turned by 180°: whole numbers stay whole numbers, for the type checker too.

    >>> flipped(((1, 2), (3, 4)))
    ((4, 3), (2, 1))
    """
    return mirrored(rows[::-1])


def unsigned(rows: Wholes) -> Wholes:
    """Return the numbers without their signs."""
    return tuple(tuple(map(abs, row)) for row in rows)


def ones(rows: Wholes) -> Wholes:
    """Return ones in place of all numbers: a window that is added up and not weighted."""
    return tuple((1,) * len(row) for row in rows)


def count(rows: Wholes, *, negative: bool = False) -> int:
    """Return how many numbers are not 0, or are below it.

    >>> count(((1, 0, -2),)), count(((1, 0, -2),), negative=True)
    (2, 1)
    """
    return sum(v < 0 if negative else v != 0 for row in rows for v in row)


def grouped(dice: Dice, size: tuple[int, int], most: int, groups: Iterable[Group]) -> Wholes:
    """Return a kernel that has, in each group of its places, as many zeros and negatives as told.

    Where some weights meet more padding than others, this makes all draws cost the same.

    >>> grouped(Dice("fern-12"), (3, 3), 2, ((CENTRE, 0, 0), (EDGES, 2, 1), (CORNERS, 4, 0)))
    ((0, 0, 0), (-2, 1, 1), (0, 0, 0))
    """
    rows = [[0] * size[1] for _ in range(size[0])]
    for number, (places, zeros, negatives) in enumerate(groups):
        shuffled = dice.shuffled(f"kernel: group {number}", places)
        for at, (a, b) in enumerate(shuffled[zeros:]):
            weight = dice.whole("kernel", 1, most)
            rows[a][b] = -weight if at < negatives else weight
    return tuple(map(tuple, rows))


def added(seen: Rows, w: Rows) -> str:
    """Return a window's sum in one line; what is 0 because of its weight is left out.

    >>> added(((1, 2), (3, 4)), ((1, 0), (0, -1)))
    '1·1 + 4·(−1) = −3'
    """
    products = [term for term in terms(seen, w) if term.w]
    value: Number = sum(term.x * term.w for term in products)
    return f"{' + '.join(map(str, products)) or '0'} = {shown(value)}"


def window_of(x: Wholes, i: int, j: int, w: Wholes, stride: int = 1) -> Wholes:
    """Return what the window of a cell reads, the cell counted from 0.

    >>> window_of(((1, 2, 3), (4, 5, 6)), 0, 1, ((1, 1), (1, 1)))
    ((2, 3), (5, 6))
    """
    top, left = i * stride, j * stride
    return tuple(row[left : left + len(w[0])] for row in x[top : top + len(w)])


def told(padded: Wholes, w: Wholes, stride: int, shows: Spec | None = None) -> tuple[Prose, ...]:
    """Return a step of the solution for each row of the map, with all of its sums.

    `shows` is the figure of which step n shows cell n; each row then ends in its last cell's.
    """
    steps: list[Prose] = []
    rows = range((len(padded) - len(w)) // stride + 1)
    columns = range((len(padded[0]) - len(w[0])) // stride + 1)
    for i in rows:
        head = f"Row {i + 1} of the map: " if len(rows) > 1 else "From left to right: "
        sums = [added(window_of(padded, i, j, w, stride), w) for j in columns]
        last = (i + 1) * len(columns)
        picture: list[str | Node] = [Figure(replace(shows, step=last))] if shows else []
        steps.append(line(head, "; ".join(sums), ".", *picture))
    return tuple(steps)


def solved(x: Wholes, w: Wholes, stride: int = 1, padding: int = 0, **more: object) -> Spec:
    """Return the worked example of a convolution, all of its steps.

    >>> solved(((1, 2),), ((1,),)).params.kernel.rows
    ((1,),)
    """
    matrices = {"input": Numbers(x), "kernel": Numbers(w)}
    return spec("convolution", None, **matrices, stride=stride, padding=padding, **more)


def cells(rows: Wholes) -> Iterable[tuple[int, int]]:
    """Return the places of a matrix in reading order, counted from 0."""
    return ((i, j) for i in range(len(rows)) for j in range(len(rows[0])))


def plus(values: Sequence[Number]) -> str:
    """Return a sum as it is written: ``1 + (−4)``."""
    return " + ".join([shown(values[0]), *map(factor, values[1:])])
