"""Many frames as one list of marks, each with the frames that show it.

Frames of a film share nearly everything. Marks are merged frame by frame, so that the order in
which they are drawn stays that of every single frame.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from generator.scene.marks import Mark


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark and the frames that show it, counted from 0, ascending."""

    mark: Mark
    on: tuple[int, ...]


def merge(frames: Sequence[Sequence[Mark]]) -> list[Shown]:
    """Merge the frames' marks.

    Every frame is a subsequence of the result: those marks whose ``on`` names it.

    >>> from generator.scene.marks import Line
    >>> a, b, c = (Line(0, 0, i, 0, "line") for i in range(3))
    >>> [(shown.mark.x2, shown.on) for shown in merge([[a, c], [a, b, c]])]
    [(0, (0, 1)), (1, (1,)), (2, (0, 1))]
    """
    merged: list[Shown] = []
    for number, frame in enumerate(frames):
        places: dict[Mark, list[int]] = {}
        for place, each in enumerate(merged):
            places.setdefault(each.mark, []).append(place)
        longer: list[Shown] = []
        done = 0
        for mark in frame:
            ahead = places.get(mark, [])
            found = bisect_left(ahead, done)
            if found == len(ahead):
                longer.append(Shown(mark, (number,)))
                continue
            place = ahead[found]
            longer += merged[done:place]
            longer.append(Shown(mark, (*merged[place].on, number)))
            done = place + 1
        merged = longer + merged[done:]
    return merged
