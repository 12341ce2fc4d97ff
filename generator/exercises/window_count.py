"""How many windows there are: pieces side by side, or one that slides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.prose import Prose, Strong, line

_PAGE = "images/sliding-windows.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, a window, and how it is laid over the image; or the window is asked for.

    >>> Drawn(8, 8, 4, 4, "pieces").down, Drawn(8, 8, 4, 4, "slides").down
    (2, 5)
    """

    rows: int
    columns: int
    high: int
    wide: int
    way: Literal["pieces", "slides", "window"]

    @property
    def down(self) -> int:
        """Places of the window on its way down."""
        return self.places(self.rows, self.high)

    @property
    def across(self) -> int:
        """Places of the window on its way to the right."""
        return self.places(self.columns, self.wide)

    def places(self, side: int, window: int) -> int:
        """Return the places of a window along a side."""
        return side // window if self.way == "pieces" else side - window + 1

    @property
    def size(self) -> str:
        """The window in words."""
        return f"{self.high} × {self.wide}"


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a window: level 2 makes it a rectangle, at level 3 its size is unknown."""
    ways: tuple[Literal["pieces", "slides"], ...] = ("pieces", "slides", "slides")
    way = "window" if level == 3 else dice.pick("way", ways)
    high = dice.whole("high", 2, 12)
    wide = dice.whole("wide", 2, 12) if level == 2 else high
    if way == "pieces":
        down, across = dice.whole("down", 2, 14), dice.whole("across", 2, 14)
        return Drawn(high * down, wide * across, high, wide, way)
    most = 24 if level == 3 else 60
    rows, columns = high + dice.whole("down", 2, most), wide + dice.whole("across", 2, most)
    return Drawn(rows, columns, high, wide, way)


def fair(d: Drawn) -> bool:
    """Tell whether the sides differ, which makes the factors of level 3 a search."""
    return d.rows != d.columns


def closed(d: Drawn) -> int:
    """Return places down times places across, or the side of the window."""
    return d.high if d.way == "window" else d.down * d.across


def brute(d: Drawn) -> int:
    """Lay the window down wherever it fits; try one size after the other if that is asked."""
    if d.way == "window":
        found = d.down * d.across
        return next(w for w in range(1, d.rows + 1) if _laid(d, (w, w), (1, 1)) == found)
    window = (d.high, d.wide)
    return _laid(d, window, window if d.way == "pieces" else (1, 1))


def _laid(d: Drawn, window: tuple[int, int], step: tuple[int, int]) -> int:
    down = [i for i in range(0, d.rows, step[0]) if i + window[0] <= d.rows]
    across = [j for j in range(0, d.columns, step[1]) if j + window[1] <= d.columns]
    return len(down) * len(across)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    image = f"{d.rows} rows and {d.columns} columns"
    if d.way == "window":
        return line(
            f"A square window slides over an image of {image}, pixel by pixel, and never leaves "
            f"it. It has {d.down * d.across} positions. How many pixels long is its ",
            Strong("side"), "?",
        )  # fmt: skip
    if d.way == "pieces":
        return line(
            f"An image of {image} is cut into pieces of {d.size} pixels that do not overlap. "
            "How many ", Strong("pieces"), " are there?",
        )  # fmt: skip
    return line(
        f"A window of {d.size} pixels slides over an image of {image}, pixel by pixel, and never "
        "leaves it. How many ", Strong("positions"), " does it have?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.way == "window":
        return (
            line("A larger window has fewer positions. How many has a window of one pixel less?"),
            line(
                f"Positions down times positions across make {d.down * d.across}, and they differ "
                f"by {abs(d.rows - d.columns)}, as the sides of the image do."
            ),
            line(f"Down there are {d.down} positions."),
        )
    one = "pieces" if d.way == "pieces" else "positions"
    return (
        line(f"How many {one} are there side by side, from left to right?"),
        line(f"From left to right there are {d.across}. And downwards?"),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every number on the way."""
    if d.way == "window":
        return (
            line(
                f"A window of side k has ({d.rows} − k + 1)·({d.columns} − k + 1) positions. The "
                f"larger k, the fewer, so one k at most gives {d.down * d.across}."
            ),
            line(
                f"The two factors differ by {abs(d.rows - d.columns)}: "
                f"{d.down}·{d.across} = {d.down * d.across}."
            ),
            line(f"The side: {d.rows} − {d.down} + 1 = {d.high}."),
        )
    if d.way == "pieces":
        steps = [
            f"Down: {d.rows} / {d.high} = {d.down}. Across: {d.columns} / {d.wide} = {d.across}."
        ]
    else:
        steps = [
            f"From the first place the window can move down by {d.rows} − {d.high} = "
            f"{d.rows - d.high} rows. With the first place: {d.rows - d.high} + 1 = {d.down}.",
            f"Across: {d.columns} − {d.wide} + 1 = {d.across}.",
        ]
    one = "pieces" if d.way == "pieces" else "positions"
    steps.append(f"Together: {d.down}·{d.across} = {closed(d)} {one}.")
    return tuple(line(step) for step in steps)


