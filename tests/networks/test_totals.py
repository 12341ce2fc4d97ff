"""What others have published about the networks that are shipped."""

import pytest

import generator as cb
from generator import api

# torchvision prints them as num_params of its weights:
# https://pytorch.org/vision/stable/models.html#table-of-all-available-classification-weights
TORCHVISION = {
    "alexnet": 61_100_840,
    "vgg11": 132_863_336,
    "vgg13": 133_047_848,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "googlenet": 6_624_904,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "resnet101": 44_549_160,
    "resnet152": 60_192_808,
}
# The same table, column GFLOPS (it counts multiply-adds of convolutions and dense layers once).
TORCHVISION_GFLOPS = {
    "alexnet": 0.71,
    "vgg11": 7.61,
    "vgg13": 11.31,
    "vgg16": 15.47,
    "vgg19": 19.63,
    "googlenet": 1.50,
    "resnet18": 1.81,
    "resnet34": 3.66,
    "resnet50": 4.09,
    "resnet101": 7.80,
    "resnet152": 11.51,
}
OTHERS = {
    # 156 + 2,416 + 48,120 + 10,164 + 850: curriculum row 33; Deep Learning with PyTorch and others.
    "lenet5": 61_706,
    # LeCun and others 1998, section II.B: "only 60,000 trainable free parameters".
    "lenet5-1998": 60_000,
    # Krizhevsky and others 2012, abstract: "60 million parameters". The sum is made below.
    "alexnet-2012": 60_965_224,
    # Moving the stride moves no weight: as torchvision's.
    "resnet50-v1": 25_557_032,
    "resnet101-v1": 44_549_160,
    "resnet152-v1": 60_192_808,
    # Keras's model.summary() prints "Trainable params: 4,231,976"; Howard and others 2017 say 4.2
    # million.
    "mobilenet-v1": 4_231_976,
    # Wang and others 2020, CNN Explainer, its TinyVGG: 280 + 3 · 910 + 16,910.
    "tiny-vgg": 280 + 3 * 910 + 16_910,
    # Curriculum row 30.
    "keras-mnist": 320 + 18_496 + 36_928 + 36_928 + 650,
    "pytorch-lenet": 520 + 10_020 + 160_500 + 5_010,
}


def test_every_network_has_a_published_total() -> None:
    assert set(api.catalogue()["networks"]) == {*TORCHVISION, *OTHERS}


@pytest.mark.parametrize(("name", "params"), [*TORCHVISION.items(), *OTHERS.items()])
def test_parameters(name: str, params: int) -> None:
    made = cb.network(name)
    assert made.total.params == params
    assert made.total.weight_bytes == 4 * params
    assert sum(layer.params for layer in made.layers) == params


@pytest.mark.parametrize(("name", "billions"), TORCHVISION_GFLOPS.items())
def test_multiply_adds(name: str, billions: float) -> None:
    assert round(cb.network(name).total.macs / 1e9, 2) == billions


@pytest.mark.parametrize(
    ("name", "millions"),
    [
        # Howard and others 2017, table 4: 569 million mult-adds.
        ("mobilenet-v1", 569),
        # He and others 2015, table 1, FLOPs: 3.8, 7.6 and 11.3 billion (3.8 is cut, not rounded).
        ("resnet50-v1", 3_858),
        ("resnet101-v1", 7_570),
        ("resnet152-v1", 11_282),
    ],
)
def test_multiply_adds_of_papers(name: str, millions: int) -> None:
    assert round(cb.network(name).total.macs / 1e6) == millions


def test_statistics_are_not_learned() -> None:
    # Keras prints "Total params: 4,253,864" and "Non-trainable params: 21,888" for MobileNet.
    total = cb.network("mobilenet-v1").total
    assert total.buffers == 21_888
    assert total.params + total.buffers == 4_253_864


def test_lenet5_layer_by_layer() -> None:
    # Curriculum row 33.
    made = cb.network("lenet5")
    shapes = [made.input, *(made[name].output for name in ("C1", "S2", "C3", "S4", "C5", "F6"))]
    assert shapes == [
        (1, 32, 32), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,)
    ]  # fmt: skip
    assert {layer.name: layer.params_formula for layer in made.layers if layer.params} == {
        "C1": "(5·5·1 + 1)·6 = 156",
        "C3": "(5·5·6 + 1)·16 = 2,416",
        "C5": "(5·5·16 + 1)·120 = 48,120",
        "F6": "(120 + 1)·84 = 10,164",
        "output": "(84 + 1)·10 = 850",
    }
    assert made["output"].output == (10,)
    assert [made[n].receptive_field[0] for n in ("C1", "S2", "C3", "S4", "C5")] == [
        5,
        6,
        14,
        16,
        32,
    ]
    assert [made[n].effective_stride for n in ("C1", "S2", "S4")] == [(1, 1), (2, 2), (4, 4)]
    assert made["C1"].activation_bytes == 4 * 6 * 28 * 28


