"""Single words of the language: what they make, what they learn, what is said of wrong ones."""

from typing import Any

import numpy as np
import pytest

import generator as cb
from generator.engine.network_report import Layer
from generator.errors import UserError
from generator.model import Region
from generator.spec.network_layers import ACTIVATIONS


def one(entry: Any, *shape: int) -> Layer:
    return cb.network({"input": shape, "layers": [entry]}).layers[0]


def told(entry: Any, *shape: int) -> list[str]:
    with pytest.raises(UserError) as caught:
        one(entry, *shape)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("entry", "output", "params", "field"),
    [
        ({"prelu": None}, (4, 12, 18), 1, (1, 1)),
        ({"prelu": 4}, (4, 12, 18), 4, (1, 1)),
        ({"pad": 2}, (4, 16, 22), 0, (1, 1)),
        ({"pad": [[0, 1], [3, 0]]}, (4, 13, 21), 0, (1, 1)),
        # ⌊(12 − (2·2 + 1)) / 1⌋ + 1 = 8: a window of 3 that looks at every other cell.
        ({"max_pool": {"kernel_size": 3, "stride": 1, "dilation": 2}}, (4, 8, 14), 0, (5, 5)),
        ({"avg_pool": {"kernel_size": 2, "count_include_pad": "false"}}, (4, 6, 9), 0, (2, 2)),
        ({"adaptive_avg_pool": [3, 6]}, (4, 3, 6), 0, (4, 3)),
        ({"adaptive_max_pool": [12, 18]}, (4, 12, 18), 0, (1, 1)),
        ({"global_max_pool": None}, (4, 1, 1), 0, (12, 18)),
        ({"elu": 0.5}, (4, 12, 18), 0, (1, 1)),
        ({"hardtanh": {"min_val": -2, "max_val": 2}}, (4, 12, 18), 0, (1, 1)),
        ({"scale": "1/255"}, (4, 12, 18), 0, (1, 1)),
        ({"shift": -127.5}, (4, 12, 18), 0, (1, 1)),
        *[({word: None}, (4, 12, 18), 0, (1, 1)) for word in ACTIVATIONS],
    ],
)
def test_words(entry: Any, output: Any, params: int, field: Any) -> None:
    layer = one(entry, 4, 12, 18)
    assert (layer.output, layer.params, layer.receptive_field) == (output, params, field)
    assert layer.macs == 0


def test_a_pad_and_a_window_are_a_padded_window() -> None:
    conv = {"out_channels": 4, "kernel_size": 3, "stride": 2}
    sides = [[0, 1], [1, 2]]
    apart = cb.network({"input": "3x11x13", "layers": [{"pad": sides}, {"conv": conv}]}).layers[-1]
    together = one({"conv": {**conv, "padding": sides}}, 3, 11, 13)
    for key in ("output", "params", "macs", "receptive_field", "effective_padding", "views"):
        assert getattr(apart, key) == getattr(together, key), key


GATE = {
    "name": "gate",
    "branches": {
        "maps": [],
        "gate": [
            "global_avg_pool", "flatten", {"linear": 2}, "relu", {"linear": 8}, "sigmoid",
            {"unflatten": [8, 1, 1]},
        ],
    },
    "join": "mul",
}  # fmt: skip


def test_a_gate() -> None:
    conv = {"conv": {"out_channels": 8, "kernel_size": 3, "padding": 1}}
    made = cb.network({"input": "3x6x7", "layers": [conv, GATE, conv]})
    gate = made["gate"]
    assert (gate.output, gate.params, gate.macs, gate.note) == ((8, 6, 7), 0, 0, "")
    # All of the map, and each cell of it one cell around itself.
    assert gate.region((0, 0)) == gate.region((5, 6)) == Region(-1, -1, 8, 9)
    assert gate.effective_stride is None
    assert made.layers[-1].region((2, 3)) == Region(-1, -1, 8, 9)


def test_a_row_is_multiplied_along_the_columns_only() -> None:
    row = {"max_pool": {"kernel_size": [6, 1]}}
    join = {"name": "both", "branches": {"a": [row], "b": []}, "join": "mul"}
    layer = cb.network({"input": "2x6x5", "layers": [join]})["both"]
    assert layer.output == (2, 6, 5)
    assert layer.region((2, 3)) == Region(0, 3, 6, 1)
    assert layer.effective_stride is None


def test_what_is_said_of_wrong_ones() -> None:
    assert told({"prelu": 3}, 4, 8, 8) == [
        "prelu1, num_parameters: got 3, wanted 1 or 4, one a channel"
    ]
    assert told({"adaptive_avg_pool": [3, 9]}, 4, 8, 8) == [
        "adaptive_avg_pool1, output_size: got 3 rows, wanted a number that divides 8",
        "adaptive_avg_pool1, output_size: got 9 columns, wanted a number that divides 8",
    ]
    assert told({"unflatten": [3, 2, 2]}, 10) == [
        "unflatten1: got 10 numbers, wanted as many as 3×2×2 has"
    ]
    assert told({"unflatten": 3}, 10) == [
        "unflatten, unflattened_size: got 3, wanted channels, rows and columns, such as [64, 7, 7]"
    ]
    join = {"name": "both", "branches": {"a": [{"max_pool": 2}], "b": []}, "join": "mul"}
    assert told(join, 1, 6, 6) == ["both: got 1×3×3 and 1×6×6, wanted inputs of one shape"]


@pytest.mark.parametrize(("counts", "corner"), [("true", 1 / 9), ("false", 1 / 4)])
def test_padding_counts_in_a_mean_or_not(counts: str, corner: float) -> None:
    pool = {"kernel_size": 3, "stride": 1, "padding": 1, "count_include_pad": counts}
    made = cb.network({"input": "1x5x6", "layers": [{"avg_pool": pool}]})
    picture = np.zeros((1, 1, 5, 6))
    picture[..., 0, 0] = picture[..., 2, 3] = 1
    found = made.forward({})(picture)[0, 0]
    # The window at the corner has four cells of the picture, the one in the middle nine.
    assert found[0, 0] == pytest.approx(corner)
    assert found[2, 3] == pytest.approx(1 / 9)
