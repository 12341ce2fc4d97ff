"""Picture filters where exactness is hardest, and on pictures of many strips."""

from fractions import Fraction

import numpy as np
import pytest
from engine.cases import Array, Case, numbers
from engine.oracles_picture import filter_kernel, filter_scipy

from generator.engine import ops
from generator.engine.named import NAMED
from generator.engine.picture_plan import plan
from generator.engine.shapes import PADDING_MODES, Axis, PaddingMode, Plane
from generator.engine.stencil_ir import TALL
from generator.errors import UserError


def test_every_byte_is_rounded_half_up_exactly() -> None:
    rng = np.random.default_rng(7)
    picture = np.arange(256, dtype=np.uint8)[None]
    for numerator, under in rng.integers((-3000, 1), (3000, 3000), (1500, 2)).tolist():
        got = ops.filter2d(picture, ((Fraction(numerator, under),),))
        exact = [(2 * numerator * value + under) // (2 * under) for value in range(256)]
        assert got.tolist() == [[min(max(v, 0), 255) for v in exact]], (numerator, under)


@pytest.mark.parametrize("digits", range(1, 11))
def test_bytes_are_exact_next_to_every_half(digits: int) -> None:
    """Aim the sum of two products at (k + ½)·denominator and at its two neighbours."""
    rng = np.random.default_rng(digits)
    for _ in range(200):
        under = 2 * int(rng.integers(1, 10**digits // 2, endpoint=True))
        grey, k = (int(n) for n in rng.integers(0, 255, 2))
        slope = int(rng.integers(-under, under, endpoint=True))
        for away in (-1, 0, 1):
            total = (2 * k + 1) * under // 2 + away
            weights = (Fraction(total - slope * grey, under), Fraction(slope, under))
            got = ops.filter2d(np.array([[1, grey]], np.uint8), (weights,), "zeros")
            assert got[0, 0] == (2 * total + under) // (2 * under), (weights, grey)


def test_large_pictures_are_filtered_in_bands() -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(0, 256, (700, 900, 3), dtype=np.uint8)
    case = Case(
        picture, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]), np.array([16]), mode="reflect"
    )
    assert np.array_equal(filter_kernel(case), filter_scipy(case))
    floats = Case(picture.astype(np.float32), numbers(rng, 5, 5, dtype="int64"), np.array([1]))
    assert np.array_equal(filter_kernel(floats), filter_scipy(floats))


def by_cell(picture: Array, kernel: Array, mode: PaddingMode) -> Array:
    """Filter in float64, cell by cell, with numpy's own padding."""
    high, wide = kernel.shape
    sides = [((k - 1) // 2, k // 2) for k in (high, wide)]
    how = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    padded = np.pad(
        np.atleast_3d(picture).astype(np.float64),
        (*sides, (0, 0)),
        mode=how[mode],  # type: ignore[call-overload]
    )
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape, (0, 1))
    return np.asarray(np.einsum("hwcab,ab->hwc", windows, kernel).reshape(picture.shape))


#: Smaller than a tile, a tile, one more, several; smaller than the ends of a row, and larger.
SIZES = [(1, 1), (2, 3), (3, 300), (4, 64), (5, 65), (9, 33), (67, 131), (70, 290), (200, 7)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("channels", [(), (3,), (5,)])
@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64"])
def test_every_way_through_the_loops(
    size: tuple[int, int], channels: tuple[int, ...], dtype: str
) -> None:
    rng = np.random.default_rng([*size, *channels, *dtype.encode()])
    picture = rng.integers(0, 256, (*size, *channels)).astype(dtype)
    line = rng.integers(-3, 4, 7)
    # A loop of its own, any size, a product of column and row, and one that is nearly one.
    kernels = [rng.integers(-2, 3, shape) for shape in ((3, 3), (5, 5), (7, 7), (4, 6), (9, 2))]
    kernels += [np.outer(rng.integers(-3, 4, k), line[:k]) for k in (3, 5, 7)]
    kernels += [kernels[-1] + np.eye(7, dtype=int)]
    for kernel in kernels:
        for mode in PADDING_MODES:
            reach = max(
                k // 2 - (n if mode == "circular" else n - 1)
                for k, n in zip(kernel.shape, size, strict=True)
            )
            if mode in ("reflect", "circular") and reach > 0:
                with pytest.raises(UserError, match="is too much for"):
                    ops.filter2d(picture, kernel, mode)
                continue
            wanted = by_cell(picture, kernel, mode)
            if dtype == "uint8":
                wanted = np.clip(wanted, 0, 255)
            for way in (picture, picture[::-1, ::-1].copy()[::-1, ::-1]):  # in one piece, or not
                got = ops.filter2d(way, kernel, mode)
                assert got.dtype == dtype
                assert np.array_equal(got, wanted), (kernel, mode)


def every_loop() -> None:
    """Run every line of the loops; what comes out is tested above."""
    for channels in (1, 3):
        picture = np.ones((21, 400, channels), np.float32)
        for name in ("gaussian", "gaussian-5", "sharpen", "edge-strong", "emboss"):
            for mode in PADDING_MODES:
                assert np.isfinite(ops.filter2d(picture, NAMED[name].rows, mode)).all()
    assert ops.filter2d(np.ones((6, 6)), np.ones((2, 7)), "zeros")[3, 3] == 12
    x = np.ones((2, 9, 40))
    for size, stride, padding in ((2, 2, 0), (3, 1, 1), (3, 2, 1), (4, 4, 4), (5, 2, 2)):
        assert (ops.avg_pool2d(x, size, stride, padding) <= 1).all()
    assert (ops.max_pool2d(x, (3, 5), 1, (1, 2)) == 1).all()


def test_weights_that_nearly_are_a_column_and_a_row() -> None:
    """One weight off by as little as a fraction can tell is no product any more."""
    picture = np.zeros((5, 5))
    picture[0, 0] = 10.0**6
    rows = [[Fraction(a * b, 10**6) for b in (1, 2, 1)] for a in (1, 2, 1)]
    rows[0][0] += Fraction(1, 10**6)
    got = ops.filter2d(picture, tuple(map(tuple, rows)), "zeros")
    assert got[:2, :2].tolist() == [[4, 2], [2, 2]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nan_and_infinity_reach_their_windows_and_no_others(dtype: str) -> None:
    for name in ("gaussian", "sobel-x", "emboss", "gaussian-5", "edge-strong"):
        half = len(NAMED[name].rows) // 2
        for value in (np.nan, np.inf):
            picture = np.ones((40, 300), dtype)
            picture[20, 150] = picture[0, 0] = value
            wild = ~np.isfinite(ops.filter2d(picture, NAMED[name].rows, "zeros"))
            wanted = np.zeros_like(wild)
            wanted[20 - half : 21 + half, 150 - half : 151 + half] = True
            wanted[: half + 1, : half + 1] = True
            assert np.array_equal(wild, wanted), (name, value)


def test_the_result_goes_where_it_is_wanted() -> None:
    rng = np.random.default_rng(1)
    for shape in ((1, 1), (30, 40), (30, 40, 3), (300, 400)):
        for dtype in ("uint8", "float32", "float64"):
            picture = rng.integers(0, 256, shape).astype(dtype)
            for again in range(2):  # with a plan that is made, and with one that was kept
                out = np.full(shape, 7, dtype)
                found = ops.filter2d(picture, NAMED["gaussian"].rows, "replicate", out)
                assert found is out, again
                assert np.array_equal(
                    out, ops.filter2d(picture, NAMED["gaussian"].rows, "replicate")
                )


def test_a_result_that_cannot_be_written() -> None:
    picture = np.ones((6, 8), np.float32)
    frozen = np.ones_like(picture)
    frozen.flags.writeable = False
    around = np.ones((7, 8), np.float32)
    for out, wanted in (
        ([[1]], "an array of NumPy"),
        (np.ones((8, 6), np.float32), "shape (6, 8)"),
        (np.ones((6, 8)), "float32"),
        (np.ones((8, 6), np.float32).T, "in one piece"),
        (frozen, "written to"),
        (picture, "no input lies in"),
    ):
        for kernel in (NAMED["sharpen"].rows, np.ones((3, 3))):
            for _ in range(2):
                with pytest.raises(UserError) as caught:
                    ops.filter2d(picture, kernel, out=out)  # type: ignore[arg-type]
                assert "out" in str(caught.value)
                assert wanted in str(caught.value)
                ops.filter2d(picture, kernel)
    with pytest.raises(UserError, match="no input lies in"):
        ops.filter2d(around[1:], NAMED["sharpen"].rows, out=around[:6])
    for x, out in (
        (picture[None], np.ones((1, 2, 4), np.float32)),
        (around[None], around[None, :3]),
    ):
        with pytest.raises(UserError, match=r"shape \(1, 3, 4\)"):
            ops.max_pool2d(x, 2, out=out)
    with pytest.raises(UserError, match="float64"):
        ops.avg_pool2d([[[1, 2], [3, 4]]], 2, out=np.ones((1, 1, 1), np.int64))


def test_a_plan_that_was_kept_is_for_that_kernel_alone() -> None:
    picture = np.arange(20, dtype=np.float32).reshape(4, 5)
    kernel = np.zeros((3, 3))
    for weight in (1, 2, 3):
        kernel[1, 1] = weight  # the same object, and another kernel
        assert np.array_equal(ops.filter2d(picture, kernel), weight * picture)
    for weight in range(1, 300):  # objects that come and go, at addresses that come again
        rows = ((0, 0, 0), (0, weight, 0), (0, 0, 0))
        assert np.array_equal(ops.filter2d(picture, rows), weight * picture)
    listed = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    for weight in (1, 2):
        listed[1][1] = weight
        assert np.array_equal(ops.filter2d(picture, listed), weight * picture)
    with pytest.raises(UserError):
        ops.filter2d(picture, kernel, "wrap")  # type: ignore[arg-type]


def test_a_kept_pooling_is_for_the_same_sizes_alone() -> None:
    x = np.arange(16, dtype=np.float32).reshape(1, 4, 4)
    for _ in range(2):
        assert ops.max_pool2d(x, 1, 1).tolist() == x.tolist()
        assert ops.max_pool2d(x, 2).tolist() == [[[5, 7], [13, 15]]]
        assert ops.avg_pool2d(x, [2, 2]).tolist() == [[[2.5, 4.5], [10.5, 12.5]]]
        for size in (2.0, True, (2, 2.0)):
            with pytest.raises(UserError):
                ops.max_pool2d(x, size)  # type: ignore[arg-type]
        out = np.empty((1, 2, 2), np.float32)
        assert ops.max_pool2d(x, 2, out=out) is out
        assert ops.avg_pool2d(x, (2, 2), out=out) is out
        assert out.tolist() == [[[2.5, 4.5], [10.5, 12.5]]]


@pytest.mark.parametrize("height", [1, 2, 3, 4, 5])
def test_a_kernel_of_one_row_reads_no_row_that_is_not_there(height: int) -> None:
    """Tiles read four rows at a time; a picture of fewer is laid out with room behind it."""
    picture = np.arange(height * 6000, dtype=np.uint8).reshape(height, 6000)
    kernel = ((1, -2, 3),)
    rows, columns = Axis(height, 1), Axis(6000, 3, 1, 1, 1)
    made = plan(kernel, kernel, Plane(rows, columns), 1, picture.dtype, "reflect")
    assert (made.fixed.layout[5] == 0) == (height < TALL)
    wide = np.pad(picture.astype(int), ((0, 0), (1, 1)), mode="reflect")
    sums = wide[:, :-2] - 2 * wide[:, 1:-1] + 3 * wide[:, 2:]
    assert np.array_equal(ops.filter2d(picture, kernel), sums.clip(0, 255))


@pytest.mark.parametrize("under", [65_535, 65_536, 65_537, 65_539, 131_071, 131_072])
def test_denominators_around_sixteen_bits(under: int) -> None:
    picture = np.full((8, 200), 255, np.uint8)
    for over in (100, 127, under // 3):
        exact = (Fraction(over, under) * 255 + Fraction(1, 2)).__floor__()
        got = ops.filter2d(picture, ((Fraction(over, under),),))
        assert (got == exact).all(), over
