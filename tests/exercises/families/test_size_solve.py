"""Answers put into the layer, held against ONNX's shape inference; and nothing else fits."""

import pytest
from exercises.reading import drawn, equations, flat, only
from onnx import TensorProto, helper, shape_inference

from generator.paper import Exercise


def _onnx_size(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int | None:
    """Length of the output of a one-dimensional Conv as ONNX infers it, if there is one."""
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


def _walk(exercise: Exercise) -> list[str]:
    """Input, kernel, stride, padding and dilation as the prompt gives them, ``?`` for one."""
    words = flat(exercise.prompt).split()
    given = [
        words[words.index("input") + 2],
        words[words.index("kernel") + 2],
        words[words.index("stride") + 1],
        words[words.index("padding") + 2],
        words[words.index("dilation") + 1] if "dilation" in words[:30] else "1",
    ]
    return [word.strip(",") for word in given]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_agrees_with_every_answer_and_with_no_neighbour(level: int) -> None:
    asked = set()
    for exercise in drawn("size-solve", level):
        question, walk = only(exercise), _walk(exercise)
        output = int(flat(exercise.prompt).split("feature map has ")[1].split()[0])
        at = walk.index("?")
        asked.add(at)
        right = [int(each) for each in (question.answer, *question.also)]  # type: ignore[arg-type]
        for value in (*right, min(right) - 1, max(right) + 1):
            if value < (0 if at == 3 else 1):
                continue
            size, kernel, stride, padding, dilation = (
                value if each == "?" else int(each) for each in walk
            )
            fits = dilation * (kernel - 1) + 1 <= size + 2 * padding
            found = fits and _onnx_size(size, kernel, stride, padding, dilation) == output
            assert found == (value in right), exercise.id
        assert ("More than one" in flat(exercise.prompt)) == (len(right) > 1)
        found_sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert all(len(set(sides)) == 1 for sides in found_sums), exercise.id
    assert asked == {1: {0, 1, 3}, 2: {0, 1, 2, 3}, 3: {0, 1, 2, 3, 4}}[level]
