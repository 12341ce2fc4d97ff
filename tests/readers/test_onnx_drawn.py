"""Models drawn at random: our shapes against onnx's and against what onnxruntime makes of them."""

import tempfile
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, RuntimeException
from readers.models import Builder

import generator as cb
from generator import api
from generator.errors import UserError

PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(list)


@st.composite
def around(
    draw: st.DrawFn, kernel: list[int], strides: list[int], dilations: list[int]
) -> dict[str, Any]:
    """Draw padding: four numbers, a word, or nothing; for pooling less than the window."""
    words = ["", "NOTSET", "VALID"]
    if dilations == [1, 1] and all(map(int.__le__, strides, kernel)):
        words += ["SAME_UPPER", "SAME_LOWER"]  # of the rest onnxruntime makes negative padding
    if word := draw(st.sampled_from(words)):
        return {"auto_pad": word}
    most = [dilation * (size - 1) for size, dilation in zip(kernel, dilations, strict=True)]
    return {"pads": [draw(st.integers(0, min(2, each))) for each in (*most, *most)]}


DILATIONS = st.tuples(st.integers(1, 2), st.integers(1, 2)).map(list)


@st.composite
def convs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kernel, strides, dilations = draw(PAIRS), draw(PAIRS), draw(DILATIONS)
    values = {"kernel": kernel, "strides": strides, "dilations": dilations}
    values |= draw(around(kernel, strides, dilations))
    drawn = {"group": draw(st.sampled_from([1, 1, 2])), "bias": draw(st.booleans())}
    return "Conv", {**values, **drawn, "out": 2 * draw(st.integers(1, 3))}


@st.composite
def pools(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kernel, strides = draw(PAIRS), draw(PAIRS)
    values: dict[str, Any] = {"kernel_shape": kernel, "strides": strides}
    values |= draw(around(kernel, strides, [1, 1]))
    if "pads" in values:
        values |= {"ceil_mode": draw(st.integers(0, 1)), "dilations": draw(DILATIONS)}
    if draw(st.booleans()):
        return "MaxPool", values
    return "AveragePool", {**values, "count_include_pad": draw(st.integers(0, 1))}


#: Operators without drawn arguments; Both and Gate stand for a few of them.
PLAIN: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.sampled_from(
    ["Relu", "LeakyRelu", "Elu", "Selu", "Celu", "HardSigmoid", "HardSwish", "Sigmoid", "Tanh",
     "Softplus", "Softsign", "Mish", "Gelu", "Softmax", "LogSoftmax", "Identity", "LRN",
     "BatchNormalization", "PRelu", "Pad", "Clip", "Both", "Gate"]
).map(lambda kind: (kind, {}))  # fmt: skip
STEPS = st.lists(st.one_of(convs(), pools(), PLAIN), min_size=1, max_size=5)
ENDS = st.sampled_from(["", "Flatten", "Reshape", "ReduceMean", "GlobalMaxPool"])


def grown(shape: tuple[int, int, int], steps: Any, end: str) -> tuple[Builder, int]:  # noqa: PLR0912
    """Build the model; return it and how many numbers its layers learn."""
    builder = Builder((1, *shape))
    channels, last, learned = shape[0], builder.node("Tanh", ["x"]), 0

    def weight(*sizes: int) -> str:
        nonlocal learned
        learned += prod(sizes)
        return builder.weight(*sizes)

    for kind, drawn in steps:
        values = dict(drawn)
        if kind == "Conv":
            out, bias, kernel = values.pop("out"), values.pop("bias"), values.pop("kernel")
            inputs = [last, weight(out, channels // values["group"], *kernel)]
            inputs += [weight(out)] if bias else []
            last, channels = builder.node("Conv", inputs, **values), out
        elif kind == "LRN":
            last = builder.node(kind, [last], size=3)
        elif kind == "BatchNormalization":
            kept = [builder.weight(channels) for _ in range(2)]
            last = builder.node(kind, [last, weight(channels), weight(channels), *kept])
        elif kind == "PRelu":
            last = builder.node(kind, [last, weight(channels, 1, 1)])
        elif kind == "Pad":
            last = builder.node(kind, [last, builder.numbers(0, 0, 1, 0, 0, 0, 0, 2)])
        elif kind == "Clip":
            bounds = [builder.numbers(bound, shape=()) for bound in (0.0, 6.0)]
            last = builder.node(kind, [last, *bounds])
        elif kind == "Both":
            last = builder.node("Concat", [last, builder.node("Relu", [last])], axis=-3)
            channels *= 2
        elif kind == "Gate":
            gate = builder.node("Sigmoid", [builder.node("GlobalAveragePool", [last])])
            last = builder.node("Mul", [last, gate])
        else:
            last = builder.node(kind, [last], **values)
    if end == "Reshape":
        builder.node(end, [last, builder.numbers(0, -1)])
    elif end == "ReduceMean":
        builder.node(end, [last, builder.numbers(-1, 2)], keepdims=0)
    elif end:
        builder.node(end, [last])
    return builder, learned


def read(model: onnx.ModelProto) -> api.Network:
    """Return our report of a model."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "drawn.onnx")
        onnx.save(model, path)
        return cb.network(path)


def run(model: onnx.ModelProto, shape: tuple[int, ...]) -> dict[str, Any] | None:
    """Return every tensor as onnxruntime makes it; ``None`` where a window outgrew its map."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        made = session.run(None, {"x": np.ones((1, *shape), np.float32)})
    except (Fail, RuntimeException, InvalidArgument):
        return None
    names = [each.name for each in session.get_outputs()]
    found = dict(zip(names, made, strict=True))
    sizes = {"x": shape[1:], **{name: each.shape[2:] for name, each in found.items()}}
    # Pooling windows longer than their map make an empty map or are cut off there, without error.
    return None if any(outgrown(node, sizes[node.input[0]]) for node in model.graph.node) else found


def outgrown(node: Any, size: Any) -> bool:
    """Return whether the window of a pooling node is longer than its map with the padding."""
    values = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
    if "kernel_shape" not in values or values.get("auto_pad", b"").startswith(b"SAME"):
        return False
    pads, dilations = values.get("pads", [0] * 4), values.get("dilations", [1, 1])
    return any(
        dilations[i] * (values["kernel_shape"][i] - 1) + 1 > pads[i] + size[i] + pads[i + 2]
        for i in (0, 1)
    )


@settings(max_examples=150, deadline=None)
@given(st.integers(7, 14), st.integers(7, 14), STEPS, ENDS)
def test_shapes_and_parameters(rows: int, columns: int, steps: Any, end: str) -> None:
    shape = (2, rows, columns)
    builder, learned = grown(shape, steps, end)
    model = builder.model()
    made = run(model, shape)
    if made is None:
        with pytest.raises(UserError):
            read(model)
        return
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    told = {
        each.name: tuple(dim.dim_value for dim in each.type.tensor_type.shape.dim)
        for each in inferred.graph.output
    }
    report = read(model)
    assert report.total.params == learned
    tensors = {node.name: node.output[0] for node in model.graph.node}
    for layer in report.layers:
        if layer.name in tensors:  # the second layer of ReduceMean is called after its word
            tensor = tensors[layer.name]
            after = (1, *layer.output)
            assert prod(after) == made[tensor].size, layer.name
            if model.graph.node[-1].op_type != "ReduceMean":
                assert after == made[tensor].shape == told[tensor], layer.name
    assert report.layers[-1].output == made[model.graph.output[-1].name].shape[1:]
