"""Small ONNX models, built node by node, and our own networks written as ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from generator import api
from generator.engine.network_op import Node, Shape
from generator.engine.network_ops import BatchNorm, Conv, Join, Linear
from generator.engine.network_pool import Pool
from generator.spec.network_names import resolved
from generator.spec.network_nodes import Nodes
from generator.spec.network_tree import Items, Keys, from_yaml
from generator.spec.yaml import compose


class Builder:
    """A model that grows node by node.

    Parameters
    ----------
    shape
        Sizes of the input ``x``; a word leaves a size open.
    filled
        Whether weights get numbers; without, a model of any size is a small file.
    """

    def __init__(self, shape: Sequence[int | str | None], *, filled: bool = True) -> None:
        self.shape = shape
        self.filled = filled
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.count = 0

    def node(self, kind: str, inputs: Sequence[str], **arguments: Any) -> str:
        """Add a node called after its number, and return the tensor that it makes."""
        self.count += 1
        made = f"t{self.count}"
        name = arguments.pop("name", f"n{self.count}")
        self.nodes.append(helper.make_node(kind, list(inputs), [made], name=name, **arguments))
        return made

    def weight(self, *shape: int) -> str:
        """Add weights and return their name."""
        name = f"w{len(self.weights)}"
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        if self.filled:
            numbers = np.random.default_rng(prod(shape)).random(shape, dtype=np.float32)
            tensor = onnx.numpy_helper.from_array(numbers, name)
        self.weights.append(tensor)
        return name

    def numbers(self, *values: float, shape: Sequence[int] | None = None) -> str:
        """Add a constant with numbers: whole ones say how, others are parameters."""
        name = f"w{len(self.weights)}"
        kind = np.int64 if all(isinstance(value, int) for value in values) else np.float32
        array = np.array(values, kind).reshape(shape if shape is not None else (len(values),))
        self.weights.append(onnx.numpy_helper.from_array(array, name))
        return name

    def model(self, *outputs: str, opset: int = 22, producer: str = "") -> onnx.ModelProto:
        """Return the model; without outputs, all that the nodes make comes out."""
        outputs = outputs or tuple(name for node in self.nodes for name in node.output[:1])
        graph = helper.make_graph(
            self.nodes,
            "graph",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.weights,
        )
        imports = [helper.make_opsetid("", opset)]
        return helper.make_model(
            graph, opset_imports=imports, ir_version=10, producer_name=producer
        )

    def save(self, path: Path, *outputs: str, opset: int = 22) -> Path:
        """Write the model and return its file."""
        onnx.save(self.model(*outputs, opset=opset), path)
        return path


def nodes_of(name: str) -> list[Node]:
    """Return the nodes of a shipped network."""
    text = Path(api.__file__).with_name("networks").joinpath(f"{name}.yaml").read_text("utf-8")
    root = compose(text, name, 1)
    assert root
    tree = from_yaml(root, name)
    assert isinstance(tree, Keys)
    nodes = Nodes(lambda _: name, tree.get("blocks"))
    layers = tree["layers"]
    assert isinstance(layers, Items)
    nodes.read(layers)
    found, problems = resolved(nodes.drafts, lambda _: name)
    assert not problems
    assert not nodes.problems
    return found


#: Words that are one operator without arguments.
PLAIN = {
    "relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softmax": "Softmax",
    "flatten": "Flatten", "dropout": "Dropout", "global_avg_pool": "GlobalAveragePool",
}  # fmt: skip


def exported(name: str, *, filled: bool = False, shape: Sequence[int] = ()) -> Builder:
    """Return a shipped network as an ONNX model whose nodes have the names of the layers.

    `shape` is that of a batch of another size.
    """
    report = api.network(name, input=shape[1:] or None)
    builder = Builder(shape or (1, *report.input), filled=filled)
    made: list[str] = []
    shapes: list[Shape] = [layer.output for layer in report.layers]
    ceil = report.conventions.rounding == "ceil"
    for node in nodes_of(name):
        inputs = ["x" if index < 0 else made[index] for index in node.inputs]
        read = report.input if node.inputs[0] < 0 else shapes[node.inputs[0]]
        made.append(_written(builder, node, inputs, read, ceil))
    return builder


def _written(builder: Builder, node: Node, inputs: list[str], shape: Shape, ceil: bool) -> str:
    op, channels = node.op, shape[0]
    if isinstance(op, Conv):
        assert op.out_channels
        assert not op.connections
        inputs.append(builder.weight(op.out_channels, channels // op.groups, *op.kernel_size))
        inputs += [builder.weight(op.out_channels)] if op.bias else []
        return builder.node(
            "Conv",
            inputs,
            name=node.name,
            strides=op.stride,
            dilations=op.dilation,
            group=op.groups,
            **around(op.padding),
        )
    if isinstance(op, Pool):
        return builder.node(
            "MaxPool" if node.word == "max_pool" else "AveragePool",
            inputs,
            name=node.name,
            kernel_shape=op.kernel_size,
            strides=op.stride or op.kernel_size,
            ceil_mode=int(ceil if op.ceil_mode is None else op.ceil_mode),
            **around(op.padding),
        )
    if isinstance(op, Linear):
        inputs.append(builder.weight(op.out_features, channels))
        inputs += [builder.weight(op.out_features)] if op.bias else []
        return builder.node("Gemm", inputs, name=node.name, transB=1)
    if isinstance(op, BatchNorm):
        inputs += [builder.weight(channels) for _ in range(4)]
        return builder.node("BatchNormalization", inputs, name=node.name)
    if isinstance(op, Join):
        arguments = {"axis": 1} if op.how == "concat" else {}
        return builder.node(op.how.capitalize(), inputs, name=node.name, **arguments)
    arguments = {"size": 5} if node.word == "lrn" else {}
    kind = "LRN" if node.word == "lrn" else PLAIN[node.word]
    return builder.node(kind, inputs, name=node.name, **arguments)


def around(padding: Any) -> dict[str, Any]:
    """Return padding as ONNX says it."""
    if padding == "same":
        return {"auto_pad": "SAME_UPPER"}
    (top, bottom), (left, right) = padding if isinstance(padding, tuple) else ((padding,) * 2,) * 2
    return {"pads": [top, left, bottom, right]}
