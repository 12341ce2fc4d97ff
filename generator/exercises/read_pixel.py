"""Pixels read from an image that stands there as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.dice import Dice
from generator.exercises._draw import Wholes
from generator.exercises._family import Family, Part, Slip, Work
from generator.paper import Several
from generator.prose import Grid, Prose, Strong, line

_PAGE = "images/grey-image.md"
#: What is bright in the image: a cross, a diagonal, a frame, a bar, a corner, a T.
_SHAPES = (
    ("001000", "001000", "111110", "001000", "001000"),
    ("100000", "110000", "011000", "001100", "000110"),
    ("111110", "100010", "100010", "100010", "111110"),
    ("000000", "011110", "011110", "000000", "000000"),
    ("100000", "100000", "100000", "100000", "111110"),
    ("111110", "001000", "001000", "001000", "001000"),
)

#: A row and a column.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, what is done to it, and the pixels that are asked for, counted from 1.

    >>> d = Drawn(((9, 8, 7), (6, 5, 4), (3, 2, 1)), "brightest", (1, 1), None, (2, 2), "columns")
    >>> d.image
    ((4, 5), (1, 2))
    """

    x: Wholes
    extreme: Literal["brightest", "darkest"]
    at: Place
    other: Place | None
    crop: Place | None
    mirror: Literal["", "rows", "columns"]

    @property
    def image(self) -> Wholes:
        """What is read: the image itself, or what cropping and mirroring make of it."""
        top, left = self.crop or (1, 1)
        return mirrored(tuple(row[left - 1 :] for row in self.x[top - 1 :]), self.mirror)


