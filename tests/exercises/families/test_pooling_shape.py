"""Shapes after pooling, held against ONNX's shape inference."""

from math import prod

import pytest
from exercises.onnx_oracle import chain
from exercises.reading import drawn, flat, number


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_shape_and_share(level: int) -> None:
    ups = set()
    for exercise in drawn("pooling-shape", level):
        text = flat(exercise.prompt)
        rows, columns = number(r"(\d+) rows", text), number(r"(\d+) columns", text)
        channels, padding = number(r"(\d+) maps", text), number(r"padding (\d+)", text)
        window = number(r"(\d+) × \d+ cells", text), number(r"× (\d+) cells", text)
        down = number(r"stride (\d+)", text)
        right = number(r"and (\d+) to the right", text, down)
        up = "ceil_mode=True" in text
        (made,) = chain(
            (channels, rows, columns),
            [("MaxPool", 0, {
                "kernel_shape": window, "strides": [down, right], "pads": [padding] * 4,
                "ceil_mode": int(up),
            })],
        )  # fmt: skip
        after = made.shape
        shape, share = exercise.questions
        assert shape.answer == (after[1], after[2], after[0]), exercise.id
        assert float(share.answer) == pytest.approx(100 * prod(after) / (rows * columns * channels))  # type: ignore[arg-type]
        ups.add(up)
    assert ups == ({True, False} if level == 3 else {False})


def test_a_wrong_shape_is_carried_forward() -> None:
    for exercise in drawn("pooling-shape", 1):
        shape, share = exercise.questions
        merged = next(each for each in shape.mistakes if each.name == "maps merged")
        wanted = 100 * prod(merged.value) / number(r"= (\d+) numbers", flat(exercise.solution[3]))  # type: ignore[arg-type]
        carried = [each for each in share.mistakes if each.name.endswith("maps merged")]
        taken = [share.answer, *(each.value for each in share.mistakes if not each.carried)]
        assert carried or any(abs(float(value) - wanted) <= 0.2 for value in taken)  # type: ignore[arg-type]
        for each in carried:
            assert each.carried
            assert float(each.value) == pytest.approx(wanted)  # type: ignore[arg-type]
