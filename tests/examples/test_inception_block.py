"""The block with its 1×1 convolutions, and without."""

import pytest

import generator as cb
from generator.errors import UserError


def test_3a_by_hand() -> None:
    # Szegedy and others 2014, table 1: 192 maps in; 64, 96 → 128, 16 → 32, 32. Here the third
    # branch has 3×3 kernels, as in torchvision.
    figure = cb.figure("inception-block")
    with_, without = figure.steps[6], figure.steps[11]
    first = 192 * 64 + 192 * 96 + 9 * 96 * 128 + 192 * 16 + 9 * 16 * 32 + 192 * 32
    assert with_.value == first
    assert without.value == 192 * 64 + 9 * 192 * 128 + 9 * 192 * 32 + 192 * 32
    assert with_.value == sum(step.value for step in figure.steps[:6])
    assert without.value == sum(step.value for step in figure.steps[7:11])


def test_as_it_is_it_costs_what_the_engine_says() -> None:
    layers = [each for each in cb.network("googlenet").layers if each.name.startswith("4e.")]
    figure = cb.figure("inception-block", block="4e", what="macs")
    assert figure.steps[6].value == sum(layer.macs for layer in layers)


def test_without_is_what_the_engine_says_of_such_a_block() -> None:
    """Written without the 1×1 convolutions, the network has as many weights as is said."""

    def block(*squeezed: object) -> dict[str, object]:
        large = {"conv": {"out_channels": 8, "kernel_size": 5, "padding": 2, "bias": False}}
        one = {"conv": {"out_channels": 3, "kernel_size": 1, "bias": False}}
        branches = {"one": [one], "large": [*squeezed, large]}
        entry = {"name": "mine", "branches": branches, "join": "concat"}
        return {"input": "6x9x9", "layers": [entry]}

    small = {"conv": {"out_channels": 2, "kernel_size": 1, "bias": False}}
    figure = cb.figure("inception-block", network=block(small, "relu"), block="mine")
    assert figure.steps[3].value == cb.network(block(small)).total.params
    assert figure.steps[-1].value == cb.network(block()).total.params


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"block": "3c"}, "block: unknown block '3c'; there are: 3a, 3b"),
        ({"network": "lenet5"}, "network: got lenet5, wanted a network with branches"),
        ({"network": "resnet18", "block": "stage2.1"}, "block: got stage2.1, wanted a block in"),
    ],
)
def test_what_is_no_such_block_is_told(given: dict[str, str], said: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("inception-block", **given)
    assert said in str(caught.value)
