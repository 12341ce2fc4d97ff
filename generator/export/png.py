"""PNG: for programs that take nothing better, at twice its size."""

from __future__ import annotations

from generator.export import svg
from generator.export._export import Drawing, Export
from generator.render.pixels import rasterise

#: Screens and projectors have two pixels where a figure counts one.
ZOOM = 2.0


def figure(drawing: Drawing) -> bytes:
    """Write the still picture as pixels."""
    return rasterise(svg.figure(drawing), ZOOM)


EXPORT = Export("png", "a picture in pixels, at twice its size, for any slide program", figure)
