"""What a person is told whose network does not fit: all of it, with its layer and its line."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import generator as cb
from generator.cli.main import cli
from generator.errors import UserError


def problems(source: Any, **given: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        cb.network(source, **given)
    return str(caught.value).splitlines()


def file(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    Path("my.yaml").write_text(text, "utf-8")
    return "my.yaml"


MANY = """\
title: bad
inptu: 1x28x28
input: 1x28x28
layers:
  - {name: c1, conv: {out_channels: 5, kernel_size: 40}}
  - {name: c2, inputs: input, conv: {out_channels: 5, kernel_size: x, groups: 2, strid: 2}}
  - {name: c3, inputs: input, conv: {out_channels: 5, kernel_size: 3, groups: 2}}
  - {name: c4, inputs: c33, convv: 3}
  - {name: c5, inputs: c6, relu: }
  - {name: c6, inputs: c5, relu: }
  - {name: c7, inputs: input, linear: 10}
  - {name: c7, inputs: input, relu: }
  - {name: c9, inputs: input, max_pool: 2}
  - {name: d1, inputs: [input, c9], add: }
  - {name: d2, inputs: input, add: }
  - name: d3
    inputs: c9
    branches:
      a: [max_pool: 2]
      b: []
    join: concat
  - {name: d4, inputs: c1, relu: }
  - {name: d5, inputs: [c9, c7], relu: }
  - {name: d6, inputs: input, max_pool: {kernel_size: [2, 5], padding: 2}}
  - flatten: 3
  - conv:
    relu:
  - {name: d7, inputs: d8, relu: }
  - {name: d8, inputs: c9, relu: }
  - {inputs: c9, conv: }
  - {name: no good, inputs: c9, relu: }
  - {name: d9, inputs: c9, repeat: 0, relu: }
  - {inputs: c9, branches: {a: relu}, join: ad}
