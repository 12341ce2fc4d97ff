"""SVG: sharp at any size, text as outlines, the spec inside."""

from __future__ import annotations

import json

from generator.export._export import Drawing, Export
from generator.render.svg import file


def figure(drawing: Drawing) -> bytes:
    """Write the still picture, with the spec and the command that make it again."""
    metadata = json.dumps(
        {"convbook": drawing.spec, "command": drawing.command}, ensure_ascii=False
    )
    return file(drawing.scene, drawing.title, drawing.example.alt, metadata, drawing.theme)


EXPORT = Export("svg", "a picture that is sharp at any size; looks the same everywhere", figure)
