"""Randomness that can be asked for again in ten years.

Every draw is a hash of (seed, label), turned into a number by integer arithmetic alone. A draw
depends on its own label only: a new one moves no other. NumPy promises its streams for one build,
not for a decade, which is why this is ours (ADR 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_BITS = 64


@dataclass(slots=True)
class Dice:
    """Draws that are the same for the same seed and label, on every machine, for ever.

    Parameters
    ----------
    seed
        Any text; ``fern-12`` is as good as a number and easier to read out.

    Examples
    --------
    >>> dice = Dice("fern-12")
    >>> [dice.whole("side", 1, 6) for _ in range(3)]
    [6, 2, 5]
    >>> Dice("fern-12").whole("side", 1, 6)
    6
    """

    seed: str
    _asked: dict[str, int] = field(default_factory=dict)

    def _word(self, label: str, count: int, attempt: int) -> int:
        text = "\x1f".join(("convbook-dice-1", self.seed, label, str(count), str(attempt)))
        return int.from_bytes(blake2b(text.encode(), digest_size=_BITS // 8).digest(), "big")

    def whole(self, label: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included, every one equally likely.

        The same label asked again gives the next draw of that label.

        Raises
        ------
        ValueError
            If `low` is above `high`.
        """
        if low > high:
            raise ValueError(f"no whole number from {low} to {high}")
        count = self._asked.get(label, 0)
        self._asked[label] = count + 1
        span = high - low + 1
        # Words beyond the last whole multiple of span would favour small numbers: draw again.
        limit = (1 << _BITS) - (1 << _BITS) % span
        attempt = 0
        while (word := self._word(label, count, attempt)) >= limit:
            attempt += 1
        return low + word % span

    def pick(self, label: str, options: Sequence[T]) -> T:
        """Return one of `options`, every one equally likely.

        >>> Dice("fern-12").pick("leaf", ["fern", "moss", "ivy"])
        'moss'
        """
        return options[self.whole(label, 0, len(options) - 1)]

    def shuffled(self, label: str, items: Sequence[T]) -> tuple[T, ...]:
        """Return `items` in a drawn order (Fisher and Yates).

        >>> Dice("fern-12").shuffled("order", "abcd")
        ('a', 'c', 'b', 'd')
        """
        rest = list(items)
        for last in range(len(rest) - 1, 0, -1):
            other = self.whole(label, 0, last)
            rest[last], rest[other] = rest[other], rest[last]
        return tuple(rest)

    def matrix(
        self, label: str, rows: int, columns: int, low: int, high: int
    ) -> tuple[tuple[int, ...], ...]:
        """Return a matrix of whole numbers from `low` to `high`.

        >>> Dice("fern-12").matrix("input", 2, 3, 0, 9)
        ((2, 5, 4), (5, 4, 3))
        """
        return tuple(
            tuple(self.whole(label, low, high) for _ in range(columns)) for _ in range(rows)
        )
