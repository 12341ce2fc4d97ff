"""Frames, held against NumPy's padding."""

from typing import Any

import numpy as np
import pytest
from exercises.reading import drawn, flat, grid, number, only, options, word

#: What NumPy calls the modes.
MODES: dict[str, Any] = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_pads_in_the_same_way(level: int) -> None:
    for exercise in drawn("padding-mode", level):
        text, question = flat(exercise.prompt), only(exercise)
        x, padding = np.array(grid(exercise.prompt, "Input")), number(r"by (\d+) cell", text)
        assert padding == (1 if level == 1 else 2)
        if level == 3:
            mode = word(r"in the mode (\w+)", text)
            padded = np.pad(x, padding, mode=MODES[mode]).tolist()
            same = [grid(option, "Padded") == padded for option in options(question)]
        else:
            padded = grid(exercise.prompt, "Padded")
            names = [word(r"^(\w+)", flat(option)) for option in options(question)]
            same = [np.pad(x, padding, mode=MODES[name]).tolist() == padded for name in names]
        assert same.index(True) + 1 == question.answer
        assert sum(same) == 1
