"""PNG: for programs that take nothing better, at twice its size."""

from __future__ import annotations

from generator.export._carried import payload
from generator.export._export import Drawing, Export
from generator.render import svg
from generator.render.chunks import png_text, png_with
from generator.render.pixels import rasterise

#: Screens and projectors have two pixels where a figure counts one.
ZOOM = 2.0


def figure(drawing: Drawing) -> bytes:
    """Write the still picture as pixels."""
    scene = drawing.scene
    drawn = svg.file(scene, drawing.title, drawing.example.alt, "", drawing.theme)
    made = rasterise(drawn, ZOOM, drawing.width)
    return png_with(made, "convbook", payload(drawing))


def carried(data: bytes) -> str | None:
    """Return what the text chunk holds."""
    return png_text(data, "convbook")


EXPORT = Export(
    "png",
    "a picture in pixels, at twice its size, for any slide program",
    figure,
    carried=carried,
    takes=frozenset({"width"}),
)
