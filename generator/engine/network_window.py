"""How the window of a layer walks over its input, and why it sometimes cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from generator.engine.shapes import Axis, PaddingWord, Sides, padding_sides
from generator.errors import Problem, UserError

#: Cells on every side, (before, after) of rows and of columns, or a word.
Padding: TypeAlias = "int | tuple[Sides, Sides] | PaddingWord"


def walk(
    sizes: Sequence[int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: Padding,
    dilation: tuple[int, int],
    same: bool = False,
    *,
    up: bool = False,
    pool: bool = False,
) -> tuple[Axis, Axis]:
    """Return the walk of a window over rows and over columns.

    Parameters
    ----------
    sizes
        Rows and columns of the input.
    kernel, stride, padding, dilation
        Those of the layer, the pairs as (rows, columns).
    same
        Whether any padding at all means TensorFlow's SAME.
    up
        Whether the number of positions is rounded up; then a window that would begin behind the
        input is left out, as PyTorch and Caffe do.
    pool
        Whether the padding may be at most half the window, as PyTorch asks of pooling.

    Raises
    ------
    UserError
        If the window is longer than the padded input, or a pooling window could see padding alone.

    Examples
    --------
    >>> rows, _ = walk((112, 112), (3, 3), (2, 2), 0, (1, 1), up=True)
    >>> rows.output, rows.after
    (56, 1)
    """
    axes: list[Axis] = []
    problems: list[Problem] = []
    for i, word in enumerate(("rows", "columns")):
        size, extent = sizes[i], dilation[i] * (kernel[i] - 1) + 1
        before, after = _sides(i, size, kernel[i], stride[i], padding, dilation[i], same)
        if extent > before + size + after:
            got = f"{extent} {word}" + (f" (dilation {dilation[i]})" if dilation[i] > 1 else "")
            wanted = f"at most {before + size + after}, the {word} of its input with the padding"
            problems.append(Problem("", "kernel_size", got, wanted))
        elif pool and max(before, after) > kernel[i] // 2:
            wanted = f"at most {kernel[i] // 2}, half the {word} of the window"
            problems.append(Problem("", "padding", str(max(before, after)), wanted))
        else:
            axis = Axis(size, kernel[i], stride[i], before, after, dilation[i])
            axes.append(_rounded_up(axis) if up else axis)
    if problems:
        raise UserError(problems)
    return axes[0], axes[1]


def _sides(
    which: int, size: int, kernel: int, stride: int, padding: Padding, dilation: int, same: bool
) -> Sides:
    if isinstance(padding, str):
        return padding_sides(padding, size, kernel, stride, dilation)
    sides = (padding, padding) if isinstance(padding, int) else padding[which]
    return padding_sides("same", size, kernel, stride, dilation) if same and any(sides) else sides


def _rounded_up(axis: Axis) -> Axis:
    """Return the axis with its last, overhanging window, if there is one that begins inside."""
    if not axis.remainder or axis.start(axis.output) >= axis.size:
        return axis
    after = axis.after + axis.stride - axis.remainder
    return Axis(axis.size, axis.kernel, axis.stride, axis.before, after, axis.dilation)


def pair(both: tuple[int, int]) -> str:
    """Return rows and columns as a table shows them.

    >>> pair((5, 5)), pair((1, 7))
    ('5×5', '1×7')
    """
    return f"{both[0]}×{both[1]}"


def step(both: tuple[int, int]) -> str:
    """Return a stride or a dilation: one number if rows and columns have the same.

    >>> step((2, 2)), step((2, 1))
    ('2', '2×1')
    """
    return str(both[0]) if both[0] == both[1] else pair(both)


def planes(shape: Sequence[int]) -> str:
    """Return a shape as it is read aloud.

    >>> planes((6, 28, 28)), planes((10,))
    ('6×28×28', '10')
    """
    return "×".join(map(str, shape))


def times(*factors: int) -> str:
    """Return a product as it is written.

    >>> times(5, 5, 1024)
    '5·5·1,024'
    """
    return "·".join(f"{factor:,}" for factor in factors)
