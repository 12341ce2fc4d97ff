"""Blocks, held against the tensors and shapes that ONNX finds for each branch."""

import re

import pytest
from exercises.onnx_oracle import Layer, chain
from exercises.reading import drawn, equations, flat


def branches_of(text: str) -> list[list[Layer]]:
    """The layers of each branch, as the prompt lists them."""
    found: list[list[Layer]] = []
    for said in re.findall(r"Branch \d+: (.*)", text):
        layers: list[Layer] = []
        if "pooling" in said:
            pool = {"kernel_shape": [3, 3], "strides": [1, 1], "pads": [1] * 4}
            layers.append(("MaxPool", 0, pool))
        for kernels, side in re.findall(r"(\d+) kernels of (\d+)", said):
            pads = [int(side) // 2] * 4
            layers.append(("Conv", int(kernels), {"kernel_shape": [int(side)] * 2, "pads": pads}))
        found.append(layers)
    return found


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_channels_and_tensors(level: int) -> None:
    for exercise in drawn("inception-concat", level)[:60]:
        text = flat(exercise.prompt)
        rows, columns, channels = map(int, re.findall(r"(\d+) × (\d+) × (\d+)", text)[0])
        seen, bias = (channels, rows, columns), "no biases" not in text
        branches = branches_of(text)
        made = [chain(seen, layers, bias=bias) for layers in branches]
        assert {each[-1].shape[1:] for each in made} == {(rows, columns)}
        bottleneck, large = branches[-2]
        (direct,) = chain(seen, [large], bias=bias)
        reduced = sum(each.params for each in chain(seen, [bottleneck, large], bias=bias))
        assert [question.answer for question in exercise.questions] == [
            sum(each[-1].shape[0] for each in made),
            direct.params,
            reduced,
            direct.params - reduced,
        ], exercise.id
        assert (len(branches), bias) == ((3, False) if level == 1 else (4, True))
        assert ("nothing behind" in text) == (level == 3)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("inception-concat", level):
        for step in exercise.solution:
            for sides in equations(flat(step)):
                assert len(set(sides)) == 1, flat(step)


def test_errors_are_carried_into_what_is_saved() -> None:
    for exercise in drawn("inception-concat", 2)[:60]:
        _, direct, reduced, saved = exercise.questions
        told = [saved.answer, *(each.value for each in saved.mistakes)]
        for mistake in direct.mistakes:
            assert int(str(mistake.value)) - int(str(reduced.answer)) in told, exercise.id
        for mistake in reduced.mistakes:
            assert int(str(direct.answer)) - int(str(mistake.value)) in told, exercise.id
