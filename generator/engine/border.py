"""Padding by itself: the input with its border, and the walk of a window in numbers."""

from __future__ import annotations

import numpy as np

from generator.engine import shapes
from generator.engine.checks import Array
from generator.engine.shapes import PaddingMode, Plane


def padded(x: Array, plane: Plane, mode: PaddingMode, fill: float = 0) -> Array:
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


def walk_of(plane: Plane) -> tuple[int, int, int, int]:
    """Return stride and dilation of rows, then of columns, as the loops want them."""
    return plane.rows.stride, plane.rows.dilation, plane.columns.stride, plane.columns.dilation
