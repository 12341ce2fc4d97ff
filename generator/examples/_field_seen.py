"""What is looked at when a receptive field is drawn, in cells of the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.engine.shapes import Axis
from generator.engine.trace_field import Stage
from generator.examples._photo import Shades
from generator.model import Region


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked at.

    Parameters
    ----------
    stages
        The layers, from the input on.
    axes
        How their windows walk along columns; empty for a network.
    shape
        Rows and columns of the input.
    unit
        The unit of the last layer from which everything is seen.
    shades
        The photograph, if there is one.
    """

    stages: Sequence[Stage]
    axes: tuple[Axis, ...]
    shape: tuple[int, int]
    unit: tuple[int, int]
    shades: Shades | None

    def unit_at(self, index: int) -> tuple[int, int]:
        """Return the unit of a layer that looks at the same place as the last one's."""
        if index == len(self.stages) - 1:
            return self.unit
        field = self.stages[-1].region(self.unit)
        return self.stages[index].nearest(
            ((field.top + field.bottom) / 2, (field.left + field.right) / 2)
        )

    def region(self, index: int) -> Region:
        """Return what that unit sees."""
        return self.stages[index].region(self.unit_at(index))
