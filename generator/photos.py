"""Photographs: those that come with the project, and one's own."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.errors import Problem, UserError, unknown, wrong

if TYPE_CHECKING:
    from PIL import Image

ALBUM = Path(__file__).with_name("album")
#: A larger picture would fill the memory before a line of it is shown [pixels].
MOST_PIXELS = 100_000_000
#: Pictures of up to so many columns are remembered as numbers.
_SMALL = 640

#: Part of a picture: top, left, height, width as shares of the whole.
Crop = tuple[Fraction, Fraction, Fraction, Fraction]
#: Rows of numbers from 0 to 255: a grey picture, or one channel of a colour picture.
Plane = tuple[tuple[int, ...], ...]
#: Pillow's names for grey and for colour; as long as they have channels.
Mode = Literal["L", "RGB"]


def shipped() -> tuple[str, ...]:
    """Return the names of the photographs that come with the project.

    >>> "chelsea" in shipped()
    True
    """
    return tuple(sorted(_album()))


@cache
def _album() -> dict[str, Path]:
    return {file.stem: file for file in ALBUM.iterdir() if file.suffix in (".png", ".jpg")}


#: Where files with a relative path are looked for, after the working folder.
_FOLDERS: list[Path] = []


def look_in(folder: Path) -> None:
    """Look for files in `folder` too: a site's pages name them as they see them."""
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)


def locate(name: str) -> Path:
    """Return the file of a shipped photograph, or of one's own.

    Raises
    ------
    UserError
        If there is no such file.
    """
    if name in _album():
        return _album()[name]
    try:
        path = find(name)
    except OSError as error:
        raise wrong(name, "a picture file", hint=error.strerror or "") from None
    if path is not None:
        return path
    if Path(name).suffix:
        raise wrong(name, "a picture file", hint=missing(name))
    raise UserError([unknown("photo", name, shipped())])


def find(name: str) -> Path | None:
    """Return the file of one's own that `name` means, if there is one."""
    paths = (Path(name), *(folder / name for folder in _FOLDERS))
    return next((path for path in paths if path.is_file()), None)


def missing(name: str) -> str:
    """Return the hint for a file that is not there: the nearest name beside it, or where it is not.

    >>> missing("no/such/photo.jpg")
    "there is no such file in the folder 'such'"
    """
    inside = Path(name).parent
    for folder in (inside, *(each / inside for each in _FOLDERS)):
        try:
            # A folder of very many files is not searched to its end.
            names = sorted((path.name for path in islice(folder.iterdir(), 10_000)), reverse=True)
        except OSError:
            continue
        # The suffix would make any two short names alike.
        stems = {Path(each).stem.lower(): each for each in names}
        for near in get_close_matches(Path(name).stem.lower(), stems):
            if (folder / stems[near]).is_file():
                return f"did you mean '{Path(name).with_name(stems[near]).as_posix()}'?"
    return f"there is no such file in the folder '{inside.absolute().name}'"


def suffixes() -> frozenset[str]:
    """Return how the names of pictures end.

    >>> {".jpg", ".png", ".webp", ".tiff"} <= suffixes()
    True
    """
    from PIL import Image

    return frozenset(Image.registered_extensions())


