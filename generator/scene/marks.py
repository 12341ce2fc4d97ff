"""The marks a picture is made of. A mark carries a role; which ink that is, the theme knows.

A film makes, moves and compares marks by the hundred thousand. Named tuples are made in a fifth of
the time that frozen dataclasses take, and compared without running a line of Python. No two sorts
of mark can be equal: they differ in length, or in what stands at their end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

#: What a mark is there for. Themes and style sheets speak of roles only.
Role: TypeAlias = Literal[
    "paper", "ink", "muted", "line",
    "cell", "empty", "padding", "unread",
    "window", "window-cell", "window-ink", "window-line",
    "kernel", "kernel-cell", "kernel-ink",
    "kernel-hair", "kernel-line", "kernel-dash", "kernel-dots", "kernel-chain",
    "result", "result-cell", "result-ink",
    "on-dark", "on-light", "shade", "halo",
]  # fmt: skip
Weight: TypeAlias = Literal["regular", "semibold", "bold"]
Anchor: TypeAlias = Literal["start", "middle", "end"]
#: A grey from 0 to 255, or red, green and blue: data, not decoration.
Shade: TypeAlias = "int | tuple[int, int, int]"


class Rect(NamedTuple):
    """A rectangle; `shade` is a grey or a colour that is data, not decoration."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    shade: Shade | None = None


class Text(NamedTuple):
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    role: Role = "ink"
    weight: Weight = "regular"
    anchor: Anchor = "start"


class Line(NamedTuple):
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    role: Role


class Poly(NamedTuple):
    """Straight lines from point to point; `closed`: back to the first one, and filled."""

    points: tuple[tuple[float, float], ...]
    role: Role
    closed: bool = False


class Disc(NamedTuple):
    """A round spot; `x` and `y` are its middle."""

    x: float
    y: float
    radius: float
    role: Role


class Pixels(NamedTuple):
    """A picture: `data` holds its rows one after the other, one byte a pixel (grey) or three."""

    width: int
    height: int
    channels: Literal[1, 3]
    data: bytes


class Image(NamedTuple):
    """A picture in its frame."""

    x: float
    y: float
    width: float
    height: float
    pixels: Pixels


Mark: TypeAlias = Rect | Text | Line | Poly | Disc | Image


def move(mark: Mark, across: Sequence[float], down: Sequence[float]) -> Mark:
    """Return a mark moved to the right and down, by one length after the other.

    Lengths are added in their order: their sum, added at once, may differ in the last digit, and
    then a film draws anew what has not moved.

    >>> move(Line(1, 2, 3, 4, "line"), [0.5, 0.25], [1])
    Line(x=1.75, y=3, x2=3.75, y2=5, role='line')
    """
    if isinstance(mark, Poly):
        points = tuple((_added(x, across), _added(y, down)) for x, y in mark.points)
        return Poly(points, mark.role, mark.closed)
    x, y = _added(mark.x, across), _added(mark.y, down)
    if isinstance(mark, Line):
        return Line(x, y, _added(mark.x2, across), _added(mark.y2, down), mark.role)
    # The rest of the fields as they are, whatever mark it is.
    return type(mark)._make((x, y, *mark[2:]))


def _added(start: float, lengths: Sequence[float]) -> float:
    for length in lengths:
        start += length
    return start
