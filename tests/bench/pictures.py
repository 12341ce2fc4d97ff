"""Picture filters and pooling beside OpenCV, SciPy, scikit-image and torch.

Filters write into memory that is there already, on both sides, but for scikit-image, which makes
its own. Poolings make new memory on both sides: torch's can do nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from skimage import filters as skimage_filters
from torch.nn import functional

from bench.measure import Call, Case
from generator.engine import ops

#: It has no types.
_SKIMAGE: Any = skimage_filters

#: Largest ratios ours / peer for kernels of any weights.
GOALS = {"OpenCV": 0.45, "scipy.ndimage": 0.05, "numpy copy": 1.5}
SIDES = (256, 1024, 2048)
#: Rows of Pascal's triangle: a blur whose weights are a column times a row, exactly.
BINOMIAL = {3: (1, 2, 1), 5: (1, 4, 6, 4, 1), 7: (1, 6, 15, 20, 15, 6, 1)}


def picture(side: int, dtype: str, *channels: int) -> NDArray[Any]:
    """Return a picture of noise, the same in every run."""
    return np.random.default_rng(side).integers(0, 256, (side, side, *channels)).astype(dtype)


def weights(size: int) -> NDArray[np.float64]:
    """Return weights that are no column times a row: sixteenths, which every peer holds exactly."""
    return np.random.default_rng(size).integers(-9, 10, (size, size)) / 16


def by_sides(dtype: str, *channels: int) -> Iterator[Case]:
    """Yield filters of any weights."""
    for side in SIDES:
        cells, out, theirs = (picture(side, dtype, *channels) for _ in range(3))
        for size in (3, 5, 7):
            yield filtered(cells, out, theirs, weights(size))


def filtered(
    cells: NDArray[Any], out: NDArray[Any], theirs: NDArray[Any], kernel: NDArray[np.float64]
) -> Case:
    """Return the case of one kernel of any weights."""
    small, size = kernel.astype(np.float32), len(kernel)
    peers: dict[str, Call] = {"OpenCV": lambda: cv2.filter2D(cells, -1, small, dst=theirs)}
    if cells.ndim == 2:
        peers["scipy.ndimage"] = lambda: ndimage.correlate(
            cells, kernel, output=theirs, mode="mirror"
        )
    if size == 3:
        peers["numpy copy"] = lambda: np.copyto(theirs, cells)
    return Case(
        f"filter2d {size}×{size}, {cells.dtype} {'×'.join(map(str, cells.shape))}",
        lambda: ops.filter2d(cells, kernel, out=out),
        peers,
        {peer: GOALS[peer] for peer in peers},
    )


def apart(dtype: str) -> Iterator[Case]:
    """Yield filters whose weights are a column times a row."""
    for side in SIDES:
        cells, out, theirs = (picture(side, dtype) for _ in range(3))
        for size, line in BINOMIAL.items():
            yield blurred(cells, out, theirs, np.array(line) / 2 ** (size - 1))


def blurred(
    cells: NDArray[Any], out: NDArray[Any], theirs: NDArray[Any], line: NDArray[np.float64]
) -> Case:
    """Return the case of one blur."""
    kernel, small, size = np.outer(line, line), line.astype(np.float32), len(line)
    return Case(
        f"filter2d {size}×{size} blur, {cells.dtype} {'×'.join(map(str, cells.shape))}",
        lambda: ops.filter2d(cells, kernel, out=out),
        {"OpenCV sepFilter2D": lambda: cv2.sepFilter2D(cells, -1, small, small, dst=theirs)},
        {"OpenCV sepFilter2D": 0.5},
    )


def sobel() -> Iterator[Case]:
    """Yield the slope of a picture, which scikit-image scales by a quarter."""
    for side in SIDES:
        cells, out = (picture(side, "float32") for _ in range(2))
        yield sloped(cells, out)


def sloped(cells: NDArray[Any], out: NDArray[Any]) -> Case:
    """Return the case of one slope."""
    kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 4
    return Case(
        f"filter2d sobel-x, float32 {len(cells)}×{len(cells)}",
        lambda: ops.filter2d(cells, kernel, out=out),
        {"scikit-image": lambda: _SKIMAGE.sobel_v(cells)},
        {"scikit-image": 0.05},
    )


POOLS = ((2, 2, 0), (3, 3, 0), (3, 2, 1), (3, 1, 1))
SHAPES = ((1, 6, 28, 28), (64, 6, 28, 28), (1, 64, 56, 56), (1, 64, 112, 112), (1, 3, 1024, 1024))


def pools() -> Iterator[Case]:
    """Yield poolings; both sides make new memory."""
    for shape in SHAPES:
        x = np.random.default_rng(len(shape)).standard_normal(shape, np.float32)
        for walk in POOLS:
            for word in ("max", "avg"):
                yield pooled(x, walk, word)


def pooled(x: NDArray[Any], walk: tuple[int, int, int], word: str) -> Case:
    """Return the case of one pooling."""
    ours: Callable[..., Any] = getattr(ops, f"{word}_pool2d")
    theirs: Callable[..., Any] = getattr(functional, f"{word}_pool2d")
    tensor = torch.from_numpy(x)
    size, stride, padding = walk
    return Case(
        f"{word}_pool2d {size}×{size}, stride {stride}, padding {padding}, "
        f"{'×'.join(map(str, x.shape))}",
        lambda: ours(x, *walk),
        {"torch": lambda: theirs(tensor, *walk)},
        {"torch": 0.5},
    )


def filters() -> Iterator[Case]:
    """Yield all filters."""
    for dtype in ("float32", "uint8"):
        yield from by_sides(dtype)
        yield from apart(dtype)
    yield from by_sides("uint8", 3)
    yield from sobel()