def _reverse(d: Drawn, side: int) -> int | None:
    return side if d.way == "window" else None


def _slides(d: Drawn, number: int) -> int | None:
    return number if d.way == "slides" else None


def _turned(d: Drawn) -> int | None:
    if d.high == d.wide or d.wide > d.rows or d.high > d.columns:
        return None
    down, across = d.places(d.rows, d.wide), d.places(d.columns, d.high)
    return down * across if down * across != closed(d) else None


def _pieces(d: Drawn, number: int) -> int | None:
    return number if d.way == "pieces" else None


FAMILY = Family(
    name="window-count",
    title="Pieces and sliding windows",
    version=1,
    says="how many pieces or window positions an image has, and which window gives so many",
    page=_PAGE,
    rows=(10,),
    draw=draw,
    fair=fair,
    # Sums, products and quotients; the factors of level 3 have to be found.
    work=lambda d: Work(3 if d.way == "pieces" else 4 if d.way == "slides" else 6),
    cost=(Work(4), Work(4), Work(6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "+1 forgotten", lambda d: _slides(d, (d.down - 1) * (d.across - 1)),
            "You counted the moves. The window also has a first place, before any move.",
        ),
        Slip(
            "cut instead of slid",
            lambda d: _slides(d, (d.rows // d.high) * (d.columns // d.wide)),
            "You laid the windows side by side. A window that slides by one pixel overlaps "
            "its neighbours.",
        ),
        Slip(
            "slid instead of cut",
            lambda d: _pieces(d, (d.rows - d.high + 1) * (d.columns - d.wide + 1)),
            "You let the window slide. Pieces do not overlap.",
        ),
        Slip(
            "one direction only", lambda d: None if d.way == "window" else d.across,
            "You went from left to right only. The window goes down too, so multiply.",
        ),
        Slip(
            "directions added",
            lambda d: None if d.way == "window" else d.down + d.across,
            "You added the two directions. In each row of windows there are all places across, "
            "so multiply.",
            yields=True,
        ),
        Slip(
            "divided once", lambda d: _pieces(d, d.rows * d.columns // d.wide),
            lambda d: f"You divided the pixels by {d.wide}. A piece has "
            f"{d.high}·{d.wide} pixels.",
        ),
        Slip(
            "every pixel", lambda d: _slides(d, d.rows * d.columns),
            "You began a window at every pixel. Near the right and lower edge it would leave the "
            "image.",
        ),
        Slip(
            "window turned", _turned,
            lambda d: f"You took the window for {d.wide} × {d.high}. The rows are named first: "
            f"it is {d.high} high.",
            yields=True,
        ),
        Slip(
            "moves for positions", lambda d: _reverse(d, d.high - 1),
            lambda d: f"You took the positions for moves. {d.down} positions are {d.down - 1} "
            f"moves, so the side is {d.rows} − {d.down - 1}.",
        ),
        Slip(
            "positions answered", lambda d: _reverse(d, min(d.down, d.across)),
            "You gave the positions in one direction. The side of the window is what they leave.",
        ),
        Slip(
            "pixels answered", lambda d: _reverse(d, d.high**2),
            "You gave the pixels of the window. Its side is asked for.",
        ),
        Slip(
            "one too long", lambda d: _reverse(d, d.high + 1),
            "You added 1 twice. The window's first place is one of the positions already.",
            yields=True,
        ),
    )),),
)  # fmt: skip
