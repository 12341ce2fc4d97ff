"""What the formats that play a film have in common."""

from __future__ import annotations

from generator.export._export import Drawing
from generator.export.png import ZOOM
from generator.render.reel import Reel

#: How long a step is seen [ms]; the last one is held twice as long.
PACE = 700


def reel(drawing: Drawing) -> tuple[Reel, list[int]]:
    """Return the frames, and how long each is seen."""
    scenes = [shot.scene for shot in drawing.shots]
    width = drawing.width or round(scenes[0].width * ZOOM)
    return Reel(scenes, width, drawing.theme), [*[PACE] * (len(scenes) - 1), 2 * PACE]
