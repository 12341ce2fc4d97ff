"""What ONNX makes of layers: shapes by its inference, numbers by onnxruntime."""

import re
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper, shape_inference
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


@dataclass(frozen=True)
class Made:
    """A layer as ONNX sees it: the shape it makes, channels first, and its tensors' sizes."""

    shape: tuple[int, ...]
    tensors: tuple[tuple[int, ...], ...]

    @property
    def params(self) -> int:
        """Numbers in its tensors."""
        return sum(prod(size) for size in self.tensors)


#: Operator, kernels or units, attributes.
Layer = tuple[str, int, dict[str, Any]]


def chain(
    shape: tuple[int, ...], layers: list[Layer], *, bias: bool = True, run: bool = False
) -> list[Made]:
    """What each layer of a chain makes and holds; `shape` has its channels first, and no batch.

    Shapes are ONNX's inference. With `run`, onnxruntime takes the tensors and makes the last shape.
    """
    nodes: list[NodeProto] = []
    held: list[TensorProto] = []
    found: list[Made] = []
    for place, (op, out, attributes) in enumerate(layers):
        before = found[-1].shape if found else shape
        tensors: tuple[tuple[int, ...], ...] = ()
        if op == "Conv":
            deep = before[0] // attributes.get("group", 1)
            tensors = ((out, deep, *attributes["kernel_shape"]), (out,))
        elif op == "Gemm":
            tensors = ((before[0], out), (out,))
        tensors = tensors if bias else tensors[:1]
        names = [f"t{place}.{i}" for i in range(len(tensors))]
        held += [
            numpy_helper.from_array(np.zeros(size, np.float32), name)
            for name, size in zip(names, tensors, strict=True)
        ]
        nodes.append(helper.make_node(op, [f"y{place}", *names], [f"y{place + 1}"], **attributes))
        model = _model(shape, nodes, held)
        inferred = shape_inference.infer_shapes(model, strict_mode=True)
        dims = inferred.graph.output[0].type.tensor_type.shape.dim
        found.append(Made(tuple(int(dim.dim_value) for dim in dims)[1:], tensors))
    if run:
        session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        (y,) = session.run(None, {"y0": np.zeros((1, *shape), np.float32)})
        assert np.shape(y)[1:] == found[-1].shape
    return found


def _model(shape: tuple[int, ...], nodes: list[NodeProto], held: list[TensorProto]) -> ModelProto:
    graph = helper.make_graph(
        nodes, "chain",
        [helper.make_tensor_value_info("y0", TensorProto.FLOAT, [1, *shape])],
        [helper.make_tensor_value_info(f"y{len(nodes)}", TensorProto.FLOAT, None)],
        held,
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)


_SORTS = {"convolution": "Conv", "max pooling": "MaxPool", "average pooling": "AveragePool"}


def network_of(text: str) -> tuple[tuple[int, ...], list[Layer]]:
    """The input and the layers that a prompt lists."""
    rows, columns, channels = map(int, re.findall(r"Input: (\d+) × (\d+) × (\d+)", text)[0])
    layers: list[Layer] = []
    for said in re.findall(r"Layer \d+: (.*)", text):
        if said == "flatten":
            layers.append(("Flatten", 0, {}))
        elif match := re.fullmatch(r"dense layer, (\d+) units", said):
            layers.append(("Gemm", int(match[1]), {}))
        else:
            sort = said.split(",")[0]
            side = int(re.findall(r"(\d+) × \d+", said)[0])
            padding = [int(each) for each in re.findall(r"padding (\d+)", said)] or [0]
            attributes = {
                "kernel_shape": [side, side],
                "strides": [int(re.findall(r"stride (\d+)", said)[0])] * 2,
                "pads": padding * 4,
            }
            kernels = [int(each) for each in re.findall(r"(\d+) kernels", said)] or [0]
            layers.append((_SORTS[sort], kernels[0], attributes))
    return (channels, rows, columns), layers
