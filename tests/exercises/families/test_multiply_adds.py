"""Multiplications, held against the tensors and shapes that ONNX finds."""

import re
from math import prod

import pytest
from exercises.onnx_oracle import chain, network_of
from exercises.reading import drawn, equations, flat, number

from generator.paper import Choice


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_number_made_reads_its_whole_kernel(level: int) -> None:
    for exercise in drawn("multiply-adds", level)[:80]:
        made = chain(*network_of(flat(exercise.prompt)))
        # A tensor's first axis is the kernels or, of a dense layer in ONNX's order, the inputs.
        conv = {
            place: prod(each.tensors[0][1:]) * prod(each.shape)
            for place, each in enumerate(made, 1)
            if each.tensors and len(each.shape) == 3
        }
        first, second, most = exercise.questions
        for question in (first, second):
            place = number(r"layer (\d+)", flat(question.prompt))
            assert question.answer == conv[place], exercise.id
        costs = {**conv, len(made): prod(made[-1].tensors[0])}
        assert isinstance(most.form, Choice)
        assert isinstance(most.answer, int)
        places = [number(r"Layer (\d+)", flat(each)) for each in most.form.options]
        assert costs[places[most.answer - 1]] == max(costs.values()), exercise.id


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("multiply-adds", level):
        for step in exercise.solution[1:]:
            text = re.sub(r"Layer \d+", "", flat(step))
            for sides in equations(text):
                assert len(set(sides)) == 1, flat(step)
