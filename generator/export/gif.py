"""GIF: the film for every slide program there is."""

from __future__ import annotations

from generator.export._carried import payload
from generator.export._export import Drawing, Export
from generator.export._film import reel
from generator.render.chunks import gif_comments
from generator.render.gif import gif


def figure(drawing: Drawing) -> bytes:
    """Write the film."""
    # A comment of a GIF is ASCII by its standard.
    return gif(*reel(drawing), payload(drawing, ascii=True))


def carried(data: bytes) -> str | None:
    """Return the first comment that looks like ours."""
    return next((said for said in gif_comments(data) if said.startswith("{")), None)


EXPORT = Export(
    "gif",
    "a film of the steps that plays in any slide program",
    figure,
    carried=carried,
    draws=True,
    takes=frozenset({"width", "steps"}),
)
