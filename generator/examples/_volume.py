"""Feature maps as bodies, drawn to scale: rows up, channels across, columns into the depth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2, sqrt
from typing import Literal, TypeAlias, get_args

from generator.engine.network_op import Shape
from generator.scene.layout import Box
from generator.scene.marks import Mark, Poly, Role

Ruler: TypeAlias = Literal["linear", "sqrt", "log"]
ScaleWord: TypeAlias = Literal["auto", "linear", "sqrt", "log"]
SCALES: tuple[ScaleWord, ...] = get_args(ScaleWord)
#: How far a column of the map goes to the right, and up.
_RIGHT, _UP = 0.36, 0.22
#: Nothing is thinner than this [px].
_THIN = 2.5
#: Beyond this many times the smallest, lengths are no longer drawn as they are.
_RANGE = 16
#: Maps that stand behind each other are drawn this often at most, this far apart [px].
_COPIES, _APART = 3, 5


@dataclass(frozen=True, slots=True)
class Scale:
    """From rows, columns and channels to px.

    Parameters
    ----------
    sides, depths
        How lengths of a map's side, and numbers of channels, become lengths.
    side, depth
        The largest there is of each.
    """

    sides: Ruler
    depths: Ruler
    side: int
    depth: int

    def bigness(self, shape: Shape, tall: float, thick: float) -> tuple[float, float, float]:
        """Return rows, columns, channels [px]; the largest are `tall` and `thick`."""
        channels, rows, columns = shape if len(shape) == 3 else (shape[0], 1, 1)
        row, column = (
            max(_THIN, tall * _on(self.sides, n) / _on(self.sides, self.side))
            for n in (rows, columns)
        )
        across = thick * _on(self.depths, channels) / _on(self.depths, self.depth)
        return row, column, max(_THIN, across)

    @property
    def says(self) -> str:
        """The scale in a sentence."""
        by = {"sqrt": "by the square root", "log": "by the logarithm"}
        if self.sides == self.depths:
            how = by.get(self.sides)
            return f"Lengths go {how} of the numbers." if how else "All lengths are to scale."
        sides, depths = (
            f"{by[ruler]}" if ruler in by else "as they are" for ruler in (self.sides, self.depths)
        )
        return f"Sides are drawn {sides}; thickness, the channels, {depths}."


def scale(shapes: Iterable[Shape], wanted: ScaleWord = "auto") -> Scale:
    """Return the scale for some maps: as they are, or by the root where the range is too great.

    >>> scale([(1, 32, 32), (6, 28, 28), (16, 5, 5)]).sides
    'linear'
    >>> scale([(3, 224, 224), (512, 7, 7)]).says
    'Lengths go by the square root of the numbers.'
    """
    known = list(shapes)
    # What is 1×1 has no side to be compared.
    sides = {n for shape in known for n in shape[1:] if n > 1} or {1}
    depths = {shape[0] for shape in known}

    def ruler(numbers: set[int]) -> Ruler:
        if wanted != "auto":
            return wanted
        return "linear" if max(numbers) <= _RANGE * min(numbers) else "sqrt"

    return Scale(ruler(sides), ruler(depths), max(sides), max(depths))


def _on(ruler: Ruler, number: int) -> float:
    if ruler == "linear":
        return number
    return sqrt(number) if ruler == "sqrt" else log2(1 + number)


@dataclass(frozen=True, slots=True)
class Ink:
    """The roles of a body: its faces, and its edges."""

    face: Role
    edge: Role


QUIET = Ink("cell", "muted")
READ = Ink("window-cell", "window-line")
MADE = Ink("result-cell", "result")


def volume(
    shape: Shape, measure: Scale, tall: float, thick: float, ink: Ink, times: int = 1
) -> Box:
    """Draw a feature map; several behind each other where a stage repeats it.

    >>> drawn = volume((6, 28, 28), scale([(6, 28, 28)]), 100, 20, QUIET)
    >>> drawn.width, drawn.height
    (56.0, 122.0)
    """
    row, column, across = measure.bigness(shape, tall, thick)
    right, up = column * _RIGHT, column * _UP
    marks: list[Mark] = []
    copies = min(times, _COPIES)
    for copy in range(copies):
        marks += _body(copy * _APART, row, across, right, up, ink)
    return Box((copies - 1) * _APART + across + right, row + up, tuple(marks), up + row / 2)


def _body(x: float, row: float, across: float, right: float, up: float, ink: Ink) -> list[Mark]:
    """Draw a body as two marks: what is seen of it in one piece, and its edges in one line."""
    top, low, end = up, up + row, x + across
    a, b, c, d = (x, top), (end, top), (end, low), (x, low)
    behind_a, behind_b, behind_c = (x + right, 0.0), (end + right, 0.0), (end + right, row)
    outline = (a, behind_a, behind_b, behind_c, c, d)
    edges = (b, c, d, a, b, behind_b, behind_a, a, behind_a, behind_b, behind_c, c)
    return [Poly(outline, ink.face, closed=True), Poly(edges, ink.edge)]
