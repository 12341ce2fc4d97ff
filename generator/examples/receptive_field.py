"""The receptive field: what one unit of a deep layer sees of the input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator import photos
from generator.engine.network_report import Report
from generator.engine.shapes import Axis
from generator.engine.trace_field import Stage, stages_of_axes, stages_of_network, tell
from generator.errors import Problem
from generator.examples._field import film
from generator.examples._field_seen import Seen
from generator.examples._kind import Kind, Solved
from generator.examples._photo import CropField, PhotoField, Shades, fitting
from generator.examples._words import count, listing
from generator.model import Example, Region
from generator.numerals import shown
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.spec.fields import Pair, Whole, param
from generator.spec.windows import Layers, LayersField, Window

#: So many units of the last layer fit on the input that is taken if none is given.
_UNITS = 3
#: A photograph under layers of one's own has so many columns.
_PHOTO = 64
#: Beyond this a field is a slip of the finger [cells].
_LONGEST = 10_000
#: So many stages are named, and so many told at all.
_NAMED, _SPOKEN = 8, 36


@dataclass(frozen=True, slots=True)
class Params:
    """The layers, the size of their input, and which unit is looked from."""

    layers: Layers = param(
        LayersField("kernel, stride, dilation, padding of every layer, or a network's name"),
        (Window(3, repeat=3),),
    )
    size: int | None = param(
        Whole("cells of the input along one side; so many that it shows well if not given",
              least=1, most=4096), None
    )  # fmt: skip
    unit: tuple[int, int] | None = param(
        Pair("row and column of the unit in the last layer; the middle one if not given", least=1),
        None,
    )
    photo: str | None = param(
        PhotoField("a photo on which the field is drawn; cells in a line if not given"), None
    )
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows one by one; none for a network."""
        if isinstance(self.layers, str):
            return ()
        return tuple(window for window in self.layers for _ in range(window.repeat))

    @property
    def length(self) -> int:
        """Cells of the input along columns."""
        if self.size:
            return self.size
        if self.photo:
            return _PHOTO
        size = _UNITS
        for window in reversed(self.windows):
            extent = window.dilation * (window.kernel - 1) + 1
            size = max((size - 1) * window.stride + extent - 2 * window.padding, 1)
        return size

    def axes(self, size: int) -> list[Axis] | Problem:
        """Return how each window walks on an input of this length, or what is wrong."""
        found: list[Axis] = []
        for place, window in enumerate(self.windows, 1):
            reach = window.dilation * (window.kernel - 1) + 1
            padded = size + 2 * window.padding
            if reach > padded:
                got = f"{count(padded, 'cell')} with padding before layer {place}"
                wanted = f"at least {reach}, which its window spans; take a larger size"
                return Problem("", "layers", got, wanted)
            sides = window.padding
            found.append(Axis(size, window.kernel, window.stride, sides, sides, window.dilation))
            size = found[-1].output
        return found

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if self.crop and not self.photo:
            yield Problem("", "crop", "a part of a photo", "a photo beside it")
        if wrong := [each for each in map(self.axes, self._sides) if isinstance(each, Problem)]:
            yield wrong[0]
            return
        stages = self.stages
        if not stages:
            yield Problem("", "layers", str(self.layers), "a network with a window that slides")
            return
        if stages[-1].length > _LONGEST:
            got = f"layers that see {stages[-1].length:,} cells"
            yield Problem("", "layers", got, f"at most {_LONGEST:,}")
        rows, columns = stages[-1].grid
        if self.unit and ((self.flat and self.unit[0] > rows) or self.unit[1] > columns):
            size = f"{rows} × {columns}" if self.flat else str(columns)
            got = f"{self.unit[0]}, {self.unit[1]}" if self.flat else str(self.unit[1])
            yield Problem("", "unit", got, f"within {size}, the size of the last layer")

    @property
    def flat(self) -> bool:
        """Whether rows count too: on a photograph, and in a network."""
        return bool(self.photo) or isinstance(self.layers, str)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the input; a line of cells has one row."""
        if isinstance(self.layers, str):
            shape = _report(self.layers, self.size).input
            return shape[-2], shape[-1]
        shades = self.shades
        return (len(shades), len(shades[0])) if shades else (1, self.length)

    @property
    def _sides(self) -> tuple[int, ...]:
        """The lengths along which windows of one's own walk; columns first."""
        rows, columns = self.shape
        return (columns, rows) if self.photo else (columns,)

    @property
    def stages(self) -> list[Stage]:
        """The layers that change what a unit sees."""
        if isinstance(self.layers, str):
            return stages_of_network(_report(self.layers, self.size))
        walks = [self.axes(size) for size in self._sides]
        columns, *rows = [walk for walk in walks if not isinstance(walk, Problem)]
        names = [f"layer {place}" for place in range(1, len(self.windows) + 1)]
        says = [window.says for window in self.windows]
        return stages_of_axes(columns, names, says, *rows)

    @property
    def shades(self) -> Shades | None:
        """The photograph in the shape of the input."""
        if not self.photo:
            return None
        if isinstance(self.layers, str):
            return fitting(self.photo, self.shape, self.crop)
        return photos.grey(self.photo, self.length, self.crop)


