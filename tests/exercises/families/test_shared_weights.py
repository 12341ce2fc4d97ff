"""Shared weights, held against ONNX's shapes and NumPy's count of weights."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number
from onnx import TensorProto, helper, shape_inference


def _map(image: tuple[int, int], weights: np.ndarray) -> tuple[int, ...]:
    """The shape of a Conv's output, as ONNX infers it."""
    one, two = ([1, 1, *image], [*weights.shape])
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in (("x", one), ("w", two))
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([helper.make_node("Conv", ["x", "w"], ["y"])], "g", inputs, [output])
    inferred = shape_inference.infer_shapes(helper.make_model(graph))
    return tuple(dim.dim_value for dim in inferred.graph.output[0].type.tensor_type.shape.dim)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_and_numpy_count_as_many(level: int) -> None:
    for exercise in drawn("shared-weights", level):
        text = flat(exercise.prompt)
        image = number(r"(\d+) rows", text), number(r"(\d+) columns", text)
        kernel = number(r"(\d+) × ", text), number(r" × (\d+)", text)
        maps = number(r"(\d+) kernels", text, 1)
        weights = np.zeros((maps, 1, *kernel))
        made = np.prod(_map(image, weights))
        dense = np.zeros((*image, 1)) @ np.zeros((1, made))
        assert [q.answer for q in exercise.questions] == [made, weights.size, dense.size]
        assert (kernel[0] == kernel[1]) or level > 1
        assert (maps > 1) == (level == 3)
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(found) >= 5
        assert all(len(set(sides)) == 1 for sides in found), exercise.id
