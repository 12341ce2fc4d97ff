"""Where the parameters are."""

from math import isclose

import pytest

import generator as cb
from generator import api
from generator.errors import UserError
from generator.scene.marks import Line, Rect, Text


@pytest.mark.parametrize("what", ["params", "macs", "memory"])
@pytest.mark.parametrize("name", api.catalogue()["networks"])
def test_the_last_sum_is_the_total(name: str, what: str) -> None:
    total = cb.network(name).total
    whole = {
        "params": total.params,
        "macs": total.macs,
        "memory": total.weight_bytes + total.activation_bytes,
    }[what]
    assert cb.figure("parameter-chart", network=name, what=what).steps[-1].value == whole


def test_bars_are_as_long_as_their_numbers() -> None:
    scene = cb.figure("parameter-chart", network="alexnet-2012").film("page").poster
    bars = [m for m in scene.marks if isinstance(m, Rect) and m.role.endswith("-cell")][-8:]
    numbers = [layer.params for layer in cb.network("alexnet-2012").layers if layer.params]
    longest = max(bar.width for bar in bars)
    for bar, number in zip(bars, numbers, strict=True):
        assert isclose(bar.width, max(2, longest * number / max(numbers)))


def test_dense_layers_are_hatched() -> None:
    lines = {}
    for name in ("lenet5", "tiny-vgg"):
        scene = cb.figure("parameter-chart", network=name, fold=False).film("page").poster
        lines[name] = sum(isinstance(mark, Line) for mark in scene.marks)
        assert any(isinstance(mark, Text) and mark.text == "dense" for mark in scene.marks)
    assert min(lines.values()) > 10


def test_shares_are_of_the_whole() -> None:
    says = cb.figure("parameter-chart").example.says
    assert "78.0 % are in C5, 17.8 % in dense layers" in says


def test_a_network_without_weights_has_no_chart() -> None:
    nothing = {"input": "1x8x8", "layers": ["relu", {"max_pool": 2}]}
    with pytest.raises(UserError, match="what: got params, wanted something it has"):
        cb.figure("parameter-chart", network=nothing)
    assert cb.figure("parameter-chart", network=nothing, what="memory").steps
