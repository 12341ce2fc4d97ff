"""The layer with the most, held against the sizes of the tensors that onnxruntime takes."""

from collections import Counter

import pytest
from exercises.onnx_oracle import chain, network_of
from exercises.reading import drawn, flat, number, only

from generator.paper import Choice


@pytest.mark.parametrize("level", [1, 2, 3])
def test_its_tensors_are_the_largest(level: int) -> None:
    right: Counter[str] = Counter()
    for exercise in drawn("most-parameters", level)[:60]:
        shape, layers = network_of(flat(exercise.prompt))
        made = chain(shape, layers, run=True)
        question = only(exercise)
        assert isinstance(question.form, Choice)
        assert isinstance(question.answer, int)
        places = [number(r"Layer (\d+)", flat(each)) for each in question.form.options]
        answer = places[question.answer - 1]
        assert made[answer - 1].params == max(each.params for each in made), exercise.id
        right[layers[answer - 1][0]] += 1
    # Not always the dense layer.
    assert right["Conv"] >= 0.1 * right.total()
    assert right["Gemm"] >= 0.1 * right.total()
