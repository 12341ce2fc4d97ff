"""Max pooling, held against onnxruntime."""

import re

import numpy as np
import pytest
from exercises.onnx_oracle import pooled
from exercises.reading import drawn, flat, grid, number, only


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnxruntime_finds_the_same_map(level: int) -> None:
    for exercise in drawn("pooling-max", level):
        text = flat(exercise.prompt)
        kernel, stride = number(r"(\d+) × \d+ window", text), number(r"stride (\d+)", text)
        padding = number(r"padding is (\d+)", text)
        x = grid(exercise.prompt, "Input")
        found = pooled("MaxPool", x, kernel, stride, padding)
        assert np.array_equal(found, np.array(only(exercise).answer, float)), exercise.id
        assert np.array_equal(found, grid(exercise.solution[-1], "Map"))
        assert (kernel > stride, padding > 0) == (level > 1, level > 2)
        assert ("−∞" in text) == (level == 3)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_window_is_written_out(level: int) -> None:
    for exercise in drawn("pooling-max", level):
        maxima = []
        for step in exercise.solution[:-1]:
            (found,) = re.findall(r"max\((.*)\) = (\S+)\.", flat(step))
            seen = [int(each.replace("−", "-")) for each in found[0].split(", ")]
            maxima.append(int(found[1].replace("−", "-")))
            assert max(seen) == maxima[-1]
        assert maxima == np.ravel(np.array(only(exercise).answer, int)).tolist()
