"""Two layers built by hand: their numbers, ready to be shown and to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from generator.numerals import Number
from generator.spec.matrix import Matrix
from generator.spec.volume import Volume, volume


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture, the first layer's detectors, and how the second layer puts them together."""

    input: Matrix
    kernels: Volume
    bias: Number
    combine: Volume
    combine_bias: Number


def _drawn(*lines: str) -> Matrix:
    """Read a picture from lines of ``.`` and ``#``."""
    return Matrix(tuple(tuple(int(sign == "#") for sign in line) for line in lines))


PRESETS = {
    # A line leaves to the right and one downwards, and neither comes from the other side.
    "corner": Layers(
        _drawn(
            ".........", ".........", "..#####..", "..#...#..", "..#####..", "..#......",
            "..#......", ".........", ".........",
        ),
        volume(((0, 0, 0), (1, 1, 1), (0, 0, 0)), ((0, 1, 0), (0, 1, 0), (0, 1, 0))),
        -2,
        volume(((0, 0, 0), (-1, 0, 1), (0, 0, 0)), ((0, -1, 0), (0, 0, 0), (0, 1, 0))),
        -1,
    ),
    # Right, down, right, down: the stairs of a line that falls to the right.
    "diagonal": Layers(
        _drawn(
            ".........", ".##......", "..##.....", "...##....", "....##...", ".....#...",
            ".#...#...", ".#####...", ".........",
        ),
        volume(((0, 0, 0), (0, 1, 1), (0, 0, 0)), ((0, 0, 0), (0, 1, 0), (0, 1, 0))),
        -1,
        volume(((1, 0, 0), (0, 1, 0), (0, 0, 0)), ((0, 1, 0), (0, 0, 1), (0, 0, 0))),
        -3,
    ),
}  # fmt: skip
