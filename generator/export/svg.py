"""SVG: sharp at any size, text as outlines, the spec inside."""

from __future__ import annotations

import re
from html import unescape

from generator.export._carried import payload
from generator.export._export import Drawing, Export
from generator.render.svg import file

#: What is escaped holds no bracket.
_METADATA = re.compile(rb"<metadata[^>]*>([^<]*)</metadata>")


def figure(drawing: Drawing) -> bytes:
    """Write the still picture, with the spec and the command that make it again."""
    scene, alt = drawing.scene, drawing.example.alt
    return file(scene, drawing.title, alt, payload(drawing), drawing.theme)


def carried(data: bytes) -> str | None:
    """Return what the metadata hold."""
    found = _METADATA.search(data)
    return unescape(found[1].decode(errors="replace")) if found else None


EXPORT = Export(
    "svg",
    "a picture that is sharp at any size; looks the same everywhere",
    figure,
    carried=carried,
    draws=True,
)
