"""Average pooling, held against onnxruntime."""

import re

import numpy as np
import pytest
from exercises.onnx_oracle import pooled
from exercises.reading import drawn, flat, grid, number, only


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnxruntime_finds_the_same_map(level: int) -> None:
    counted = set()
    for exercise in drawn("pooling-average", level):
        text = flat(exercise.prompt)
        kernel, stride = number(r"(\d+) × \d+ window", text), number(r"stride (\d+)", text)
        padding = number(r"padding is (\d+)", text)
        counts = "count_include_pad=True" in text
        assert counts != ("count_include_pad=False" in text) or level < 3
        x = grid(exercise.prompt, "Input")
        found = pooled("AveragePool", x, kernel, stride, padding, count_include_pad=int(counts))
        assert np.allclose(found, np.array(only(exercise).answer, float), rtol=1e-6), exercise.id
        counted.add(counts)
    assert counted == ({True, False} if level == 3 else {False})


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_window_is_written_out(level: int) -> None:
    for exercise in drawn("pooling-average", level):
        answers = np.ravel(np.array(only(exercise).answer, float))
        assert len(answers) == len(exercise.solution) - 1
        for step, answer in zip(exercise.solution, answers, strict=False):
            (found,) = re.findall(r": \((.*)\)/(\d+) = (\d+)/", flat(step))
            assert sum(map(int, found[0].split(" + "))) == int(found[2])
            assert int(found[2]) / int(found[1]) == pytest.approx(answer)
