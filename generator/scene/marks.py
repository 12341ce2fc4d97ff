"""The marks a picture is made of. A mark carries a role; which ink that is, the theme knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `shade` is a grey or a colour that is data, not decoration."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    shade: Shade | None = None

    def move(self, dx: float, dy: float) -> Rect:
        """Return the mark moved."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height, self.role, self.shade)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    role: Role = "ink"
    weight: Weight = "regular"
    anchor: Anchor = "start"

    def move(self, dx: float, dy: float) -> Text:
        """Return the mark moved."""
        return Text(
            self.x + dx, self.y + dy, self.text, self.size, self.role, self.weight, self.anchor
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    role: Role

    def move(self, dx: float, dy: float) -> Line:
        """Return the mark moved."""
        return Line(self.x + dx, self.y + dy, self.x2 + dx, self.y2 + dy, self.role)


@dataclass(frozen=True, slots=True)
class Poly:
    """Straight lines from point to point; `closed`: back to the first one, and filled."""

    points: tuple[tuple[float, float], ...]
    role: Role
    closed: bool = False

    def move(self, dx: float, dy: float) -> Poly:
        """Return the mark moved."""
        return Poly(tuple((x + dx, y + dy) for x, y in self.points), self.role, self.closed)


@dataclass(frozen=True, slots=True)
class Disc:
    """A round spot; `x` and `y` are its middle."""

    x: float
    y: float
    radius: float
    role: Role

    def move(self, dx: float, dy: float) -> Disc:
        """Return the mark moved."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture: `data` holds its rows one after the other, one byte a pixel (grey) or three."""

    width: int
    height: int
    channels: Literal[1, 3]
    data: bytes


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in its frame."""

    x: float
    y: float
    width: float
    height: float
    pixels: Pixels

    def move(self, dx: float, dy: float) -> Image:
        """Return the mark moved."""
        return replace(self, x=self.x + dx, y=self.y + dy)


# A figure moves thousands of marks: `dataclasses.replace` took half of the time it is drawn in, so
# those that are most of them call their constructors.
Mark: TypeAlias = Rect | Text | Line | Poly | Disc | Image
