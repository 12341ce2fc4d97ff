"""Convolution, pooling and picture filters over whole arrays: checked, with torch's argument names.

What comes in is checked here, all of it before anything is raised; where the windows stand is said
by :mod:`generator.engine.shapes`; the sums are made in :mod:`generator.engine.kernels`, which is
imported, and numba with it, when one of these functions is first called.

``float32`` and ``float64`` stay what they are. Whole numbers of any width are summed in ``int64``,
exactly; numbers so large that this might overflow are refused. NaN may stand in any array and
spreads to every window that reads it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from generator.engine import shapes
from generator.engine.checks import Array, Check, Padding, Size
from generator.engine.named import common_denominator
from generator.engine.shapes import Axis, PaddingMode, Plane
from generator.model import Rows

_LINE, _PLANE = ("columns",), ("rows", "columns")
#: Cells of a picture whose sums stay in a core's own cache until they are rounded.
_BAND = 1 << 16


def conv1d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
    padding_mode: PaddingMode = "zeros",
) -> Array:
    """Slide kernels along lines, as ``torch.nn.functional.conv1d`` does.

    ``x (C, L)`` or ``(N, C, L)`` and ``weight (F, C/groups, K)`` give ``(F, O)`` or ``(N, F, O)``;
    the rest, and what is raised, is as for :func:`conv2d`, with one axis.

    >>> conv1d([[1, 2, 3, 4]], [[[1, 0, -1]]], padding=1)
    array([[-2, -2, -2,  3]])
    """
    walk = (stride, padding, dilation)
    return _convolve(x, weight, bias, walk, groups, padding_mode, _LINE)


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
    padding_mode: PaddingMode = "zeros",
) -> Array:
    r"""Slide kernels over planes, as ``torch.nn.functional.conv2d`` does (cross-correlation).

    .. math:: y_{fij} = b_f + \sum_{cab} w_{fcab} \, x_{c,\, iS + aD - P,\, jS + bD - P}

    Parameters
    ----------
    x : (C, H, W) or (N, C, H, W)
        The input.
    weight : (F, C/groups, K, L)
        The kernels.
    bias : (F,)
        Added to every sum of a kernel.
    stride, dilation
        One whole number, or one for rows and one for columns [cells].
    padding
        One whole number [cells], one for rows and one for columns, ``((top, bottom), (left,
        right))``, or ``"valid"``, ``"same"`` (⌈size / stride⌉ cells come out) or ``"full"``.
    groups
        Cuts the channels into that many parts; every kernel reads one part only.
    padding_mode
        ``"zeros"``, ``"reflect"``, ``"replicate"`` or ``"circular"``.

    Returns
    -------
    (F, O, Q) or (N, F, O, Q)
        float32, float64 or int64, whichever holds the numbers of `x`, `weight` and `bias`.

    Raises
    ------
    UserError
        With all problems at once: axes, channels against groups, a stride or dilation below 1, a
        kernel larger than the padded input, padding beyond what `padding_mode` can make, whole
        numbers whose sums might not fit 64 bits.

    Examples
    --------
    >>> conv2d(np.arange(9).reshape(1, 3, 3), [[[[1, 0], [0, 1]]]], bias=[10])
    array([[[14, 16],
            [20, 22]]])
    """
    walk = (stride, padding, dilation)
    return _convolve(x, weight, bias, walk, groups, padding_mode, _PLANE)


def max_pool2d(
    x: ArrayLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Padding = 0,
    dilation: Size = 1,
) -> Array:
    """Keep the largest number of every window, as ``torch.nn.functional.max_pool2d`` does.

    ``x (C, H, W)`` or ``(N, C, H, W)``; `kernel_size` is one whole number or one for rows and one
    for columns, and the stride too unless it is given. Padding is never the largest.

    Raises
    ------
    UserError
        As for :func:`conv2d`, and if a window would see nothing but padding.

    Examples
    --------
    >>> max_pool2d([[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]], 2)
    array([[[6, 8],
            [3, 4]]])
    """
    from generator.engine import kernels

    x, plane, front = _pooled(x, kernel_size, (stride, padding, dilation), alone=False)
    lowest = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    cells = _padded(x[..., None], plane, "zeros", lowest)[..., 0]
    out = np.empty((len(cells), *plane.output), cells.dtype)
    size, walk = (plane.rows.kernel, plane.columns.kernel), _walk(plane)
    if (size, walk) == ((2, 2), (2, 1, 2, 1)):
        kernels.largest_2x2(cells, out)
    else:
        kernels.largest(cells, size, walk, out)
    return out.reshape(*front, *plane.output)


def avg_pool2d(
    x: ArrayLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Padding = 0,
    count_include_pad: bool = True,
) -> Array:
    """Average every window, as ``torch.nn.functional.avg_pool2d`` does.

    Arguments and errors are those of :func:`max_pool2d`. Padding counts as zeros, unless
    `count_include_pad` is false: then a window at the border averages what it sees of the input.
    Averages of whole numbers are ``float64``.

    >>> avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2, padding=1)[0, 0]
    array([0.25, 0.75])
    >>> avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2, padding=1, count_include_pad=False)[0, 0]
    array([1., 3.])
    """
    from generator.engine import kernels

    x, plane, front = _pooled(x, kernel_size, (stride, padding, 1), alone=count_include_pad)
    dtype = x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)
    axes = (plane.rows, plane.columns)
    seen = [[a.kernel] * a.output if count_include_pad else _seen(a) for a in axes]
    cells = _padded(x[..., None].astype(dtype, copy=False), plane, "zeros")[..., 0]
    out = np.empty((len(cells), *plane.output), dtype)
    counts = (np.array(seen[0], dtype), np.array(seen[1], dtype))
    kernels.mean(cells, (plane.rows.kernel, plane.columns.kernel), _walk(plane), counts, out)
    return out.reshape(*front, *plane.output)


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
        plane = check.plane(_PLANE, sizes, "same", mode)
    image, rows, plane = check.sure(image), check.sure(rows), check.sure(plane)

    height, channels = len(image), image.shape[2] if image.ndim == 3 else 1
    cells = _padded(image.reshape(1, height, -1, channels), plane, mode)[0]
    cells = cells.reshape(len(cells), -1)
    taps, limits = _taps(rows, image.dtype)
    loop = kernels.filter_3x3 if taps.shape == (3, 3) else kernels.filter_any
    more = plane.rows.kernel - 1
    out = np.empty((height, image[0].size), image.dtype)

    def band(top: int, bottom: int) -> None:
        if limits is None:
            loop(cells[top : bottom + more], taps, channels, out[top:bottom])
            return
        tall = min(max(1, _BAND // out.shape[1]), bottom - top)
        sums = np.empty((tall, out.shape[1]), taps.dtype)
        for first in range(top, bottom, tall):
            last = min(first + tall, bottom)
            loop(cells[first : last + more], taps, channels, sums[: last - first])
            kernels.to_bytes(sums[: last - first], limits, out[first:last])

    in_bands(band, *out.shape)
    return out.reshape(image.shape)


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


def _convolve(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    walk: tuple[Size, Padding, Size],
    groups: int,
    padding_mode: PaddingMode,
    names: tuple[str, ...],
) -> Array:
    """Convolve lines or planes; a line is a plane of one row."""
    from generator.engine import kernels

    check, n = Check(), len(names)
    cells, window = ("H, W", "K, L") if n == 2 else ("L", "K")
    data = check.array("x", x, {n + 1: f"(C, {cells})", n + 2: f"(N, C, {cells})"})
    taps = check.array("weight", weight, {n + 2: f"(F, C/groups, {window})"})
    shift = None if bias is None else check.array("bias", bias, {1: "(F,)"})
    strides, dilations = check.each("stride", walk[0], n), check.each("dilation", walk[2], n)
    sides, parts = check.sides(walk[1], n), check.whole("groups", groups)
    mode, plane, ones = check.mode(padding_mode), None, (1,) * n
    if data is not None and taps is not None:
        sizes = (data.shape[-n:], taps.shape[-n:], strides or ones, dilations or ones)
        plane = check.plane(names, sizes, sides, mode)
        check.channels(data.shape[-n - 1], taps, shift, parts)
        check.room(data, taps, shift)
    data, taps, plane = check.sure(data), check.sure(taps), check.sure(plane)

    shift = np.zeros(len(taps), taps.dtype) if shift is None else shift
    dtype = np.result_type(data, taps, shift)
    planes = data.astype(dtype, copy=False).reshape(-1, plane.rows.size, plane.columns.size, 1)
    padded = _padded(planes, plane, mode)
    padded = padded.reshape(-1, data.shape[-n - 1], *padded.shape[1:3])
    taps = taps.reshape(*taps.shape[:2], plane.rows.kernel, plane.columns.kernel)
    taps, shift = np.ascontiguousarray(taps, dtype), np.ascontiguousarray(shift, dtype)
    out = np.empty((len(padded), len(taps), *plane.output), dtype)
    kernels.correlate(padded, taps, shift, _walk(plane), out)
    return out.reshape(*data.shape[: -n - 1], len(taps), *plane.output[-n:])


def _pooled(
    x: ArrayLike, kernel_size: Size, walk: tuple[Size | None, Padding, Size], *, alone: bool
) -> tuple[Array, Plane, tuple[int, ...]]:
    """Check a pooling; return ``x`` as (P, H, W), the windows' walk, and the axes before H and W.

    `alone` says whether a window may see padding alone.
    """
    check, plane = Check(), None
    data = check.array("x", x, {3: "(C, H, W)", 4: "(N, C, H, W)"})
    size = check.each("kernel_size", kernel_size, 2)
    strides = size if walk[0] is None else check.each("stride", walk[0], 2)
    dilations, sides = check.each("dilation", walk[2], 2), check.sides(walk[1], 2)
    if data is not None and size is not None:
        sizes = (data.shape[-2:], size, strides or (1, 1), dilations or (1, 1))
        plane = check.plane(_PLANE, sizes, sides, "zeros")
        for name, axis in zip(_PLANE, (plane.rows, plane.columns) if plane else (), strict=False):
            if sides and not alone and 0 in _seen(axis):
                check.add(name, "", "a window would see nothing but padding")
    data, plane = check.sure(data), check.sure(plane)
    return data.reshape(-1, *data.shape[-2:]), plane, data.shape[:-2]


def _padded(x: Array, plane: Plane, mode: PaddingMode, fill: float = 0) -> Array:
    """Return ``x (P, H, W, D)`` with padding: copied once, or not at all if there is none."""
    rows, columns = plane.rows, plane.columns
    if (rows.padded, columns.padded) == (rows.size, columns.size):
        return np.ascontiguousarray(x)
    top, bottom, left, right = (
        rows.before,
        rows.before + rows.size,
        columns.before,
        columns.before + columns.size,
    )
    out = np.empty((len(x), rows.padded, columns.padded, x.shape[3]), x.dtype)
    out[:, top:bottom, left:right] = x
    for column in (*range(left), *range(right, columns.padded)):
        at = shapes.source(column - left, columns.size, mode)
        out[:, top:bottom, column] = fill if at is None else x[:, :, at]
    for row in (*range(top), *range(bottom, rows.padded)):
        at = shapes.source(row - top, rows.size, mode)
        out[:, row] = fill if at is None else out[:, top + at]
    return out


def _walk(plane: Plane) -> tuple[int, int, int, int]:
    return plane.rows.stride, plane.rows.dilation, plane.columns.stride, plane.columns.dilation


def _seen(axis: Axis) -> list[int]:
    """Return for every window how many cells of the input, not of the padding, it reads."""
    return [sum(0 <= cell < axis.size for cell in axis.reads(at)) for at in range(axis.output)]
