"""Every shipped network, written as ONNX and read back, is the same network."""

import json
from math import prod
from pathlib import Path

import onnx
import pytest
from click.testing import CliRunner
from readers.models import exported, nodes_of

import generator as cb
from generator import api
from generator.cli.main import cli

# ONNX has no operator for its subsampling, its table of connections and its distances.
NAMES = [name for name in api.catalogue()["networks"] if name != "lenet5-1998"]


@pytest.mark.parametrize("name", NAMES)
def test_read_back(name: str, tmp_path: Path) -> None:
    path = exported(name).save(tmp_path / f"{name}.onnx")
    ours, theirs = cb.network(name), cb.network(path)
    assert theirs.total == ours.total
    assert theirs.layers == ours.layers
    assert theirs.input == ours.input


def test_only_one_network_is_not_written() -> None:
    words = {node.word for node in nodes_of("lenet5-1998")}
    assert {"subsample", "rbf"} <= words


@pytest.mark.parametrize("name", ["resnet152", "vgg19"])
def test_weights_are_counted_and_not_needed(name: str, tmp_path: Path) -> None:
    path = exported(name).save(tmp_path / "a.onnx")
    found = onnx.load(path).graph.initializer
    total = cb.network(path).total
    assert sum(prod(each.dims) for each in found) == total.params + total.buffers
    assert path.stat().st_size < 200_000


def test_weights_are_not_in_memory(tmp_path: Path) -> None:
    from generator.readers import _onnx_file

    path = exported("pytorch-lenet", filled=True).save(tmp_path / "a.onnx")
    assert path.stat().st_size > 4 * 176_050
    ours, theirs = _onnx_file.load(path), onnx.load(path)
    assert ours.ByteSize() < 5_000
    assert ours.graph.node == theirs.graph.node
    for one, other in zip(ours.graph.initializer, theirs.graph.initializer, strict=True):
        if prod(other.dims) > 256:
            other.ClearField("raw_data")
        assert one == other


def test_every_door(tmp_path: Path) -> None:
    path = exported("lenet5").save(tmp_path / "my-lenet.onnx")
    done = CliRunner().invoke(cli, ["network", str(path), "--format", "json"])
    found = json.loads(done.stdout)
    same = json.loads(cb.network("lenet5").render("json"))
    assert found["name"] == "my-lenet"
    assert {**found, "name": "lenet5"} == same
    assert cb.network(path) == cb.network(str(path))


def test_another_input_and_other_conventions(tmp_path: Path) -> None:
    path = exported("resnet18").save(tmp_path / "a.onnx")
    words = ["network", str(path), "--input", "3x256x192", "--count", "flop", "--format", "json"]
    found = json.loads(CliRunner().invoke(cli, words).stdout)
    same = cb.network("resnet18", input="3x256x192", count="flop")
    assert found["total"]["flops"] == same.total.flops == 2 * same.total.macs
    assert [tuple(layer["output"]) for layer in found["layers"]] == [
        layer.output for layer in same.layers
    ]
