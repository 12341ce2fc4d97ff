"""Kernels, run both ways by SciPy over pictures of its own."""

import numpy as np
import pytest
from exercises.reading import drawn, flat, grid, only, options, whole
from scipy.signal import convolve2d, correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_agrees_with_one_option_only(level: int) -> None:
    x = np.random.default_rng(12).integers(0, 256, (9, 9))
    for exercise in drawn("flip-equal", level):
        sign = -1 if "opposite" in flat(exercise.prompt) else 1
        assert sign == (-1 if level == 3 else 1)
        agree = []
        for place, option in enumerate(options(only(exercise)), 1):
            w = np.array(grid(option, "Kernel"))
            maps = [way(x, w, mode="valid") for way in (correlate2d, convolve2d)]
            if (maps[0] == sign * maps[1]).all():
                agree.append(place)
        assert agree == [only(exercise).answer], exercise.id


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_wrong_kernels_are_what_their_mistakes_say(level: int) -> None:
    for exercise in drawn("flip-equal", level):
        sign = -1 if level == 3 else 1
        kernels = [np.array(grid(each, "Kernel")) for each in options(only(exercise))]
        for mistake in only(exercise).mistakes:
            w = kernels[whole(mistake.value) - 1]
            looks = {
                "mirror image taken for a turn": sign * w[:, ::-1],
                "transposing taken for a turn": sign * w.T,
                "sign overlooked": -sign * w[::-1, ::-1],
                "only the order of rows compared": w[::-1],
            }
            assert (looks[mistake.name] == w).all(), (exercise.id, mistake.name)
