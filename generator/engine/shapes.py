"""Where a window stands and what it reads: one geometry for story, kernels and pictures.

Everything is whole numbers and everything is about one axis; rows and columns are two of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

PaddingMode: TypeAlias = Literal["zeros", "reflect", "replicate", "circular"]
PADDING_MODES: tuple[PaddingMode, ...] = get_args(PaddingMode)
PaddingWord: TypeAlias = Literal["valid", "same", "full"]
PADDING_WORDS: tuple[PaddingWord, ...] = get_args(PaddingWord)
#: Cells added before and after an axis.
Sides: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Axis:
    r"""One axis along which a window slides.

    The window has :math:`o = \lfloor (W - K_\mathrm{eff} + P_1 + P_2) / S \rfloor + 1` positions,
    where :math:`K_\mathrm{eff} = D (K - 1) + 1`.

    Parameters
    ----------
    size
        W, length of the input [cells].
    kernel
        K, cells that the window reads.
    stride
        S, cells that the window moves at a time.
    before, after
        P₁ and P₂, padding at the two ends [cells].
    dilation
        D, distance of neighbouring cells that the window reads.

    Raises
    ------
    ValueError
        If a length is not positive, a padding is negative, or the window is longer than the padded
        input.

    References
    ----------
    Dumoulin, Visin: A guide to convolution arithmetic for deep learning, arXiv:1603.07285.

    Examples
    --------
    >>> axis = Axis(7, 3, stride=2)
    >>> axis.output, [axis.reads(o) for o in range(axis.output)]
    (3, [(0, 1, 2), (2, 3, 4), (4, 5, 6)])
    """

    size: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1

    def __post_init__(self) -> None:
        for name in ("size", "kernel", "stride", "dilation"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but must be at least 1")
        if min(self.before, self.after) < 0:
            raise ValueError(f"padding is {(self.before, self.after)}, but must not be negative")
        if self.extent > self.padded:
            raise ValueError(
                f"the window is {self.extent} long, but the padded input only {self.padded}"
            )

    @property
    def extent(self) -> int:
        """Cells from the first to the last that the window reads, D(K − 1) + 1.

        >>> Axis(7, 3, dilation=2).extent
        5
        """
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """Length of the input with its padding [cells]."""
        return self.before + self.size + self.after

    @property
    def output(self) -> int:
        """Number of positions of the window.

        >>> Axis(7, 3, stride=2, before=1, after=1).output
        4
        """
        return (self.padded - self.extent) // self.stride + 1

    @property
    def remainder(self) -> int:
        """Cells of the padded input behind the last window, which are never read.

        >>> Axis(7, 3, stride=3).remainder
        1
        """
        return (self.padded - self.extent) % self.stride

    def start(self, position: int) -> int:
        """Return the input index of the window's first cell; negative inside the padding."""
        return position * self.stride - self.before

    def reads(self, position: int) -> tuple[int, ...]:
        """Return the input indices under the window; outside ``range(size)`` for padding."""
        first = self.start(position)
        return tuple(range(first, first + self.extent, self.dilation))

    def visits(self) -> tuple[int, ...]:
        """Return for every input cell how many windows read it.

        >>> Axis(6, 3).visits(), Axis(6, 3, before=2, after=2).visits()
        ((1, 2, 3, 3, 2, 1), (3, 3, 3, 3, 3, 3))
        """
        return _visits(self)


@lru_cache(maxsize=256)
def _visits(axis: Axis) -> tuple[int, ...]:
    counts = [0] * axis.size
    for position in range(axis.output):
        for index in axis.reads(position):
            if 0 <= index < axis.size:
                counts[index] += 1
    return tuple(counts)


#: The axis of a missing dimension: a line is a matrix with one row.
ONE = Axis(1, 1)


@dataclass(frozen=True, slots=True)
class Plane:
    """Rows and columns of a window's walk; a line has columns only, and is told so.

    >>> Plane(Axis(5, 3), Axis(7, 3)).output
    (3, 5)
    """

    rows: Axis
    columns: Axis
    line: bool = False

    @property
    def output(self) -> tuple[int, int]:
        """Rows and columns of the result."""
        return self.rows.output, self.columns.output


def padding_sides(
    word: PaddingWord, size: int, kernel: int, stride: int = 1, dilation: int = 1
) -> Sides:
    """Return the padding that a word stands for.

    ``valid`` is none. ``same`` gives ⌈W / S⌉ positions; an odd cell goes behind, as in TensorFlow
    (and in PyTorch, which has ``same`` for stride 1 only). ``full`` is every position at which the
    window still touches the input.

    >>> padding_sides("same", 6, 3), padding_sides("same", 6, 4), padding_sides("full", 6, 3)
    ((1, 1), (1, 2), (2, 2))
    >>> padding_sides("same", 6, 3, stride=2), padding_sides("valid", 6, 3)
    ((0, 1), (0, 0))
    """
    extent = dilation * (kernel - 1) + 1
    if word == "valid":
        return 0, 0
    if word == "full":
        return extent - 1, extent - 1
    total = max((-(-size // stride) - 1) * stride + extent - size, 0)
    return total // 2, total - total // 2


def source(index: int, size: int, mode: PaddingMode) -> int | None:
    """Return the input cell that a padded index reads; ``None`` where it reads a zero.

    Raises
    ------
    ValueError
        If the padding reaches further than `mode` can: ``reflect`` up to W − 1, ``circular`` up to
        W cells.

    Examples
    --------
    >>> [source(i, 4, "reflect") for i in range(-2, 6)]
    [2, 1, 0, 1, 2, 3, 2, 1]
    >>> [source(i, 4, "circular") for i in range(-2, 6)]
    [2, 3, 0, 1, 2, 3, 0, 1]
    >>> [source(i, 4, "replicate") for i in range(-2, 6)]
    [0, 0, 0, 1, 2, 3, 3, 3]
    """
    if 0 <= index < size:
        return index
    if mode == "zeros":
        return None
    if mode == "replicate":
        return 0 if index < 0 else size - 1
    beyond = -index if index < 0 else index - size + 1
    if beyond > furthest(size, mode):
        raise ValueError(f"{mode} padding of {beyond} is too much for {size} cells")
    if mode == "circular":
        return index % size
    return -index if index < 0 else 2 * (size - 1) - index


def furthest(size: int, mode: PaddingMode) -> float:
    """Return how many cells of padding `mode` can make from an axis of `size` cells.

    >>> furthest(5, "reflect"), furthest(5, "circular"), furthest(5, "zeros")
    (4, 5, inf)
    """
    return {"reflect": size - 1, "circular": size}.get(mode, float("inf"))
