"""Pixels, held against NumPy's indexing."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, flat, grid

from generator.paper import Exercise


def _image(exercise: Exercise) -> np.ndarray:
    """The image that is read, cropped and mirrored as the prompt says."""
    text = flat(exercise.prompt)
    x = np.array(grid(exercise.prompt, "Image"))
    if crop := re.search(r"rows (\d+) to (\d+) and columns (\d+) to (\d+)", text):
        top, bottom, left, right = map(int, crop.groups())
        x = x[top - 1 : bottom, left - 1 : right]
    if "left to right" in text:
        return np.fliplr(x)
    return np.flipud(x) if "top to bottom" in text else x


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_reads_the_same(level: int) -> None:
    for exercise in drawn("read-pixel", level):
        x = _image(exercise)
        where, value = exercise.questions
        best = np.argmax if "brightest" in flat(where.prompt) else np.argmin
        row, column = np.unravel_index(best(x), x.shape)
        assert where.answer == (row + 1, column + 1)
        named = re.findall(r"row (\d+), column (\d+)", flat(value.prompt))
        pixels = [int(x[int(row) - 1, int(column) - 1]) for row, column in named]
        assert value.answer == (pixels[0] - pixels[1] if level == 2 else pixels[0])
        assert len(pixels) == (2 if level == 2 else 1)
        assert ("cropped" in flat(exercise.prompt)) == (level == 3)
