"""A picture and a kernel: find the picture that comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import cast

from generator.dice import Dice
from generator.engine.named import NAMED
from generator.exercises._draw import Wholes
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._maps import added, flipped, slid, transposed, unsigned
from generator.exercises._pictures import (
    KEPT,
    SIDE,
    differ,
    filtered,
    filtered_by_hand,
    over,
    pattern,
    shown_as_picture,
)
from generator.numerals import shown
from generator.prose import Grid, Prose, Strong, line

_PAGE = "convolution/filters.md"
#: Blurs and their opposites; edges of one direction; then what lights, or finds slanted edges.
_POOLS: tuple[tuple[tuple[Wholes, int], ...], ...] = (
    tuple((NAMED[name].numerators, NAMED[name].denominator)
          for name in ("box-blur", "gaussian", "sharpen", "laplacian-8")),
    tuple((NAMED[name].numerators, 1)
          for name in ("prewitt-x", "prewitt-y", "sobel-x", "sobel-y")),
    (
        (NAMED["emboss"].numerators, 1),
        (((0, 1, 2), (-1, 0, 1), (-2, -1, 0)), 1),
        (((2, 1, 0), (1, 0, -1), (0, -1, -2)), 1),
        (((0, 0, 0), (-1, 0, 1), (0, 0, 0)), 1),
        (((0, -1, 0), (0, 0, 0), (0, 1, 0)), 1),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the weights of a kernel, over one number."""

    x: Wholes
    w: Wholes
    under: int

    @property
    def after(self) -> Wholes:
        """What comes out."""
        return filtered(self.x, self.w, self.under)

    @property
    def edges(self) -> bool:
        """Whether even areas turn black; else they keep their grey."""
        return not sum(map(sum, self.w))


def draw(dice: Dice, level: int) -> Drawn:
    """Draw: a blur or its opposite, an edge, or a slanted edge."""
    pool = _POOLS[level - 1]
    return Drawn(pattern(dice, (5, 15)), *dice.pick("kernel", pool))


def _unless_same(d: Drawn, w: Wholes) -> Wholes | None:
    """Return what other weights make of the picture; ``None`` if they are the right ones."""
    return None if w == d.w else filtered(d.x, w, d.under)


def averaged(d: Drawn) -> Wholes | None:
    """Average the neighbours, each as often as its weight says without its sign."""
    weights = unsigned(d.w)
    return filtered(d.x, weights, sum(map(sum, weights))) if weights != d.w else None


def blurred_in_rows(d: Drawn) -> Wholes | None:
    """Average three neighbours of a row."""
    return filtered(d.x, ((0, 0, 0), (1, 1, 1), (0, 0, 0)), 3) if d.under > 1 else None


def sharpened(d: Drawn) -> Wholes | None:
    """Sharpen where the kernel blurs."""
    return filtered(d.x, NAMED["sharpen"].numerators) if d.under > 1 else None


def bright_negatives(d: Drawn) -> Wholes | None:
    """Show how large a number is, whatever its sign; only what adds up to 0 has negatives."""
    if not d.edges or flipped(d.w) == d.w:
        return None
    negative = tuple(tuple(-v for v in row) for row in d.w)
    pairs = zip(d.after, filtered(d.x, negative), strict=True)
    return tuple(tuple(map(max, *rows)) for rows in pairs)


def kept_areas(d: Drawn) -> Wholes | None:
    """Add the edges to the picture that was there."""
    if not d.edges:
        return None
    pairs = zip(d.after, d.x, strict=True)
    return tuple(tuple(min(255, a + b) for a, b in zip(*rows, strict=True)) for rows in pairs)


def lost_areas(d: Drawn) -> Wholes | None:
    """Keep only how much brighter a pixel became or was, where the kernel keeps the areas."""
    if d.edges:
        return None
    pairs = zip(d.after, d.x, strict=True)
    return tuple(tuple(min(255, abs(a - b)) for a, b in zip(*rows, strict=True)) for rows in pairs)


def unchanged(d: Drawn) -> Wholes:
    """Leave the picture as it is."""
    return d.x


