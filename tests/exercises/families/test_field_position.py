"""Places, held against ones that SciPy sends through the layers."""

import pytest
from exercises.reading import drawn, equations, flat, number, only
from exercises.scipy_field import field, layers_of, reached


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_reaches_the_cell_from_the_same_place(level: int) -> None:
    over = 0
    for exercise in drawn("field-position", level):
        text = flat(exercise.prompt)
        layers = layers_of(text)
        sizes = number(r"(\d+) rows", text), number(r"(\d+) columns", text)
        units = number(r"row (\d+), column", text), number(r", column (\d+)", text)
        answer = only(exercise).answer
        assert isinstance(answer, tuple)
        for axis, (size, unit) in enumerate(zip(sizes, units, strict=True)):
            first, last = (int(str(each)) for each in answer[2 * axis : 2 * axis + 2])
            assert last - first + 1 == field(layers), exercise.id
            inside = max(first, 1) - 1, min(last, size) - 1
            assert reached(size, layers, unit - 1) == inside, exercise.id
            over += first < 1 or last > size
    assert (over > 0) == (level > 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("field-position", level):
        for step in exercise.solution:
            for sides in equations(flat(step)):
                assert len(set(sides)) == 1, flat(step)
