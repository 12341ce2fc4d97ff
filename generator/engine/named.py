"""The picture kernels everybody meets, by name and in exact numbers.

They are written for cross-correlation, which is what networks and picture libraries compute: the
number at a place weighs the pixel at that place. So ``sobel-x`` is positive where it gets brighter
to the right, and ``sobel-y`` where it gets brighter downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, lcm

from generator.model import Rows
from generator.numerals import Number, exact, total


@dataclass(frozen=True, slots=True)
class NamedKernel:
    """A kernel with a name.

    Parameters
    ----------
    name
        What a reader writes: ``box-blur``.
    rows : (K, K)
        The weights, exact.
    says
        What it does to a picture, in one sentence.

    Examples
    --------
    >>> gaussian = NAMED["gaussian"]
    >>> gaussian.numerators, gaussian.denominator, gaussian.sum
    (((1, 2, 1), (2, 4, 2), (1, 2, 1)), 16, 1)
    """

    name: str
    rows: Rows
    says: str

    @property
    def sum(self) -> Number:
        """Sum of the weights: what an even surface is multiplied by.

        1 keeps the brightness of the picture, 0 turns even surfaces black.

        >>> NAMED["sharpen"].sum, NAMED["laplacian-8"].sum
        (1, 0)
        """
        return total([weight for row in self.rows for weight in row])

    @property
    def denominator(self) -> int:
        """The number that stands under the fraction in front of the matrix; 1 for none."""
        return common_denominator(self.rows)[1]

    @property
    def numerators(self) -> tuple[tuple[int, ...], ...]:
        """The matrix behind that fraction, in whole numbers."""
        return common_denominator(self.rows)[0]


def common_denominator(rows: Rows) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return whole numbers and the one denominator under all of them.

    >>> common_denominator(((Fraction(1, 2), 3), (Fraction(1, 3), 0)))
    (((3, 18), (2, 0)), 6)
    """
    under = lcm(*(weight.denominator for row in rows for weight in row))
    return tuple(tuple(int(weight * under) for weight in row) for row in rows), under


def exact_weights(rows: object) -> Rows:
    """Return the weights of a kernel that somebody wrote, as exact numbers.

    A float counts as the fraction with a denominator of at most 10,000 that it is nearest to, if
    it is the float nearest to that one too: 0.1111111111111111 is 1/9. Any other counts as the
    binary number that it is.

    Raises
    ------
    ValueError
        If `rows` are no matrix of finite numbers; the text says what is wanted.

    Examples
    --------
    >>> exact_weights([[1 / 9, 0.25, -2]])
    ((Fraction(1, 9), Fraction(1, 4), -2),)
    """
    wanted = "rows of one length, of finite numbers"
    if not isinstance(rows, (tuple, list)) or not rows:
        raise ValueError(wanted)
    if not all(isinstance(row, (tuple, list)) and len(row) == len(rows[0]) > 0 for row in rows):
        raise ValueError(wanted)
    try:
        return tuple(tuple(_weight(value) for value in row) for row in rows)
    except ValueError:
        raise ValueError(wanted) from None


def _weight(value: object) -> Number:
    if not isinstance(value, float) or not isfinite(value):
        return exact(value)
    simple = Fraction(value).limit_denominator(10_000)
    return total([simple if float(simple) == value else Fraction(value)])


def _kernel(name: str, text: str, says: str, *, under: int = 1) -> NamedKernel:
    """Read a kernel as it is printed: rows of whole numbers over one denominator."""
    rows = tuple(
        tuple(total([Fraction(int(word), under)]) for word in line.split())
        for line in text.split("/")
    )
    return NamedKernel(name, rows, says)


#: In the order a course would show them: nothing, blurs, sharpening, edges, slopes, relief.
NAMED: dict[str, NamedKernel] = {
    kernel.name: kernel
    for kernel in (
        _kernel(
            "identity",
            "0 0 0 / 0 1 0 / 0 0 0",
            "Keeps every pixel as it is.",
        ),
        _kernel(
            "box-blur",
            "1 1 1 / 1 1 1 / 1 1 1",
            "Replaces every pixel by the average of its 3×3 neighbourhood.",
            under=9,
        ),
        _kernel(
            "gaussian",
            "1 2 1 / 2 4 2 / 1 2 1",
            "Blurs softly: the nearer a neighbour, the more it counts.",
            under=16,
        ),
        _kernel(
            "gaussian-5",
            "1 4 6 4 1 / 4 16 24 16 4 / 6 24 36 24 6 / 4 16 24 16 4 / 1 4 6 4 1",
            "Blurs softly and more strongly, over a 5×5 neighbourhood.",
            under=256,
        ),
        _kernel(
            "motion-blur",
            "1 0 0 0 0 / 0 1 0 0 0 / 0 0 1 0 0 / 0 0 0 1 0 / 0 0 0 0 1",
            "Smears along the diagonal, as if the camera had moved from top left to bottom right.",
            under=5,
        ),
        _kernel(
            "sharpen",
            "0 -1 0 / -1 5 -1 / 0 -1 0",
            "Raises every pixel by how much it differs from its four neighbours.",
        ),
        _kernel(
            "laplacian-4",
            "0 -1 0 / -1 4 -1 / 0 -1 0",
            "Shows how much a pixel differs from its four neighbours; even surfaces turn black.",
        ),
        _kernel(
            "laplacian-8",
            "-1 -1 -1 / -1 8 -1 / -1 -1 -1",
            "Shows edges of every direction: how much a pixel differs from its eight neighbours.",
        ),
        _kernel(
            "edge-strong",
            "0 0 -1 0 0 / 0 -1 -2 -1 0 / -1 -2 16 -2 -1 / 0 -1 -2 -1 0 / 0 0 -1 0 0",
            "Shows edges of every direction strongly: a blur and a Laplacian in one 5×5 kernel.",
        ),
        _kernel(
            "prewitt-x",
            "-1 0 1 / -1 0 1 / -1 0 1",
            "Shows upright edges: positive where it gets brighter to the right.",
        ),
        _kernel(
            "prewitt-y",
            "-1 -1 -1 / 0 0 0 / 1 1 1",
            "Shows level edges: positive where it gets brighter downwards.",
        ),
        _kernel(
            "sobel-x",
            "-1 0 1 / -2 0 2 / -1 0 1",
            "Shows upright edges and counts the middle row twice, which quietens noise.",
        ),
        _kernel(
            "sobel-y",
            "-1 -2 -1 / 0 0 0 / 1 2 1",
            "Shows level edges and counts the middle column twice, which quietens noise.",
        ),
        _kernel(
            "scharr-x",
            "-3 0 3 / -10 0 10 / -3 0 3",
            "Shows upright edges, and finds the direction of slanted ones more truly than Sobel.",
        ),
        _kernel(
            "scharr-y",
            "-3 -10 -3 / 0 0 0 / 3 10 3",
            "Shows level edges, and finds the direction of slanted ones more truly than Sobel.",
        ),
        _kernel(
            "emboss",
            "-2 -1 0 / -1 1 1 / 0 1 2",
            "Lights the picture from the top left, so that edges look raised.",
        ),
    )
}
