"""Pooling: the largest number or the average of every window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from generator.engine import shapes
from generator.engine.checks import Array, Check, Padding, Size, fits
from generator.engine.shapes import Axis, Plane, Sides

if TYPE_CHECKING:
    from generator.engine.pool_plan import Plan

#: Plans that are kept, by what they depend on.
_PLANS: dict[tuple[Any, ...], Plan] = {}
_MOST = 64
#: Types of sizes that a plan may be kept under.
_PLAIN = (int, str, type(None))


def max_pool2d(
    x: ArrayLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Padding = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    out: Array | None = None,
) -> Array:
    """Keep the largest number of every window, as ``torch.nn.functional.max_pool2d`` does.

    Parameters
    ----------
    x : (C, H, W) or (N, C, H, W)
        The input.
    kernel_size, dilation
        One whole number, or one for rows and one for columns [cells].
    stride
        The same; the kernel's size unless it is given.
    padding
        As for :func:`conv2d`. It is never the largest.
    ceil_mode
        Let the last window reach beyond the padded input, if it starts inside the input or in the
        padding before it. What is beyond is never the largest either.
    out : (C, O, Q) or (N, C, O, Q)
        Where the result is written, if it is given: of its shape and dtype, in one piece in reading
        order, and sharing no memory with `x`.

    Returns
    -------
    (C, O, Q) or (N, C, O, Q)
        float32, float64 or int64, whichever holds the numbers of `x`.

    Raises
    ------
    UserError
        As for :func:`conv2d`, if a window would see nothing but padding, and for an `out` that the
        result cannot be written to.

    Examples
    --------
    >>> max_pool2d([[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]], 2)
    array([[[6, 8],
            [3, 4]]])
    >>> max_pool2d([[[1, 2, 3]]], (1, 2), ceil_mode=True)
    array([[[2, 3]]])
    """
    walk = (kernel_size, stride, padding, dilation)
    key, plan = _kept(x, out, walk, ("max", bool(ceil_mode)))
    if plan is not None:
        return plan.run(x, out)
    check = Check()
    data, plane, _ = _pooled(check, x, walk, out, ceil_mode=ceil_mode, alone=False, average=False)
    return _keep(key, data, plane, None).run(np.ascontiguousarray(data), out)


def avg_pool2d(
    x: ArrayLike,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Padding = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    out: Array | None = None,
) -> Array:
    """Average every window, as ``torch.nn.functional.avg_pool2d`` does.

    Arguments and errors are those of :func:`max_pool2d`. A sum is divided by the cells that its
    window sees: those of the input and of the padding, which counts as zeros, but none of what
    `ceil_mode` lets it reach beyond. Without `count_include_pad` those of the input alone count,
    and with `divisor_override` every sum is divided by that number. Averages of whole numbers are
    ``float64``.

    >>> avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2, padding=1)[0, 0]
    array([0.25, 0.75])
    >>> avg_pool2d([[[1.0, 3.0], [5.0, 7.0]]], 2, padding=1, count_include_pad=False)[0, 0]
    array([1., 3.])
    >>> avg_pool2d([[[1.0, 3.0, 5.0]]], (1, 2), ceil_mode=True)[0, 0]
    array([2., 5.])
    """
    walk = (kernel_size, stride, padding, 1)
    flags = ("average", bool(ceil_mode), bool(count_include_pad))
    key, plan = _kept(x, out, (*walk, divisor_override), flags)
    if plan is not None:
        return plan.run(x, out)
    check = Check()
    whole = None if divisor_override is None else check.whole("divisor_override", divisor_override)
    alone = count_include_pad or divisor_override is not None
    data, plane, sides = _pooled(
        check, x, walk, out, ceil_mode=ceil_mode, alone=alone, average=True
    )
    high, wide = (
        _counts(axis, pair if count_include_pad else (0, 0))
        for axis, pair in zip((plane.rows, plane.columns), sides, strict=True)
    )
    if whole is not None:
        high, wide = [whole] * plane.rows.output, [1] * plane.columns.output
    return _keep(key, data, plane, (high, wide)).run(np.ascontiguousarray(data), out)


def adaptive_avg_pool2d(x: ArrayLike, output_size: Size) -> Array:
    r"""Average as many windows as are wanted, as ``torch.nn.functional.adaptive_avg_pool2d`` does.

    Window o of O along an axis of W cells reads from :math:`\lfloor oW / O \rfloor` up to, but not
    including, :math:`\lceil (o + 1)W / O \rceil`; neighbours overlap where O does not divide W.

    ``x (C, H, W)`` or ``(N, C, H, W)``; `output_size` is one whole number, or one for rows and one
    for columns. float32 stays what it is (summed in float64), whole numbers become ``float64``.

    Raises
    ------
    UserError
        With all problems at once: axes, a size below 1.

    Examples
    --------
    >>> adaptive_avg_pool2d([[[1, 2, 3, 4, 5]]], (1, 2))
    array([[[2., 4.]]])
    """
    check = Check()
    data = check.array("x", x, {3: "(C, H, W)", 4: "(N, C, H, W)"})
    size = check.each("output_size", output_size, 2)
    data, size = check.sure(data), check.sure(size)
    dtype = data.dtype if data.dtype.kind == "f" else np.float64
    rows, columns = (
        _spans(cells, parts) for cells, parts in zip(data.shape[-2:], size, strict=True)
    )
    with np.errstate(all="ignore"):
        lines = [data[..., top:end, :].mean(-2, dtype=np.float64) for top, end in rows]
        high = np.stack(lines, axis=-2)
        cells = [high[..., left:end].mean(-1) for left, end in columns]
        return np.stack(cells, axis=-1).astype(dtype, copy=False)


def global_avg_pool2d(x: ArrayLike) -> Array:
    """Average every channel: what :func:`adaptive_avg_pool2d` makes of one window.

    ``x (C, H, W)`` or ``(N, C, H, W)`` gives ``(C, 1, 1)`` or ``(N, C, 1, 1)``.

    >>> global_avg_pool2d([[[1, 2], [3, 4]], [[0, 0], [0, 2]]])[:, 0, 0]
    array([2.5, 0.5])
    """
    return adaptive_avg_pool2d(x, 1)


def _kept(
    x: Any, out: Array | None, sizes: tuple[Any, ...], flags: tuple[Any, ...]
) -> tuple[Any, Plan | None]:
    """Return what a plan is kept under, if it can be, and the plan if `x` and `out` fit it."""
    if type(x) is not np.ndarray:
        return None, None
    for size in sizes:
        # 2.0 and True are equal to 2 and 1, but are refused as a size.
        kind = type(size)
        if kind not in _PLAIN and (kind is not tuple or not all(type(e) is int for e in size)):
            return None, None
    key = x.shape, x.dtype, sizes, flags
    plan = _PLANS.get(key)
    if plan is None or not x.flags.c_contiguous:
        return key, None
    return key, plan if out is None or fits(out, plan.shape, plan.dtype, x) else None


def _keep(key: Any, x: Array, plane: Plane, counts: tuple[list[int], list[int]] | None) -> Plan:
    """Make a plan, and keep it if it can be found again."""
    from generator.engine.pool_plan import plan

    made = plan(x.shape, plane, x.dtype, counts)
    if key is not None and key[1] == x.dtype:
        if len(_PLANS) >= _MOST:
            _PLANS.clear()
        _PLANS[key] = made
    return made


def _float(x: Array) -> np.dtype[Any]:
    """Return the kind of number that averages are."""
    return x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)


def _pooled(
    check: Check,
    x: ArrayLike,
    walk: tuple[Size, Size | None, Padding, Size],
    out: Array | None,
    *,
    ceil_mode: bool,
    alone: bool,
    average: bool,
) -> tuple[Array, Plane, list[Sides]]:
    """Check a pooling; return ``x``, the windows' walk, and the padding that was asked for.

    The walk has more padding than that where `ceil_mode` lets a window reach beyond. `alone` says
    whether a window may see padding alone.
    """
    plane, names, ones = None, ("rows", "columns"), (1, 1)
    data = check.array("x", x, {3: "(C, H, W)", 4: "(N, C, H, W)"})
    size = check.each("kernel_size", walk[0], 2)
    strides = size if walk[1] is None else check.each("stride", walk[1], 2)
    dilations, given = check.each("dilation", walk[3], 2), check.sides(walk[2], 2)
    sides = None if isinstance(given, str) else given
    if data is not None and size is not None:
        sizes = (data.shape[-2:], size, strides or ones, dilations or ones)
        each = list(zip(*sizes, strict=True))
        if isinstance(given, str):
            sides = [shapes.padding_sides(given, *axis) for axis in each]
        reach = sides
        if sides and ceil_mode:
            reach = [_reach(axis, pair) for axis, pair in zip(each, sides, strict=True)]
        plane = check.plane(names, sizes, reach, "zeros")
        for name, axis in zip(names, (plane.rows, plane.columns) if plane else (), strict=False):
            if sides and not alone and 0 in _counts(axis, (0, 0)):
                check.add(name, "", "a window would see nothing but padding")
        if plane is not None:
            shape = (*data.shape[:-2], *plane.output)
            check.out(out, shape, _float(data) if average else data.dtype, data)
    return check.sure(data), check.sure(plane), check.sure(sides)


def _reach(axis: tuple[int, ...], sides: Sides) -> Sides:
    """Return the padding of an axis, and behind it what the last window needs beyond.

    torch rounds the number of positions up and then takes back a last window that would start
    behind the input. Where padding is at most half a window, as torch has it, that is the same.
    """
    size, kernel, stride, dilation = axis
    before, after = sides
    room = before + size + after - dilation * (kernel - 1) - 1
    start = -(-room // stride) * stride
    beyond = start - room if 0 <= start < before + size else 0
    return before, after + beyond


def _counts(axis: Axis, sides: Sides) -> list[int]:
    """Return for every window how many cells it reads of the input with so much padding."""
    inside = range(-sides[0], axis.size + sides[1])
    return [sum(cell in inside for cell in axis.reads(at)) for at in range(axis.output)]


def _spans(size: int, parts: int) -> list[Sides]:
    """Return the first cell of every part, and the first cell behind it."""
    return [(part * size // parts, -(-(part + 1) * size // parts)) for part in range(parts)]
