"""Blocks, held against ONNX's shape inference of both paths."""

import re
from collections import Counter

import pytest
from exercises.onnx_oracle import Layer, chain, network_of
from exercises.reading import drawn, flat

from generator.paper import Choice


def shortcut(text: str) -> list[Layer]:
    """The layers of an option."""
    if "plain" in text:
        return []
    kernels, stride = map(int, re.findall(r"with (\d+) kernels and stride (\d+)", text)[0])
    return [("Conv", kernels, {"kernel_shape": [1, 1], "strides": [stride] * 2})]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_only_the_right_shortcut_can_be_added(level: int) -> None:
    right: Counter[str] = Counter()
    for exercise in drawn("residual-add", level)[:80]:
        seen, layers = network_of(flat(exercise.prompt))
        made = chain(seen, layers)[-1].shape
        first, second = exercise.questions
        assert first.answer == (made[1], made[2], made[0]), exercise.id
        assert isinstance(second.form, Choice)
        fitting = {}
        for place, option in enumerate(second.form.options, 1):
            over = chain(seen, shortcut(flat(option)))
            if (over[-1].shape if over else seen) == made:
                fitting[place] = sum(each.params for each in over)
        # Where the shapes are equal a convolution fits too, but costs parameters.
        assert min(fitting, key=lambda place: fitting[place]) == second.answer, exercise.id
        assert len(fitting) == (2 if made == seen else 1)
        right["plain" if made == seen else "strided" if made[1:] != seen[1:] else "wider"] += 1
    assert all(right[sort] >= 0.1 * right.total() for sort in ("plain", "wider", "strided")), right
