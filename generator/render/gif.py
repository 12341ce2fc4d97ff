"""GIF: films for programs that take no other, in the 256 colours that suit all their frames.

References
----------
CompuServe, "Graphics Interchange Format, version 89a" (1990).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from generator.render.chunks import gif_blocks, gif_data
from generator.render.palette import Palette

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.render.reel import Reel

#: The last colour is none: what has not changed.
_CLEAR = 255


@dataclass(frozen=True, slots=True)
class _Kept:
    """A frame that waits for the palette: its colours by number, packed."""

    left: int
    top: int
    shape: tuple[int, int]
    packed: bytes


def gif(reel: Reel, durations: Sequence[int], comment: str) -> bytes:
    """Return the frames as a film that begins anew at its end.

    Parameters
    ----------
    reel
        The frames.
    durations
        How long each is seen [ms], in multiples of 10.
    comment
        What travels with them, in ASCII.
    """
    import numpy as np

    palette = Palette(_CLEAR)
    frames = []
    for patch in reel:
        colours = np.full(patch.changed.shape, -1, np.int32)
        colours[patch.changed] = palette.numbers(patch.pixels[patch.changed])
        packed = zlib.compress(colours.tobytes(), 1)
        frames.append(_Kept(patch.left, patch.top, patch.pixels.shape, packed))
    table, nearest = palette.chosen()
    # One colour more than there are: -1, unchanged, finds it at the end.
    nearest = np.append(nearest, _CLEAR).astype(np.uint8)
    parts = [b"GIF89a", struct.pack("<HHBBB", reel.width, reel.height, 0xF7, 0, 0), table]
    if len(durations) > 1:
        parts.append(b"!\xff\x0bNETSCAPE2.0" + gif_data(struct.pack("<BH", 1, 0)))
    parts.append(b"!\xfe" + gif_data(comment.encode("ascii")))
    for kept, duration in zip(frames, durations, strict=True):
        colours = np.frombuffer(zlib.decompress(kept.packed), np.int32).reshape(kept.shape)
        control = struct.pack("<BHB", 0b00000101, duration // 10, _CLEAR)  # stays; one is clear
        parts.append(b"!\xf9" + gif_data(control))
        place = struct.pack("<HHHH", kept.left, kept.top, *reversed(kept.shape))
        parts.append(b"," + place + b"\0" + _squeezed(nearest[colours]))
    return b"".join([*parts, b";"])


def _squeezed(pixels: NDArray[np.uint8]) -> bytes:
    """Return a picture's pixels as GIF packs them, which Pillow knows best."""
    from PIL import Image

    out = BytesIO()
    Image.fromarray(pixels).save(out, "GIF", optimize=False, interlace=False)
    data = out.getvalue()
    start, end = next((start, end) for kind, start, end in gif_blocks(data) if kind == 0x2C)
    return data[start + 9 : end]
