"""WebP: lossless pictures and films, the smallest there are.

References
----------
RFC 9649, "WebP Image Format", section 2: the chunks of a film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from generator.render.chunks import riff, riff_chunks

if TYPE_CHECKING:
    from generator.render.reel import Patch, Reel

_FILM, _XMP, _ALPHA = 0x02, 0x04, 0x10
#: A frame is laid over the one before it, and stays.
_OVER = b"\0"


def webp(reel: Reel, durations: Sequence[int], xmp: bytes) -> bytes:
    """Return the frames as a film that begins anew at its end; one frame: as a picture.

    A frame holds what has changed and is transparent elsewhere. Pillow writes films too, but wants
    all their frames in memory at once, and encodes what has not changed again.

    Parameters
    ----------
    reel
        The frames.
    durations
        How long each is seen [ms].
    xmp
        What travels with them.
    """
    flags = _XMP if len(durations) == 1 else _XMP | _FILM | _ALPHA
    head = bytes([flags, 0, 0, 0]) + _three(reel.width - 1) + _three(reel.height - 1)
    chunks = [(b"VP8X", head)]
    if len(durations) == 1:
        chunks += [(b"VP8L", _encoded(patch)) for patch in reel]
    else:
        chunks.append((b"ANIM", bytes(4) + bytes(2)))  # no ground; for ever
        chunks += ((b"ANMF", frame) for frame in _frames(reel, durations))
    return riff([*chunks, (b"XMP ", xmp)])


def _frames(reel: Reel, durations: Sequence[int]) -> Iterator[bytes]:
    for patch, duration in zip(reel, durations, strict=True):
        height, width = patch.changed.shape
        place = (patch.left // 2, patch.top // 2, width - 1, height - 1, duration)
        picture = riff([(b"VP8L", _encoded(patch))])[12:]
        yield b"".join(map(_three, place)) + _OVER + picture


def _encoded(patch: Patch) -> bytes:
    """Return a lossless picture, transparent where nothing has changed."""
    import numpy as np
    from PIL import Image

    every = bool(patch.changed.all())
    pixels = np.where(patch.changed, patch.pixels, 0).astype("<u4")
    picture = Image.fromarray(pixels.view(np.uint8).reshape(*pixels.shape, 4))
    if every:
        picture = picture.convert("RGB")
    out = BytesIO()
    picture.save(out, "WEBP", lossless=True, method=2, quality=20, exact=True)
    return dict(riff_chunks(out.getvalue()))[b"VP8L"]


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
