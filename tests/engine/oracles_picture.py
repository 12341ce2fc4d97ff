"""Picture filters: our way and scipy's."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from engine.cases import Array, Case, Oracle, numbers
from scipy import ndimage

from generator.engine import ops
from generator.engine.shapes import PADDING_MODES, furthest, padding_sides

SCIPY_MODES = {"zeros": "constant", "reflect": "mirror", "replicate": "nearest", "circular": "wrap"}


def draw_filter(rng: np.random.Generator, *, dtype: str) -> Case:
    while True:
        kernel = rng.integers(1, 6, 2) if rng.random() < 0.5 else np.array([3, 3])
        mode = PADDING_MODES[rng.integers(4)]
        size = rng.integers(1, 13, 2)
        reach = [
            max(padding_sides("same", int(s), int(k))) for s, k in zip(size, kernel, strict=True)
        ]
        if all(r <= furthest(int(s), mode) for r, s in zip(reach, size, strict=True)):
            break
    channels = [(), (1,), (3,), (4,)][rng.integers(4)]
    low, high = (0, 256) if dtype == "uint8" else (-9, 10)
    picture = rng.integers(low, high, (*size, *channels)).astype(dtype)
    # The bias is the denominator of the weights: none, small, and too large for float32.
    under = rng.choice([1, 5, 9, 16, 256, 1000, 10**6 + 3]) if dtype == "uint8" else 1
    return Case(picture, numbers(rng, *kernel, dtype="int64"), np.array([under]), mode=mode)


def filter_kernel(case: Case) -> Array:
    under = int(case.bias[0])
    rows = tuple(tuple(Fraction(int(w), under) for w in row) for row in case.w)
    return ops.filter2d(case.x, rows, case.mode)


def filter_scipy(case: Case) -> Array:
    """In int64: the sum of the numerators, then half of the denominator, then the floor."""
    origin = [-1 if side % 2 == 0 else 0 for side in case.w.shape]
    planes = np.atleast_3d(case.x).astype(np.int64)
    sums = np.stack(
        [
            ndimage.correlate(planes[..., c], case.w, mode=SCIPY_MODES[case.mode], origin=origin)
            for c in range(planes.shape[2])
        ],
        axis=2,
    ).reshape(case.x.shape)
    if case.x.dtype != np.uint8:
        return np.asarray(sums.astype(case.x.dtype))
    under = int(case.bias[0])
    return np.asarray(np.clip((2 * sums + under) // (2 * under), 0, 255).astype(np.uint8))


def of(dtype: str, count: int) -> Oracle:
    return Oracle(count, lambda rng: draw_filter(rng, dtype=dtype), (filter_kernel,), filter_scipy)


ORACLES: dict[str, Oracle] = {
    "filter2d of bytes, scipy": of("uint8", 900),
    "filter2d of float32, scipy": of("float32", 500),
    "filter2d of float64, scipy": of("float64", 300),
}
