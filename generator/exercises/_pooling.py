"""A window that slides over numbers without weights: what it reads at each stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from generator.exercises._draw import Wholes
from generator.exercises._figure import spec
from generator.model import Rows
from generator.numerals import Number
from generator.prose import Figure, Grid, Prose, Strong, line

#: What one stop reads.
Cells = Sequence[int]


@dataclass(frozen=True, slots=True)
class Walk:
    """A square window's walk over an input.

    >>> walk = Walk(((1, 1, 2, 4), (5, 6, 7, 8), (3, 2, 1, 0), (1, 2, 3, 4)), 2, 2)
    >>> walk.pooled(max)
    ((6, 8), (3, 4))
    """

    x: Wholes
    kernel: int
    stride: int
    padding: int = 0

    def starts(self, length: int) -> range:
        """Return where the windows begin along an axis, counted from 0; negative in the padding."""
        last = length + self.padding - self.kernel
        return range(-self.padding, last + 1, self.stride)

    def cells(self, top: int, left: int) -> list[int]:
        """Return the numbers of the input under a window: none of the padding."""
        columns = slice(max(left, 0), left + self.kernel)
        return [n for row in self.x[max(top, 0) : top + self.kernel] for n in row[columns]]

    def stops(self) -> list[list[list[int]]]:
        """Return the numbers of the input under every window, by the rows of the map."""
        return _stops(self)

    def pooled(self, keep: Callable[[Cells], Number]) -> Rows:
        """Return what `keep` makes of every window."""
        return tuple(tuple(keep(cells) for cells in row) for row in self.stops())

    @property
    def reads(self) -> int:
        """How many numbers are read altogether, each as often as a window stands on it."""
        return sum(len(cells) for row in self.stops() for cells in row)

    @property
    def size(self) -> str:
        """The window, in words."""
        return f"{self.kernel} × {self.kernel}"


@lru_cache(maxsize=8)
def _stops(walk: Walk) -> list[list[list[int]]]:
    """Return what every window reads; asked for by every mistake, so the last ones are kept."""
    across = walk.starts(len(walk.x[0]))
    return [[walk.cells(i, j) for j in across] for i in walk.starts(len(walk.x))]


def hanging(walk: Walk) -> Walk | None:
    """Return the walk of somebody who keeps a last window that hangs over the edge."""
    rest = [
        (len(side) + 2 * walk.padding - walk.kernel) % walk.stride for side in (walk.x, walk.x[0])
    ]
    if not any(rest) or walk.padding:
        return None
    more = [(walk.stride - each) % walk.stride for each in rest]
    wide = tuple((*row, *(0,) * more[1]) for row in walk.x)
    return replace(walk, x=(*wide, *((0,) * len(wide[0]),) * more[0]))


def restrided(walk: Walk, stride: int) -> Walk | None:
    """Return the same walk with another stride; ``None`` if it has this one, or does not fit."""
    if walk.stride == stride or walk.kernel > min(len(walk.x), len(walk.x[0])):
        return None
    return replace(walk, stride=stride)


def asked(walk: Walk, pooling: str, *rest: str) -> Prose:
    """Return the question for the whole map."""
    frame = "the padding is 1 cell on all four sides" if walk.padding else "there is no padding"
    return line(
        *(pooling, " with a ", Strong(walk.size), " window and ", Strong(f"stride {walk.stride}")),
        *(f" is applied to the input; {frame}. ", *rest, "Fill in the map that comes out."),
        Grid("Input", walk.x),
    )


def told(walk: Walk, mode: str, written: Callable[[list[int]], str]) -> tuple[Prose, ...]:
    """Return the solution: each window with the numbers it reads, and the map in the end."""
    drawn = spec(
        "pooling", input=walk.x, mode=mode, size=walk.kernel, stride=walk.stride,
        padding=walk.padding,
    )  # fmt: skip
    found: list[Prose] = []
    for row, stops in enumerate(walk.stops(), 1):
        for column, cells in enumerate(stops, 1):
            words = f"Row {row}, column {column} of the map: {written(cells)}."
            found.append(line(words, Figure(replace(drawn, step=len(found) + 1))))
    return tuple(found)


def mean(cells: Cells, count: int | None = None) -> Number:
    """Return the exact average, of `count` numbers if the rest of them are zeros.

    >>> mean([1, 2, 3]), mean([1, 2]), mean([1, 2], 4)
    (2, Fraction(3, 2), Fraction(3, 4))
    """
    whole, rest = divmod(sum(cells), count or len(cells))
    return Fraction(sum(cells), count or len(cells)) if rest else whole