@lru_cache(maxsize=32)
def _report(name: str, size: int | None) -> Report:
    """Return the report of a network; `size`: on a square input of this side."""
    from generator.spec.network import network

    made = network(name, {})
    return made if size is None else network(name, {"input": (made.input[0], size, size)})


def solve(p: Params) -> Solved:
    """Grow the field layer by layer."""
    stages = p.stages
    steps = tell(stages)
    last = stages[-1]
    whole = listing([f"{stage.length:,} after {stage.name}" for stage in stages[:_NAMED]])
    if len(stages) > _NAMED:
        told = stages if len(stages) <= _SPOKEN else stages[-_NAMED:]
        whole = "layer by layer " + ", ".join(shown(stage.length) for stage in told)
    rows, columns = p.shape
    size = f"{rows} × {columns}" if p.flat else count(columns, "cell")
    name = p.layers if isinstance(p.layers, str) else count(len(stages), "layer")
    field = f"{last.length:,} × {last.length:,} pixels" if p.flat else count(last.length, "cell")
    says = f"A unit behind {_behind(p, stages)} sees {field} of the input."
    region = last.region(unit_of(p, last))
    if beyond := _beyond(region, p.shape):
        says += f" {beyond}"
    alt = (
        f"Receptive field of {name} on an input of {size}: {whole}. {says}"
        f" {steps[0].says} {steps[-1].says if len(steps) > 1 else ''}"
    ).strip()
    return Solved(tuple(stage.length for stage in stages), steps, alt, says)


def _behind(p: Params, stages: list[Stage]) -> str:
    """Name the layers: n of 3 cells see 2n + 1.

    >>> _behind(Params(), [])
    '3 layers of 3-wide windows (2·3 + 1)'
    """
    if isinstance(p.layers, str):
        return f"{stages[-1].name} of {p.layers}"
    n = len(p.windows)
    if {(w.kernel, w.stride, w.dilation) for w in p.windows} == {(3, 1, 1)}:
        return f"{count(n, 'layer')} of 3-wide windows (2·{n} + 1)"
    return count(n, "layer")


def _beyond(region: Region, shape: tuple[int, int]) -> str:
    """Say how far a field reaches over the edges of the input.

    >>> _beyond(Region(0, -2, 1, 5), (1, 9)), _beyond(Region(0, 0, 1, 5), (1, 9))
    ('It reaches 2 cells into the padding on the left.', '')
    """
    sides = {
        "above": -region.top,
        "below": region.bottom - shape[0] + 1,
        "on the left": -region.left,
        "on the right": region.right - shape[1] + 1,
    }
    over = {side: cells for side, cells in sides.items() if cells > 0}
    if not over:
        return ""
    if len(over) == 4 and len(set(over.values())) == 1:
        return f"It reaches {count(over['above'], 'cell')} into the padding on every side."
    said = [
        f"{count(cells, 'cell') if not i else f'{cells:,}'} {'into the padding ' if not i else ''}"
        f"{side}"
        for i, (side, cells) in enumerate(over.items())
    ]
    return f"It reaches {listing(said)}."


def unit_of(p: Params, last: Stage) -> tuple[int, int]:
    """Return the unit that was asked for, counted from 0; else the middle one."""
    rows, columns = last.grid
    if p.unit:
        return min(p.unit[0], rows) - 1, p.unit[1] - 1
    return (rows - 1) // 2, (columns - 1) // 2


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the cells layer by layer, or the field on a photo, beside the sums."""
    stages = p.stages
    axes = p.axes(p.shape[1])
    assert not isinstance(axes, Problem)
    seen = Seen(stages, tuple(axes), p.shape, unit_of(p, stages[-1]), p.shades)
    return film(seen, example, title, canvas)


KIND = Kind(
    title="Receptive field",
    says="what one unit of a deep layer sees of the input, growing layer by layer",
    params=Params,
    solve=solve,
    draw=draw,
)
