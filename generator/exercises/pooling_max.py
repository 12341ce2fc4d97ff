"""Max pooling of a small input, the whole map."""

from __future__ import annotations

from generator.dice import Dice
from generator.exercises._draw import numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._pooling import Walk, asked, hanging, mean, restrided, told
from generator.model import Rows
from generator.numerals import shown
from generator.paper import Matrix
from generator.prose import Grid, Prose, line

_STRIDE = "convolution/stride.md"
_PADDING = "convolution/padding.md"
#: Rows and columns of the input, and the stride: all of a level take as many comparisons.
_WALKS = (
    ((4, 4, 2), (4, 5, 2), (5, 4, 2), (5, 5, 2)),
    ((4, 4, 1), (5, 5, 2), (5, 6, 2), (6, 5, 2), (6, 6, 2)),
    ((4, 4, 2),),
)


def draw(dice: Dice, level: int) -> Walk:
    """Draw a walk: at level 2 the windows overlap, at level 3 there is padding and minus signs."""
    rows, columns, stride = dice.pick("walk", _WALKS[level - 1])
    if level == 3:
        x = numbers(dice, "input", (rows, columns), 9, zeros=1, negatives=12)
        return Walk(x, 3, stride, 1)
    return Walk(dice.matrix("input", rows, columns, 0, (9, 29)[level - 1]), level + 1, stride)


def fair(d: Walk) -> bool:
    """Tell whether three of the map's numbers differ."""
    return len({number for row in brute(d) for number in row}) >= 3


def closed(d: Walk) -> Rows:
    """Return the map: the largest of each row's stretch first, then the largest of those."""
    across = d.starts(len(d.x[0]))
    tall = [[max(row[max(j, 0) : j + d.kernel]) for j in across] for row in d.x]
    down = ((max(i, 0), i + d.kernel) for i in d.starts(len(d.x)))
    return tuple(
        tuple(max(column) for column in zip(*tall[top:end], strict=True)) for top, end in down
    )


def brute(d: Walk) -> Rows:
    """Return the map, window by window."""
    return d.pooled(max)


def prompt(d: Walk) -> Prose:
    """Ask."""
    outside = "Cells of the padding never count as a maximum (they are −∞). " if d.padding else ""
    return asked(d, "Max pooling", outside)


def hints(d: Walk) -> tuple[Prose, ...]:
    """Lead to it."""
    map_ = brute(d)
    first = Grid("Map", ((map_[0][0], *(None,) * (len(map_[0]) - 1)),
                         *((None,) * len(map_[0]),) * (len(map_) - 1)))  # fmt: skip
    begins = (
        "The first window begins in the padding, one row above and one column left of the input."
        if d.padding
        else f"The next window begins {d.stride} further right, the next row {d.stride} lower."
    )
    return (
        line("Lay the window on the input and keep one number of each stop: which one?"),
        line(begins),
        line(f"The map has {len(map_)} rows and {len(map_[0])} columns. It begins:", first),
    )


def solution(d: Walk) -> tuple[Prose, ...]:
    """Show every window."""
    steps = told(
        d, "max", lambda cells: f"max({', '.join(map(shown, cells))}) = {shown(max(cells))}"
    )
    return *steps, line("The whole map:", Grid("Map", brute(d)))


def with_zeros(d: Walk) -> Rows | None:
    """Let the padding's zeros take part."""
    if not d.padding:
        return None
    whole = d.kernel**2
    return d.pooled(lambda cells: max(cells) if len(cells) == whole else max(0, *cells))


def every_stop(d: Walk) -> Rows | None:
    """Move by one cell."""
    walk = restrided(d, 1)
    return walk.pooled(max) if walk else None


def side_by_side(d: Walk) -> Rows | None:
    """Move by the window's own width, although the stride is another."""
    walk = None if d.padding else restrided(d, d.kernel)
    return walk.pooled(max) if walk else None


def kept_edge(d: Walk) -> Rows | None:
    """Keep the windows that hang over the edge."""
    walk = hanging(d)
    return walk.pooled(max) if walk else None


FAMILY = Family(
    name="pooling-max",
    title="Max pooling",
    version=1,
    says="the map that max pooling makes of a small input",
    page="layers/pooling.md",
    rows=(28,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(d.reads),
    cost=(Work(16), Work(36), Work(25)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "padding read as 0", with_zeros,
            "You let the padding take part as 0. A maximum is taken of the input's cells only; "
            "where all of them are negative, it is negative.",
        ),
        Slip(
            "average taken", lambda d: d.pooled(mean),
            "You averaged each window. Max pooling keeps its largest number as it stands.",
        ),
        Slip(
            "stride ignored", every_stop,
            lambda d: f"You moved the window by 1 from stop to stop. It moves by {d.stride}.",
            _STRIDE,
        ),
        Slip(
            "windows side by side", side_by_side,
            lambda d: f"You moved the window by its own width. The stride is {d.stride}, so "
            "neighbouring windows overlap.",
            _STRIDE,
        ),
        Slip(
            "edge window kept", kept_edge,
            "You kept windows that hang over the edge. A window that does not fit is left out.",
            "convolution/output-size.md",
        ),
        Slip(
            "padding forgotten", lambda d: Walk(d.x, d.kernel, d.stride).pooled(max)
            if d.padding else None,
            "You began at the input's corner. The first window begins in the padding.",
            _PADDING,
        ),
        Slip(
            "numbers added up", lambda d: d.pooled(sum),
            "You added up each window. Max pooling adds nothing; it keeps the largest number.",
        ),
        Slip(
            "smallest number taken", lambda d: d.pooled(min),
            "You kept the smallest number of each window. Max pooling keeps the largest.",
        ),
        Slip(
            "first number taken", lambda d: d.pooled(lambda cells: cells[0]),
            "You kept the top left number of each window. Max pooling looks at all of them.",
        ),
    ), Matrix("Map"), points=(2, 3, 4)),),
)  # fmt: skip
