"""Which steps a film shows that has too many for anybody to sit through."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Step

#: A film of more steps than this is folded: a minute of watching, and a page that is still light.
MOST = 100
#: Of a folded film: so many steps from the start, and at most so many of those that follow.
_FIRST, _LATER = 8, 16


def fold(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the steps that a film shows, counted from 1: all of them if they are not too many.

    Of many, the first few: how the window walks. Then places where a new row begins, evenly
    chosen; where there are no rows, steps evenly chosen. And the last: how it ends.

    Examples
    --------
    >>> def at(*place):
    ...     return Step(0, place, None, (), 0, "")
    >>> fold([at(0, i) for i in range(4)])
    (1, 2, 3, 4)
    >>> fold([at(i // 28, i % 28) for i in range(784)])[:12]
    (1, 2, 3, 4, 5, 6, 7, 8, 29, 57, 113, 169)
    >>> len(fold([at(i) for i in range(900)]))
    25
    """
    count = len(steps)
    if count <= MOST:
        return tuple(range(1, count + 1))
    later = range(_FIRST + 1, count)
    rows = [number for number in later if len(at := steps[number - 1].at) > 1 and at[-1] == 0]
    return (*range(1, _FIRST + 1), *_spread(rows or later, _LATER), count)


def _spread(numbers: Sequence[int], most: int) -> Sequence[int]:
    """Return so many of the numbers, from the first to the last.

    >>> _spread(range(100), 4), _spread(range(3), 4)
    ([0, 33, 66, 99], range(0, 3))
    """
    if len(numbers) <= most:
        return numbers
    return [numbers[i * (len(numbers) - 1) // (most - 1)] for i in range(most)]
