"""Fields, held against ones that SciPy sends back through the layers."""

import re
from itertools import pairwise

import pytest
from exercises.reading import drawn, equations, flat, only
from exercises.scipy_field import field, layers_of


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_finds_the_same_field(level: int) -> None:
    dilated = pooled = 0
    for exercise in drawn("receptive-field", level):
        text = flat(exercise.prompt)
        layers = layers_of(text)
        assert only(exercise).answer == field(layers), exercise.id
        dilated += any(layer.dilation > 1 for layer in layers)
        pooled += "pooling" in text
    assert (dilated > 0, pooled > 0) == (level == 3, level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("receptive-field", level):
        said = [flat(step) for step in exercise.solution[:-1]]
        for step in said:
            for sides in equations(step):
                assert len(set(sides)) == 1, step
        fields = [int(re.findall(r"= (\d+) cells", step)[0]) for step in said]
        assert fields[-1] == only(exercise).answer
        assert all(now <= after for now, after in pairwise(fields))
