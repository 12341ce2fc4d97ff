"""Pictures before and after, held against SciPy's filter."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, flat, only, options, whole
from scipy.ndimage import correlate

from generator.prose import Figure, Grid, Prose


def pictures(prose: Prose) -> list[np.ndarray]:
    """The pictures of a prose, as numbers."""
    return [
        np.array(node.spec.params.input.rows)  # type: ignore[attr-defined]
        for node in prose
        if isinstance(node, Figure)
    ]


def filtered(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """What SciPy makes of a picture, halves rounded up, as a picture keeps it."""
    found: np.ndarray = correlate(x.astype(float), w, mode="nearest")
    # Sums of ninths as floats: a half may come out a little less.
    return np.clip(np.floor(found + 0.5 + 1e-9), 0, 255).astype(int)


def kernel(prose: Prose) -> np.ndarray:
    """The weights of the kernel in a prose."""
    (shown,) = (n for n in prose if isinstance(n, Grid) and n.name.startswith("Kernel"))
    under = re.search(r"each weight divided by (\d+)", shown.name)
    weights = np.array([[float(weight or 0) for weight in row] for row in shown.rows])
    return weights / int(under[1]) if under else weights


def far(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether at least six pixels differ by at least 24 levels of grey."""
    return bool((abs(one - other) >= 24).sum() >= 6)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_one_kernel_makes_the_picture_and_the_others_do_not_come_near(level: int) -> None:
    for exercise in drawn("which-kernel", level):
        before, after = pictures(exercise.prompt)
        question = only(exercise)
        assert not (before == after).all() or "identity" in flat(
            options(question)[whole(question.answer) - 1]
        )
        for place, option in enumerate(options(question), 1):
            made = filtered(before, kernel(option))
            if place == question.answer:
                assert (made == after).all(), exercise.id
            else:
                assert far(made, after), exercise.id


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_pixel_that_tells_is_what_it_would_be(level: int) -> None:
    for exercise in drawn("which-kernel", level):
        before, after = pictures(exercise.prompt)
        for mistake in only(exercise).mistakes:
            w = kernel(options(only(exercise))[whole(mistake.value) - 1])
            told = re.search(r"row (\d), column (\d) it would make (\d+), not (\d+)", mistake.says)
            assert told
            i, j, made, right = map(int, told.groups())
            assert filtered(before, w)[i - 1, j - 1] == made
            assert after[i - 1, j - 1] == right
            assert abs(made - right) >= 24
