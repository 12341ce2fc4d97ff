"""Windows, held against NumPy's sliding view."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number, only
from numpy.lib.stride_tricks import sliding_window_view


def _positions(image: tuple[int, int], window: tuple[int, int], *, pieces: bool) -> int:
    view = sliding_window_view(np.zeros(image), window)
    step = window if pieces else (1, 1)
    down, across = view[:: step[0], :: step[1]].shape[:2]
    return int(down * across)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_has_as_many_windows(level: int) -> None:
    for exercise in drawn("window-count", level):
        text, answer = flat(exercise.prompt), only(exercise).answer
        image = number(r"(\d+) rows", text), number(r"(\d+) columns", text)
        if level == 3:
            positions = number(r"has (\d+) positions", text)
            fit = [
                side
                for side in range(1, min(image) + 1)
                if _positions(image, (side, side), pieces=False) == positions
            ]
            assert fit == [answer]
        else:
            window = number(r"(\d+) × \d+ pixels", text), number(r"× (\d+) pixels", text)
            assert answer == _positions(image, window, pieces="pieces" in text)
            assert window[0] == window[1] or level == 2
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(found) >= 2
        assert all(len(set(sides)) == 1 for sides in found), exercise.id
