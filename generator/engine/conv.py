"""Sums of products over whole arrays: convolution and its transpose."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from generator.engine import windows, winograd
from generator.engine.border import padded, walk_of
from generator.engine.checks import Array, Check, Padding, Size
from generator.engine.shapes import Axis, PaddingMode, Plane

_LINE, _PLANE = ("columns",), ("rows", "columns")


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

    Notes
    -----
    Sums of float32 are rounded as they are made; 3×3 kernels with many channels go by Winograd's
    way, whose error is as small beside the largest cells: see :mod:`generator.engine.winograd`.

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


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Array:
    r"""Stamp a kernel at every cell, as ``torch.nn.functional.conv_transpose2d`` does.

    It is the transpose of :func:`conv2d` with the same `weight`: the matrix that takes `x` to the
    result is that one's, mirrored. It gives back the size that :func:`conv2d` started from:

    .. math:: O = S (H - 1) - P_1 - P_2 + D (K - 1) + 1 + \mathrm{output\_padding}

    Parameters
    ----------
    x : (C, H, W) or (N, C, H, W)
        The input.
    weight : (C, F/groups, K, L)
        The stamps, each times the number in the cell; where stamps overlap they are added.
    bias : (F,)
        Added to every cell of a map.
    stride
        How far apart the stamps of neighbouring cells are [cells].
    padding
        What is cut off the result [cells]: one whole number, one for rows and one for columns, or
        ``((top, bottom), (left, right))``.
    output_padding
        Rows and columns more at the bottom and at the right [cells]: with a stride, inputs of
        several sizes give a convolution of one size.
    groups, dilation
        As for :func:`conv2d`; torch has them in this order.

    Returns
    -------
    (F, O, Q) or (N, F, O, Q)
        float32, float64 or int64, whichever holds the numbers of `x`, `weight` and `bias`.

    Raises
    ------
    UserError
        As for :func:`conv2d`, and if padding cuts off everything, or `output_padding` reaches both
        the stride and the dilation.

    References
    ----------
    Dumoulin, Visin: A guide to convolution arithmetic for deep learning, arXiv:1603.07285, ch. 4.

    Examples
    --------
    >>> conv_transpose2d([[[1, 2], [3, 4]]], [[[[1, 1], [1, 1]]]])
    array([[[ 1,  3,  2],
            [ 4, 10,  6],
            [ 3,  7,  4]]])
    """
    from generator.engine import kernels

    check, ones = Check(), (1, 1)
    data = check.array("x", x, {3: "(C, H, W)", 4: "(N, C, H, W)"})
    taps = check.array("weight", weight, {4: "(C, F/groups, K, L)"})
    shift = None if bias is None else check.array("bias", bias, {1: "(F,)"})
    strides, dilations = check.each("stride", stride, 2), check.each("dilation", dilation, 2)
    sides, parts = check.pairs(padding, 2), check.whole("groups", groups)
    more = check.each("output_padding", output_padding, 2, least=0)
    for extra, step, apart in zip(more or (), strides or (), dilations or (), strict=False):
        if extra >= max(step, apart):
            check.add("output_padding", extra, f"less than the stride {step} or dilation {apart}")
    size = [1, 1]
    if data is not None and taps is not None:
        check.stamps(data.shape[-3], taps, shift, parts)
        check.room(data, taps, shift, taps[0, 0].size * len(taps) // (parts or 1))
        for i, name in enumerate(_PLANE):
            walked = (strides or ones)[i] * (data.shape[i - 2] - 1)
            stamp = (dilations or ones)[i] * (taps.shape[i - 2] - 1) + 1
            size[i] = walked + stamp - sum(sides[i] if sides else ()) + (more or (0, 0))[i]
            if size[i] < 1:
                check.add(name, "", "padding cuts off the whole result")
    data, taps, sides = check.sure(data), check.sure(taps), check.sure(sides)
    strides, dilations = check.sure(strides), check.sure(dilations)

    maps = taps.shape[1] * groups
    shift = np.zeros(maps, taps.dtype) if shift is None else shift
    dtype = np.result_type(data, taps, shift)
    batch = np.ascontiguousarray(data.reshape(-1, *data.shape[-3:]), dtype)
    taps, shift = np.ascontiguousarray(taps, dtype), np.ascontiguousarray(shift, dtype)
    out = np.empty((len(batch), maps, *size), dtype)
    steps = (strides[0], dilations[0], strides[1], dilations[1])
    kernels.stamp(batch, taps, shift, steps, (sides[0][0], sides[1][0]), out)
    return out.reshape(*data.shape[:-3], *out.shape[1:])


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
        check.room(data, taps, shift, taps[0].size)
    data, taps, plane = check.sure(data), check.sure(taps), check.sure(plane)

    shift = np.zeros(len(taps), taps.dtype) if shift is None else shift
    dtype = np.result_type(data, taps, shift)
    x = data.astype(dtype, copy=False)
    if mode != "zeros" or dtype.kind != "f":
        x = padded(x.reshape(-1, plane.rows.size, plane.columns.size, 1), plane, mode)
        plane = Plane(_bare(plane.rows), _bare(plane.columns))
    x = np.ascontiguousarray(x).reshape(-1, data.shape[-n - 1], plane.rows.size, plane.columns.size)
    taps = taps.reshape(*taps.shape[:2], plane.rows.kernel, plane.columns.kernel)
    taps, shift = np.ascontiguousarray(taps, dtype), np.ascontiguousarray(shift, dtype)
    out = _summed(x, taps, shift, plane, groups)
    return out.reshape(*data.shape[: -n - 1], len(taps), *plane.output[-n:])


def _bare(axis: Axis) -> Axis:
    """Return the walk over an input that has its padding already."""
    return Axis(axis.padded, axis.kernel, axis.stride, dilation=axis.dilation)


def _summed(x: Array, weight: Array, bias: Array, plane: Plane, groups: int) -> Array:
    """Convolve ``x (N, C, H, W)``, floats by the fastest way, whole numbers exactly."""
    out = np.empty((len(x), len(weight), *plane.output), x.dtype)
    if x.dtype.kind != "f":
        from generator.engine import kernels

        kernels.correlate(x, weight, bias, walk_of(plane), out)
        return out
    deep = winograd.suits(x, weight, plane, groups)
    if not (deep and winograd.convolve_once(x, weight, bias, plane, out)):
        windows.convolve(x, weight, bias, plane, groups, out)
    return out
