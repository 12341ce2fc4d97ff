"""Values and bytes, held against NumPy's arrays."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_needs_the_same_room(level: int) -> None:
    for exercise in drawn("stored-values", level):
        text = flat(exercise.prompt)
        values, room = exercise.questions
        shape = tuple(number(rf"(\d+) {one}", text) for one in ("rows", "columns", "channels"))
        dtype = np.dtype(text.split("stored as a ")[1].split(",")[0])
        assert number(r"number of (\d+) bits", text) == 8 * dtype.itemsize
        image = np.empty(shape, dtype)
        assert values.answer == image.size
        asked = flat(room.prompt)
        if level == 3:
            megabytes = number(r"(\d+) MB", asked)
            buffer = np.empty(megabytes * 10**6, np.uint8)
            assert room.answer == len(buffer[image.nbytes - 1 :: image.nbytes])
        else:
            batch = np.broadcast_to(image, (number(r"batch of (\d+)", asked, 1), *shape))
            assert room.answer == batch.size * batch.itemsize
            assert ("batch" in asked) == (level == 2)
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(found) >= 3
        assert all(len(set(sides)) == 1 for sides in found)
