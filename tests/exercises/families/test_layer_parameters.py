"""Parameters, held against the sizes of the tensors that onnxruntime takes for the layer."""

import pytest
from exercises.onnx_oracle import Layer, chain
from exercises.reading import drawn, equations, flat, number, only


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_tensors_have_so_many_numbers(level: int) -> None:
    for exercise in drawn("layer-parameters", level)[:80]:
        text = flat(exercise.prompt)
        rows, columns = number(r"(\d+) × \d+ × \d+", text), number(r"\d+ × (\d+) × \d+", text)
        channels, side = number(r"\d+ × \d+ × (\d+)", text), number(r"kernels of (\d+)", text)
        layers: list[Layer] = [
            ("Conv", number(r"(\d+) kernels", text), {
                "kernel_shape": [side, side], "group": number(r"groups=(\d+)", text, 1),
            })
        ]  # fmt: skip
        if "dense" in text:
            layers = [("Flatten", 0, {}), ("Gemm", number(r"(\d+) units", text), {})]
        bias = "bias=False" not in text
        made = chain((channels, rows, columns), layers, bias=bias, run=True)
        assert only(exercise).answer == made[-1].params, exercise.id
        assert ("dense" in text, "groups" in text) == (level == 2, level == 3)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_solution_adds_up(level: int) -> None:
    for exercise in drawn("layer-parameters", level):
        for step in exercise.solution:
            for sides in equations(flat(step)):
                assert len(set(sides)) == 1, flat(step)
