"""Layers that are planned, held against ONNX's shape inference."""

from functools import cache
from itertools import product

import pytest
from exercises.reading import drawn, equations, flat, number, only
from onnx import TensorProto, helper, shape_inference


@cache
def _onnx_size(size: int, kernel: int, stride: int, padding: int) -> int:
    """Length of the output of a one-dimensional Conv, as ONNX infers it."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, length])
        for name, length in (("x", size), ("w", kernel))
    ]
    node = helper.make_node("Conv", ["x", "w"], ["y"], strides=[stride], pads=[padding] * 2)
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "one", inputs, [output])
    inferred = shape_inference.infer_shapes(helper.make_model(graph))
    return int(inferred.graph.output[0].type.tensor_type.shape.dim[2].dim_value)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_agrees_with_all_plans_and_knows_no_other(level: int) -> None:
    for exercise in drawn("window-plan", level)[:60]:
        text, question = flat(exercise.prompt), only(exercise)
        size, output = number(r"input of (\d+)", text), number(r"map of (\d+)", text)
        most = [number(rf"{word}.*? to (\d+)", text) for word in ("square", "stride is", "sides")]
        found = {
            (kernel, stride, padding)
            for kernel, stride, padding in product(
                range(2, most[0] + 1), range(1, most[1] + 1), range(most[2] + 1)
            )
            if padding < kernel and _onnx_size(size, kernel, stride, padding) == output
        }
        if level == 3:
            assert "no row" in text
            found = {
                plan for plan in found
                # One cell less would be one window less: nothing is left over.
                if _onnx_size(size - 1, *plan) == output - 1
            }  # fmt: skip
        assert found == {question.answer, *question.also}, exercise.id
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) >= 4
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
