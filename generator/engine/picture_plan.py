"""How one kernel is slid over pictures of one size: all that is the same for every such picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from generator.engine import shapes
from generator.engine.checks import Array, fits
from generator.engine.jit import in_bands
from generator.engine.kernels_picture import Band, Fixed, multiplying, weighing
from generator.engine.named import common_denominator
from generator.engine.shapes import Axis, PaddingMode, Plane
from generator.engine.stencil import beyond, lanes, width
from generator.engine.stencil_ir import TALL
from generator.model import Rows

#: Bytes of a strip that stays in a core's nearest cache while its tiles are summed.
_STRIP = 24 << 10
#: Rows of a strip, if most of its tiles are read from the picture.
_TALLEST = 64
#: Kernels of so many rows have a loop of their own.
_SIZES = (3, 5, 7)
#: As many channels as a product's loop knows the distance of neighbours for.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What a filter needs to know besides the picture.

    Parameters
    ----------
    kernel
        The object that the weights were read from; kept, so that no other takes its identity.
    band
        The loop that filters some rows.
    fixed
        What the loop wants to know.
    strip
        Rows and columns of the padded picture that are kept at a time.
    output
        Rows and columns that the loop writes; more than there are if those are too few for a tile.
    load
        What a row costs, as :func:`in_bands` counts [cells].
    """

    kernel: object
    band: Band
    fixed: Fixed
    strip: tuple[int, int]
    output: tuple[int, int]
    load: int

    def takes(self, picture: Any, out: Array | None) -> bool:
        """Return whether a picture of the plan's size, and `out`, need no further checks."""
        ready: bool = picture.flags.c_contiguous
        return ready and (out is None or fits(out, picture.shape, picture.dtype, picture))

    def run(self, picture: Any, out: Array | None) -> Array:
        """Filter a picture that is in one piece and of the plan's size."""
        result = np.empty_like(picture) if out is None else out
        cells, into = picture, result
        if picture.ndim == 3:
            cells, into = picture.reshape(len(picture), -1), result.reshape(len(picture), -1)
        # What is less than a tile is written to a larger array first.
        small = into.shape != self.output
        target = np.empty(self.output, picture.dtype) if small else into
        height = len(cells)

        def band(top: int, bottom: int) -> None:
            # Bands are whole tiles; the rows that are left over go to the last one.
            end = height if bottom == tiles else bottom * TALL
            strip = np.empty(self.strip, picture.dtype)
            self.band(cells, self.fixed, strip, top * TALL, end, target)

        tiles = max(1, height // TALL)
        in_bands(band, tiles, self.load * TALL)
        if small:
            into[:] = target[:height, : into.shape[1]]
        return result


def plan(
    kernel: object, rows: Rows, plane: Plane, channels: int, dtype: np.dtype[Any], mode: PaddingMode
) -> Plan:
    """Return how `rows`, the weights of `kernel`, are slid over a picture."""
    taps, limits, product = _weights(rows, channels, dtype)
    size = plane.rows.kernel
    wide, columns = width(taps.dtype), plane.columns.size * channels
    reach = (plane.columns.kernel - 1) * channels
    if product:
        reach = beyond(size, channels, taps.dtype) * lanes(taps.dtype)
    pitch = -(-(max(columns, wide) + reach) // 64) * 64
    vector = lanes(dtype)
    near = -(-(wide + reach) // vector) * vector
    left = plane.columns.before * channels
    # A tile is read where the picture lies only if all of it does: with a kernel of one row, a
    # picture of fewer rows than a tile has would be read beyond its end.
    if left > wide or columns < 2 * near or plane.rows.size < TALL:
        near = 0
    tall = _TALLEST if near else min(_TALLEST, max(TALL, _STRIP // (pitch * dtype.itemsize)))
    rows_from = np.array(list(_sources(plane.rows, mode)), np.int64)
    columns_from = list(_sources(plane.columns, mode))
    ends = [
        -1 if at < 0 else at * channels + channel
        for at in (
            columns_from[: plane.columns.before]
            + columns_from[plane.columns.before + plane.columns.size :]
        )
        for channel in range(channels)
    ]
    return Plan(
        kernel=kernel,
        band=multiplying(size, channels) if product else weighing(size if size in _SIZES else 0),
        fixed=Fixed(
            rows=rows_from,
            ends=np.array(ends, np.int64),
            taps=taps,
            limits=limits,
            layout=np.array([plane.rows.before, left, channels, wide, reach, near], np.int64),
        ),
        strip=(tall + TALL + size - 1, pitch),
        output=(max(plane.rows.size, TALL), max(columns, wide)),
        load=columns * max(24, taps.nbytes) // 36,
    )


def _sources(axis: Axis, mode: PaddingMode) -> Iterator[int]:
    """Yield for every index of a padded axis the one it is read from, or -1 for a zero."""
    for index in range(-axis.before, axis.size + axis.after):
        at = shapes.source(index, axis.size, mode)
        yield -1 if at is None else at


def _weights(rows: Rows, channels: int, dtype: np.dtype[Any]) -> tuple[Array, Array, bool]:
    """Return weights and limits for the loops, and whether the weights are a column and a row."""
    numerators, under = common_denominator(rows)
    kind, limits, scale = (dtype, [0], 1) if dtype != np.uint8 else _bytes(numerators, under)
    pair = _pair(numerators) if len(rows) in _SIZES and channels <= _STEPS else None
    if scale == 0 or (dtype != np.uint8 and pair and not _held(pair, kind)):
        pair = None
    taps: list[list[Any]]
    if pair:
        down, across = pair
        scaled = [Fraction(d, under) if dtype != np.uint8 else d * scale for d in down]
        taps = [[_number(d) for d in scaled], across]
    elif dtype == np.uint8 and scale:
        taps = [[n * scale for n in row] for row in numerators]
    else:
        taps = [[float(weight) for weight in row] for row in rows]
    if kind == np.uint16:
        # Modulo 2¹⁶, as the sums are.
        return np.array(taps, np.int64).astype(kind), np.array(limits, kind), pair is not None
    return np.array(taps, kind), np.array(limits, kind), pair is not None


def _number(weight: Fraction | int) -> float:
    return weight if isinstance(weight, int) else float(weight)


def _bytes(
    numerators: tuple[tuple[int, ...], ...], under: int
) -> tuple[np.dtype[Any], list[float], int]:
    """Return the kind of number that bytes are summed in, its limits, and a factor of the weights.

    With the numerators for weights, every sum is a whole number.
    """
    flat = [n for row in numerators for n in row]
    found = _reciprocal(flat, under)
    if found:
        return np.dtype(np.uint16), *found
    # Floats hold the sums, and give the exact floor of (sum + under/2) / under, while
    # 2·sum + under needs no more digits than they have: a quotient that is not a whole number
    # then is further from one than rounding can reach.
    most = 2 * 255 * sum(map(abs, flat)) + under
    for floats, digits in ((np.float32, 24), (np.float64, 53)):
        if most < 1 << digits:
            return np.dtype(floats), [under / 2, under], 1
    # Weights of so many digits are rounded, once each: a sum is off by some 10⁻¹³ at most.
    return np.dtype(np.float64), [0.5, 1.0], 0


def _reciprocal(flat: list[int], under: int) -> tuple[list[float], int] | None:
    """Return limits for sums of 16 bits, and a factor of the weights; ``None`` if that is too few.

    To divide by d, they are multiplied by m, which is 2ᵏ/d rounded up, and shifted by k. That is
    exact for a sum s while s·(m·d − 2ᵏ) < 2ᵏ. Sums from 256·d on may come out too large, but they
    come out as 255 in any case.
    """
    scale = 2 if under == 1 else 1  # 2¹⁶/1 would not fit
    under *= scale
    low = 255 * scale * -sum(n for n in flat if n < 0)
    high = 255 * scale * sum(n for n in flat if n > 0) + under // 2
    shift = (under - 1).bit_length() - 1
    whole = 1 << (16 + shift)
    factor = -(-whole // under)
    # A denominator above 2¹⁶ would shift all 16 bits away, which the processor does not define.
    if (
        under > 1 << 16
        or low + high >= 1 << 16
        or min(high, 256 * under) * (factor * under - whole) >= whole
    ):
        return None
    return [low + under // 2, low, factor, shift], scale


def _pair(numerators: tuple[tuple[int, ...], ...]) -> tuple[list[int], list[int]] | None:
    """Return a column and a row of whole numbers whose products are all the weights, if any.

    >>> _pair(((1, 2, 1), (2, 4, 2), (1, 2, 1))), _pair(((0, 1, 0), (1, 1, 1), (0, 1, 0)))
    (([1, 2, 1], [1, 2, 1]), None)
    """
    line = next((row for row in numerators if any(row)), None)
    if line is None or len(line) != len(numerators):
        return None
    shared = gcd(*line)
    across = [n // shared for n in line]
    pivot = next(b for b, n in enumerate(across) if n)
    down = [row[pivot] // across[pivot] for row in numerators]
    exact = all(
        n == d * a
        for row, d in zip(numerators, down, strict=True)
        for n, a in zip(row, across, strict=True)
    )
    return (down, across) if exact else None


def _held(pair: tuple[list[int], list[int]], kind: np.dtype[Any]) -> bool:
    """Return whether floats hold these whole numbers, and their products with the small ones."""
    digits = 12 if kind == np.float32 else 26
    return all(sum(map(abs, line)) < 1 << digits for line in pair)
