"""Shapes through a network, held against ONNX's shape inference."""

import re

import pytest
from exercises.onnx_oracle import chain, network_of
from exercises.reading import drawn, flat, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_shapes(level: int) -> None:
    for exercise in drawn("network-shapes", level)[:80]:
        made = chain(*network_of(flat(exercise.prompt)))
        *maps, numbers = exercise.questions
        for question in maps:
            channels, rows, columns = made[number(r"layer (\d+)", flat(question.prompt)) - 1].shape
            assert question.answer == (rows, columns, channels), exercise.id
        assert (numbers.answer,) == made[4].shape, exercise.id
        written = [re.findall(r"(\d+ × \d+ × \d+)\.$", flat(step)) for step in exercise.solution]
        shapes = [tuple(map(int, each[0].split(" × "))) for each in written[:4]]
        assert shapes == [question.answer for question in maps]


def test_a_wrong_shape_goes_on_through_all_layers() -> None:
    for exercise in drawn("network-shapes", 2):
        first, second, *_, numbers = exercise.questions
        (kept,) = (each.value for each in first.mistakes if each.name == "channels kept")
        assert isinstance(kept, tuple)
        assert isinstance(second.answer, tuple)
        maps = int(str(second.answer[2]))
        # Pooling does its own work rightly, and hands on channels as wrong as they came.
        told = {each.value: each for each in second.mistakes}[(*second.answer[:2], kept[2])]
        assert told.carried or kept[2] in (1, maps // 2), exercise.id
        assert any(each.carried for each in numbers.mistakes)
