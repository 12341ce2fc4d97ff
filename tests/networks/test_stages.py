"""Stages hold every layer once, in order, and cost what the layers cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks.test_drawn import ENTRIES, drawn

import generator as cb
from generator import api
from generator.engine.network_counts import WHATS, What, amount, products, terms
from generator.engine.network_report import Report
from generator.engine.network_stages import stages

NAMES = list(api.catalogue()["networks"])


def check(made: Report) -> None:
    total = made.total
    sums: dict[What, int] = {
        "params": total.params,
        "macs": total.macs,
        "memory": total.weight_bytes + total.activation_bytes,
    }
    for fold in (True, False):
        found = stages(made, fold=fold)
        assert [layer for stage in found for layer in stage.layers] == list(made.layers)
        shape = made.input
        for stage in found:
            assert stage.input == shape
            shape = stage.output
            assert len({len(turn) for turn in stage.turns}) == 1
            assert fold or stage.times == 1
            first = [u for lane in (*stage.branches, stage.chain) for u in lane]
            parts = [layer for unit in first for layer in unit.layers]
            assert sorted(layer.name for layer in parts) == sorted(
                layer.name for layer in stage.turns[0]
            )
        for what, whole in sums.items():
            assert sum(amount(stage.layers, what) for stage in found) == whole
        for what in WHATS:
            for stage in found:
                told = terms(stage, what)
                assert sum(term.product for term in told) == amount(stage.layers, what)
                assert not told or amount(stage.layers, what)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_shipped_is_lost(name: str) -> None:
    check(cb.network(name))


@settings(max_examples=100, deadline=None)
@given(st.integers(7, 14), st.integers(7, 14), ENTRIES)
def test_nothing_drawn_at_random_is_lost(rows: int, columns: int, entries: list[object]) -> None:
    check(drawn(2, rows, columns, entries))


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_summed_from_products(name: str) -> None:
    for layer in cb.network(name).layers:
        for what in WHATS:
            made = sum(term.product for term in products(layer, what))
            assert made == amount([layer], what), (layer.name, what)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lenet5", "C1 S2 C3 S4 C5 F6 output"),
        ("vgg16", "conv1×2 max_pool1 conv2×2 max_pool2 conv3×3 max_pool3 conv4×3 max_pool4 conv5×3"
         " max_pool5 linear1 linear2 linear3"),
        ("mobilenet-v1", "conv1 block1 block2 block3 block4 block5 block6 block7×5 block8 block9"
         " global_avg_pool1 linear1"),
        ("resnet50", "conv1 max_pool1 stage2-wide stage2×2 stage3-wide stage3×3 stage4-wide"
         " stage4×5 stage5-wide stage5×2 global_avg_pool1 linear1"),
    ],
)  # fmt: skip
def test_deep_networks_fold(name: str, told: str) -> None:
    found = stages(cb.network(name))
    said = [f"{s.name}×{s.times}" if s.times > 1 else s.name for s in found]
    assert " ".join(said) == told


def test_what_is_read_across_is_one_block() -> None:
    entries = [
        {"name": "first", "conv": {"out_channels": 2, "kernel_size": 1}},
        {"name": "second", "conv": {"out_channels": 2, "kernel_size": 1}},
        {"name": "third", "conv": {"out_channels": 2, "kernel_size": 1}},
        {"name": "sum", "add": None, "inputs": ["third", "first"]},
        "relu",
    ]
    made = cb.network({"input": "2x4x4", "layers": entries})
    found = stages(made)
    assert [stage.name for stage in found] == ["first", "sum"]
    assert [[unit.head.name for unit in lane] for lane in found[1].branches] == [
        ["second", "third"],
        [],
    ]
    check(made)


def test_a_branch_with_branches_is_one_unit() -> None:
    inner = {"branches": {"a": ["relu"], "b": []}, "join": "add"}
    outer = {"branches": {"deep": [inner, "relu"], "none": []}, "join": "concat"}
    made = cb.network({"input": "2x4x4", "layers": [outer]})
    (stage,) = stages(made)
    assert [len(lane) for lane in stage.branches] == [1, 0]
    assert len(stage.branches[0][0].layers) == 3
    check(made)
