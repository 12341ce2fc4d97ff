"""A kernel as a parameter: rows of weights, or a name."""

from __future__ import annotations

from generator.engine.named import NAMED
from generator.spec.matrix import MatrixField


def kernel_field(*, line: bool = False) -> MatrixField:
    """Return the field of a kernel; `line`: whether it may be a list.

    >>> kernel_field().parse("sharpen").rows
    ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
    """
    named = {name: kernel.rows for name, kernel in NAMED.items()}
    return MatrixField("the weights, or the name of a kernel", named=named, line=line)
