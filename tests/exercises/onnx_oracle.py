"""What ONNX makes of layers: shapes by its inference, numbers by onnxruntime."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper, shape_inference
from onnxruntime import InferenceSession


@cache
def _pooling(op: str, kernel: int, stride: int, padding: int, extra: Any) -> InferenceSession:
    node = helper.make_node(
        op, ["x"], ["y"],
        kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[padding] * 4, **dict(extra),
    )  # fmt: skip
    ends = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, None, None]) for name in "xy"
    )
    graph = helper.make_graph([node], "pooling", [next(ends)], [next(ends)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
    return InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def pooled(
    op: str, x: list[list[int]], kernel: int, stride: int, padding: int, **extra: int
) -> NDArray[np.float32]:
    """The map that a pooling layer of onnxruntime makes of a matrix."""
    session = _pooling(op, kernel, stride, padding, tuple(sorted(extra.items())))
    (y,) = session.run(None, {"x": np.array([[x]], np.float32)})
    return np.asarray(y, np.float32).reshape(np.shape(y)[2:])


def shapes(
    shape: tuple[int, ...], layers: list[tuple[str, int, dict[str, Any]]]
) -> list[tuple[int, ...]]:
    """The shape after each layer of a chain, as ONNX infers it, without the batch.

    Layers are told as (operator, kernels or units, attributes); `shape` has its channels first.
    """
    nodes: list[NodeProto] = []
    weights = []
    now = shape
    found: list[tuple[int, ...]] = []
    for place, (op, out, attributes) in enumerate(layers):
        inputs = ["x" if place == 0 else f"y{place - 1}"]
        if op in ("Conv", "Gemm"):
            groups = attributes.get("group", 1)
            side = attributes.get("kernel_shape", [])
            size = [out, now[0] // groups, *side] if op == "Conv" else [now[0], out]
            weights.append(numpy_helper.from_array(np.zeros(size, np.float32), f"w{place}"))
            inputs.append(f"w{place}")
        nodes.append(helper.make_node(op, inputs, [f"y{place}"], **attributes))
        graph = helper.make_graph(
            nodes,
            "chain",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, *shape])],
            [helper.make_tensor_value_info(f"y{place}", TensorProto.FLOAT, None)],
            weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)])
        inferred = shape_inference.infer_shapes(model, strict_mode=True)
        dims = inferred.graph.output[0].type.tensor_type.shape.dim
        now = tuple(int(dim.dim_value) for dim in dims)[1:]
        found.append(now)
    return found