def test_lenet5_of_1998() -> None:
    # LeCun and others 1998, section II.B, the trainable parameters of every layer.
    made = cb.network("lenet5-1998")
    learned = {layer.name: layer.params for layer in made.layers if layer.params}
    assert learned == {"C1": 156, "S2": 12, "C3": 1_516, "S4": 32, "C5": 48_120, "F6": 10_164}
    formula = "(5·5·3 + 1)·6 + (5·5·4 + 1)·9 + (5·5·6 + 1)·1 = 1,516"
    assert made["C3"].params_formula == formula
    # The same section counts connections, with those of the biases: 122,304; 151,600; 48,120.
    for name, connections in {"C1": 122_304, "C3": 151_600, "C5": 48_120, "F6": 10_164}.items():
        layer = made[name]
        biases = layer.output[0] if len(layer.output) == 1 else layer.activation_bytes // 4
        assert layer.macs + biases == connections
    # 7 · 12 pixels for each of 10 digits, drawn by hand and fixed.
    assert made["output"].buffers == 840


def test_alexnet_of_2012() -> None:
    made = cb.network("alexnet-2012")
    learned = {layer.name: layer.params for layer in made.layers if layer.params}
    assert learned == {
        "conv1": 34_944,
        "conv2": 307_456,
        "conv3": 885_120,
        "conv4": 663_936,
        "conv5": 442_624,
        "fc6": 37_752_832,
        "fc7": 16_781_312,
        "fc8": 4_097_000,
    }
    # Section 3.5: the numbers of neurons, 253,440 (= 55·55·96 is 290,400: known to be a slip) …
    # 186,624; 64,896; 64,896; 43,264; 4,096; 4,096; 1,000.
    sizes = [made[f"conv{i}"].activation_bytes // 4 for i in (2, 3, 4, 5)]
    assert sizes == [186_624, 64_896, 64_896, 43_264]


@pytest.mark.parametrize(
    ("name", "layer", "field", "stride", "padding"),
    [
        # Araujo, Norris, Sim 2019, Computing receptive fields of convolutional neural networks,
        # Distill, table of networks: receptive field, effective stride, effective padding of the
        # last map.
        ("alexnet-2012", "pool5", 195, 32, 64),
        ("vgg16", "max_pool5", 212, 32, 90),
        ("mobilenet-v1", "block9.relu2", 315, 32, 126),
        # Their padding of the ResNets is 2 less (239, 511, 751), for a picture 224 wide, where
        # TensorFlow pads the even sides behind only. For one 321 wide, which is padded on both
        # sides as here, their benchmark's table (RESULTS.md) has 241, 513 and 753 as well.
        ("resnet50-v1", "stage5.2.relu1", 483, 32, 241),
        ("resnet101-v1", "stage5.2.relu1", 1027, 32, 513),
        ("resnet152-v1", "stage5.2.relu1", 1507, 32, 753),
        # With the stride on the 3x3, fewer 3x3 walk in large steps. By hand, stage by stage:
        # 11 → 35 → 91 → 267 → 427.
        ("resnet50", "stage5.2.relu1", 427, 32, 213),
    ],
)
def test_receptive_fields(name: str, layer: str, field: int, stride: int, padding: int) -> None:
    found = cb.network(name)[layer]
    assert found.receptive_field == (field, field)
    assert found.effective_stride == (stride, stride)
    assert found.effective_padding == (padding, padding)


@pytest.mark.parametrize("name", api.catalogue()["networks"])
def test_branches_of_what_is_shipped_align(name: str) -> None:
    assert not [layer.name for layer in cb.network(name).layers if layer.note]


@pytest.mark.parametrize("name", api.catalogue()["networks"])
def test_formulas_mean_what_they_say(name: str) -> None:
    for layer in cb.network(name).layers:
        for formula, value in (
            (layer.params_formula, layer.params),
            (layer.macs_formula, layer.macs),
        ):
            if formula:
                product, _, result = formula.replace(",", "").replace("·", "*").partition(" = ")
                assert eval(product, {}) == int(result) == value
            else:
                assert value == 0
