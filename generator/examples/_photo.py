"""Photographs as parameters and as parts of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from os import PathLike, fspath
from typing import TYPE_CHECKING

from generator import photos
from generator.errors import Problem, wrong
from generator.numerals import plain
from generator.photos import Crop
from generator.scene.layout import Box
from generator.scene.marks import Image, Pixels, Rect, Role
from generator.spec.fields import Field, gather, listed, number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shades = tuple[tuple[int, ...], ...]
#: Frames smaller than this have no room for a halo [px].
_ROOM = 12


class PhotoField(Field[str]):
    """The name of a photograph that comes with the project, or a file."""

    metavar = "NAME|FILE"

    def parse(self, value: object) -> str:
        """Read a name and look at the file's first bytes."""
        if not isinstance(value, (str, PathLike)):
            raise wrong(value, "the name of a photo, or a picture file")
        name = str(fspath(value))
        if not name.isprintable():
            raise wrong(ascii(name), "a name that can be printed")
        photos.check(name)
        return name

    def show(self, value: str) -> object:
        """Show it as it is."""
        return value


class CropField(Field[Crop]):
    """Part of a picture: top, left, height and width as shares of the whole."""

    metavar = "[T,L,H,W]"

    def parse(self, value: object) -> Crop:
        """Read four shares that stay inside the picture."""
        items = listed(value)
        wanted = "four numbers from 0 to 1: top, left, height, width"
        if items is None or len(items) != 4:
            raise wrong(value, wanted)
        names = ("top", "left", "height", "width")
        shares = gather(zip(names, items, strict=True), number)
        top, left, height, width = (Fraction(share) for share in shares)
        if min(top, left) < 0 or min(height, width) <= 0 or max(top + height, left + width) > 1:
            raise wrong(value, wanted + ", and nothing beyond the edge")
        return top, left, height, width

    def show(self, value: Crop) -> object:
        """Show four plain numbers."""
        return [plain(share if share.denominator != 1 else share.numerator) for share in value]


def fitting(name: str, shape: tuple[int, int], crop: Crop | None = None) -> Shades:
    """Return the middle of a photograph, or of a part of it, in the shape of a network's input.

    >>> shades = fitting("chelsea", (8, 8))
    >>> len(shades), len(shades[0])
    (8, 8)
    """
    rows, columns = shape
    whole = photos.grey(name, photos.MOST_PIXELS, crop)
    height, width = len(whole), len(whole[0])
    top, left, tall, wide = crop or (Fraction(0), Fraction(0), Fraction(1), Fraction(1))
    kept = min(Fraction(height, rows), Fraction(width, columns))
    down, across = kept * rows / height, kept * columns / width
    part = (top + tall * (1 - down) / 2, left + wide * (1 - across) / 2, tall * down, wide * across)
    return photos.grey(name, columns, part)


def pixels(shades: Shades) -> NDArray[np.uint8]:
    """Return a photograph's numbers as an array; `numpy.array` would take them one by one.

    >>> pixels(((1, 2), (3, 4))).tolist()
    [[1, 2], [3, 4]]
    """
    import numpy as np

    flat = b"".join(map(bytes, shades))
    return np.frombuffer(flat, np.uint8).reshape(len(shades), len(shades[0]))


def picture(shades: Sequence[Sequence[int]], width: float, height: float | None = None) -> Box:
    """Return a photograph, `width` wide, and as high as it is then if no height is given."""
    rows, columns = len(shades), len(shades[0])
    drawn = Pixels(columns, rows, 1, b"".join(map(bytes, shades)))
    height = width * rows / columns if height is None else height
    # A white picture on white paper needs an edge.
    edge = Rect(0, 0, width, height, "line")
    return Box(width, height, (Image(0, 0, width, height, drawn), edge))


def colours(planes: Sequence[Shades], width: float) -> Box:
    """Return a picture made of its red, green and blue, `width` wide."""
    rows, columns = len(planes[0]), len(planes[0][0])
    mixed = bytearray(3 * rows * columns)
    for channel, plane in enumerate(planes):
        mixed[channel::3] = b"".join(map(bytes, plane))
    height = width * rows / columns
    edge = Rect(0, 0, width, height, "line")
    image = Image(0, 0, width, height, Pixels(columns, rows, 3, bytes(mixed)))
    return Box(width, height, (image, edge))


def spot(
    photo: Box, shades: Shades, window: tuple[int, int, int, int], role: Role, least: float = 14
) -> Box:
    """Frame cells of a photograph (top, left, height, width), at least so large that it is seen.

    What lies beyond the edge is left out of the frame.
    """
    scale = photo.width / len(shades[0])
    first_row, first_column = max(window[0], 0), max(window[1], 0)
    end_row = min(window[0] + window[2], len(shades))
    end_column = min(window[1] + window[3], len(shades[0]))
    top, left = first_row * scale, first_column * scale
    height, width = (end_row - first_row) * scale, (end_column - first_column) * scale
    tall, wide = max(height, least), max(width, least)
    x = min(max(left + width / 2 - wide / 2, 0), photo.width - wide)
    y = min(max(top + height / 2 - tall / 2, 0), photo.height - tall)
    frame = Rect(x, y, wide, tall, role)
    # A frame alone is lost on pixels of its own shade; a halo would fill a tiny one.
    haloed = role != "window-line" and min(wide, tall) >= _ROOM
    seen = (frame._replace(role="halo"), frame) if haloed else (frame,)
    return Box(photo.width, photo.height, (*photo.parts, *seen))


def too_small(shades: Shades, rows: int, columns: int) -> Problem | None:
    """Return what is wrong if a kernel is larger than the picture."""
    if len(shades) >= rows and len(shades[0]) >= columns:
        return None
    size = f"{len(shades)} × {len(shades[0])}"
    return Problem("", "kernel", f"{rows} × {columns}", f"at most {size}, the size of the picture")
