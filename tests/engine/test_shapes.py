"""The geometry against plain enumeration: lay the cells out, push the window, write down."""

from itertools import product

import numpy as np
import pytest

from generator.engine.shapes import (
    PADDING_MODES,
    Axis,
    PaddingMode,
    Plane,
    furthest,
    padding_sides,
    source,
)

NUMPY_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def enumerate_windows(axis: Axis) -> tuple[list[tuple[int, ...]], int]:
    """Return what every window reads, by pushing it along, and the cells that are left over."""
    cells = list(range(-axis.before, axis.size + axis.after))
    windows: list[tuple[int, ...]] = []
    at = end = 0
    while True:
        picked, cell = [], at
        for _ in range(axis.kernel):
            picked.append(cell)
            cell += axis.dilation
        if picked[-1] >= len(cells):
            return windows, len(cells) - end
        end = picked[-1] + 1
        windows.append(tuple(cells[index] for index in picked))
        at += axis.stride


def test_axis_against_enumeration() -> None:
    rng = np.random.default_rng(21)
    legal = 0
    for size, kernel, stride, before, after, dilation in rng.integers(
        (1, 1, 1, 0, 0, 1), (13, 6, 5, 5, 5, 4), (8000, 6)
    ).tolist():
        given = (size, kernel, stride, before, after, dilation)
        if dilation * (kernel - 1) >= before + size + after:
            with pytest.raises(ValueError, match="the window is"):
                Axis(*given)
            continue
        legal += 1
        axis = Axis(*given)
        windows, left_over = enumerate_windows(axis)
        assert axis.output == len(windows), given
        assert [axis.reads(o) for o in range(axis.output)] == windows, given
        assert [axis.start(o) for o in range(axis.output)] == [w[0] for w in windows], given
        assert axis.extent == windows[0][-1] - windows[0][0] + 1, given
        assert axis.padded == before + size + after, given
        assert axis.remainder == left_over, given
        assert axis.remainder < stride, given
        visits = [sum(cell in window for window in windows) for cell in range(size)]
        assert list(axis.visits()) == visits, given
    assert legal > 5000


@pytest.mark.parametrize("size", range(1, 9))
@pytest.mark.parametrize("mode", PADDING_MODES)
def test_source_against_numpy(mode: PaddingMode, size: int) -> None:
    cells = np.arange(size) + 1
    for before, after in product(range(9), repeat=2):
        got = []
        try:
            for index in range(-before, size + after):
                at = source(index, size, mode)
                got.append(0 if at is None else int(cells[at]))
        except ValueError:
            assert max(before, after) > furthest(size, mode)
            continue
        assert max(before, after) <= furthest(size, mode)
        sides = (before, after)
        padded = np.pad(cells, sides, mode=NUMPY_MODES[mode])  # type: ignore[call-overload]
        assert got == padded.tolist()


def test_padding_words() -> None:
    for size, kernel, stride, dilation in product(
        range(1, 13), range(1, 7), range(1, 5), range(1, 4)
    ):
        before, after = padding_sides("same", size, kernel, stride, dilation)
        assert Axis(size, kernel, stride, before, after, dilation).output == -(-size // stride)
        assert after - before in {0, 1}
        assert padding_sides("valid", size, kernel, stride, dilation) == (0, 0)

        before, after = padding_sides("full", size, kernel, stride, dilation)
        axis = Axis(size, kernel, 1, before, after, dilation)
        assert all(visits == kernel for visits in axis.visits())
        # One cell more on either side and a window would stand beside the input.
        assert axis.start(0) + axis.extent - 1 == 0
        assert axis.start(axis.output - 1) == size - 1


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ((0, 3), "size is 0, but must be at least 1"),
        ((7, 0), "kernel is 0, but must be at least 1"),
        ((7, 3, 0), "stride is 0, but must be at least 1"),
        ((7, 3, 1, 0, 0, -1), "dilation is -1, but must be at least 1"),
        ((7, 3, 1, -1, 0), "padding is (-1, 0), but must not be negative"),
        ((4, 3, 1, 0, 0, 2), "the window is 5 long, but the padded input only 4"),
    ],
)
def test_impossible_axes(given: tuple[int, ...], text: str) -> None:
    with pytest.raises(ValueError, match=r"must|only") as caught:
        Axis(*given)
    assert str(caught.value) == text


def test_a_plane_is_two_axes() -> None:
    assert Plane(Axis(480, 2, 2), Axis(640, 2, 2)).output == (240, 320)
