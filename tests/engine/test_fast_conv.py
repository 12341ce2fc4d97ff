"""The fast ways of convolution: which is taken when, and that all give the same numbers."""

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np
import pytest
from engine.cases import numbers
from numpy.typing import NDArray

from generator.engine import jit, kernels, ops, winograd
from generator.engine.shapes import Axis, Plane
from generator.errors import UserError

Array = NDArray[Any]


def plain(x: Array, weight: Array, bias: Array, padding: int) -> Array:
    """Convolve by the loop that does what the formula says, in whole numbers."""
    sides = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    padded = np.pad(x, sides).astype(np.int64)
    out = np.empty((len(x), len(weight), padded.shape[2] - 2, padded.shape[3] - 2), np.int64)
    taps, shift = weight.astype(np.int64), bias.astype(np.int64)
    kernels.correlate(padded, taps, shift, (1, 1, 1, 1), out)
    return out


def drawn(seed: int, height: int, width: int, channels: int = 24, maps: int = 31) -> list[Array]:
    rng = np.random.default_rng(seed)
    x = numbers(rng, 2, channels, height, width)
    return [x, numbers(rng, maps, channels, 3, 3), numbers(rng, maps)]


def walk(x: Array, padding: int) -> Plane:
    rows, columns = (Axis(size, 3, 1, padding, padding) for size in x.shape[-2:])
    return Plane(rows, columns)


def winograd_on_an_odd_size() -> None:
    """Rows and columns that are odd end in half a tile."""
    x, w, b = drawn(3, 21, 17)
    assert winograd.suits(x, w, walk(x, 1), 1)
    wanted = plain(x, w, b, 1)
    found = np.empty(wanted.shape, x.dtype)
    assert winograd.convolve_once(x, w, b, walk(x, 1), found)
    assert np.array_equal(found, wanted)


def test_winograd_is_exact_on_small_whole_numbers() -> None:
    winograd_on_an_odd_size()
    for height, width, padding in ((40, 40, 0), (12, 60, 1), (61, 11, 2), (30, 31, 1)):
        x, w, b = drawn(height, height, width)
        wanted = plain(x, w, b, padding)
        found = np.empty(wanted.shape, x.dtype)
        assert winograd.convolve(x, winograd.turned(w), b, walk(x, padding), found)
        assert np.array_equal(found, wanted), (height, width)


def test_winograd_is_near_on_real_numbers() -> None:
    rng = np.random.default_rng(4)
    x, w = rng.standard_normal((1, 64, 40, 40)), rng.standard_normal((64, 64, 3, 3))
    small, exact = x.astype("float32"), ops.conv2d(x, w, padding=1)
    assert winograd.suits(small, w.astype("float32"), walk(x, 1), 1)
    got = ops.conv2d(small, w.astype("float32"), padding=1)
    assert np.abs(got - exact).max() < 2e-6 * np.abs(exact).max()


@pytest.mark.parametrize("bad", [np.nan, np.inf, 3e38])
def test_what_is_no_number_stays_in_the_windows_that_read_it(bad: float) -> None:
    x, w, b = drawn(5, 20, 22)
    x[1, 3, 10, 11] = bad
    w[:, 3] = np.abs(w[:, 3]) + 1
    assert winograd.suits(x, w, walk(x, 1), 1)
    got = ops.conv2d(x, w, b, padding=1)
    spoiled = np.zeros(got.shape, bool)
    spoiled[1, :, 9:12, 10:13] = True
    clean = x.copy()
    clean[1, 3, 10, 11] = 0
    assert np.array_equal(got[~spoiled], plain(clean, w, b, 1)[~spoiled])
    assert (got[spoiled] > 1e38).all() or np.isnan(got[spoiled]).all()