def check(name: str) -> None:
    """Raise :class:`UserError` if the photograph cannot be read, or is too large."""
    path = locate(name)
    _check(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _check(name: str, path: Path, changed: int) -> None:
    """Read every pixel once; what raises is not remembered."""
    with _opened(name):
        pass


def grey(name: str, width: int, crop: Crop | None = None, height: int | None = None) -> Plane:
    """Return a photograph in shades of grey, reduced to `width` columns.

    The picture is turned as its EXIF data say, laid on white where it is transparent, and every
    number is the average of the pixels it stands for.

    Parameters
    ----------
    name
        A shipped photograph or a file.
    width
        Columns of the result; a smaller picture stays as it is [pixels].
    crop
        Which part.
    height
        The most rows of the result: a high picture gets fewer columns then [pixels].

    Returns
    -------
    rows : (H, W) int
        From 0, black, to 255, white.

    Examples
    --------
    >>> rows = grey("chelsea", 12)
    >>> len(rows), len(rows[0])
    (8, 12)
    """
    return _planes(name, width, crop, "L", height)[0]


def colour(
    name: str, width: int, crop: Crop | None = None, height: int | None = None
) -> tuple[Plane, Plane, Plane]:
    """Return a photograph's red, green and blue, reduced to `width` columns.

    Turned, flattened and averaged as :func:`grey` does; a grey picture has three equal planes.

    Parameters
    ----------
    name, width, crop, height
        As for :func:`grey`.

    Returns
    -------
    planes : (3, H, W) int
        From 0, none of this light, to 255, all of it.

    Examples
    --------
    >>> red, green, blue = colour("coffee", 12)
    >>> len(red), len(red[0])
    (8, 12)
    """
    red, green, blue = _planes(name, width, crop, "RGB", height)
    return red, green, blue


def _planes(
    name: str, width: int, crop: Crop | None, mode: Mode, height: int | None
) -> tuple[Plane, ...]:
    """Return the channels of a reduced photograph as rows of numbers."""
    path = locate(name)
    # As numbers, a picture takes eight times its bytes: only small ones are kept.
    cut = _cut if width <= _SMALL else _cut.__wrapped__
    return cut(str(path), path.stat().st_mtime_ns, width, crop, mode, height)


@lru_cache(maxsize=32)
def _cut(
    path: str, changed: int, width: int, crop: Crop | None, mode: Mode, height: int | None
) -> tuple[Plane, ...]:
    """Return the channels of a reduced photograph, cut into rows."""
    data, columns = _reduced(path, changed, width, crop, mode, height)
    depth = len(mode)
    step = columns * depth
    return tuple(
        tuple([tuple(data[i + channel : i + step : depth]) for i in range(0, len(data), step)])
        for channel in range(depth)
    )


@lru_cache(maxsize=32)
def _reduced(
    path: str, _changed: int, width: int, crop: Crop | None, mode: Mode, height: int | None
) -> tuple[bytes, int]:
    from PIL import Image

    with _opened(path) as opened:
        image = _upright(opened, mode)
    if crop:
        top, left, tall, wide = crop
        x, y = int(left * image.width), int(top * image.height)
        right = max(round((left + wide) * image.width), x + 1)
        bottom = max(round((top + tall) * image.height), y + 1)
        image = image.crop((x, y, right, bottom))
    columns = min(width, image.width)
    if height is not None and image.height * columns > height * image.width:
        columns = max(1, round(image.width * height / image.height))
    rows = max(1, round(image.height * columns / image.width))
    rows = rows if height is None else min(rows, height)
    small = image.resize((columns, rows), Image.Resampling.BOX)
    return small.tobytes(), columns


def _upright(image: Image.Image, mode: Mode) -> Image.Image:
    """Return the picture turned, flattened, and grey or in red, green and blue."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith(("I", "F")):
        # 16 bits a pixel: the upper eight are the shade; Pillow's own conversion would clip.
        return turned.convert("I").point(lambda level: level / 256).convert("L").convert(mode)
    if turned.has_transparency_data:
        layered = turned.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        turned = Image.alpha_composite(ground, layered)
    return turned.convert(mode)


@contextmanager
def _opened(name: str) -> Iterator[Image.Image]:
    from PIL import Image, UnidentifiedImageError

    path = locate(name)
    # Ours is the check, and it comes before any pixel is read; Pillow's own belongs to others too.
    theirs, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        # What Pillow warns of is either bad enough for an error, or nothing to the numbers.
        with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                got = f"{image.width:,} × {image.height:,} pixels"
                most = f"at most {MOST_PIXELS // 1_000_000} million pixels"
                raise UserError([Problem("", "", got, most)])
            image.load()
            yield image
    except UnidentifiedImageError:
        raise wrong(path.name, "a picture; this file is none, or of an unknown format") from None
    except (OSError, SyntaxError, ValueError, RuntimeError) as error:
        raise wrong(path.name, f"a picture that can be read; {error}") from None
    finally:
        Image.MAX_IMAGE_PIXELS = theirs
