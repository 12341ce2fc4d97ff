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
    scene, theme, width = drawing.scene, drawing.theme, drawing.width
    if width is None:
        drawn, zoom = svg.file(scene, drawing.title, "", "", theme), ZOOM
    else:
        # To the pixel, as a film of this width has it.
        scale = width / scene.width
        whole = (0, 0, width, max(1, round(scene.height * scale)))
        drawn, zoom = svg.patch(scene.marks, whole, scale, theme).encode(), 1.0
    made = rasterise(drawn, zoom)
    return png_with(made, "convbook", payload(drawing))


def carried(data: bytes) -> str | None:
    """Return what the text chunk holds."""
    return png_text(data, "convbook")


EXPORT = Export(
    "png",
    "a picture in pixels, at twice its size, for any slide program",
    figure,
    carried=carried,
    draws=True,
    takes=frozenset({"width"}),
)