@pytest.fixture(params=[1, 2, 3])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """As many cores as a machine might have, each worth calling for the least work."""
    from generator.engine import windows

    monkeypatch.setattr(jit, "cores", lambda: request.param)
    monkeypatch.setattr(jit, "_WORTH", 1)
    caches = windows.layout, winograd._cut
    for cache in caches:
        cache.cache_clear()
    yield request.param
    for cache in caches:
        cache.cache_clear()


def test_the_number_of_cores_changes_no_number(cores: int) -> None:
    rng = np.random.default_rng(6)
    x, w = rng.standard_normal((2, 30, 33, 25)), rng.standard_normal((40, 30, 3, 3))
    for dtype in ("float32", "float64"):
        found = ops.conv2d(x.astype(dtype), w.astype(dtype), padding=1)
        again = [ops.conv2d(one.astype(dtype), w.astype(dtype), padding=1) for one in x]
        assert np.allclose(found, again, rtol=0, atol=1e-5 if dtype == "float32" else 1e-12)
    strided = ops.conv2d(x, w, stride=2, padding=1)
    assert np.allclose(strided, ops.conv2d(x, w, padding=1)[:, :, ::2, ::2], rtol=0, atol=1e-12)


def test_inputs_are_not_changed_and_may_lie_anyhow() -> None:
    x, w, b = drawn(7, 30, 30)
    keep = [array.copy() for array in (x, w, b)]
    wanted = ops.conv2d(x, w, b, padding=1)
    assert all(np.array_equal(now, then) for now, then in zip((x, w, b), keep, strict=True))
    turned = np.asfortranarray(x)
    assert np.array_equal(ops.conv2d(turned, w[::-1][::-1], b, padding=1), wanted)
    for array in keep:
        array.flags.writeable = False
    assert np.array_equal(ops.conv2d(keep[0], keep[1], keep[2], padding=1), wanted)


def test_a_call_within_a_call_has_memory_of_its_own() -> None:
    """A signal may come between any two lines, and its answer may convolve as well."""
    x, w, b = drawn(8, 30, 30)
    other = -x
    wanted, opposite = ops.conv2d(x, w, b, padding=1), ops.conv2d(other, w, b, padding=1)
    calls = 0

    def between(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal calls
        if frame.f_code.co_name in ("run", "convolve", "laid", "turned") and calls < 200:
            calls += 1
            sys.settrace(None)
            assert np.array_equal(ops.conv2d(other, w, b, padding=1), opposite)
            sys.settrace(between)
        return between

    sys.settrace(between)
    try:
        got = ops.conv2d(x, w, b, padding=1)
    finally:
        sys.settrace(None)
    assert calls > 10
    assert np.array_equal(got, wanted)


def test_what_winograd_s_way_loses_is_as_small_as_its_docstring_says() -> None:
    x, w = np.ones((1, 24, 20, 20), np.float32), np.zeros((24, 24, 3, 3), np.float32)
    x[0, 0, :, 9] = large = 1e6
    w[:, 0, 1, 0] = w[:, 0, 1, 2] = w[:, 1, 1, 1] = 1
    got, plain_way = ops.conv2d(x, w), ops.conv2d(x, w[:23])
    assert np.array_equal(plain_way[0, 0, 5, 6:11], [3, 1e6 + 2, 3, 1e6 + 2, 3])
    assert np.abs(got[:, :23] - plain_way).max() <= 4 * np.finfo(np.float32).eps * large


@pytest.mark.parametrize("size", [2**31, 2**70])
def test_sizes_beyond_all_memory_are_refused(size: int) -> None:
    x = np.zeros((1, 4, 4), np.float32)
    calls: tuple[Callable[[], Array], ...] = (
        lambda: ops.conv2d(x, x[None], stride=size),
        lambda: ops.conv2d(x.astype(int), x[None].astype(int), dilation=size),
        lambda: ops.max_pool2d(x, 3, stride=size),
        lambda: ops.avg_pool2d(x, 2, divisor_override=size),
        lambda: ops.conv2d(x, x[None], padding=size),
    )
    for call in calls:
        with pytest.raises(UserError, match="a whole number"):
            call()
