"""WebP: the film, lossless and small, for the web and for slides that take it."""

from __future__ import annotations

from generator.export._carried import payload
from generator.export._export import Drawing, Export
from generator.export._film import reel
from generator.render.chunks import riff_chunks
from generator.render.webp import webp
from generator.render.xmp import packet, spec_in


def figure(drawing: Drawing) -> bytes:
    """Write the film."""
    xmp = packet(payload(drawing, ascii=True), drawing.title, drawing.example.alt)
    return webp(*reel(drawing), xmp)


def carried(data: bytes) -> str | None:
    """Return what the XMP chunk holds."""
    return spec_in(dict(riff_chunks(data)).get(b"XMP ", b""))


EXPORT = Export(
    "webp",
    "a film of the steps, lossless and small, for the web",
    figure,
    carried=carried,
    draws=True,
    takes=frozenset({"width", "steps"}),
)
