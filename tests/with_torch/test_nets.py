"""Modules of torch: against our own networks, against torch's counts, against a run."""

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from with_torch.nets import NETS

import generator as cb
from generator import api


def read(name: str) -> tuple[nn.Module, api.Network]:
    # No memory is taken for weights: that of their shapes is enough for us and for torch.
    with torch.device("meta"):
        module = NETS[name]().eval()
    return module, cb.network(module, input=cb.network(name).input)


@pytest.mark.parametrize("name", NETS)
def test_totals_are_those_of_our_files(name: str) -> None:
    _, made = read(name)
    same = cb.network(name)
    for key in ("params", "macs", "buffers", "receptive_field"):
        assert getattr(made.total, key) == getattr(same.total, key), key
    last = [layer for layer in same.layers if len(layer.output) == 3][-1]
    theirs = [layer for layer in made.layers if len(layer.output) == 3][-1]
    assert theirs.effective_stride == last.effective_stride
    assert theirs.effective_padding == last.effective_padding
    assert not [layer.note for layer in made.layers if layer.note]


@pytest.mark.parametrize("name", NETS)
def test_parameters_are_torch_s(name: str) -> None:
    module, made = read(name)
    assert made.total.params == sum(each.numel() for each in module.parameters())
    # torch also counts the batches that it has seen, a number for each layer.
    kept = [each for key, each in module.named_buffers() if "batches" not in key]
    assert made.total.buffers == sum(each.numel() for each in kept)
    assert {layer.name: layer.params for layer in made.layers if layer.params} == {
        key: sum(each.numel() for each in part.parameters(recurse=False))
        for key, part in module.named_modules()
        if list(part.parameters(recurse=False))
    }


@pytest.mark.parametrize("name", [name for name in NETS if name != "resnet152"])
def test_shapes_are_those_of_a_run(name: str) -> None:
    module = NETS[name]().eval()
    made = cb.network(module, input=cb.network(name).input)
    shapes: dict[str, list[tuple[int, ...]]] = {}

    def hook(key: str) -> Any:
        return lambda part, inputs, output: shapes.setdefault(key, []).append(tuple(output.shape))

    for key, part in module.named_modules():
        if not list(part.children()):
            part.register_forward_hook(hook(key))
    with torch.no_grad():
        output = module(torch.zeros(1, *made.input))
    assert made.layers[-1].output == tuple(output.shape[1:])
    found: dict[str, list[tuple[int, ...]]] = {}
    for layer in made.layers:
        key, _, number = layer.name.rpartition(".")
        # A module that is used again has a number behind its name.
        key = key if number.isdigit() and key in shapes else layer.name
        if key in shapes:
            found.setdefault(key, []).append((1, *layer.output))
    assert found == shapes


@pytest.mark.filterwarnings("ignore")  # what the exporter says of itself and of its age
@pytest.mark.parametrize("name", ["pytorch-lenet", "resnet18", "googlenet", "mobilenet-v1"])
def test_what_torch_exports_is_the_same_network(name: str, tmp_path: Path) -> None:
    module = NETS[name]()
    made = cb.network(module, input=cb.network(name).input)
    # In training nothing is merged. torch's newer exporter merges batch normalisation in any case.
    torch.onnx.export(
        module,
        (torch.zeros(2, *made.input),),
        str(tmp_path / "a.onnx"),
        training=torch.onnx.TrainingMode.TRAINING,
        dynamo=False,
        do_constant_folding=False,
    )
    theirs = cb.network(tmp_path / "a.onnx")
    assert (theirs.total.params, theirs.total.macs) == (made.total.params, made.total.macs)
    assert theirs.total.buffers == made.total.buffers
    assert theirs.total.receptive_field == made.total.receptive_field
    words = [layer.op for layer in made.layers]
    assert [layer.op for layer in theirs.layers] == words


def test_the_largest_is_read_in_a_moment() -> None:
    with torch.device("meta"):
        module = NETS["resnet152"]()
    cb.network(NETS["pytorch-lenet"](), input="1x28x28")  # torch.fx is imported
    start = time.perf_counter()
    cb.network(module, input=(3, 224, 224))
    assert time.perf_counter() - start < 2


def test_a_module_is_left_as_it_was() -> None:
    module = NETS["resnet18"]()
    before = {key: each.clone() for key, each in module.state_dict().items()}
    cb.network(module, input=(3, 64, 64))
    assert module.training
    after = module.state_dict()
    assert all(torch.equal(each, after[key]) for key, each in before.items())


def test_the_page_s_example() -> None:
    page = (Path(__file__).parents[2] / "docs/make/networks.md").read_text("utf-8")
    (code,) = re.findall(r'^```python title="net.py"\n(.*?)^```', page, re.M | re.S)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Net: a torch module, input 1×28×28\n")
    said = re.search(r"print\(made\[.*# (.*)", code)
    assert said
    assert done.stdout.splitlines()[-1] == said[1]


class Small(nn.Module):
    """Strides, dilation, branches and an average: what a unit sees is asked of the gradient."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 2, (3, 5), stride=(2, 1), padding=(1, 2))
        self.wide = nn.Conv2d(2, 2, 3, padding=2, dilation=2)
        self.narrow = nn.Conv2d(2, 2, 1)

    def forward(self, x: Any) -> Any:
        x = self.first(x)
        x = self.wide(x) + self.narrow(x)
        return nn.functional.avg_pool2d(x, (3, 2), stride=2)


def test_receptive_fields_are_those_of_gradients() -> None:
    module = Small()
    for each in module.parameters():
        nn.init.ones_(each)
    made = cb.network(module, input=(1, 24, 20))
    last = made.layers[-1]
    _, rows, columns = last.output
    whole = 0
    for row in range(rows):
        for column in range(columns):
            x = torch.ones(1, 1, 24, 20, requires_grad=True)
            module(x)[0, 0, row, column].backward()
            assert x.grad is not None
            seen = x.grad[0, 0].nonzero()
            region = last.region((row, column))
            top, left = max(region.top, 0), max(region.left, 0)
            bottom, right = min(region.bottom, 23), min(region.right, 19)
            assert seen.min(0).values.tolist() == [top, left]
            assert seen.max(0).values.tolist() == [bottom, right]
            whole += bottom - top + 1 == region.height and right - left + 1 == region.width
    assert whole > 4
