"""One kernel over a whole picture, fast: bytes exactly, floats as they are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from generator.engine import shapes
from generator.engine.checks import Array, Check
from generator.engine.named import common_denominator
from generator.engine.shapes import PaddingMode, Plane
from generator.model import Rows

#: Cells of a strip that stays in a core's own cache while it is padded, summed and rounded.
_STRIP = 1 << 17


def filter2d(
    picture: ArrayLike, kernel: Rows | ArrayLike, padding_mode: PaddingMode = "reflect"
) -> Array:
    """Slide one kernel over every channel of a picture, which keeps its size (cross-correlation).

    Parameters
    ----------
    picture : (H, W) or (H, W, C)
        uint8, float32 or float64.
    kernel : (K, L)
        Whole numbers, fractions or floats. Of an even side, the cell before the middle is centre.
    padding_mode
        As for :func:`conv2d`; ``"reflect"`` gives a picture no dark frame.

    Returns
    -------
    (H, W) or (H, W, C)
        Of the picture's dtype. For uint8 it is the exact sum, rounded half up and kept within 0 to
        255; a float weight counts as the simple fraction that it is the nearest float to, like 1/9.

    Raises
    ------
    UserError
        With all problems at once: axes, dtype, weights that are no finite numbers, padding beyond
        what `padding_mode` can make.

    Examples
    --------
    >>> from generator.engine.named import NAMED
    >>> step = np.array([[0, 0, 100, 100]] * 3, np.uint8)
    >>> filter2d(step, NAMED["gaussian"].rows)[1], filter2d(step, NAMED["sobel-x"].rows)[1]
    (array([  0,  25,  75, 100], dtype=uint8), array([  0, 255, 255,   0], dtype=uint8))
    """
    from generator.engine import kernels
    from generator.engine.jit import in_bands

    check = Check()
    image = check.array("picture", picture, {2: "(H, W)", 3: "(H, W, C)"}, picture=True)
    rows = check.weights("kernel", kernel)
    mode = check.mode(padding_mode)
    plane = None
    if image is not None and rows is not None:
        sizes = (image.shape[:2], (len(rows), len(rows[0])), (1, 1), (1, 1))
        plane = check.plane(("rows", "columns"), sizes, "same", mode)
    image, rows, plane = check.sure(image), check.sure(rows), check.sure(plane)

    height, channels = len(image), image.shape[2] if image.ndim == 3 else 1
    cells = image.reshape(height, -1, channels)
    taps, limits = _taps(rows, image.dtype)
    loop = kernels.filter_3x3 if taps.shape == (3, 3) else kernels.filter_any
    more, width = plane.rows.kernel - 1, plane.columns.padded * channels
    out = np.empty((height, image[0].size), image.dtype)

    def band(top: int, bottom: int) -> None:
        # A padded copy of the whole picture would be new memory for every call, and to get that
        # from the system takes several times as long as the sums.
        tall = min(max(1, _STRIP // width), bottom - top)
        strip = np.empty((tall + more, plane.columns.padded, channels), image.dtype)
        sums = None if limits is None else np.empty((tall, out.shape[1]), taps.dtype)
        for first in range(top, bottom, tall):
            last = min(first + tall, bottom)
            _fill(strip[: last - first + more], cells, plane, mode, first)
            lines, into = strip.reshape(-1, width)[: last - first + more], out[first:last]
            if sums is None or limits is None:
                loop(lines, taps, channels, into)
            else:
                loop(lines, taps, channels, sums[: last - first])
                kernels.to_bytes(sums[: last - first], limits, into)

    in_bands(band, *out.shape)
    return out.reshape(image.shape)


def _fill(strip: Array, cells: Array, plane: Plane, mode: PaddingMode, first: int) -> None:
    """Write rows of the padded picture, from row `first` of it on."""
    rows, columns = plane.rows, plane.columns
    left, right = columns.before, columns.before + columns.size
    above = first - rows.before  # the row of the picture that the strip begins with
    top, bottom = max(0, -above), min(len(strip), rows.size - above)
    strip[top:bottom, left:right] = cells[above + top : above + bottom]
    for row in (*range(top), *range(bottom, len(strip))):
        at = shapes.source(above + row, rows.size, mode)
        strip[row, left:right] = 0 if at is None else cells[at]
    for column in (*range(left), *range(right, columns.padded)):
        at = shapes.source(column - left, columns.size, mode)
        strip[:, column] = 0 if at is None else strip[:, left + at]


def _taps(rows: Rows, dtype: np.dtype[Any]) -> tuple[Array, Array | None]:
    """Return the weights for the kernels and, if bytes come out, what the sums are divided by.

    For bytes the weights are numerators over a denominator d, and the second array is [d/2, d].
    Every sum is a whole number, which the floats hold. They also give the exact floor of
    (sum + d/2) / d while 2·sum + d needs no more digits than they have: a quotient that is not
    a whole number then is further from one than rounding can reach.
    """
    if dtype != np.uint8:
        return np.array([[float(weight) for weight in row] for row in rows], dtype), None
    numerators, under = common_denominator(rows)
    most = 2 * 255 * sum(abs(n) for row in numerators for n in row) + under
    for floats, digits in ((np.float32, 24), (np.float64, 53)):
        if most < 1 << digits:
            return np.array(numerators, floats), np.array([under / 2, under], floats)
    # Weights of so many digits are rounded, once each: the sum is off by some 10⁻¹³ at most.
    return _taps(rows, np.dtype(np.float64))[0], np.array([0.5, 1.0])