def mirrored(x: Wholes, axis: str) -> Wholes:
    """Return an image with its rows or its columns in the opposite order.

    >>> mirrored(((1, 2), (3, 4)), "rows"), mirrored(((1, 2), (3, 4)), "columns")
    (((3, 4), (1, 2)), ((2, 1), (4, 3)))
    """
    if axis == "columns":
        return tuple(row[::-1] for row in x)
    return x[::-1] if axis == "rows" else x


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a bright shape: level 2 compares two pixels, level 3 crops and mirrors."""
    shape = dice.pick("shape", _SHAPES)
    turn = dice.pick("turn", (1, -1))
    x = tuple(
        tuple(dice.whole("on", 170, 255) if c == "1" else dice.whole("off", 0, 89) for c in row)
        for row in shape[::turn]
    )
    crop = (dice.whole("top", 2, 3), dice.whole("left", 2, 3)) if level == 3 else None
    top, left = crop or (1, 1)
    telling = _telling(len(x) + 1 - top, len(x[0]) + 1 - left)
    at, other = dice.pick("at", telling), dice.pick("at", telling)
    if level == 2 and _value(x, at) < _value(x, other):
        at, other = other, at
    return Drawn(
        x, dice.pick("extreme", ("brightest", "darkest")), at, other if level == 2 else None,
        crop, dice.pick("mirror", ("rows", "columns")) if level == 3 else "",
    )  # fmt: skip


@cache
def _telling(rows: int, columns: int) -> tuple[Place, ...]:
    """Return the places that are others when counted from the other side, or column first."""
    return tuple(
        (i, j)
        for i in range(1, rows + 1)
        for j in range(1, columns + 1)
        if i != j and 2 * i != rows + 1 and 2 * j != columns + 1
    )


def fair(d: Drawn) -> bool:
    """Tell whether one pixel alone is the brightest, one the darkest, and a difference positive."""
    pixels = sorted(value for row in d.image for value in row)
    alone = pixels[0] < pixels[1] and pixels[-2] < pixels[-1]
    return alone and (d.other is None or _value(d.image, d.at) > _value(d.image, d.other))


def _value(x: Wholes, place: Place) -> int:
    return x[place[0] - 1][place[1] - 1]


def _read(d: Drawn, x: Wholes, *, turn: bool = False, from_zero: int = 0) -> int | None:
    """Return what is read for part b, perhaps with row and column exchanged, or counted from 0."""
    values = []
    for place in (d.at, d.other) if d.other else (d.at,):
        row, column = place[::-1] if turn else place
        if row + from_zero > len(x) or column + from_zero > len(x[0]):
            return None
        values.append(_value(x, (row + from_zero, column + from_zero)))
    return values[0] - values[1] if d.other else values[0]


def place_closed(d: Drawn) -> Place:
    """Look the extreme value up in the rows."""
    best = max if d.extreme == "brightest" else min
    wanted = best(best(row) for row in d.image)
    return next((i, row.index(wanted) + 1) for i, row in enumerate(d.image, 1) if wanted in row)


def _walk(d: Drawn) -> dict[Place, int]:
    """Return where every pixel of the whole image goes that is kept."""
    top, left = d.crop or (1, 1)
    height, width = 6 - top, 7 - left
    found = {}
    for row in range(top, 6):
        for column in range(left, 7):
            i, j = row - top + 1, column - left + 1
            i = height + 1 - i if d.mirror == "rows" else i
            j = width + 1 - j if d.mirror == "columns" else j
            found[i, j] = d.x[row - 1][column - 1]
    return found


def place_brute(d: Drawn) -> Place:
    """Sort the pixels."""
    pixels = sorted(_walk(d).items(), key=lambda pixel: pixel[1])
    return pixels[-1 if d.extreme == "brightest" else 0][0]


def value_brute(d: Drawn) -> int:
    """Look the pixels up where they went."""
    found = _walk(d)
    return found[d.at] - (found[d.other] if d.other else 0)


def opposite(d: Drawn) -> Place:
    """Take the darkest for the brightest."""
    pixels = sorted((v, (i, j)) for i, row in enumerate(d.image, 1) for j, v in enumerate(row, 1))
    return pixels[0 if d.extreme == "brightest" else -1][1]


def whole_place(d: Drawn) -> Place | None:
    """Give the place in the image as it was."""
    if not d.crop:
        return None
    row, column = place_closed(d)
    return _places(d)[row, column]


def _places(d: Drawn) -> dict[Place, Place]:
    """Return where the pixels that are read were in the whole image."""
    top, left = d.crop or (1, 1)
    rows, columns = list(range(top, len(d.x) + 1)), list(range(left, len(d.x[0]) + 1))
    rows = rows[::-1] if d.mirror == "rows" else rows
    columns = columns[::-1] if d.mirror == "columns" else columns
    return {(i, j): (r, c) for i, r in enumerate(rows, 1) for j, c in enumerate(columns, 1)}


def _unmirrored(d: Drawn) -> Wholes:
    return mirrored(d.image, d.mirror)


def _wrong_mirror(d: Drawn) -> int | None:
    if not d.mirror:
        return None
    return _read(d, mirrored(_unmirrored(d), "rows" if d.mirror == "columns" else "columns"))


def prompt(d: Drawn) -> Prose:
    """Show the image."""
    image = Grid("Image", d.x)
    says = "This grey image is written as numbers, from 0 (black) to 255 (white). "
    counted = "Rows are counted from the top, columns from the left, both from 1."
    if not d.crop:
        return line(says + counted, image)
    (top, left), way = d.crop, "left to right" if d.mirror == "columns" else "top to bottom"
    return line(
        f"{says}It is cropped: only rows {top} to {len(d.x)} and columns {left} to {len(d.x[0])} "
        f"are kept. Then it is mirrored {way}, so that the {_first(d)} comes last. {counted}",
        image,
    )


def _first(d: Drawn) -> str:
    return "leftmost column" if d.mirror == "columns" else "top row"


def _whose(d: Drawn) -> str:
    return "new image" if d.crop else "image"


def ask_place(d: Drawn) -> Prose:
    """Ask for a place."""
    return line("Where is the ", Strong(d.extreme), f" pixel of the {_whose(d)}?")


def ask_value(d: Drawn) -> Prose:
    """Ask for a value or a difference."""
    where = Strong(_named(d.at))
    if d.other:
        return line(
            "How much brighter is the pixel at ", where, " than the one at ",
            Strong(_named(d.other)), "?",
        )  # fmt: skip
    return line("What is the value of the pixel at ", where, f" of the {_whose(d)}?")


def _named(place: Place) -> str:
    return f"row {place[0]}, column {place[1]}"


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    high = "large" if d.extreme == "brightest" else "small"
    first = f"A {'bright' if high == 'large' else 'dark'} pixel is a {high} number."
    if not d.crop:
        return (
            line(first),
            line(f"For {_named(d.at)}: go down to row {d.at[0]} first, then to the right."),
        )
    return (
        line("Write the new image down before you read it. " + first),
        line("After cropping it is:", Grid("Cropped", _unmirrored(d))),
        line("After mirroring it is:", Grid("New image", d.image)),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Read, after the image was remade where it is another."""
    most = "largest" if d.extreme == "brightest" else "smallest"
    found = place_closed(d)
    steps = [
        line(
            f"The {d.extreme} pixel has the {most} number, {_value(d.image, found)}. "
            f"It stands in {_named(found)}."
        ),
    ]
    values = [_value(d.image, place) for place in (d.at, d.other) if place]
    read = f"In {_named(d.at)} stands {values[0]}"
    if d.other:
        difference = f"{values[0]} − {values[1]} = {values[0] - values[1]}"
        steps.append(line(f"{read}, in {_named(d.other)} stands {values[1]}: {difference}."))
    else:
        steps.append(line(read + "."))
    if d.crop:
        steps[:0] = [
            line("What is kept:", Grid("Cropped", _unmirrored(d))),
            line(f"Mirrored, with the {_first(d)} last:", Grid("New image", d.image)),
        ]
    return tuple(steps)


