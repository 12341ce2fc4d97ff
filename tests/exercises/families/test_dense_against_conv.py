"""Both layers, held against the sizes of the tensors that onnxruntime takes for them."""

from fractions import Fraction
from math import prod

import pytest
from exercises.onnx_oracle import chain
from exercises.reading import drawn, equations, flat, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_tensors_have_so_many_numbers(level: int) -> None:
    for exercise in drawn("dense-against-conv", level)[:60]:
        text = flat(exercise.prompt)
        side = number(r"kernels of (\d+)", text)
        seen = (
            number(r"\d+ × \d+ × (\d+)", text),
            number(r"(\d+) × \d+ × \d+", text),
            number(r"\d+ × (\d+) × \d+", text),
        )
        bias = "no biases" not in text
        attributes = {
            "kernel_shape": [side, side],
            "strides": [number(r"stride (\d+)", text)] * 2,
            "pads": [number(r"padding (\d+)", text)] * 4,
        }
        kernels = number(r"(\d+) kernels", text)
        (conv,) = chain(seen, [("Conv", kernels, attributes)], bias=bias, run=True)
        units = prod(conv.shape)
        _, dense = chain(seen, [("Flatten", 0, {}), ("Gemm", units, {})], bias=bias)
        answers = [question.answer for question in exercise.questions]
        assert answers == [conv.params, dense.params, Fraction(dense.params, conv.params)]
        assert bias == (level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("dense-against-conv", level):
        for step in exercise.solution[:-1]:
            for sides in equations(flat(step)):
                assert len(set(sides)) == 1, flat(step)


def test_errors_are_carried_into_the_factor() -> None:
    for exercise in drawn("dense-against-conv", 2)[:60]:
        conv, dense, factor = exercise.questions
        told = [Fraction(str(each.value)) for each in factor.mistakes]
        told.append(Fraction(str(factor.answer)))
        for mistake in conv.mistakes:
            wanted = Fraction(int(str(dense.answer)), int(str(mistake.value)))
            assert any(abs(each - wanted) <= Fraction(2, 10) for each in told), exercise.id