"""


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(file(tmp_path, MANY, monkeypatch)) == [
        "my.yaml:2: unknown key 'inptu'; did you mean 'input'?",
        "my.yaml:5: c1, kernel_size: got 40 rows, wanted at most 28, the rows of its input with the"
        " padding",
        "my.yaml:5: c1, kernel_size: got 40 columns, wanted at most 28, the columns of its input"
        " with the padding",
        "my.yaml:6: c2: unknown key 'strid'; did you mean 'stride'?",
        "my.yaml:6: c2, kernel_size: got x, wanted a whole number of at least 1",
        "my.yaml:7: c3, groups: got 2, wanted a number that divides 1 channels and 5 kernels",
        "my.yaml:8: c4: unknown layer 'convv'; did you mean 'conv'?",
        "my.yaml:8: c4: unknown input 'c33'; did you mean 'c3'?",
        "my.yaml:9: c5: layers feed each other in a circle: c5 → c6 → c5",
        "my.yaml:11: c7: got 1×28×28, wanted a flat input; put flatten before it",
        "my.yaml:12: c7: the name stands twice, first in my.yaml:11",
        "my.yaml:14: d1: got 1×28×28 and 1×14×14, wanted inputs of one shape",
        "my.yaml:15: d2, inputs: got 1 input, wanted at least 2",
        "my.yaml:16: d3: got 1×7×7 and 1×14×14, wanted inputs of maps of one size",
        "my.yaml:23: d5, inputs: got 2 inputs, wanted 1, since only add, mul and concat read"
        " several",
        "my.yaml:24: d6, padding: got 2, wanted at most 1, half the rows of the window",
        "my.yaml:25: flatten: got 3, wanted no arguments",
        "my.yaml:26: got conv, relu, wanted one layer in each entry; begin each with '-'",
        "my.yaml:28: d7, inputs: got d8, wanted the name of a layer above it",
        "my.yaml:30: conv, out_channels: is missing: how many kernels there are",
        "my.yaml:30: conv, kernel_size: is missing: rows and columns of a kernel",
        "my.yaml:31: name: got no good, wanted a name of letters, digits, _ and -, other than"
        " input",
        "my.yaml:32: d9, repeat: got 0, wanted a whole number from 1 to 1000",
        "my.yaml:33: branches: got {'a': 'relu'}, wanted at least two lines such as"
        " 'main: [conv: …, relu]'; a branch that does nothing is []",
        "my.yaml:33: branches, join: got ad, wanted add, mul or concat",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["my.yaml:1: input: is missing: channels x rows x columns of one input, such as"
              " 3x224x224", "my.yaml:1: layers: is missing: a list of layers"]),
        ("- a", ["my.yaml:1: wanted lines such as 'input: 3x32x32'"]),
        ("input: 3x32\nlayers: relu", [
            "my.yaml:1: input: got 3x32, wanted channels x rows x columns, such as 3x224x224",
            "my.yaml:2: layers: got relu, wanted a list of layers",
        ]),
        ("input: 1x8x8\ninput: 1x9x9\nlayers: [relu]", ["my.yaml:2: input: stands twice"]),
        ("input: 1x8x8\nlayers: [&a [relu], *a]", [
            "my.yaml:2: aliases are not read; what is used twice is written once, under blocks",
        ]),
        ("input: 1x8x8\nlayers: [relu", [
            "my.yaml:2: this is no YAML: while parsing a flow sequence expected ',' or ']', but got"
            " '<stream end>'",
        ]),
        ("input: 1x8x8\nconventions: {roundin: up, count: macs}\nlayers: [relu]", [
            "my.yaml:2: unknown convention 'roundin'; did you mean 'rounding'?",
            "my.yaml:2: count: got macs, wanted one of mac, flop; did you mean 'mac'?",
        ]),
        # Blocks that use each other, and blanks that are not filled in.
        ("input: 1x8x8\nblocks:\n  a: [b]\n  b: [relu, a]\nlayers: [a]", [
            "my.yaml:4: a: got a → b → a, wanted blocks that do not use each other in a circle",
        ]),
        ("input: 1x8x8\nblocks:\n  a:\n    - linear: $width\nlayers:\n  - a: {widht: 3}", [
            "my.yaml:6: a: unknown key 'widht'; did you mean 'width'?",
            "my.yaml:6: a, width: is missing: the block a has $width",
        ]),
        ("input: 1x8x8\nblocks: {conv: [relu]}\nlayers: [relu]", [
            "my.yaml:2: blocks: got conv, wanted a name that is not a word of the language",
        ]),
        ("input: 1x8x8\nlayers:\n  - conv: {kernel_size: 3, connections: [[0, 3], [0, 0]]}", [
            "my.yaml:3: conv, connections, kernel 2: got [0, 0], wanted each map once",
        ]),
        ("input: 1x8x8\nlayers:\n  - conv: {kernel_size: 3, connections: [[0, 3], [0]]}", [
            "my.yaml:3: conv1, connections: got map 3, wanted maps from 0 to 0, those of the input",
        ]),
        ("input: 784\nlayers:\n  - max_pool: 2", [
            "my.yaml:3: max_pool1: got 784, wanted channels×rows×columns",
        ]),
        ("input: 1x8x8\nlayers:\n  - {repeat: 1000, layers: [{repeat: 1000, relu: }]}", [
            "my.yaml:3: more than 10,000 layers; look at the repeats",
        ]),
        ("input: 1x8x8\nlayers:\n  - {name: a, inputs: a, relu: }", [
            "my.yaml:3: a: layers feed each other in a circle: a → a",
        ]),
    ],
    ids=range(15),
)  # fmt: skip
def test_one_thing_wrong(
    text: str, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems(file(tmp_path, text, monkeypatch)) == said


def test_what_would_take_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = "{repeat: 1000, layers: []}"
    for _ in range(4):
        nothing = f"{{repeat: 1000, layers: [{nothing}]}}"
    doubled = "blocks:\n" + "".join(f"  b{i}: [b{i + 1}, b{i + 1}]\n" for i in range(60))
    deep = "blocks:\n" + "".join(f"  b{i}: [b{i + 1}]\n" for i in range(900))
    said = "more than 10,000 layers; look at the repeats"
    for text, last in (
        (f"layers: [{nothing}]", said),
        (f"{doubled}  b60: [relu]\nlayers: [b0]", said),
    ):
        found = problems(file(tmp_path, "input: 1x8x8\n" + text, monkeypatch))
        assert found[0].endswith(last)
        assert len(found) == 1
    text = f"input: 1x8x8\n{deep}  b900: [relu]\nlayers: [b0]"
    assert problems(file(tmp_path, text, monkeypatch)) == [
        "my.yaml: the blocks are nested too deeply"
    ]


def test_names_and_files() -> None:
    assert problems("lenet") == ["unknown network 'lenet'; did you mean 'lenet5'?"]
    assert problems("nope.yaml") == ["nope.yaml: cannot be read: No such file or directory"]


def test_what_python_asks() -> None:
    assert problems("lenet5", input="28x28", rounding="up") == [
        "input: got 28x28, wanted channels x rows x columns, such as 3x224x224",
        "rounding: got up, wanted one of floor, ceil",
    ]
    assert problems({"input": "1x8x8", "layers": [{"conv": {"kernel_size": 9}}]}) == [
        "conv, out_channels: is missing: how many kernels there are",
    ]
    with pytest.raises(UserError, match="unknown format 'jsn'; did you mean 'json'"):
        cb.network("lenet5").render("jsn")
    with pytest.raises(UserError, match=r"unit: got \(28, 0\), wanted a unit of 6×28×28"):
        cb.network("lenet5")["C1"].region((28, 0))


def test_what_the_shell_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(cli, ["network", "lenet5", "--input", "28x28", "--count", "x"])
    assert str(done.exception).splitlines() == [
        "--input: got 28x28, wanted channels x rows x columns, such as 3x224x224",
        "--count: got x, wanted one of mac, flop",
    ]


def test_another_input_may_not_fit() -> None:
    assert problems("lenet5", input="1x28x28")[0] == (
        "networks/lenet5.yaml:25: C5, kernel_size: got 5 rows, wanted at most 4, the rows of its"
        " input with the padding"
    )
