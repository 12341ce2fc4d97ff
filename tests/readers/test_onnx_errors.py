"""What a person is told whose file is not read: all of it, with the names of the nodes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import onnx
import pytest
from click.testing import CliRunner
from onnx import helper
from readers.models import Builder, exported

import generator as cb
from generator.cli.main import cli
from generator.errors import UserError


def problems(path: str, **given: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        cb.network(path, **given)
    return str(caught.value).splitlines()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_that_is_wrong_is_told_at_once() -> None:
    build = Builder((1, 3, 16, 16))

    def node(name: str, kind: str, *inputs: str, **arguments: Any) -> str:
        return build.node(kind, inputs, name=name, **arguments)

    wide = node("wide", "Conv", "x", build.weight(4, 5, 3, 3))
    node("behind", "Relu", wide)
    node("line", "Conv", "x", build.weight(4, 3, 3))
    node("long", "MaxPool", "x", kernel_shape=[40, 2])
    node("up", "ConvTranspose", "x", build.weight(3, 4, 2, 2))
    node("seen", "Attention", "x", domain="com.microsoft")
    node("cut", "MaxPool", "x", kernel_shape=[2, 2], pads=[0, 0, -1, 0])
    node("still", "Conv", "x", build.weight(4, 3, 3, 3), strides=[0, 1])
    node("odd", "Conv", "x", build.weight(4, 3, 3, 3), pads=[1, 2, 3])
    node("made", "Conv", "x", "x")
    node("tall", "Concat", "x", "x", axis=2)
    node("turn", "Transpose", "x", perm=[0, 2, 3, 1])
    node("fold", "Reshape", "x", build.numbers(1, 3, 4, 64))
    node("mean", "ReduceMean", "x", build.numbers(1), keepdims=1)
    node("less", "Sub", "x", wide)
    node("tint", "Add", "x", build.weight(1, 3, 1, 1))
    node("lost", "Relu", "nowhere")
    node("front", "Pad", "x", build.numbers(0, 1, 0, 0, 0, 0, 0, 0))
    half = node("half", "MaxPool", "x", kernel_shape=[2, 2], strides=[2, 2])
    node("both", "Add", "x", half)
    flat = node("flat", "Flatten", "x")
    node("dense", "Gemm", flat, build.weight(20, 10))
    node("short", "Reshape", "x", build.numbers(-1, 100))
    node("sharp", "Gemm", "x", build.weight(20, 10))
    build.save(Path("a.onnx"))
    assert problems("a.onnx") == [
        "a.onnx: wide, in_channels: got 3 channels, wanted 5, which its weights are made for",
        "a.onnx: line: its weights are 4×3×3; only kernels of rows and columns are read",
        "a.onnx: long, kernel_size: got 40 rows, wanted at most 16, the rows of its input with"
        " the padding",
        "a.onnx: up: the operator ConvTranspose is not read",
        "a.onnx: seen: the operator com.microsoft.Attention is not read",
        "a.onnx: cut, pads: got -1, wanted padding of at least 0",
        "a.onnx: still, strides: got 0×1, wanted at least 1",
        "a.onnx: odd: its arguments are not those of Conv",
        "a.onnx: made: its weights are computed by other layers; only stored weights are read",
        "a.onnx: tall, axis: got 2, wanted 1, the channels",
        "a.onnx: turn: it makes 1×16×16×3 of 1×3×16×16; only flattening is read; write the file"
        " with channels first, as tf2onnx does with --inputs-as-nchw",
        "a.onnx: fold: it makes 1×3×4×64 of 1×3×16×16; only flattening is read",
        "a.onnx: mean: it takes means along other axes than rows and columns",
        "a.onnx: less: the operator Sub is not read between two maps",
        "a.onnx: tint: its constant is 1×3×1×1; only single numbers and biases are read",
        "a.onnx: lost: it reads nowhere, which no node makes",
        "a.onnx: front: it does not only add cells around every map",
        "a.onnx: both: got 3×16×16 and 3×8×8, wanted inputs of one shape",
        "a.onnx: dense, in_features: got 768 numbers, wanted 20, which its weights are made for",
        "a.onnx: short: got 3×16×16, which is 768 numbers, wanted 100 numbers",
        "a.onnx: sharp: got 3×16×16, wanted a flat input; put flatten before it",
    ]


def test_circles() -> None:
    build = Builder((1, 3, 8, 8))
    build.nodes = [
        helper.make_node("Add", ["x", "c"], ["a"], name="one"),
        helper.make_node("Relu", ["a"], ["b"], name="two"),
        helper.make_node("Tanh", ["b"], ["c"], name="three"),
        helper.make_node("Foo", ["x"], ["e"], name="foo"),
        helper.make_node("Concat", ["e", "c"], ["d"], name="four", axis=1),
    ]
    build.save(Path("a.onnx"), "d")
    assert problems("a.onnx") == [
        "a.onnx: one: layers feed each other in a circle: one → two → three → one",
        "a.onnx: foo: the operator Foo is not read",
    ]


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_file_that_ends_early(share: float) -> None:
    data = exported("lenet5", filled=True).model().SerializeToString()
    Path("a.onnx").write_bytes(data[: int(share * len(data))])
    assert problems("a.onnx") == ["a.onnx: this is no ONNX file, or only a part of one"]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(99), b"input: 3x8x8\n", b"\x00" * 9])
def test_a_file_of_something_else(data: bytes) -> None:
    Path("a.onnx").write_bytes(data)
    assert problems("a.onnx") == ["a.onnx: this is no ONNX file, or only a part of one"]


def test_no_file() -> None:
    assert problems("a.onnx") == ["a.onnx: cannot be read: No such file or directory"]
    Path("b.onnx").mkdir()
    assert problems("b.onnx") == ["b.onnx: cannot be read: Is a directory"]


def test_inputs() -> None:
    build = Builder(("N", 3, "height", None))
    build.node("Relu", ["x"])
    build.save(Path("a.onnx"))
    assert problems("a.onnx") == [
        "a.onnx: input: got x of N×3×height×?, wanted an input whose size is known; give channels"
        " x rows x columns, such as 3x224x224",
    ]
    assert problems("a.onnx", input="784", count="x") == [
        "count: got x, wanted one of mac, flop",
        "a.onnx: input: got 784, wanted an input for x, which is N×3×height×?",
    ]
    done = CliRunner().invoke(cli, ["network", "a.onnx", "--input", "28x28"])
    assert str(done.exception) == (
        "--input: got 28x28, wanted channels x rows x columns, such as 3x224x224"
    )
    for shape in ((1, 16_000), (1, 3, 100), ()):
        build = Builder(shape)
        build.node("Relu", ["x"])
        build.save(Path(f"b{len(shape)}.onnx"))
    assert cb.network("b2.onnx").input == (16_000,)
    assert problems("b3.onnx") == [
        "b3.onnx: input: got x of 1×3×100, wanted batch×channels×rows×columns",
    ]
    assert problems("b0.onnx") == [
        "b0.onnx: input: got x of an unknown shape, wanted batch×channels×rows×columns",
    ]
    model = Builder((1, 3, 8, 8)).model("x")
    model.graph.input.append(helper.make_tensor_value_info("y", 1, (1, 3, 8, 8)))
    model.graph.node.append(helper.make_node("Add", ["x", "y"], ["z"]))
    model.graph.output[0].name = "z"
    onnx.save(model, "c.onnx")
    assert problems("c.onnx") == [
        "c.onnx: input: got x, y, wanted one input, a picture",
    ]


def test_numbers_in_a_file_that_is_not_there() -> None:
    build = Builder((1, 3, 8, 8))
    build.node("Reshape", ["x", build.numbers(1, 192)], name="flat")
    onnx.save(
        build.model(),
        "a.onnx",
        save_as_external_data=True,
        location="beside.bin",
        size_threshold=0,
        convert_attribute=False,
    )
    assert cb.network("a.onnx").layers[-1].output == (192,)
    Path("beside.bin").unlink()
    assert problems("a.onnx") == [
        "a.onnx: flat: the numbers of w0 are not in the file, and beside.bin beside it cannot be"
        " read",
    ]


def test_without_the_library() -> None:
    exported("lenet5").save(Path("a.onnx"))
    code = (
        "import sys; sys.modules['onnx'] = None; sys.argv = ['convbook', 'network', 'a.onnx']\n"
        "from generator.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "convbook: a.onnx: reading ONNX files needs the package onnx;"
        ' pip install "convbook[onnx]"\n'
    )
