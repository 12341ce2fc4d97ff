"""Average pooling of a small input, the whole map in exact numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._pooling import Walk, asked, hanging, mean, restrided, told
from generator.model import Rows
from generator.numerals import Number, shown
from generator.paper import Matrix
from generator.prose import Grid, Prose, line

_STRIDE = "convolution/stride.md"
_WALKS = (
    ((4, 4, 2), (4, 5, 2), (5, 4, 2), (5, 5, 2)),
    ((4, 4, 1), (5, 5, 2), (5, 6, 2), (6, 5, 2), (6, 6, 2)),
    ((4, 4, 2),),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A walk, and whether the zeros of the padding count in an average.

    >>> Drawn(Walk(((4, 8), (0, 8)), 2, 2, 1), counted=True).share([4])
    1
    """

    walk: Walk
    counted: bool

    def share(self, cells: list[int]) -> Number:
        """Return the average of a window of which these cells lie on the input."""
        return mean(cells, self.divisor(cells))

    def divisor(self, cells: list[int]) -> int:
        """Return what the sum is divided by."""
        return self.walk.kernel**2 if self.counted else len(cells)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a walk: at level 2 the windows overlap and are larger, at level 3 there is padding."""
    rows, columns, stride = dice.pick("walk", _WALKS[level - 1])
    x = dice.matrix("input", rows, columns, 0, 9)
    padding = int(level == 3)
    walk = Walk(x, 2 if level == 1 else 3, stride, padding)
    return Drawn(walk, bool(padding) and dice.pick("counted", (True, False)))


def fair(d: Drawn) -> bool:
    """Tell whether the averages differ, and at least one of them is no whole number."""
    found = [n for row in brute(d) for n in row]
    return len(set(found)) >= 3 and not all(isinstance(n, int) for n in found)


def closed(d: Drawn) -> Rows:
    """Return the map from sums of whole rectangles, which begin at the input's corner."""
    rows, columns = len(d.walk.x), len(d.walk.x[0])
    sums = [[0] * (columns + 1)]
    for row in d.walk.x:
        sums.append([a + b for a, b in zip(sums[-1], accumulate(row, initial=0), strict=True)])
    found: list[tuple[Number, ...]] = []
    for i in d.walk.starts(rows):
        top, end = max(i, 0), min(i + d.walk.kernel, rows)
        across: list[Number] = []
        for j in d.walk.starts(columns):
            left, right = max(j, 0), min(j + d.walk.kernel, columns)
            inside = sums[end][right] - sums[top][right] - sums[end][left] + sums[top][left]
            area = d.walk.kernel**2 if d.counted else (end - top) * (right - left)
            across.append(mean([inside], area))
        found.append(tuple(across))
    return tuple(found)


def brute(d: Drawn) -> Rows:
    """Return the map, window by window."""
    return tuple(tuple(d.share(cells) for cells in row) for row in d.walk.stops())


def prompt(d: Drawn) -> Prose:
    """Ask."""
    rule = ""
    if d.walk.padding:
        rule = (
            "The zeros of the padding count as numbers of the window (count_include_pad=True). "
            if d.counted
            else "The padding does not count: only cells of the input are averaged "
            "(count_include_pad=False). "
        )
    return asked(d.walk, "Average pooling", rule, "Give exact numbers, such as 2.25 or 31/9. ")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    rows = d.walk.stops()
    cells = rows[-1][-1] if d.walk.padding else rows[0][0]
    divided = "How many numbers is each sum divided by?"
    if d.walk.padding:
        divided = (
            "Every sum is divided by all cells of the window, those in the padding too."
            if d.counted
            else "A window at the edge reads fewer cells of the input: divide by their number."
        )
    place = "last" if d.walk.padding else "first"
    return (
        line("Lay the window on the input. What is done with the numbers of one stop?"),
        line(divided),
        line(f"The map has {len(rows)} rows and {len(rows[0])} columns; the {place} window: "
             f"{_written(d, cells)}."),
    )  # fmt: skip


def _written(d: Drawn, cells: list[int]) -> str:
    under, total = d.divisor(cells), sum(cells)
    value = shown(d.share(cells))
    exact = "" if value == f"{total}/{under}" else f" = {value}"
    return f"({' + '.join(map(str, cells))})/{under} = {total}/{under}{exact}"


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every window; the picture is of the average in which zeros count."""
    steps = told(d.walk, "average", lambda cells: _written(d, cells))
    if d.walk.padding and not d.counted:
        steps = tuple(step[:-1] for step in steps)
    return *steps, line("The whole map:", Grid("Map", brute(d)))


def other_count(d: Drawn) -> Rows | None:
    """Count the padding where it does not count, and the other way round."""
    return brute(Drawn(d.walk, not d.counted)) if d.walk.padding else None


def every_stop(d: Drawn) -> Rows | None:
    """Move by one cell."""
    walk = restrided(d.walk, 1)
    return brute(Drawn(walk, d.counted)) if walk else None


def side_by_side(d: Drawn) -> Rows | None:
    """Move by the window's own width, although the stride is another."""
    walk = None if d.walk.padding else restrided(d.walk, d.walk.kernel)
    return brute(Drawn(walk, d.counted)) if walk else None


def kept_edge(d: Drawn) -> Rows | None:
    """Keep the windows that hang over the edge."""
    walk = hanging(d.walk)
    return walk.pooled(mean) if walk else None


def rounded(d: Drawn) -> Rows:
    """Leave out what stands behind the point."""
    return tuple(tuple(int(number) for number in row) for row in brute(d))


def says_other_count(d: Drawn) -> str:
    """Explain what counts."""
    if d.counted:
        return (
            "You divided by the cells on the input only. Here the zeros of the padding count too, "
            f"so every sum is divided by {d.walk.kernel**2}."
        )
    return (
        f"You divided every sum by {d.walk.kernel**2}. Here the padding does not count: a window "
        "at the edge is divided by its cells on the input."
    )


FAMILY = Family(
    name="pooling-average",
    title="Average pooling",
    version=1,
    says="the map that average pooling makes of a small input",
    page="layers/pooling.md",
    rows=(28,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(d.walk.reads),
    cost=(Work(16), Work(36), Work(25)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip("padding miscounted", other_count, says_other_count),
        Slip(
            "largest number taken", lambda d: d.walk.pooled(max),
            "You kept the largest number of each window. That is max pooling.",
        ),
        Slip(
            "not divided", lambda d: d.walk.pooled(sum),
            "You stopped at the sums. An average is the sum divided by how many numbers there are.",
        ),
        Slip(
            "stride ignored", every_stop,
            lambda d: f"You moved the window by 1 from stop to stop. It moves by {d.walk.stride}.",
            _STRIDE,
        ),
        Slip(
            "windows side by side", side_by_side,
            lambda d: f"You moved the window by its own width. The stride is {d.walk.stride}, so "
            "neighbouring windows overlap.",
            _STRIDE,
        ),
        Slip(
            "divided by the side",
            lambda d: d.walk.pooled(lambda cells: mean(cells, d.walk.kernel)),
            lambda d: f"You divided by {d.walk.kernel}, the side of the window. It holds "
            f"{d.walk.kernel**2} numbers.",
        ),
        Slip(
            "edge window kept", kept_edge,
            "You kept windows that hang over the edge. A window that does not fit is left out.",
            "convolution/output-size.md",
        ),
        Slip(
            "decimals dropped", rounded,
            "You left out what stands behind the point. An average need not be a whole number.",
        ),
    ), Matrix("Map"), points=(2, 3, 4)),),
)  # fmt: skip
