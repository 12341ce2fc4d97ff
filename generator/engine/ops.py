"""The arithmetic of networks over whole arrays: checked, with torch's argument names.

This is the engine's door. What comes in is checked, all of it before anything is raised; where the
windows stand is said by :mod:`generator.engine.shapes`; sums over windows are made in
:mod:`generator.engine.kernels`, which is imported, and numba with it, when a function that needs
it is first called.

``float32`` and ``float64`` stay what they are. Whole numbers of any width are summed in ``int64``,
exactly; numbers so large that this might overflow are refused. NaN may stand in any array and
spreads to every window that reads it. Results are new arrays and inputs are never changed.
"""

from __future__ import annotations

from generator.engine.conv import conv1d, conv2d, conv_transpose2d
from generator.engine.picture import filter2d
from generator.engine.pointwise import (
    batch_norm,
    flatten,
    gelu,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
    tanh,
)
from generator.engine.pool import (
    adaptive_avg_pool2d,
    avg_pool2d,
    global_avg_pool2d,
    max_pool2d,
)
from generator.engine.product import im2col, linear

__all__ = [
    "adaptive_avg_pool2d",
    "avg_pool2d",
    "batch_norm",
    "conv1d",
    "conv2d",
    "conv_transpose2d",
    "filter2d",
    "flatten",
    "gelu",
    "global_avg_pool2d",
    "im2col",
    "leaky_relu",
    "linear",
    "max_pool2d",
    "relu",
    "sigmoid",
    "softmax",
    "tanh",
]
