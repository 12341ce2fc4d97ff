"""What the engine's public functions check, all of it before anything is raised."""

from __future__ import annotations

from collections.abc import Sequence
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
        self, key: str, value: ArrayLike, forms: dict[int, str], *, picture: bool = False
    ) -> Array | None:
        """Return an array of float32, float64 or int64; of a picture, with the dtype it has."""
        try:
            found = np.asarray(value)
        except ValueError:
            self.add(key, value, "an array of numbers", "all rows need the same length")
            return None
        wide = found.dtype == np.uint64 and found.size and int(found.max()) > _LARGEST
        if found.ndim not in forms:
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

    def whole(self, key: str, value: int) -> int | None:
        """Return one whole number."""
        number = _index(value)
        if number is None or number < 1:
            self.add(key, value, "a whole number of at least 1")
            return None
        return number

    def each(self, key: str, value: Size, axes: int) -> tuple[int, ...] | None:
        """Return one whole number for every axis."""
        entries = value if isinstance(value, (tuple, list)) else [value] * axes
        numbers = [number for entry in entries if (number := _index(entry)) and number > 0]
        if len(numbers) == len(entries) == axes:
            return tuple(numbers)
        form = ", or one for rows and one for columns" if axes == 2 else ""
        self.add(key, value, f"a whole number of at least 1{form}")
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
        entries = value if isinstance(value, (tuple, list)) else [value] * axes
        pairs = [e if isinstance(e, (tuple, list)) else (e, e) for e in entries]
        numbers = [[_index(side) for side in pair] for pair in pairs]
        flat = [side for pair in numbers for side in pair if side is not None and side >= 0]
        if len(pairs) == axes and len(flat) == 2 * axes and all(len(p) == 2 for p in pairs):
            return list(zip(flat[::2], flat[1::2], strict=True))
        form = "one for rows and one for columns, ((top, bottom), (left, right))"
        form = form if axes == 2 else "((before, after),)"
        words = ", ".join(shapes.PADDING_WORDS)
        self.add("padding", value, f"a whole number of at least 0, {form}, or {words}")
        return None

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
        return Plane(*(ONE, *axes)[-2:]) if len(axes) == len(names) else None

    def channels(self, found: int, taps: Array, shift: Array | None, groups: int | None) -> None:
        """Check the channels and the kernels against the groups, and the biases to the kernels."""
        if shift is not None and len(shift) != len(taps):
            self.add("bias", f"shape {shift.shape}", f"({len(taps)},), one for each kernel")
        if groups is None:
            return
        if found % groups or len(taps) % groups:
            channels = f"{found} channels of x and {len(taps)} kernels of weight"
            self.add("groups", groups, f"a number that divides {channels}")
        elif taps.shape[1] * groups != found:
            each = f"{found // groups} (x has {found}, in {groups} groups)" if groups > 1 else found
            self.add("weight", f"kernels of {taps.shape[1]} channels", f"{each}")

    def room(self, data: Array, taps: Array, shift: Array | None) -> None:
        """Check that sums of whole numbers fit 64 bits, whatever the order of the numbers."""
        arrays = (data, taps) if shift is None else (data, taps, shift)
        if any(array.dtype.kind == "f" for array in arrays):
            return
        most = [max(int(array.max()), -int(array.min())) for array in arrays]
        if most[0] * most[1] * taps[0].size + sum(most[2:]) > _LARGEST:
            self.add("x", f"numbers up to {most[0]}", "sums below 2⁶³", "floats have no such limit")

    def weights(self, key: str, value: Rows | ArrayLike) -> Rows | None:
        """Return the weights of a picture kernel as exact numbers."""
        try:
            return exact_weights(value.tolist() if isinstance(value, np.ndarray) else value)
        except ValueError as error:
            self.add(key, value, str(error))
            return None


def _index(value: object) -> int | None:
    """Return a whole number; NumPy's count as well, True and False do not."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return int(cast("int", value)) if whole else None
