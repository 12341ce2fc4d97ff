"""Mixed channels, held against ONNX Runtime's 1×1 Conv."""

import numpy as np
import onnxruntime
import pytest
from exercises.reading import drawn, equations, flat, grid, number, only
from onnx import TensorProto, helper


def _convolved(x: np.ndarray, w: np.ndarray, bias: list[int]) -> np.ndarray:
    given = {
        "x": x[None].astype(np.float32),
        "w": w[:, :, None, None].astype(np.float32),
        "b": np.array(bias, np.float32),
    }
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, each.shape)
        for name, each in given.items()
    ]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"])
    graph = helper.make_graph([node], "g", inputs, [output])
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 17)])
    session = onnxruntime.InferenceSession(model.SerializeToString())
    made: np.ndarray = np.asarray(session.run(None, given)[0])[0]
    return made


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_runtime_mixes_the_same(level: int) -> None:
    for exercise in drawn("pointwise-pixel", level)[:60]:
        text = flat(exercise.prompt).replace("−", "-")
        row, column = number(r"row (\d+)", text), number(r"column (\d+)", text)
        bias = [number(r"biases are (-?\d+)", text), number(r"and (-?\d+)\.", text)]
        channels = range(1, number(r"of (\d+) channels", text) + 1)
        x = np.array([grid(exercise.prompt, f"Channel {c}") for c in channels])
        maps = _convolved(x, np.array(grid(exercise.prompt, "Weights")), bias)
        if level == 3:
            assert "ReLU" in text
            second = np.array(grid(exercise.prompt, "Second"))
            maps = _convolved(np.maximum(maps, 0), second, [0, 0])
        assert only(exercise).answer == tuple(maps[:, row - 1, column - 1])
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) == (4 if level == 3 else 2)
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
