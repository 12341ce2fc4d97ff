"""PNG of pixels and of pictures."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from generator.scene.marks import Pixels


@lru_cache(maxsize=64)
def png(pixels: Pixels) -> bytes:
    """Return a picture's pixels as a PNG, the same bytes for the same pixels.

    >>> png(Pixels(1, 1, 1, bytes([128])))[1:4]
    b'PNG'
    """
    from PIL import Image

    mode = "L" if pixels.channels == 1 else "RGB"
    out = BytesIO()
    image = Image.frombytes(mode, (pixels.width, pixels.height), pixels.data)
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def rasterise(svg: bytes, zoom: float) -> bytes:
    """Return an SVG without live text as a PNG, `zoom` times its size."""
    import resvg_py

    made = resvg_py.svg_to_bytes(svg_string=svg.decode(), zoom=zoom, skip_system_fonts=True)
    return bytes(made)
