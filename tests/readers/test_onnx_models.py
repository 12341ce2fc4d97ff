"""What exporters make of a network: every detour leads to the same layers."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from readers.models import Builder, exported

import generator as cb
from generator import api
from generator.model import Region


def words(made: api.Network) -> list[str]:
    return [layer.op for layer in made.layers]


def lenet(batch: Any, flat: str, path: Path) -> Path:
    """Build LeNet-5 the long way: its flattening asks for the batch, its biases are added."""
    build = Builder((batch, 1, 32, 32))
    last, maps = "x", 1
    for out in (6, 16):
        last = build.node("Conv", [last, build.weight(out, maps, 5, 5)])
        last = build.node("Add", [last, build.weight(1, out, 1, 1)])
        last = build.node("AveragePool", [last], kernel_shape=[2, 2], strides=[2, 2])
        last, maps = build.node("Tanh", [last]), out
    if flat == "asked":
        size = build.node("Gather", [build.node("Shape", [last]), build.numbers(0, shape=())])
        parts = [build.node("Unsqueeze", [size, build.numbers(0)]), build.numbers(-1)]
        last = build.node("Reshape", [last, build.node("Concat", parts, axis=0)])
    elif flat == "number":
        last = build.node("Reshape", [last, build.numbers(-1, 400)])
    else:
        last = build.node("Flatten", [last], axis=-3)
    for features, out in ((400, 120), (120, 84), (84, 10)):
        last = build.node("MatMul", [last, build.weight(features, out)])
        last = build.node("Add", [build.weight(out), last])
    return build.save(path, last)


@pytest.mark.parametrize("batch", ["N", None, 1, 8])
@pytest.mark.parametrize("flat", ["asked", "number", "minus"])
def test_lenet_the_long_way(batch: Any, flat: str, tmp_path: Path) -> None:
    made = cb.network(lenet(batch, flat, tmp_path / "a.onnx"))
    same = cb.network("lenet5").total
    assert (made.total.params, made.total.macs) == (same.params, same.macs)
    assert words(made) == [
        "conv", "avg_pool", "tanh", "conv", "avg_pool", "tanh", "flatten", "linear", "linear",
        "linear",
    ]  # fmt: skip
    assert made.layers[0].params_formula == "(5·5·1 + 1)·6 = 156"
    assert made.total.receptive_field == (32, 32)


def test_a_gate_sees_everything(tmp_path: Path) -> None:
    build = Builder((1, 8, 14, 14))
    body = build.node("Conv", ["x", build.weight(8, 8, 3, 3)], pads=[1] * 4, strides=[2, 2])
    pooled = build.node("ReduceMean", [body, build.numbers(2, 3)], keepdims=1)
    gate = build.node("HardSigmoid", [build.node("Conv", [pooled, build.weight(8, 8, 1, 1)])])
    build.node("Mul", [body, gate], name="gated")
    build.node("MaxPool", ["t5"], kernel_shape=[3, 3], name="after")
    made = cb.network(build.save(tmp_path / "a.onnx"))
    assert words(made) == ["conv", "global_avg_pool", "conv", "hardsigmoid", "mul", "max_pool"]
    assert made["gated"].output == (8, 7, 7)
    # Seven windows of 3 cells, 2 apart, one cell of padding in front: 15 cells.
    assert made["gated"].region((3, 3)) == Region(-1, -1, 15, 15)
    assert made["gated"].effective_stride is None
    assert made["gated"].note == ""
    assert made["after"].receptive_field == (15, 15)


def test_weights_that_are_used_twice_count_once(tmp_path: Path) -> None:
    build = Builder((1, 4, 8, 8))
    kernel, bias = build.weight(4, 4, 3, 3), build.weight(4)
    build.node("Conv", ["x", kernel, bias], pads=[1] * 4, name="first")
    build.node("Conv", ["t1", kernel, bias], pads=[1] * 4, name="again")
    made = cb.network(build.save(tmp_path / "a.onnx"))
    assert made.total.params == 3 * 3 * 4 * 4 + 4
    assert made["again"].params == 0
    assert made["again"].macs == made["first"].macs
    assert made["again"].note == "its weights are those of first and are counted there"


def test_weights_may_stand_anywhere(tmp_path: Path) -> None:
    """In a node, behind a cast, turned over, as whole numbers with a scale, as an input."""
    numbers = onnx.numpy_helper.from_array(np.ones((4, 2, 3, 3), np.float32))
    build = Builder((1, 2, 8, 8))
    in_a_node = build.node("Constant", [], value=numbers)
    build.node("Conv", ["x", in_a_node], name="a")
    whole = onnx.numpy_helper.from_array(np.ones((4, 4, 3, 3), np.int8), "whole")
    scaled = build.node("DequantizeLinear", ["whole", build.numbers(0.5, shape=())])
    build.node("Conv", ["t2", build.node("Identity", [scaled])], name="b")
    build.node("Flatten", ["t5"], name="c")
    turned = build.node("Transpose", [build.weight(10, 64)], perm=[1, 0])
    build.node("MatMul", ["t6", turned], name="d")
    model = build.model("t8")
    model.graph.initializer.append(whole)
    for each in model.graph.initializer:
        value = helper.make_tensor_value_info(each.name, each.data_type, each.dims)
        model.graph.input.append(value)
    onnx.save(model, tmp_path / "a.onnx")
    made = cb.network(tmp_path / "a.onnx")
    assert [layer.params for layer in made.layers] == [72, 144, 0, 640]
    assert [layer.name for layer in made.layers] == ["a", "b", "c", "d"]


def test_weights_in_a_file_beside_it_are_not_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.onnx"
    onnx.save(
        exported("lenet5", filled=True).model(),
        path,
        save_as_external_data=True,
        location="weights.bin",
        size_threshold=0,
    )
    assert (tmp_path / "weights.bin").stat().st_size >= 4 * 61_706
    (tmp_path / "weights.bin").unlink()
    assert cb.network(path).total == cb.network("lenet5").total


def test_nodes_in_any_order_and_with_any_names(tmp_path: Path) -> None:
    build = Builder((1, 2, 8, 8))
    build.node("Relu", ["x"], name="")
    build.node("Tanh", ["t1"], name="two words")
    build.node("Relu", ["t2"], name="twice")
    build.node("Relu", ["t3"], name="twice")
    build.nodes.append(helper.make_node("Elu", ["t4"], ["block/elu"]))
    build.nodes.append(helper.make_node("Elu", ["block/elu"], ["17"]))
    build.nodes.append(helper.make_node("Relu", ["17"], ["18"], name="input"))
    made = cb.network(build.save(tmp_path / "a.onnx", "18"))
    assert [layer.name for layer in made.layers] == [
        "t1", "two_words", "twice", "twice.2", "block/elu", "elu1", "input.2",
    ]  # fmt: skip
    build.nodes.reverse()
    assert cb.network(build.save(tmp_path / "a.onnx", "18")).total == made.total


def test_functions_of_the_file_are_written_out(tmp_path: Path) -> None:
    build = Builder((1, 2, 8, 8))
    build.nodes.append(helper.make_node("Twice", ["x"], ["y"], domain="mine"))
    model = build.model("y")
    inner = [helper.make_node("Relu", ["a"], ["b"]), helper.make_node("Tanh", ["b"], ["c"])]
    imports = [helper.make_opsetid("", 22)]
    model.functions.append(helper.make_function("mine", "Twice", ["a"], ["c"], inner, imports))
    model.opset_import.append(helper.make_opsetid("mine", 1))
    onnx.save(model, tmp_path / "a.onnx")
    assert words(cb.network(tmp_path / "a.onnx")) == ["relu", "tanh"]


def test_small_operators(tmp_path: Path) -> None:
    build = Builder((1, 3, 8, 8))
    last = build.node("Sub", ["x", build.numbers(127.5, shape=())])
    last = build.node("Mul", [last, build.numbers(0.5, shape=(1, 1, 1, 1))])
    bounds = [build.numbers(bound, shape=()) for bound in (0.0, 6.0, -1.0, 1.0)]
    last = build.node("Clip", [last, *bounds[:2]])
    last = build.node("Clip", [last, *bounds[2:]])
    last = build.node("Cast", [last], to=TensorProto.FLOAT)
    last = build.node("Sum", [last, build.node("Dropout", [last]), last])
    last = build.node("GlobalMaxPool", [last])
    build.node("Squeeze", [last, build.numbers(2, 3)])
    made = cb.network(build.save(tmp_path / "a.onnx"))
    assert words(made) == [
        "shift", "scale", "relu6", "hardtanh", "dropout", "add", "global_max_pool", "flatten",
    ]  # fmt: skip
    assert made.layers[-1].output == (3,)
    assert made.total.params == 0


def test_numbers_that_nodes_make_of_others(tmp_path: Path) -> None:
    build = Builder((1, 3, 8, 8))
    zeros = build.node("ConstantOfShape", [build.numbers(4)])
    sides = build.node("Cast", [build.numbers(0.0, 0.0, 1.0, 2.0)], to=TensorProto.INT64)
    build.node("Pad", ["x", build.node("Concat", [zeros, sides], axis=0)], name="pad")
    made = cb.network(build.save(tmp_path / "a.onnx", "t4"))
    assert made["pad"].output == (3, 9, 10)
    assert made["pad"].receptive_field == (1, 1)


def test_a_size_left_open_may_be_given(tmp_path: Path) -> None:
    build = Builder(("N", 3, "height", "width"))
    build.node("Conv", ["x", build.weight(4, 3, 3, 3)], auto_pad="SAME_LOWER", strides=[2, 2])
    path = build.save(tmp_path / "a.onnx")
    made = cb.network(path, input=(3, 224, 200))
    assert made.layers[0].output == (4, 112, 100)
    # SAME_LOWER has its odd cell in front.
    assert made.layers[0].effective_padding == (1, 1)


def test_words_are_words_of_the_language() -> None:
    from generator.readers._onnx_ops import READERS
    from generator.spec.network_layers import WORDS

    # A layer that is read has a word that a YAML file may say as well.
    said = {
        word
        for reader in READERS.values()
        for cell in reader.__closure__ or ()
        if isinstance(word := cell.cell_contents, str) and word
    }
    assert len(said) > 25
    assert said <= set(WORDS)
