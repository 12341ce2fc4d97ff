"""Values, held against NumPy."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, grid, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_inverts_alike(level: int) -> None:
    for exercise in drawn("image-values", level):
        values, image = exercise.questions
        bits = number(r"in (\d+) bits", flat(exercise.prompt))
        # Every pattern of bits there is.
        patterns = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, 8 - bits :]
        if bits <= 8:
            assert values.answer == len(np.unique(patterns, axis=0))
        else:
            assert values.answer == np.iinfo(np.uint16).max // 2 ** (16 - bits) + 1
        brighter = number(r"brighter by (\d+)", flat(image.prompt))
        assert (brighter > 0) == (level == 3)
        x = np.array(grid(exercise.prompt, "Image"), np.uint16) + np.uint16(brighter)
        white = np.uint16(int(str(values.answer)) - 1)
        # Below white, inverting is turning every bit over.
        inverted = np.bitwise_xor(np.minimum(x, white), white)
        assert image.answer == tuple(map(tuple, inverted.tolist()))


def test_the_solution_adds_up() -> None:
    for level in (1, 2, 3):
        for exercise in drawn("image-values", level):
            found = [eq for step in exercise.solution for eq in equations(flat(step))]
            assert len(found) >= 5
            assert all(len(set(sides)) == 1 for sides in found), exercise.id
