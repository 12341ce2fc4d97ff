"""What the engine's public functions check, all of it before anything is raised."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from generator.engine import shapes
from generator.engine.named import exact_weights
from generator.engine.shapes import ONE, Axis, PaddingMode, PaddingWord, Plane, Sides
from generator.errors import Problem, UserError, shorten, unknown
from generator.model import Rows

T = TypeVar("T")
Array: TypeAlias = NDArray[Any]
#: One whole number for all axes, or one for each.
Size: TypeAlias = int | Sequence[int]
#: The same for padding, where an axis may also have two (before, after); or a word.
Padding: TypeAlias = int | Sequence[int | Sides] | PaddingWord

#: The largest whole number of 64 bits.
_LARGEST = 2**63 - 1
#: No size is larger: it would be more cells than there is memory.
_MOST = 2**31 - 1
#: What padding may be, by number of axes.
_NOT_NEGATIVE = "a whole number of at least 0"
_SIDES = {
    1: "((before, after),)",
    2: "one for rows and one for columns, ((top, bottom), (left, right))",
}


class Check:
    """All problems of one call; what is wrong comes back as ``None``, or as something harmless."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, key: str, got: object, wanted: str, hint: str = "") -> None:
        """Note a problem."""
        # A call is written in Python, where a tuple has round brackets; in YAML they are square.
        written = shorten(str(got) if isinstance(got, tuple) else got)
        self.problems.append(Problem("", key, "" if got == "" else written, wanted, hint))

    def sure(self, value: T | None) -> T:
        """Return a checked value, or raise all that is wrong."""
        if self.problems or value is None:
            raise UserError(self.problems)
        return value

    def array(
        self,
        key: str,
        value: ArrayLike,
        forms: dict[int, str] | None = None,
        *,
        picture: bool = False,
    ) -> Array | None:
        """Return an array of float32, float64 or int64; of a picture, with the dtype it has.

        `forms` names the shapes that may come, by number of axes; without it, all of them.
        """
        try:
            found = np.asarray(value)
        except ValueError:
            self.add(key, value, "an array of numbers", "all rows need the same length")
            return None
        wide = found.dtype == np.uint64 and found.size and int(found.max()) > _LARGEST
        if forms is not None and found.ndim not in forms:
            self.add(key, f"shape {found.shape}", " or ".join(forms.values()))
        elif 0 in found.shape:
            self.add(key, f"shape {found.shape}", "at least one cell along every axis")
        elif picture and found.dtype not in (np.uint8, np.float32, np.float64):
            self.add(key, found.dtype, "uint8, float32 or float64")
        elif found.dtype.kind not in "biuf":
            self.add(key, found.dtype, "whole or real numbers")
        elif wide:
            self.add(key, int(found.max()), "whole numbers below 2⁶³")
        elif picture:
            return found
        elif found.dtype.kind == "f":
            return found.astype(np.float64 if found.itemsize > 4 else np.float32, copy=False)
        else:
            return found.astype(np.int64, copy=False)
        return None

    def floats(self, key: str, value: ArrayLike) -> Array | None:
        """Return an array of any shape in float32 or float64, which whole numbers become."""
        found = self.array(key, value)
        return found if found is None or found.dtype.kind == "f" else found.astype(np.float64)

    def whole(self, key: str, value: int) -> int | None:
        """Return one whole number."""
        number = _index(value)
        if number is None or not 1 <= number <= _MOST:
            self.add(key, value, _within(1, number))
            return None
        return number

    def real(self, key: str, value: float) -> float | None:
        """Return one finite number."""
        real = isinstance(value, (int, float, np.integer, np.floating))
        if real and not isinstance(value, bool) and isfinite(value):
            return float(value)
        self.add(key, value, "a finite number")
        return None

    def dim(self, key: str, value: int, axes: int) -> int | None:
        """Return the number of an axis, which may be counted from the end, from -1 on."""
        number = _index(value)
        if number is not None and -axes <= number < axes:
            return number % axes
        self.add(key, value, f"a number from {-axes} to {axes - 1}")
        return None

    def each(self, key: str, value: Size, axes: int, least: int = 1) -> tuple[int, ...] | None:
        """Return one whole number for every axis."""
        entries = value if isinstance(value, (tuple, list)) else [value] * axes
        indices = [_index(entry) for entry in entries]
        numbers = [number for number in indices if number is not None and least <= number <= _MOST]
        if len(numbers) == len(entries) == axes:
            return tuple(numbers)
        form = ", or one for rows and one for columns" if axes == 2 else ""
        largest = max((number for number in indices if number is not None), default=0)
        self.add(key, value, f"{_within(least, largest)}{form}")
        return None

    def mode(self, value: PaddingMode) -> PaddingMode:
        """Return what the padding holds."""
        if value not in shapes.PADDING_MODES:
            self.problems.append(unknown("padding_mode", str(value), shapes.PADDING_MODES))
            return "zeros"
        return value

    def sides(self, value: Padding, axes: int) -> list[Sides] | PaddingWord | None:
        """Return the padding of every axis as (before, after), or its word."""
        if isinstance(value, str) and value in shapes.PADDING_WORDS:
            return value
        pairs = _pairs(value, axes)
        if pairs is None:
            words = ", ".join(shapes.PADDING_WORDS)
            self.add("padding", value, f"{_NOT_NEGATIVE}, {_SIDES[axes]}, or {words}")
        return pairs

    def pairs(self, value: Padding, axes: int) -> list[Sides] | None:
        """Return the padding of every axis as (before, after), where a word has no meaning."""
        pairs = _pairs(value, axes)
        if pairs is None:
            self.add("padding", value, f"{_NOT_NEGATIVE}, {_SIDES[axes].replace(' ((', ' or ((')}")
        return pairs

    def plane(
        self,
        names: tuple[str, ...],
        sizes: tuple[tuple[int, ...], ...],
        sides: list[Sides] | PaddingWord | None,
        mode: PaddingMode,
    ) -> Plane | None:
        """Return a window's walk, from sizes, kernels, strides and dilations of the named axes.

        If the padding is wrong, enough of it is taken for the rest to be judged.
        """
        axes = []
        for i, (name, size, kernel, stride, apart) in enumerate(zip(names, *sizes, strict=True)):
            try:
                if isinstance(sides, str):
                    before, after = shapes.padding_sides(sides, size, kernel, stride, apart)
                else:
                    before, after = sides[i] if sides else (kernel * apart,) * 2
                axes.append(Axis(size, kernel, stride, before, after, apart))
                for furthest in (-before, size - 1 + after) if sides else ():
                    shapes.source(furthest, size, mode)
            except ValueError as error:
                self.add(name, "", str(error))
        if len(axes) < len(names):
            return None
        return Plane(ONE, axes[0], line=True) if len(axes) == 1 else Plane(axes[0], axes[1])

    def channels(self, found: int, taps: Array, shift: Array | None, groups: int | None) -> None:
        """Check the channels and the kernels against the groups, and the biases to the kernels."""
        self.biases(shift, len(taps))
        if groups is None:
            return
        if found % groups or len(taps) % groups:
            channels = f"{found} channels of x and {len(taps)} kernels of weight"
            self.add("groups", groups, f"a number that divides {channels}")
        elif taps.shape[1] * groups != found:
            each = f"{found // groups} (x has {found}, in {groups} groups)" if groups > 1 else found
            self.add("weight", f"kernels of {taps.shape[1]} channels", f"{each}")

    def stamps(self, found: int, taps: Array, shift: Array | None, groups: int | None) -> None:
        """Check the same where a kernel belongs to a channel of the input."""
        self.biases(shift, taps.shape[1] * (groups or 1))
        if groups is not None and found % groups:
            self.add("groups", groups, f"a number that divides {found} channels of x")
        elif len(taps) != found:
            self.add("weight", f"kernels for {len(taps)} channels", f"{found}")

    def biases(self, shift: Array | None, kernels: int) -> None:
        """Check that there is one bias for each kernel."""
        if shift is not None and len(shift) != kernels:
            self.add("bias", f"shape {shift.shape}", f"({kernels},), one for each kernel")

    def room(self, data: Array, taps: Array, shift: Array | None, terms: int) -> None:
        """Check that sums of so many terms fit 64 bits, whatever the order of the numbers."""
        arrays = (data, taps) if shift is None else (data, taps, shift)
        if any(array.dtype.kind == "f" for array in arrays):
            return
        most = [max(int(array.max()), -int(array.min())) for array in arrays]
        if most[0] * most[1] * terms + sum(most[2:]) > _LARGEST:
            self.add("x", f"numbers up to {most[0]}", "sums below 2⁶³", "floats have no such limit")

    def out(
        self, value: object, shape: tuple[int, ...], dtype: np.dtype[Any], *inputs: Array
    ) -> None:
        """Check what a result shall be written to, if anything was given."""
        if value is None or fits(value, shape, dtype, *inputs):
            return
        if not isinstance(value, np.ndarray):
            self.add("out", value, "an array of NumPy")
        elif value.shape != shape:
            self.add("out", f"shape {value.shape}", f"shape {shape}")
        elif value.dtype != dtype:
            self.add("out", value.dtype, str(dtype))
        elif not value.flags.c_contiguous:
            self.add("out", "", "numbers are wanted in one piece, in reading order")
        elif not value.flags.writeable:
            self.add("out", "", "an array is wanted that may be written to")
        else:
            self.add("out", "", "memory is wanted that no input lies in")

    def weights(self, key: str, value: Rows | ArrayLike) -> Rows | None:
        """Return the weights of a picture kernel as exact numbers."""
        rows = value.tolist() if isinstance(value, np.ndarray) else value
        if _exact(rows):
            return cast("Rows", rows)
        try:
            return exact_weights(rows)
        except ValueError as error:
            self.add(key, value, str(error))
            return None


