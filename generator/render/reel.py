"""A film as pixels, drawn only where it changes.

Two steps share nearly everything. A frame of a slide takes resvg about 100 ms; what changes in it
takes a third of that. So no film needs a second process, and its bytes cannot depend on one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, TypeAlias

from generator.render.svg import patch
from generator.scene.extent import extent
from generator.scene.film import Scene
from generator.scene.marks import Mark
from generator.scene.theme import Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

#: Left, top, right, bottom [px of the picture].
Box: TypeAlias = tuple[int, int, int, int]
#: Drawn around a change, so that changes side by side are drawn as one [px of the picture].
_MARGIN = 12


@dataclass(frozen=True)
class Patch:
    """What a frame paints over the one before it.

    Parameters
    ----------
    left, top
        Its corner in the picture, in even numbers.
    pixels : (height, width) uint32
        Red, green, blue and 255 as the four bytes of a number: compared and counted at once.
    changed : (height, width) bool
        Where it differs from the frame before.
    """

    left: int
    top: int
    pixels: NDArray[np.uint32]
    changed: NDArray[np.bool_]


@dataclass(frozen=True)
class Reel:
    """The frames of a film as pixels; each is drawn when it is its turn.

    Parameters
    ----------
    scenes
        The frames, all of one size.
    width
        Of a frame [px].
    theme
        Their inks.
    """

    scenes: Sequence[Scene]
    width: int
    theme: Theme

    @cached_property
    def zoom(self) -> float:
        """Pixels of a frame to a length of its scene."""
        return self.width / self.scenes[0].width

    @cached_property
    def height(self) -> int:
        """Of a frame [px]."""
        return max(1, round(self.scenes[0].height * self.zoom))

    def __iter__(self) -> Iterator[Patch]:
        """Yield the first frame, and of every other one what has changed."""
        import numpy as np
        from PIL import Image

        whole = (0, 0, self.width, self.height)
        picture = Image.new("RGBA", (self.width, self.height))
        picture.paste(self._drawn(self.scenes[0].marks, whole), whole)
        yield Patch(0, 0, _packed(picture), np.ones((self.height, self.width), np.bool_))
        for old, new in pairwise(self.scenes):
            boxes = self._changes(old.marks, new.marks)
            left, top, right, bottom = around(boxes) if boxes else (0, 0, 1, 1)
            box = (left - left % 2, top - top % 2, right, bottom)
            before = _packed(picture.crop(box))
            for each in boxes:
                picture.paste(self._drawn(new.marks, each), each)
            after = _packed(picture.crop(box))
            yield Patch(box[0], box[1], after, before != after)

    def _drawn(self, marks: tuple[Mark, ...], box: Box) -> Image.Image:
        import resvg_py
        from PIL import Image

        there = [mark for mark in marks if _meet(self._place(mark), box)]
        svg = patch(there, box, self.zoom, self.theme)
        made = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
        picture = Image.open(BytesIO(bytes(made))).convert("RGBA")
        picture.putalpha(255)  # the last row and column may be half paper, half nothing
        return picture

    def _changes(self, old: tuple[Mark, ...], new: tuple[Mark, ...]) -> list[Box]:
        """Return where two frames differ, as boxes that do not meet."""
        counts = Counter(old)
        counts.subtract(new)
        changed = {mark for mark, count in counts.items() if count}
        kept, still = ([m for m in marks if m not in changed] for marks in (old, new))
        if kept != still:  # the same marks in another order: one may hide another now
            return [(0, 0, self.width, self.height)]
        return apart(self._place(mark) for mark in changed)

    @cached_property
    def _place(self) -> Callable[[Mark], Box]:
        """Where a mark lies in the picture; frames share most marks."""

        @cache
        def place(mark: Mark) -> Box:
            left, top, right, bottom = (side * self.zoom for side in extent(mark))
            return (
                max(0, floor(left - _MARGIN)),
                max(0, floor(top - _MARGIN)),
                min(self.width, ceil(right + _MARGIN)),
                min(self.height, ceil(bottom + _MARGIN)),
            )

        return place


def _packed(picture: Image.Image) -> NDArray[np.uint32]:
    import numpy as np

    # The same numbers on every machine, whichever byte it puts first.
    return np.asarray(picture).view("<u4")[:, :, 0].astype(np.uint32, copy=False)


def apart(boxes: Iterable[Box]) -> list[Box]:
    """Return boxes that do not meet and cover all those given, in a fixed order.

    >>> apart([(0, 0, 2, 2), (1, 1, 4, 4), (8, 0, 9, 1)])
    [(0, 0, 4, 4), (8, 0, 9, 1)]
    """
    found: list[Box] = []
    for box in sorted(boxes):
        grown = box
        while near := [other for other in found if _meet(other, grown)]:
            found = [other for other in found if other not in near]
            grown = around([grown, *near])
        found.append(grown)
    return sorted(found)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all those given.

    >>> around([(0, 0, 2, 2), (1, 1, 4, 4)])
    (0, 0, 4, 4)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _meet(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
