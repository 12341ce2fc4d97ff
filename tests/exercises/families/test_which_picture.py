"""Pictures that come out, held against SciPy's filter."""

from itertools import combinations

import pytest
from exercises.families.test_which_kernel import far, filtered, kernel, pictures
from exercises.reading import drawn, equations, flat, only, options


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_makes_the_one_picture_and_all_four_look_different(level: int) -> None:
    for exercise in drawn("which-picture", level):
        (before,) = pictures(exercise.prompt)
        after = filtered(before, kernel(exercise.prompt))
        shown = [pictures(option)[0] for option in options(only(exercise))]
        same = [(each == after).all() for each in shown]
        assert same.index(True) + 1 == only(exercise).answer
        assert all(far(one, other) for one, other in combinations(shown, 2)), exercise.id


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_worked_pixel_adds_up(level: int) -> None:
    for exercise in drawn("which-picture", level):
        (picture,) = pictures(exercise.solution[-1])
        text = flat(exercise.solution[1]).split("\n")[1]
        ((left, right),) = equations(text.split(", and ")[0].split(". The")[0])
        assert left == right
        assert int(text.split("keeps ")[1].rstrip(".")) in picture
