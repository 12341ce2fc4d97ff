"""Layers whose windows read each other, along one axis: what a unit sees through them.

Everything is told twice: by formula, and by going back from a unit to the cells it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.exercises._figure import spec
from generator.model import Spec
from generator.prose import Break, Prose, Strong, line


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a convolution or a pooling layer; square.

    >>> Window(3, 2).says, Window(3, dilation=2, padding=1).says
    ('convolution, 3 × 3, stride 2', 'convolution, 3 × 3, stride 1, dilation 2, padding 1')
    """

    kernel: int
    stride: int = 1
    dilation: int = 1
    padding: int = 0
    pools: bool = False

    @property
    def says(self) -> str:
        """The layer in words."""
        sort = "max pooling" if self.pools else "convolution"
        more = f", dilation {self.dilation}" if self.dilation > 1 else ""
        more += f", padding {self.padding}" if self.padding else ""
        return f"{sort}, {self.kernel} × {self.kernel}, stride {self.stride}{more}"

    @property
    def extent(self) -> int:
        """What the window covers from its first cell to its last [cells]."""
        return self.dilation * (self.kernel - 1) + 1


#: From the input on.
Stack = tuple[Window, ...]


def jumps(stack: Sequence[Window]) -> list[int]:
    """Return how many input cells lie between neighbours that each layer reads, and at the end.

    >>> jumps((Window(3, 2), Window(3), Window(2, 2)))
    [1, 2, 2, 4]
    """
    found = [1]
    for window in stack:
        found.append(found[-1] * window.stride)
    return found


def field(stack: Sequence[Window]) -> int:
    """Return how many cells along an axis a unit of the last layer sees, by formula.

    >>> field((Window(3, 2), Window(3, dilation=2), Window(2, 2)))
    13
    """
    pairs = zip(stack, jumps(stack), strict=False)
    return 1 + sum((window.extent - 1) * jump for window, jump in pairs)


def fields(stack: Sequence[Window]) -> list[int]:
    """Return what a unit of each layer sees."""
    return [field(stack[:depth]) for depth in range(1, len(stack) + 1)]


def first(stack: Sequence[Window], unit: int) -> int:
    """Return the first input cell that a unit sees, by formula; both are counted from 0.

    >>> first((Window(3, 2, padding=1), Window(3, padding=1)), 0)
    -3
    """
    gaps = jumps(stack)
    before = sum(window.padding * jump for window, jump in zip(stack, gaps, strict=False))
    return unit * gaps[-1] - before


@lru_cache(maxsize=16)
def seen(stack: Stack, unit: int) -> tuple[int, int]:
    """Return the first and the last input cell a unit sees, going back layer by layer.

    >>> seen((Window(3, 2, padding=1), Window(3, padding=1)), 0)
    (-3, 3)
    """
    cells = {unit}
    for window in reversed(stack):
        starts = [cell * window.stride - window.padding for cell in cells]
        reach = range(0, window.extent, window.dilation)
        cells = {start + step for start in starts for step in reach}
    return min(cells), max(cells)


def spread(stack: Stack) -> int:
    """Return how many cells along an axis a unit sees, counted from the first to the last."""
    begin, end = seen(stack, 0)
    return end - begin + 1


def table(stack: Sequence[Window], begin: int = 1) -> Prose:
    """Return the layers as a numbered list, a paragraph for each.

    >>> table((Window(3),))
    (Break(), Strong(text='Layer 1'), Text(text=': convolution, 3 × 3, stride 1'))
    """
    lines = [
        (Break(), Strong(f"Layer {place}"), f": {window.says}")
        for place, window in enumerate(stack, begin)
    ]
    return line(*(part for each in lines for part in each))


def picture(stack: Stack, size: int | None = None, unit: int | None = None) -> Spec:
    """Return the picture of what a unit of the last layer sees, growing layer by layer.

    Parameters
    ----------
    stack
        The layers.
    size
        Cells of the input; as many as show well if not given.
    unit
        Which unit, counted from 1; the middle one if not given.
    """
    layers = [
        {"kernel": w.kernel, "stride": w.stride, "dilation": w.dilation, "padding": w.padding}
        for w in stack
    ]
    if size is None:
        return spec("receptive-field", layers=layers)
    return spec("receptive-field", layers=layers, size=size, unit=(1, unit))


def joined(parts: Iterable[object], sign: str = " + ") -> str:
    """Return terms with a sign between them.

    >>> joined([1, "2·3"])
    '1 + 2·3'
    """
    return sign.join(map(str, parts))
