"""Sizes, held against ONNX's shape inference."""

from collections import Counter

import pytest
from exercises.reading import drawn, flat, number, only
from onnx import TensorProto, helper, shape_inference

from generator.paper import Exercise


def _walk(exercise: Exercise) -> tuple[int, int, int, int, int]:
    """Size, kernel, stride, padding and dilation, as the prompt says them."""
    text = flat(exercise.prompt)
    asked = "rows" if "How many rows" in text else "columns"
    return (
        number(rf"(\d+) {asked}", text),
        number(r"(\d+) × \d+ kernel", text),
        number(r"stride (\d+)", text),
        number(r"padding of (\d+)", text),
        number(r"dilation (\d+)", text, 1),
    )


def _onnx_size(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Length of the output of a one-dimensional Conv, as ONNX infers it."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, length])
        for name, length in (("x", size), ("w", kernel))
    ]
    node = helper.make_node(
        "Conv", ["x", "w"], ["y"],
        kernel_shape=[kernel], strides=[stride], pads=[padding] * 2, dilations=[dilation],
    )  # fmt: skip
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "one", inputs, [output])
    inferred = shape_inference.infer_shapes(helper.make_model(graph))
    return int(inferred.graph.output[0].type.tensor_type.shape.dim[2].dim_value)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_size(level: int) -> None:
    strides: Counter[int] = Counter()
    for exercise in drawn("output-size", level):
        size, kernel, stride, padding, dilation = _walk(exercise)
        assert (padding > 0, dilation > 1) == (level > 1, level > 2)
        assert only(exercise).answer == _onnx_size(size, kernel, stride, padding, dilation)
        strides[stride] += 1
    # What is thrown away must not tilt the exercises to one stride.
    assert min(strides[stride] for stride in (1, 2, 3)) >= 0.1 * strides.total()