_SLIPS: tuple[Slip[Drawn], ...] = (
    Slip(
        "kernel flipped", lambda d: _unless_same(d, flipped(d.w)),
        "You turned the kernel by 180°. Used as it stands, it is bright where the larger numbers "
        "meet positive weights.",
        "convolution/flip.md",
    ),
    Slip(
        "rows and columns swapped", lambda d: _unless_same(d, transposed(d.w)),
        "You swapped rows and columns of the kernel. Each weight meets the pixel in its own place.",
    ),
    Slip(
        "negatives shown bright", bright_negatives,
        "You made negative results bright. A picture keeps them as 0, which is black.",
    ),
    Slip(
        "areas kept",  kept_areas,
        "You added the edges to the picture. The weights add up to 0, so even areas turn black.",
    ),
    Slip(
        "blurred along rows only",
        blurred_in_rows,
        "You averaged from left to right only. The rows above and below have weights too.",
    ),
    Slip(
        "sharpened instead",
        sharpened,
        "You made the differences larger. Weights that are all positive average the neighbours "
        "and make the differences smaller.",
    ),
    Slip(
        "taken for a blur", averaged,
        "You averaged the neighbours. Negative weights compare them instead.",
    ),
    Slip(
        "areas lost", lost_areas,
        "You kept the differences only. The weights add up to 1, so even areas keep their grey.",
    ),
    Slip(
        "picture unchanged", unchanged,
        "You left the picture as it was. Only a kernel with a single 1 in the middle does that.",
    ),
)  # fmt: skip


def fair(d: Drawn) -> bool:
    """Tell whether all pictures that are offered look different, and none is one even area."""
    made = (cast("Wholes | None", slip.compute(d)) for slip in _SLIPS)
    seen = [d.after, *islice((each for each in made if each is not None), 3)]
    pairs = [(a, b) for i, a in enumerate(seen) for b in seen[:i]]
    even = any(len(set(sum(each, ()))) == 1 for each in seen)
    return not even and all(differ(a, b) for a, b in pairs)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        "This kernel is used on the picture below, and it is not flipped. ",
        Strong("Which picture"), f" comes out? {KEPT}",
        over(d.w, d.under),
        shown_as_picture(d.x),
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    even = (
        "The weights add up to 0: even areas turn black."
        if d.edges
        else "The weights add up to 1: even areas keep their grey."
    )
    return (
        line("What do the weights add up to, and what does that do to even areas?"),
        line(even),
        line("Then take one pixel at an edge, and compute it."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Say what becomes of areas and of edges, and show the picture."""
    after = d.after
    i, j = max(
        ((i, j) for i in range(1, SIDE - 1) for j in range(1, SIDE - 1)),
        # A result that is neither black nor white says most; else what changes most.
        key=lambda at: (
            0 < after[at[0]][at[1]] < 255,
            abs(after[at[0]][at[1]] - d.x[at[0]][at[1]]),
        ),
    )
    seen = tuple(row[j - 1 : j + 2] for row in d.x[i - 1 : i + 2])
    value = slid(seen, d.w)[0][0]
    quotient = f", and {shown(value)} / {d.under} is {shown(Fraction(value, d.under))}"
    kept = f"The picture keeps {after[i][j]}."
    return (
        hints(d)[1],
        line(
            f"At an edge, in row {i + 1}, column {j + 1}, the kernel reads this window:",
            Grid("Window", seen),
            f"{added(seen, d.w)}{quotient if d.under > 1 else ''}. {kept}",
        ),
        line("The whole result:", shown_as_picture(after)),
    )


FAMILY = Family(
    name="which-picture",
    title="Which picture comes out?",
    version=1,
    says="the picture that a kernel makes of another one",
    page=_PAGE,
    rows=(17,),
    draw=draw,
    fair=fair,
    work=lambda _: Work(4),
    cost=(Work(4), Work(4), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            lambda d: d.after,
            lambda d: filtered_by_hand(d.x, d.w, d.under),
            _SLIPS,
            form=Options(show=lambda _, rows: (shown_as_picture(rows),)),
        ),
    ),
)
