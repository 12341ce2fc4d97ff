"""The catalogue of picture kernels: exact numbers, and what each is said to be."""

from fractions import Fraction

import pytest

from generator.engine.named import NAMED, common_denominator, exact_weights
from generator.engine.trace import turned

SUMS = {
    "identity": 1,
    "box-blur": 1,
    "gaussian": 1,
    "gaussian-5": 1,
    "motion-blur": 1,
    "sharpen": 1,
    "laplacian-4": 0,
    "laplacian-8": 0,
    "edge-strong": 0,
    "prewitt-x": 0,
    "prewitt-y": 0,
    "sobel-x": 0,
    "sobel-y": 0,
    "scharr-x": 0,
    "scharr-y": 0,
    "emboss": 1,
}
ALL_ROUND = (
    *("identity", "box-blur", "gaussian", "gaussian-5"),
    *("sharpen", "laplacian-4", "laplacian-8", "edge-strong"),
)
UNDER = {"box-blur": 9, "gaussian": 16, "gaussian-5": 256, "motion-blur": 5}


def test_sums() -> None:
    assert {name: kernel.sum for name, kernel in NAMED.items()} == SUMS


@pytest.mark.parametrize("name", NAMED)
def test_every_kernel_is_exact_odd_and_square(name: str) -> None:
    kernel = NAMED[name]
    assert kernel.name == name
    assert len(kernel.rows) in {3, 5}
    assert all(len(row) == len(kernel.rows) for row in kernel.rows)
    assert all(isinstance(weight, (int, Fraction)) for row in kernel.rows for weight in row)
    assert kernel.denominator == UNDER.get(name, 1)
    assert kernel.says.endswith(".")
    assert kernel.says.count(".") == 1


@pytest.mark.parametrize("name", ALL_ROUND)
def test_kernels_without_a_direction_look_the_same_from_every_side(name: str) -> None:
    rows = NAMED[name].rows
    assert rows == turned(rows) == tuple(zip(*rows, strict=True)) == rows[::-1]


@pytest.mark.parametrize("name", ["prewitt", "sobel", "scharr"])
def test_slopes_are_each_others_transposes_and_change_sign_when_turned(name: str) -> None:
    x, y = NAMED[f"{name}-x"].rows, NAMED[f"{name}-y"].rows
    assert tuple(zip(*x, strict=True)) == y
    assert turned(x) == tuple(tuple(-weight for weight in row) for row in x)
    assert x[1][0] < 0 < x[1][2]  # bright to the right is positive


def test_sharpen_is_the_picture_plus_its_laplacian() -> None:
    added = tuple(
        tuple(a + b for a, b in zip(*rows, strict=True))
        for rows in zip(NAMED["identity"].rows, NAMED["laplacian-4"].rows, strict=True)
    )
    assert NAMED["sharpen"].rows == added


@pytest.mark.parametrize(
    ("name", "line"), [("gaussian", (1, 2, 1)), ("gaussian-5", (1, 4, 6, 4, 1))]
)
def test_gaussians_are_products_of_two_lines(name: str, line: tuple[int, ...]) -> None:
    assert NAMED[name].numerators == tuple(tuple(a * b for b in line) for a in line)


def test_the_decks_numbers() -> None:
    assert NAMED["laplacian-8"].rows == ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))
    assert NAMED["sharpen"].rows == ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
    assert NAMED["gaussian"].rows[1] == (Fraction(1, 8), Fraction(1, 4), Fraction(1, 8))
    assert NAMED["edge-strong"].rows[2] == (-1, -2, 16, -2, -1)


@pytest.mark.parametrize("name", NAMED)
def test_the_common_denominator_is_exact(name: str) -> None:
    rows = NAMED[name].rows
    numerators, under = common_denominator(rows)
    assert tuple(tuple(Fraction(n, under) for n in row) for row in numerators) == rows


@pytest.mark.parametrize("name", NAMED)
def test_weights_come_back_from_floats(name: str) -> None:
    rows = NAMED[name].rows
    assert exact_weights([[float(weight) for weight in row] for row in rows]) == rows


@pytest.mark.parametrize(
    "rows", [3, [], [[]], [1, 2], [[1, 2], [3]], [["a"]], [[None]], [[float("nan")]], [[True]]]
)
def test_what_is_no_matrix_of_numbers_is_refused(rows: object) -> None:
    with pytest.raises(ValueError, match=r"^rows of one length, of finite numbers$"):
        exact_weights(rows)
