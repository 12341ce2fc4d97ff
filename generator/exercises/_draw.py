"""Numbers that are drawn so that every student has the same work."""

from __future__ import annotations

from generator.dice import Dice

#: Rows of whole numbers.
Wholes = tuple[tuple[int, ...], ...]


def numbers(
    dice: Dice,
    label: str,
    size: tuple[int, int],
    most: int,
    *,
    zeros: int = 0,
    negatives: int = 0,
) -> Wholes:
    """Return a matrix with so many zeros and so many negative numbers, at drawn places.

    Parameters
    ----------
    dice, label
        What it is drawn from.
    size
        Rows and columns.
    most
        The largest number, without its sign.
    zeros, negatives
        How many of each; the other numbers are positive.

    Examples
    --------
    >>> numbers(Dice("fern-12"), "kernel", (3, 3), 2, zeros=2, negatives=3)
    ((1, 2, -1), (-1, 1, 1), (-2, 0, 0))
    """
    rows, columns = size
    places = dice.shuffled(f"{label}: places", range(rows * columns))
    signs = dict.fromkeys(places, 1)
    signs.update(dict.fromkeys(places[:zeros], 0))
    signs.update(dict.fromkeys(places[zeros : zeros + negatives], -1))
    drawn = iter([signs[at] * dice.whole(label, 1, most) for at in range(rows * columns)])
    return tuple(tuple(next(drawn) for _ in range(columns)) for _ in range(rows))
