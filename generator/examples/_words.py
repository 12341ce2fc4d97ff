"""Phrases that several kinds use in alt texts and captions."""

from __future__ import annotations

from generator.model import Rows
from generator.numerals import shown

#: Beyond this many numbers an alt text would be a recital.
_SPOKEN = 36


def spoken(rows: Rows) -> str:
    """Return a matrix as it would be read out.

    >>> spoken(((4, 3), (2, 4)))
    'row 1: 4, 3; row 2: 2, 4'
    >>> spoken(((4, 3),))
    '4, 3'
    """
    if len(rows) * len(rows[0]) > _SPOKEN:
        numbers = [number for row in rows for number in row]
        return f"numbers from {shown(min(numbers))} to {shown(max(numbers))}"
    lines = [", ".join(map(shown, row)) for row in rows]
    if len(lines) == 1:
        return lines[0]
    return "; ".join(f"row {i}: {line}" for i, line in enumerate(lines, 1))


def listing(parts: list[str]) -> str:
    """Return words as an enumeration.

    >>> listing(["stride 2", "padding 1", "dilation 2"])
    'stride 2, padding 1 and dilation 2'
    """
    return " and ".join(", ".join(parts).rsplit(", ", 1))


def count(number: int, word: str) -> str:
    """Return a number with its noun.

    >>> count(1, "step"), count(9, "step")
    ('1 step', '9 steps')
    """
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
