"""One network through every door: file, name, mapping, shell; text, Markdown, JSON, CSV."""

import csv
import json
import time
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_light import HEAVY, imported

import generator as cb
from generator import api
from generator.cli.main import cli
from generator.model import Region

NAMES = list(api.catalogue()["networks"])


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, ["network", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_issue_s_names_are_there() -> None:
    assert set(NAMES) == {
        "lenet5", "lenet5-1998", "alexnet", "alexnet-2012", "vgg11", "vgg13", "vgg16", "vgg19",
        "googlenet", "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnet50-v1",
        "resnet101-v1", "resnet152-v1", "mobilenet-v1", "tiny-vgg", "keras-mnist", "pytorch-lenet",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_begins_with_its_title_and_is_short(name: str) -> None:
    file = Path(api.__file__).with_name("networks") / f"{name}.yaml"
    lines = file.read_text("utf-8").splitlines()
    assert lines[0] == f"title: {cb.network(name).title}"
    # What people say of it stands above the network itself.
    begin = next(i for i, line in enumerate(lines) if line.startswith("input: "))
    assert begin <= 25
    assert len(lines) - begin <= 43
    assert all(len(line) <= 110 for line in lines)
    assert cb.network(file) == cb.network(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_fits_a_terminal(name: str) -> None:
    text = run(name)
    assert max(map(len, text.splitlines())) <= 100
    made = cb.network(name)
    assert f"{made.total.params:,}" in text
    assert text.count("\n") > len(made.layers)
    for convention in ("rounding", "padding", "count"):
        assert f"\n{convention}" in text


def test_json_is_what_is_promised() -> None:
    found = json.loads(run("lenet5", "--format", "json"))
    assert list(found) == ["name", "input", "layers", "total"]
    assert (found["name"], found["input"]) == ("lenet5", [1, 32, 32])
    assert list(found["layers"][0]) == [
        "name", "op", "inputs", "output", "params", "params_formula", "macs", "macs_formula",
        "flops", "buffers", "activation_bytes", "weight_bytes", "receptive_field",
        "effective_stride", "effective_padding", "says", "note",
    ]  # fmt: skip
    assert found["layers"][3] == {
        "name": "C3", "op": "conv", "inputs": ["S2"], "output": [16, 10, 10],
        "params": 2416, "params_formula": "(5·5·6 + 1)·16 = 2,416",
        "macs": 240000, "macs_formula": "5·5·6·16·10·10 = 240,000", "flops": 240000, "buffers": 0,
        "activation_bytes": 6400, "weight_bytes": 9664, "receptive_field": [14, 14],
        "effective_stride": [2, 2], "effective_padding": [0, 0], "says": "5×5", "note": "",
    }  # fmt: skip
    assert found["total"] == {
        "layers": 13, "params": 61706, "macs": 416520, "flops": 416520, "buffers": 0,
        "activation_bytes": 58928, "weight_bytes": 246824, "receptive_field": [32, 32],
        "conventions": {"rounding": "floor", "padding": "per-side", "count": "mac"},
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_csv_is_read_back(name: str) -> None:
    rows = list(csv.DictReader(StringIO(run(name, "--format", "csv"))))
    made = cb.network(name)
    assert [row["name"] for row in rows] == [layer.name for layer in made.layers]
    assert sum(int(row["params"]) for row in rows) == made.total.params
    for row, layer in zip(rows, made.layers, strict=True):
        assert tuple(map(int, row["output"].split("x"))) == layer.output
        assert tuple(row["inputs"].split()) == layer.inputs
        assert row["params_formula"] == layer.params_formula


def test_files_have_the_format_of_their_suffix(tmp_path: Path) -> None:
    paths = [tmp_path / f"out.{suffix}" for suffix in ("md", "json", "csv")]
    assert not run("lenet5", *(word for path in paths for word in ("-o", str(path))))
    for path in paths:
        assert path.read_bytes() == cb.network("lenet5").render(path.suffix[1:])


def test_a_notebook_shows_a_table() -> None:
    text = cb.network("lenet5")._repr_markdown_()
    assert "| C3 | conv 5×5 | 16×10×10 | 2,416 | (5·5·6 + 1)·16 | 240,000 | 14 | 2 |" in text


def test_a_file_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("input: 3x8x8\nlayers:\n  - conv: {out_channels: 4, kernel_size: 3}\n", "utf-8")
    assert json.loads(run(str(file), "--format", "json"))["layers"][0]["output"] == [4, 6, 6]
    found = json.loads(run(str(file), "--input", "3x224x224", "--format", "json"))
    assert found["layers"][0]["output"] == [4, 222, 222]
    same = {"input": (3, 8, 8), "layers": [{"conv": {"out_channels": 4, "kernel_size": 3}}]}
    assert cb.network(same).layers == cb.network(str(file)).layers


def test_conventions() -> None:
    # An odd map, pooled in pairs: the last row is left out, or stands alone.
    pool = {"input": "1x7x7", "layers": [{"max_pool": 2}]}
    assert cb.network(pool).layers[0].output == (1, 3, 3)
    assert cb.network(pool, rounding="ceil").layers[0].output == (1, 4, 4)
    own = {"input": "1x7x7", "layers": [{"max_pool": {"kernel_size": 2, "ceil_mode": False}}]}
    assert cb.network(own, rounding="ceil").layers[0].output == (1, 3, 3)
    # PyTorch's documentation of MaxPool2d: a window that would begin in the padding is left out.
    edge = {
        "input": "1x1x1",
        "layers": [{"max_pool": {"kernel_size": 2, "padding": 1, "stride": 2}}],
    }
    assert cb.network(edge, rounding="ceil").layers[0].output == (1, 1, 1)
    # 224 cells, window 3, stride 2: one cell in front, or an odd cell behind.
    conv = {"conv": {"out_channels": 1, "kernel_size": 3, "stride": 2, "padding": 1}}
    layer = cb.network({"input": "1x224x224", "layers": [conv]}).layers[0]
    assert (layer.output, layer.effective_padding) == ((1, 112, 112), (1, 1))
    layer = cb.network({"input": "1x224x224", "layers": [conv]}, padding="tf-same").layers[0]
    assert (layer.output, layer.effective_padding) == ((1, 112, 112), (0, 0))
    made = cb.network("lenet5", count="flop")
    assert made.total.flops == 2 * made.total.macs


def test_googlenet_needs_its_ceiling() -> None:
    assert cb.network("googlenet").conventions.rounding == "ceil"
    assert cb.network("googlenet")["3a.concat1"].output == (256, 28, 28)
    assert cb.network("googlenet", rounding="floor")["3a.concat1"].output == (256, 27, 27)


def test_branches_join_as_the_union() -> None:
    made = cb.network("resnet18")
    assert made["stage2.1.add1"].inputs == ("stage2.1.main.batch_norm2", "max_pool1")
    assert made["stage2.1.add1"].receptive_field == (27, 27)
    assert made["stage2.1.main.conv1"].inputs == ("max_pool1",)


def test_branches_that_do_not_align_are_reported() -> None:
    shifted = {"conv": {"out_channels": 1, "kernel_size": 2, "padding": [[0, 1], [0, 1]]}}
    join = {"name": "both", "branches": {"a": [shifted], "b": []}, "join": "add"}
    made = cb.network({"input": "1x8x8", "layers": [join]})
    said = "the centres of what unit 0 sees differ: 0.5 (both.a.conv1), 0 (input)"
    assert made["both"].note == said
    assert f"both: {said}" in str(made)
    assert made["both"].receptive_field == (2, 2)

    wide = {"conv": {"out_channels": 1, "kernel_size": 1, "stride": 2, "padding": [[0, 7], [4, 4]]}}
    apart = {"name": "both", "branches": {"a": [wide], "b": []}, "join": "add"}
    layer = cb.network({"input": "1x8x8", "layers": [apart]})["both"]
    assert layer.note == "the effective strides differ: 2 (both.a.conv1), 1 (input)"
    assert layer.effective_stride is None
    assert layer.effective_padding is None
    # Unit (3, 3) sees (6, 2) on one way and itself on the other.
    assert layer.region((3, 3)) == Region(3, 2, 4, 2)


def test_regions() -> None:
    made = cb.network("lenet5")
    assert made["C3"].region((9, 0)) == Region(18, 0, 14, 14)
    assert made["C3"].region((15, 9, 0)) == Region(18, 0, 14, 14)
    assert made["F6"].region((83,)) == Region(0, 0, 32, 32)
    assert cb.network("resnet50")["conv1"].region((0, 0)) == Region(-3, -3, 7, 7)
    flat = cb.network(
        {"input": "2x3x3", "layers": [{"max_pool": {"kernel_size": 2, "stride": 1}}, "flatten"]}
    )
    # Number 6 is the third of the second map: row 1, column 0.
    assert flat["flatten1"].region((6,)) == Region(1, 0, 2, 2)


def test_dilation_widens_the_view() -> None:
    # Curriculum row 21: K_eff = D(K − 1) + 1 = 5; then 5 + (3 − 1)·1 = 7.
    far = {"conv": {"out_channels": 1, "kernel_size": 3, "dilation": 2}}
    near = {"conv": {"out_channels": 1, "kernel_size": 3}}
    made = cb.network({"input": "1x12x12", "layers": [far, near]})
    assert [layer.receptive_field for layer in made.layers] == [(5, 5), (7, 7)]
    assert made.layers[1].output == (1, 6, 6)


def test_names_are_looked_up_from_within() -> None:
    inner = {
        "name": "inner",
        "layers": [{"name": "a", "relu": None}, {"add": None, "inputs": ["a", "top"]}],
    }
    made = cb.network({"input": "1x4x4", "layers": [{"name": "top", "tanh": None}, inner]})
    assert made["inner.add1"].inputs == ("inner.a", "top")


def test_a_made_name_gives_way_to_a_given_one() -> None:
    layers = ["relu", {"name": "relu1", "tanh": None}, "relu"]
    made = cb.network({"input": "1x4x4", "layers": layers})
    assert [layer.name for layer in made.layers] == ["relu2", "relu1", "relu3"]


def test_a_network_waits_for_nothing_heavy() -> None:
    assert not imported("network", "resnet152") & set(HEAVY)


def test_the_largest_network_answers_at_once() -> None:
    start = time.perf_counter()
    cb.network("resnet152")
    assert time.perf_counter() - start < 1
