"""The lines of PyTorch that students choose between, run by PyTorch."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from generator.exercises import same_layer
from generator.exercises._make import name_of
from generator.exercises._settle import settle


def _built(text: str) -> Any:
    return eval(text, {"nn": nn})


@pytest.mark.parametrize("level", [1, 2, 3])
def test_torch_takes_the_right_line_and_no_other(level: int) -> None:
    family, met = same_layer.FAMILY, set()
    for seed in range(60):
        (part,), d = (s := settle(family, name_of(family, level, f"fern-{seed}"))).parts, s.drawn
        text = str(part.answer) if d.to == "PyTorch" else same_layer.given(d)
        layer = _built(text)
        x = torch.zeros(1, d.channels, d.rows, d.columns)
        out = layer(x)
        assert out.shape[1] == d.filters
        if d.same:
            assert out.shape[2:] == x.shape[2:]
        if d.to == "Keras":
            continue
        sizes = sum(each.numel() for each in layer.parameters())
        for miss in part.misses:
            try:
                other = _built(str(miss.value))
                found = other(x)
            except (TypeError, RuntimeError):
                met.add(miss.slips[0].name)
                continue
            same = found.shape == out.shape
            assert not same or sum(each.numel() for each in other.parameters()) != sizes, miss
    assert {"in_channels left out", "rows for channels"} <= met
    assert level == 1 or "other names" in met
