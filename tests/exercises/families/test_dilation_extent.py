"""What a dilated kernel covers, held against NumPy's Kronecker product and ONNX's shapes."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number
from onnx import TensorProto, helper, shape_inference


def _covers(side: int, dilation: int) -> np.ndarray:
    """The weights of a line with dilation - 1 zeros between them."""
    between = np.zeros(dilation, int)
    between[0] = 1
    return np.trim_zeros(np.kron(np.ones(side, int), between))


def _fits(size: int, padding: int, side: int, dilation: int) -> bool:
    """Whether ONNX finds a place for the kernel."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, length])
        for name, length in (("x", size), ("w", side))
    ]
    node = helper.make_node("Conv", ["x", "w"], ["y"], pads=[padding] * 2, dilations=[dilation])
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "one", inputs, [output])
    inferred = shape_inference.infer_shapes(helper.make_model(graph))
    return bool(inferred.graph.output[0].type.tensor_type.shape.dim[2].dim_value > 0)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_spreads_the_kernel_as_far(level: int) -> None:
    for exercise in drawn("dilation-extent", level):
        text = flat(exercise.prompt)
        kernel = number(r"has (\d+) rows", text), number(r"and (\d+) columns of w", text)
        first, second = exercise.questions
        answer = [int(each) for each in first.answer]  # type: ignore[union-attr, arg-type]
        dilations = answer
        if level == 1:
            dilations = [number(r"is (\d+) downw", text), number(r"and (\d+) to the r", text)]
        lines = [_covers(side, gap) for side, gap in zip(kernel, dilations, strict=True)]
        if level == 1:
            assert answer == [each.size for each in lines]
        elif level == 2:
            given = number(r"covers (\d+) rows", text), number(r"rows and (\d+) columns\.", text)
            assert given == tuple(each.size for each in lines)
        else:
            sizes = number(r"input has (\d+)", text), number(r"(\d+) columns, and a", text)
            padding = number(r"padding of (\d+)", text)
            for side, size, gap in zip(kernel, sizes, answer, strict=True):
                assert _fits(size, padding, side, gap)
                assert not _fits(size, padding, side, gap + 1)
        spread = np.outer(*lines)
        assert second.answer == (spread == 0).sum()
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) >= 5
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
