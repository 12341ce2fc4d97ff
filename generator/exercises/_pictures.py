"""Small drawn pictures and what a kernel makes of them, as a picture can keep it."""

from __future__ import annotations

from functools import lru_cache

from generator.dice import Dice
from generator.exercises._border import by_rule
from generator.exercises._draw import Wholes
from generator.exercises._figure import figure
from generator.exercises._maps import dealt
from generator.prose import Figure, Grid
from generator.spec.matrix import Matrix as Numbers

#: Rows and columns of a picture [pixels].
SIDE = 8
#: So different must this many pixels of two pictures be to be told apart at a glance.
DISTANCE, PIXELS = 24, 6
#: How it is said in the prompts what a picture can keep.
KEPT = (
    "Beyond the edge the nearest pixel is repeated. Numbers below 0 are kept as 0 (black), numbers "
    "above 255 as 255 (white)."
)


def pattern(dice: Dice, contrast: tuple[int, int]) -> Wholes:
    """Return a picture: a background, and two things on it that are brighter or darker.

    Parameters
    ----------
    dice
        What it is drawn from.
    contrast
        The least and the most that a thing differs from the background, in tens.
    """
    low, high = contrast
    ground = 10 * dice.whole("ground", 2, 6)
    rows = [[ground] * SIDE for _ in range(SIDE)]
    for thing in ("first", "second"):
        level = ground + 10 * dice.whole(f"{thing}: level", low, high)
        kind = dice.pick(thing, ("block", "block", "stroke", "corner", "slope"))
        top, left = dice.whole(f"{thing}: top", 0, 4), dice.whole(f"{thing}: left", 0, 4)
        high_, wide = dice.whole(f"{thing}: high", 2, 4), dice.whole(f"{thing}: wide", 2, 4)
        for i in range(high_):
            for j in range(wide):
                if _covers(kind, i, j):
                    rows[top + i][left + j] = level
    return tuple(map(tuple, rows))


def _covers(kind: str, i: int, j: int) -> bool:
    return {"block": True, "stroke": i == j, "corner": 0 in (i, j), "slope": j <= i}[kind]


@lru_cache(maxsize=64)
def filtered(x: Wholes, w: Wholes, under: int = 1) -> Wholes:
    """Return what a kernel, its weights over `under`, makes of a picture.

    Halves are rounded up, and what a picture cannot keep becomes 0 or 255.

    >>> filtered(((10, 10, 90),) * 3, ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)))[1]
    (0, 255, 255)
    """
    import numpy as np

    reach = len(w) // 2
    padded = np.array(by_rule(x, reach, "replicate"))
    high, wide = len(x), len(x[0])
    added = np.zeros((high, wide), int)
    for a, row in enumerate(w):
        for b, weight in enumerate(row):
            if weight:
                added += weight * padded[a : a + high, b : b + wide]
    rounded = (2 * added + under) // (2 * under)
    return tuple(map(tuple, np.clip(rounded, 0, 255).tolist()))


def filtered_by_hand(x: Wholes, w: Wholes, under: int = 1) -> Wholes:
    """Return the same without NumPy: one weight after the other.

    >>> filtered_by_hand(((10, 10, 90),) * 3, ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)))[1]
    (0, 255, 255)
    """
    sums = dealt(by_rule(x, len(w) // 2, "replicate"), w)
    return tuple(
        tuple(min(255, max(0, (2 * v + under) // (2 * under))) for v in row) for row in sums
    )


def over(w: Wholes, under: int) -> Grid:
    """Return a kernel as it is shown: whole numbers, and what all of them are divided by.

    >>> over(((1, 2), (2, 4)), 4).name, over(((1, 0), (0, -1)), 1).name
    ('Kernel, each weight divided by 4', 'Kernel')
    """
    return Grid("Kernel" if under == 1 else f"Kernel, each weight divided by {under}", w)


def differ(one: Wholes, other: Wholes) -> bool:
    """Return whether two pictures can be told apart at a glance.

    >>> dark, bright = ((0,) * 8,) * 8, ((255,) * 8,) * 8
    >>> differ(dark, bright), differ(dark, dark)
    (True, False)
    """
    pairs = zip(sum(one, ()), sum(other, ()), strict=True)
    return sum(abs(a - b) >= DISTANCE for a, b in pairs) >= PIXELS


def shown_as_picture(rows: Wholes) -> Figure:
    """Return the figure of a picture."""
    return figure("picture", input=Numbers(rows))