def fits(out: object, shape: tuple[int, ...], dtype: np.dtype[Any], *inputs: Array) -> bool:
    """Return whether a result can be written to `out` while the inputs are still read."""
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != dtype:
        return False
    if not (out.flags.c_contiguous and out.flags.writeable):
        return False
    return True not in [np.may_share_memory(out, array) for array in inputs]


def _within(least: int, number: int | None) -> str:
    """Say what a whole number has to be."""
    if number is not None and number > _MOST:
        return f"a whole number from {least} to {_MOST:,}"
    return f"a whole number of at least {least}"


def _index(value: object) -> int | None:
    """Return a whole number; NumPy's count as well, True and False do not."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return int(cast("int", value)) if whole else None


def _pairs(value: Padding, axes: int) -> list[Sides] | None:
    """Return (before, after) of every axis; ``None`` if the padding is not written so."""
    entries = value if isinstance(value, (tuple, list)) else [value] * axes
    pairs = [e if isinstance(e, (tuple, list)) else (e, e) for e in entries]
    numbers = [[_index(side) for side in pair] for pair in pairs]
    flat = [side for pair in numbers for side in pair if side is not None and 0 <= side <= _MOST]
    if len(pairs) == axes and len(flat) == 2 * axes and all(len(p) == 2 for p in pairs):
        return list(zip(flat[::2], flat[1::2], strict=True))
    return None


def _exact(rows: object) -> bool:
    """Return whether these are rows of exact numbers, which need no reading.

    What people write has fewer digits than :func:`exact_weights` allows; a program's may have more.
    """
    if not isinstance(rows, tuple) or not all(isinstance(row, tuple) for row in rows):
        return False
    numbers = [number for row in rows for number in row]
    whole = all(type(number) in (int, Fraction) for number in numbers)
    return whole and bool(numbers) and len({len(row) for row in rows}) == 1
