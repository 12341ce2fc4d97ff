"""Layers: every line is read as Python, built in ONNX and run by onnxruntime."""

import ast
import re
from typing import Any

import numpy as np
import onnxruntime
import pytest
from exercises.reading import drawn, flat, only
from onnx import TensorProto, helper

from generator.paper import Choice, Exercise
from generator.prose import Code, Prose

#: Which arguments the two frameworks know, the first ones without a name.
KERAS = ("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "use_bias")
TORCH = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "bias")


class NoLayerError(Exception):
    """What the framework would refuse."""


def _code(prose: Prose) -> str:
    ((text,),) = [node.lines for node in prose if isinstance(node, Code)]
    return text


def _options(exercise: Exercise) -> tuple[str, list[str]]:
    question = only(exercise)
    assert isinstance(question.form, Choice)
    lines = [_code(option) for option in question.form.options]
    return lines.pop(int(str(question.answer)) - 1), lines


def _layer(text: str, channels: int) -> tuple[Any, ...]:
    """What a line makes: channels in and out, kernel, stride, padding, dilation, bias."""
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    names = KERAS if ast.unparse(call.func) == "layers.Conv2D" else TORCH
    given = dict(zip(names, map(ast.literal_eval, call.args), strict=False))
    for each in call.keywords:
        if each.arg not in names or each.arg in given:
            raise NoLayerError(each.arg)
        given[str(each.arg)] = ast.literal_eval(each.value)
    if names is KERAS:
        padding = given.get("padding", "valid")
        if padding not in ("valid", "same") or "data_format" in given:
            raise NoLayerError(padding)
        stride, dilation = given.get("strides", 1), given.get("dilation_rate", 1)
        return (
            channels, given["filters"], given["kernel_size"], stride, padding, dilation,
            given.get("use_bias", True),
        )  # fmt: skip
    if "kernel_size" not in given or given["in_channels"] != channels:
        raise NoLayerError("in_channels")
    return (
        channels, given["out_channels"], given["kernel_size"], given.get("stride", 1),
        given.get("padding", 0), given.get("dilation", 1), given.get("bias", True),
    )  # fmt: skip


def _run(layer: tuple[Any, ...], x: np.ndarray) -> np.ndarray:
    channels, filters, kernel, stride, padding, dilation, bias = layer
    rng = np.random.default_rng(7)
    reach = dilation * (kernel - 1) + 1
    # Spread out by hand: onnxruntime does not dilate with SAME_UPPER.
    w = np.zeros((filters, channels, reach, reach), np.float32)
    w[..., ::dilation, ::dilation] = rng.normal(size=(filters, channels, kernel, kernel))
    b = np.ones(filters, np.float32) if bias else np.zeros(filters, np.float32)
    # SAME_UPPER is what Keras does; where a number is given, it is padded at each side.
    pads: dict[str, Any] = (
        {"auto_pad": "SAME_UPPER" if padding == "same" else "VALID"}
        if isinstance(padding, str)
        else {"pads": [padding] * 4}
    )
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], strides=[stride] * 2, **pads)
    values = [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)]
    values += [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, each.shape)
        for name, each in (("w", w), ("b", b))
    ]
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "layer", values, [y])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    (out,) = session.run(None, {"x": x, "w": w, "b": b})
    return np.asarray(out)


def _image(exercise: Exercise) -> np.ndarray:
    match = re.search(r"\((\w+), \w+, \w+\) = \((\d+), (\d+), (\d+)\)", flat(exercise.prompt))
    assert match
    sizes = [int(each) for each in match.groups()[1:]]
    shape = sizes if match[1] == "channels" else [sizes[2], *sizes[:2]]
    return np.random.default_rng(3).normal(size=(1, *shape)).astype(np.float32)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_right_line_does_the_same_and_no_other(level: int) -> None:
    refused = 0
    for exercise in drawn("same-layer", level)[:60]:
        x = _image(exercise)
        wanted = _run(_layer(_code(exercise.prompt), x.shape[1]), x)
        right, wrong = _options(exercise)
        assert np.array_equal(_run(_layer(right, x.shape[1]), x), wanted)
        for text in wrong:
            try:
                found = _run(_layer(text, x.shape[1]), x)
            except NoLayerError:
                refused += 1
                continue
            assert found.shape != wanted.shape or not np.allclose(found, wanted), text
    assert refused
