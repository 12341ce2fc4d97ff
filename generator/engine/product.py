"""Products of matrices: dense layers, and the matrix that makes a convolution one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from generator.engine.border import padded, walk_of
from generator.engine.checks import Array, Check, Padding, Size

_PLANE = ("rows", "columns")


def im2col(
    x: ArrayLike, kernel_size: Size, dilation: Size = 1, padding: Padding = 0, stride: Size = 1
) -> Array:
    """Write every window as a column, as ``torch.nn.functional.unfold`` does.

    Convolution then is one product of matrices, ``weight.reshape(F, -1) @ im2col(x, …)``, at the
    price of a copy of the input for every cell of the kernel.

    ``x (C, H, W)`` or ``(N, C, H, W)`` gives ``(C·K·L, O·Q)`` or ``(N, C·K·L, O·Q)``: a row for
    every channel and cell of the kernel, a column for every position of the window, both in
    reading order. Arguments and errors are those of :func:`conv2d`, in torch's order.

    >>> im2col([[[1, 2, 3], [4, 5, 6]]], 2)
    array([[1, 2],
           [2, 3],
           [4, 5],
           [5, 6]])
    """
    check, plane = Check(), None
    data = check.array("x", x, {3: "(C, H, W)", 4: "(N, C, H, W)"})
    size, strides = check.each("kernel_size", kernel_size, 2), check.each("stride", stride, 2)
    dilations, sides = check.each("dilation", dilation, 2), check.sides(padding, 2)
    if data is not None and size is not None:
        sizes = (data.shape[-2:], size, strides or (1, 1), dilations or (1, 1))
        plane = check.plane(_PLANE, sizes, sides, "zeros")
    data, plane = check.sure(data), check.sure(plane)

    cells = padded(data.reshape(-1, *data.shape[-2:], 1), plane, "zeros")[..., 0]
    down, right = cells.strides[1:]
    stride, apart, step, gap = walk_of(plane)
    windows = np.lib.stride_tricks.as_strided(
        cells,
        (len(cells), plane.rows.kernel, plane.columns.kernel, *plane.output),
        (cells.strides[0], down * apart, right * gap, down * stride, right * step),
        writeable=False,
    )
    column = data.shape[-3] * plane.rows.kernel * plane.columns.kernel
    return windows.reshape(*data.shape[:-3], column, -1).copy()


def linear(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Array:
    """Weigh all inputs for every output, as ``torch.nn.functional.linear`` does: x·wᵀ + b.

    ``x (…, C)``, ``weight (F, C)`` and ``bias (F,)`` give ``(…, F)``.

    Raises
    ------
    UserError
        With all problems at once: axes, lengths that differ, whole numbers whose sums might not
        fit 64 bits.

    Examples
    --------
    >>> linear([1, 2, 3], [[1, 1, 1], [0, 0, -1]], bias=[10, 0])
    array([16, -3])
    """
    check = Check()
    data = check.array("x", x)
    taps = check.array("weight", weight, {2: "(F, C)"})
    shift = None if bias is None else check.array("bias", bias, {1: "(F,)"})
    if data is not None and not data.ndim:
        check.add("x", "shape ()", "(…, C)")
    elif data is not None and taps is not None:
        if data.shape[-1] != taps.shape[1]:
            check.add("weight", f"rows of {taps.shape[1]} numbers", f"{data.shape[-1]}, as x has")
        check.biases(shift, len(taps))
        check.room(data, taps, shift, taps.shape[1])
    data, taps = check.sure(data), check.sure(taps)
    with np.errstate(all="ignore"):
        sums = np.matmul(data, taps.T)
        return np.asarray(sums if shift is None else sums + shift)
