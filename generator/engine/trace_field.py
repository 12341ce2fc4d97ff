"""The readable receptive field: how much of the input a unit sees, grown layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.engine.network_report import Layer, Report
from generator.engine.network_view import INPUT, View
from generator.engine.shapes import ONE, Axis
from generator.model import Region, Step, Term
from generator.numerals import shown

#: What slides a window; a network's last one of these ends the story: a dense layer sees it all.
_SLIDING = ("conv", "conv_transpose", "max_pool", "avg_pool")


@dataclass(frozen=True, slots=True)
class Stage:
    """A layer that changes what a unit sees.

    Parameters
    ----------
    name
        What it is called.
    says
        Its window in a few signs: ``3×3 /2``.
    before, views
        What the units see that it reads, and what its own see: along rows, along columns.
    grid
        Rows and columns of its map.
    """

    name: str
    says: str
    before: tuple[View, View]
    views: tuple[View, View]
    grid: tuple[int, int]

    @property
    def length(self) -> int:
        """r, along columns [cells of the input]."""
        return self.views[1].length

    @property
    def stride(self) -> int | None:
        """j, along columns; ``None`` where branches of different strides joined."""
        return self.views[1].stride

    def nearest(self, centre: tuple[float, float]) -> tuple[int, int]:
        """Return the unit whose field's centre is nearest to a place of the input.

        >>> row = Axis(9, 3)
        >>> views = (INPUT, INPUT.through(row))
        >>> Stage("conv", "3", (INPUT, INPUT), views, (1, 7)).nearest((0, 4))
        (0, 3)
        """
        found = []
        for view, size, at in zip(self.views, self.grid, centre, strict=True):
            span = view.spans[0]
            # Of two that are as near the first is taken: adding a half and rounding down.
            unit = -((-2 * (at - float(span.centre)) + span.stride) // (2 * span.stride))
            found.append(min(max(int(unit), 0), size - 1))
        return found[0], found[1]

    def region(self, unit: tuple[int, int]) -> Region:
        """Return what a unit sees of the input; it may reach into the padding."""
        (top, bottom), (left, right) = (
            view.of(place) for view, place in zip(self.views, unit, strict=True)
        )
        return Region(top, left, bottom - top + 1, right - left + 1)


def stages_of_axes(
    axes: Sequence[Axis], names: Sequence[str], says: Sequence[str], rows: Sequence[Axis] = ()
) -> list[Stage]:
    """Return the stages of windows that read each other; a line if no `rows` are given.

    >>> [s.length for s in stages_of_axes([Axis(9, 3), Axis(7, 3)], ["1", "2"], ["3", "3"])]
    [3, 5]
    """
    stages: list[Stage] = []
    before = (INPUT, INPUT)
    for along, across, name, said in zip(rows or [ONE] * len(axes), axes, names, says, strict=True):
        views = before[0].through(along), before[1].through(across)
        stages.append(Stage(name, said, before, views, (along.output, across.output)))
        before = views
    return stages


def stages_of_network(report: Report) -> list[Stage]:
    """Return the layers on the longest path that change what a unit sees.

    Where branches join, the path goes on through the one that sees most. It ends at the last window
    that slides: a dense layer, or an average over whole maps, sees all there is.

    >>> from generator.spec.network import network
    >>> [(s.name, s.length) for s in stages_of_network(network("lenet5", {}))]
    [('C1', 5), ('S2', 6), ('C3', 14), ('S4', 16), ('C5', 32)]
    """
    layers = {layer.name: layer for layer in report.layers}
    sliding = [layer for layer in report.layers if layer.op in _SLIDING]
    path: list[Stage] = []
    layer = sliding[-1] if sliding else None
    while layer:
        source = _longest([layers[name] for name in layer.inputs if name in layers])
        before = source.views if source else (INPUT, INPUT)
        if before != layer.views:
            path.append(Stage(layer.name, layer.says, before, layer.views, layer.grid))
        layer = source
    return path[::-1]


def _longest(layers: Sequence[Layer]) -> Layer | None:
    return max(layers, key=lambda layer: layer.views[1].length, default=None)


def tell(stages: Sequence[Stage]) -> tuple[Step, ...]:
    r"""Tell how the field grows: :math:`r_l = r_{l-1} + (K_\mathrm{eff} - 1) \, j_{l-1}`.

    Examples
    --------
    >>> steps = tell(stages_of_axes([Axis(9, 3, stride=2), Axis(4, 3)], ["a", "b"], ["3 /2", "3"]))
    >>> steps[1].sum, steps[1].says
    ('3 + 2·2 = 7', 'b (3): a unit sees 3 + 2·2 = 7 cells, the next unit 2 cells further on.')
    """
    return tuple(_step(index, stage) for index, stage in enumerate(stages, 1))


def _step(index: int, stage: Stage) -> Step:
    before, after = stage.before[1], stage.views[1]
    grown = after.length - before.length
    terms: tuple[Term, ...] = ()
    if before.stride and grown % before.stride == 0:
        terms = Term(1, before.length, bias=True), Term(grown // before.stride, before.stride)
    said = " + ".join(map(str, terms))
    cells = "1 cell" if after.length == 1 else f"{after.length:,} cells"
    field = f"{said} = {cells}" if said else cells
    rows = stage.views[0]
    if rows.length not in (1, after.length):
        field += f" along columns and {rows.length:,} along rows"
    further = ""
    if after.stride:
        step = "1 cell" if after.stride == 1 else f"{shown(after.stride)} cells"
        further = f", the next unit {step} further on"
    name = stage.name[0].upper() + stage.name[1:] if " " in stage.name else stage.name
    says = f"{name} ({stage.says}): a unit sees {field}{further}."
    return Step(index, (index - 1,), None, terms, after.length, says)
