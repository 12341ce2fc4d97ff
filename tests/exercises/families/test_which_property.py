"""Properties: the arithmetic in the situations, and what really happens in them."""

import re
from collections import Counter

import numpy as np
import pytest
from exercises.reading import drawn, flat, number, only
from scipy.signal import correlate2d

from generator.exercises._situations import EQUIVARIANT, INVARIANT, SITUATIONS
from generator.paper import Choice, Exercise


def _answer(exercise: Exercise) -> str:
    question = only(exercise)
    assert isinstance(question.form, Choice)
    return flat(question.form.options[int(str(question.answer)) - 1]).lower()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_property_is_the_answer_about_as_often(level: int) -> None:
    met = Counter(_answer(exercise).split(":")[0] for exercise in drawn("which-property", level))
    assert set(met) == {each.about for each in SITUATIONS if each.level == level}
    assert max(met.values()) <= 2.5 * min(met.values())


def test_the_counts_are_right() -> None:
    """Weights and positions that a situation states."""
    found = 0
    for exercise in drawn("which-property", 2):
        text = flat(exercise.prompt)
        if match := re.search(r"all (\d+) positions of an image of (\d+) × (\d+)", text):
            positions, *size = map(int, match.groups())
            side = number(r"A (\d+) × \d+ kernel", text)
            map_ = correlate2d(np.ones(size), np.ones((side, side)), mode="valid")
            assert map_.size == positions
            assert number(r"weights: (\d+) of them", text) == side * side
            found += 1
        if match := re.search(r"(\d+) weights instead of (\d+)", text):
            few, many = map(int, match.groups())
            assert few == number(r"to (\d+) × \d+ nearby", text) ** 2
            assert many == number(r"images of (\d+) × ", text) ** 2
            found += 1
    assert found >= 10


def test_a_map_moves_along_and_its_largest_number_stays() -> None:
    """The experiments of level 3, done: the place of the maximum moves, its value does not."""
    seen: Counter[str] = Counter()
    for exercise in drawn("which-property", 3):
        text = flat(exercise.prompt)
        if not text.startswith("The largest number"):
            continue
        row, column = number(r"row (\d+)", text) - 1, number(r"column (\d+)", text) - 1
        shift = number(r"down by (\d+)", text)
        image = np.zeros((row + shift + 5, column + 5))
        image[row + 1, column + 1] = 1
        kernel = np.array([[0, 1, 0], [1, 9, 1], [0, 1, 0]])
        before = correlate2d(image, kernel, mode="valid")
        after = correlate2d(np.roll(image, shift, 0), kernel, mode="valid")
        assert np.unravel_index(before.argmax(), before.shape) == (row, column)
        assert np.unravel_index(after.argmax(), after.shape) == (row + shift, column)
        if again := number(r"stands in row (\d+), column \d+, along", text):
            assert again - 1 == row + shift
            assert _answer(exercise) == EQUIVARIANT
        else:
            assert before.max() == after.max()
            assert _answer(exercise) == INVARIANT
        seen[_answer(exercise)] += 1
    assert set(seen) == {EQUIVARIANT, INVARIANT}
