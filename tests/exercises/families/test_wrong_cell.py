"""Maps with a wrong cell, held against SciPy's correlation."""

import numpy as np
import pytest
from exercises.reading import drawn, flat, grid, number, whole, wholes
from scipy.signal import correlate2d


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_differs_in_the_one_cell(level: int) -> None:
    for exercise in drawn("wrong-cell", level):
        padding = number(r"padding of (\d+)", flat(exercise.prompt))
        x = np.pad(np.array(grid(exercise.prompt, "Input")), padding)
        w = np.array(grid(exercise.prompt, "Kernel"))
        right, shown = correlate2d(x, w, mode="valid"), np.array(grid(exercise.prompt, "Map"))
        where, what = exercise.questions
        ((i, j),) = np.argwhere(right != shown)
        assert where.answer == (i + 1, j + 1)
        assert what.answer == right[i, j]
        assert padding == (level == 3)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_number_that_stands_there_comes_from_a_mistake_with_a_name(level: int) -> None:
    for exercise in drawn("wrong-cell", level):
        where, what = exercise.questions
        row, column = wholes(where.answer)
        shown = grid(exercise.prompt, "Map")[row - 1][column - 1]
        (kept,) = (each for each in what.mistakes if each.says.startswith("You kept the number"))
        assert kept.value == shown
        assert flat(exercise.solution[-1]).endswith(f"The mistake there: {kept.name}.")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_who_names_another_cell_goes_on_with_what_stands_there(level: int) -> None:
    for exercise in drawn("wrong-cell", level):
        where, what = exercise.questions
        places = [wholes(each.value) for each in where.mistakes]
        shown = np.array(grid(exercise.prompt, "Map"))
        named = {int(shown[i - 1, j - 1]) for i, j in places
                 if 1 <= i <= len(shown) and 1 <= j <= len(shown[0])}  # fmt: skip
        assert {whole(each.value) for each in what.mistakes if each.carried} <= named
