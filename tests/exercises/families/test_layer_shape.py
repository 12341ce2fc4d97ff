"""Shapes of layers, held against ONNX's shape inference."""

import pytest
from exercises.reading import drawn, equations, flat, number, only
from onnx import TensorProto, helper, shape_inference


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_shape(level: int) -> None:
    for exercise in drawn("layer-shape", level):
        text = flat(exercise.prompt)
        channels, rows, columns = (
            number(rf"(\d+) {word}", text) for word in ("channel", "row", "column")
        )
        filters, kernel = number(r"(\d+) kernels", text), number(r"× (\d+)", text)
        stride, padding = number(r"stride (\d+)", text), number(r"padding of (\d+)", text)
        dilation = number(r"dilation (\d+)", text, 1)
        assert (stride > 1, padding > 0, dilation > 1) == (level > 1, level > 1, level > 2)
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in (
                ("x", [1, channels, rows, columns]),
                ("w", [filters, channels, kernel, kernel]),
            )
        ]
        node = helper.make_node(
            "Conv", ["x", "w"], ["y"],
            strides=[stride] * 2, pads=[padding] * 4, dilations=[dilation] * 2,
        )  # fmt: skip
        output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
        graph = helper.make_graph([node], "one", inputs, [output])
        inferred = shape_inference.infer_shapes(helper.make_model(graph))
        shape = inferred.graph.output[0].type.tensor_type.shape.dim
        assert only(exercise).answer == tuple(dim.dim_value for dim in shape[1:])
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) >= 2
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
