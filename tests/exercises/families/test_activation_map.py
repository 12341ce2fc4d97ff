"""Activated maps, held against ONNX Runtime's LeakyRelu."""

import re

import numpy as np
import onnxruntime
import pytest
from exercises.reading import drawn, flat, grid, number, only
from onnx import TensorProto, helper


def _activated(x: np.ndarray, slope: float) -> np.ndarray:
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, x.shape)
    node = helper.make_node("LeakyRelu", ["x"], ["y"], alpha=slope)
    graph = helper.make_graph([node], "g", [value], [output])
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 17)])
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return np.asarray(session.run(None, {"x": x.astype(np.float32)})[0])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_runtime_activates_the_same(level: int) -> None:
    for exercise in drawn("activation-map", level)[:60]:
        text = flat(exercise.prompt).replace("−", "-")
        found = re.search(r"slope ([\d.]+\d)", text)
        slope = float(found[1]) if found else 0.0
        bias = number(r"bias of (-?\d+)", text)
        assert (slope > 0, bias != 0) == (level > 1, level > 2)
        made = _activated(np.array(grid(exercise.prompt, "Map")) + bias, slope)
        answer = np.array(only(exercise).answer, dtype=float)
        assert answer.shape == made.shape
        assert np.allclose(answer, made, atol=1e-6)
