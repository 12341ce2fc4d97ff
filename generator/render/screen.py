"""A photograph as a page shows it: a tenth of the bytes, and no difference that an eye finds.

Files that are downloaded keep every pixel as it was computed.
"""

from __future__ import annotations

from io import BytesIO

#: Smaller pictures stay as they are [bytes]: in them, pixels are what is looked at.
_LIGHT = 3_000
_QUALITY = 70


def for_screen(png: bytes) -> tuple[bytes, str]:
    """Return a picture for a page, and the ending of its name.

    Parameters
    ----------
    png
        The picture, lossless.

    Examples
    --------
    >>> for_screen(b"few bytes")
    (b'few bytes', 'png')
    """
    if len(png) <= _LIGHT:
        return png, "png"
    from PIL import Image

    made = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.save(made, "WEBP", quality=_QUALITY, method=6)
    smaller = made.getvalue()
    return (smaller, "webp") if len(smaller) < len(png) else (png, "png")
