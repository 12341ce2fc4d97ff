"""Where a mark lies."""

from __future__ import annotations

from typing import TypeAlias

from generator.scene.fonts import advance
from generator.scene.marks import Disc, Line, Mark, Poly, Text
from generator.scene.theme import STYLES

#: Left, top, right, bottom.
Extent: TypeAlias = tuple[float, float, float, float]


def extent(mark: Mark) -> Extent:
    """Return a rectangle that a mark does not leave, with its outline and its accents [px].

    >>> from generator.scene.marks import Rect
    >>> extent(Rect(10, 10, 20, 20, "window"))
    (8.25, 8.25, 31.75, 31.75)
    """
    if isinstance(mark, Text):
        width = advance(mark.text, mark.size, mark.weight)
        left = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * width
        # Letters lean a little out of their advance.
        edge = 0.1 * mark.size
        return left - edge, mark.y - mark.size, left + width + edge, mark.y + 0.3 * mark.size
    if isinstance(mark, Disc):
        xs, ys = [mark.x - mark.radius, mark.x + mark.radius], [mark.y - mark.radius]
        ys.append(mark.y + mark.radius)
    elif isinstance(mark, Poly):
        xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
    elif isinstance(mark, Line):
        xs, ys = [mark.x, mark.x2], [mark.y, mark.y2]
    else:
        xs, ys = [mark.x, mark.x + mark.width], [mark.y, mark.y + mark.height]
    # A corner of an open line reaches further out than half its width: SVG cuts it at four times.
    share = 2.0 if isinstance(mark, Poly) else 0.5
    role = getattr(mark, "role", None)
    out = STYLES[role].width * share if role and STYLES[role].stroke else 0.0
    return min(xs) - out, min(ys) - out, max(xs) + out, max(ys) + out
