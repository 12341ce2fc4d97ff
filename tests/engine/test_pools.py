"""Pooling through every loop: windows that touch, that overlap, that nobody expects."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.engine import ops

WALKS = [(2, 2), (3, 3), (3, 2), (3, 1), (2, 1), (5, 3), (7, 7)]


def windows(x: NDArray[Any], size: int, stride: int) -> NDArray[Any]:
    """Return the cells of every window."""
    seen = np.lib.stride_tricks.sliding_window_view(x, (size, size), (-2, -1))
    return seen[..., ::stride, ::stride, :, :].reshape(
        *seen[..., ::stride, ::stride, 0, 0].shape, -1
    )


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_every_loop(walk: tuple[int, int], dtype: str) -> None:
    rng = np.random.default_rng([*walk, *dtype.encode()])
    for shape in ((1, 7, 7), (2, 9, 8), (3, 8, 28), (2, 3, 21, 70), (1, 40, 301)):
        x = rng.integers(-99, 100, shape).astype(dtype)
        cells = windows(x, *walk)
        for way in (x, np.asfortranarray(x)):
            assert np.array_equal(ops.max_pool2d(way, *walk), cells.max(-1))
            average = ops.avg_pool2d(way, *walk)
            assert np.allclose(average, cells.sum(-1) / walk[0] ** 2, rtol=1e-6)
            assert np.array_equal(ops.avg_pool2d(way, *walk, divisor_override=2), cells.sum(-1) / 2)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("pool", [ops.max_pool2d, ops.avg_pool2d])
def test_nan_reaches_its_windows_and_no_others(
    walk: tuple[int, int], pool: Callable[..., NDArray[Any]]
) -> None:
    for dtype in ("float32", "float64"):
        for at in ((0, 0), (8, 13), (20, 69), (3, 33)):
            x = np.ones((1, 21, 70), dtype)
            x[0, at[0], at[1]] = np.nan
            assert np.array_equal(np.isnan(pool(x, *walk)), np.isnan(windows(x, *walk)).any(-1)), (
                dtype,
                at,
            )


def test_large_inputs_are_pooled_in_bands() -> None:
    x = np.random.default_rng(5).integers(-99, 100, (2, 3, 700, 900)).astype(np.float32)
    for walk in ((2, 2), (3, 2)):
        assert np.array_equal(ops.max_pool2d(x, *walk), windows(x, *walk).max(-1))