FAMILY = Family(
    name="read-pixel",
    title="Read an image of numbers",
    version=1,
    says="where a small grey image is brightest or darkest, and the value of a pixel",
    page=_PAGE,
    rows=(2,),
    draw=draw,
    fair=fair,
    # Pixels to read, and what is done to the image before.
    work=lambda d: Work(2 + (d.other is not None) + 2 * (d.crop is not None)),
    cost=(Work(2), Work(3), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(place_closed, place_brute, (
            Slip(
                "column named first", lambda d: place_closed(d)[::-1],
                "You named the column first. A place is its row, then its column.",
            ),
            Slip(
                "counted from 0", lambda d: (place_closed(d)[0] - 1, place_closed(d)[1] - 1),
                "You counted from 0, as a program does. Here the first row is row 1.",
            ),
            Slip(
                "dark and bright swapped", opposite,
                "You took the other extreme. 0 is black, and the larger the number, the brighter.",
            ),
            Slip(
                "place before cropping", whole_place,
                "You gave the place in the old image. Cropping and mirroring move every pixel.",
            ),
        ), Several(("row", "column")), ask_place, (1, 1, 2)),
        Part(lambda d: _read(d, d.image) or 0, value_brute, (
            Slip(
                "row and column exchanged", lambda d: _read(d, d.image, turn=True),
                "You went right first and then down. The row is named first: go down, then right.",
            ),
            Slip(
                "rows from the bottom", lambda d: _read(d, d.image[::-1]),
                "You counted the rows from the bottom, like the y-axis of a graph. "
                "Row 1 of an image is at the top.",
                yields=True,
            ),
            Slip(
                "first is 0", lambda d: _read(d, d.image, from_zero=1),
                "You called the first row and column 0. Here both are number 1.",
                yields=True,
            ),
            Slip(
                "read the old image", lambda d: _read(d, d.x) if d.crop else None,
                "You read the image as it was. Crop and mirror it first.",
            ),
            Slip(
                "not mirrored", lambda d: _read(d, _unmirrored(d)) if d.crop else None,
                "You cropped the image but did not mirror it.",
            ),
            Slip(
                "mirrored the other way", _wrong_mirror,
                lambda d: f"You mirrored the wrong way. The {_first(d)} has to come last.",
                yields=True,
            ),
            Slip(
                "columns from the right", lambda d: _read(d, mirrored(d.image, "columns")),
                "You counted the columns from the right. Column 1 is the leftmost one.",
                yields=True,
            ),
        ), ask=ask_value, points=(1, 2, 2)),
    ),
)  # fmt: skip
