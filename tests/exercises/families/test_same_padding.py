"""Padding that keeps the size, held against what ONNX Runtime adds for SAME_UPPER."""

from typing import Any

import numpy as np
import onnxruntime
import pytest
from exercises.reading import drawn, equations, flat, number, only
from onnx import TensorProto, helper


def _convolved(x: np.ndarray, w: np.ndarray, **settings: Any) -> np.ndarray:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, each.shape)
        for name, each in (("x", x), ("w", w))
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w"], ["y"], **settings)], "g", inputs, [output]
    )
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 17)])
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return np.asarray(session.run(None, {"x": x, "w": w})[0])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_runtime_adds_the_same(level: int) -> None:
    rng = np.random.default_rng(7)
    for exercise in drawn("same-padding", level)[:60]:
        text = flat(exercise.prompt)
        size = number(r"input of (\d+) rows", text), number(r"rows and (\d+) columns with", text)
        kernel = number(r"kernel of (\d+)", text), number(r"rows and (\d+) columns slides", text)
        dilation = number(r"dilation (\d+)", text, 1)
        assert (dilation > 1) == (level == 3)
        x = rng.integers(1, 9, (1, 1, *size)).astype(np.float32)
        w = rng.integers(1, 9, (1, 1, *kernel)).astype(np.float32)
        above, below, left, right = (int(each) for each in only(exercise).answer)  # type: ignore[union-attr, arg-type]
        ours = _convolved(x, w, dilations=[dilation] * 2, pads=[above, left, below, right])
        # The runtime knows SAME_UPPER without dilation only: zeros are put between the weights.
        spread = np.zeros((1, 1, *(dilation * (side - 1) + 1 for side in kernel)), np.float32)
        spread[:, :, ::dilation, ::dilation] = w
        theirs = _convolved(x, spread, auto_pad="SAME_UPPER")
        assert ours.shape == x.shape
        assert (ours == theirs).all()
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(found) >= 4
        assert all(len(set(sides)) == 1 for sides in found), exercise.id
