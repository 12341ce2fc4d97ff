"""Many frames as one list of marks, each with the frames that show it.

Frames of a film share nearly everything. Marks are merged frame by frame, so that the order in
which they are drawn stays that of every single frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

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
        matcher = SequenceMatcher(None, [each.mark for each in merged], frame, autojunk=False)
        longer: list[Shown] = []
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                longer += [Shown(each.mark, (*each.on, number)) for each in merged[i1:i2]]
                continue
            longer += merged[i1:i2]
            longer += [Shown(mark, (number,)) for mark in frame[j1:j2]]
        merged = longer
    return merged
