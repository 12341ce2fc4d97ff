"""Counts of layers, held against ones that SciPy sends back through them."""

import pytest
from exercises.reading import drawn, equations, flat, number, only
from exercises.scipy_field import Layer, field, layers_of


@pytest.mark.parametrize("level", [1, 2, 3])
def test_so_many_are_enough_and_one_less_is_not(level: int) -> None:
    for exercise in drawn("layers-needed", level)[:60]:
        text = flat(exercise.prompt)
        begin = layers_of(text)
        again = Layer(
            number(r"(\d+) × \d+ convolutions", text), 1, number(r"dilation (\d+)", text, 1)
        )
        goal, answer = number(r"area of (\d+)", text), only(exercise).answer
        assert isinstance(answer, int)
        assert field([*begin, *[again] * answer]) >= goal, exercise.id
        assert field([*begin, *[again] * (answer - 1)]) < goal, exercise.id
        assert len(begin) == level - 1


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("layers-needed", level):
        for step in exercise.solution:
            if "⌈" not in flat(step):
                for sides in equations(flat(step)):
                    assert len(set(sides)) == 1, flat(step)
