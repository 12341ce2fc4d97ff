"""Parameters, held against the sizes of the tensors that onnxruntime takes for the network."""

import pytest
from exercises.onnx_oracle import chain, network_of
from exercises.reading import drawn, equations, flat, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_tensors_have_so_many_numbers(level: int) -> None:
    for exercise in drawn("network-parameters", level)[:50]:
        made = chain(*network_of(flat(exercise.prompt)), run=True)
        *parts, whole = exercise.questions
        for part in parts:
            place = number(r"layer (\d+)", flat(part.prompt))
            assert part.answer == made[place - 1].params, exercise.id
        assert whole.answer == sum(each.params for each in made), exercise.id


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("network-parameters", level):
        for step in exercise.solution[1:]:
            (found,) = (set(sides) for sides in equations(flat(step)))
            assert len(found) == 1, flat(step)


def test_an_error_is_carried_into_the_total() -> None:
    for exercise in drawn("network-parameters", 1):
        *parts, whole = exercise.questions
        carried = [each for each in whole.mistakes if each.carried]
        assert len(carried) >= 10
        right = sum(int(str(part.answer)) for part in parts)
        for place, part in enumerate(parts):
            for mistake in part.mistakes:
                wanted = right - int(str(part.answer)) + int(str(mistake.value))
                assert wanted in [each.value for each in whole.mistakes], (exercise.id, place)
