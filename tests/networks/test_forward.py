"""Networks that run, layer by layer beside onnxruntime."""

import threading
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from readers.models import exported

import generator as cb
from generator import api
from generator.errors import UserError

Array = NDArray[Any]


def weights_for(net: api.Network, seed: int = 1) -> dict[str, Array]:
    """Draw weights that keep numbers of one size from layer to layer."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, shape in net.weights.items():
        spread = np.sqrt(2 / np.prod(shape[1:])) if len(shape) > 1 else 0.1
        values = rng.standard_normal(shape) * spread
        if name.endswith(("running_var", "norm.weight")):
            values = np.abs(values) + 1
        found[name] = values.astype(np.float32)
    return found


def theirs(net: api.Network, weights: dict[str, Array], x: Array) -> dict[str, Array]:
    """Return what onnxruntime makes of every layer."""
    builder = exported(net.name, shape=x.shape)
    builder.weights = [
        onnx.numpy_helper.from_array(array, tensor.name)
        for array, tensor in zip(weights.values(), builder.weights, strict=True)
    ]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        builder.model().SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    names = [layer.name for layer in net.layers]
    return dict(zip(names, session.run(None, {"x": x}), strict=True))


@pytest.mark.parametrize(
    ("name", "shape", "batch"),
    [
        ("lenet5", None, 3),
        ("pytorch-lenet", None, 1),
        ("keras-mnist", None, 2),
        ("tiny-vgg", None, 1),
        ("vgg11", "3x224x224", 1),
        ("resnet18", "3x70x62", 2),
        ("resnet50-v1", "3x64x64", 1),
        ("googlenet", "3x96x80", 1),
        ("mobilenet-v1", "3x64x64", 2),
    ],
)
def test_every_map_is_onnxruntime_s(name: str, shape: str | None, batch: int) -> None:
    net = cb.network(name, input=shape)
    weights = weights_for(net)
    x = np.random.default_rng(2).standard_normal((batch, *net.input)).astype(np.float32)
    run = net.forward(weights, batch=batch)
    for _ in range(2):  # the second run finds what the first has left
        result = run(x)
        for layer, wanted in theirs(net, weights, x).items():
            got = run.maps[layer]
            scale = max(1e-3, float(np.abs(wanted).max()))
            assert got.shape == wanted.shape, layer
            assert np.abs(got - wanted).max() < 2e-4 * scale, layer
        assert np.array_equal(result, run.maps[net.layers[-1].name])
        x = -x


def test_a_map_that_is_not_to_be_read_is_not_read() -> None:
    entry = {"connections": [[0], [0, 1]], "kernel_size": 1, "bias": False}
    net = cb.network({"input": "2x1x1", "layers": [{"name": "c", "conv": entry}]})
    run = net.forward({"c.weight": np.array([[3, 5], [7, 11]]).reshape(2, 2, 1, 1)})
    assert run([[[[1]], [[100]]]]).ravel().tolist() == [3, 1107]


def test_results_are_new_and_inputs_are_kept() -> None:
    net = cb.network("lenet5")
    run = net.forward(weights_for(net))
    x = np.ones((1, 1, 32, 32))
    first = run(x)
    kept = first.copy()
    run(np.zeros_like(x))
    assert np.array_equal(first, kept)
    assert np.array_equal(x, np.ones_like(x))
    assert np.array_equal(run(x), kept)


def test_what_is_wrong_is_told_at_once() -> None:
    net = cb.network("lenet5")
    weights: dict[str, Any] = weights_for(net)
    del weights["C1.bias"]
    weights["C3.weight"] = np.zeros((16, 6, 3, 3))
    weights["C5.wieght"] = weights.pop("C5.weight")
    weights["F6.bias"] = ["a"] * 84
    with pytest.raises(UserError) as told:
        net.forward(weights)
    assert str(told.value) == (
        "unknown weight 'C5.wieght'; did you mean 'C5.weight'?\n"
        "C1.bias: is missing: weights of shape (6,)\n"
        "C3.weight: got shape (16, 6, 3, 3), wanted (16, 6, 5, 5)\n"
        "C5.weight: is missing: weights of shape (120, 16, 5, 5)\n"
        "F6.bias: got other things, wanted 84 numbers"
    )


def test_layers_that_are_not_run_are_named() -> None:
    with pytest.raises(UserError) as told:
        cb.network("lenet5-1998").forward({})
    words = {"subsample1", "rbf"}
    assert "S2: got subsample, wanted one of add, avg_pool" in str(told.value), words


def test_pictures_of_another_shape() -> None:
    net = cb.network("lenet5")
    with pytest.raises(UserError) as told:
        net.forward(weights_for(net))(np.zeros((1, 28, 28)))
    wanted = "x: got float64 of shape (1, 28, 28), wanted numbers of shape (1, 1, 32, 32)"
    assert str(told.value) == wanted


def test_weights_are_kept_as_they_were() -> None:
    net = cb.network("lenet5")
    weights = weights_for(net)
    run, x = net.forward(weights), np.ones((1, 1, 32, 32))
    before = run(x)
    for array in weights.values():
        np.multiply(array, 2, out=array)
    assert np.array_equal(run(x), before)


def test_threads_take_turns() -> None:
    net = cb.network("lenet5")
    run = net.forward(weights_for(net))
    rng = np.random.default_rng(3)
    pictures = rng.standard_normal((3, 200, 1, 1, 32, 32)).astype(np.float32)
    wanted = [[run(x) for x in each] for each in pictures]
    found: list[list[Array]] = [[], [], []]

    def work(which: int) -> None:
        found[which] = [run(x) for x in pictures[which]]

    workers = [threading.Thread(target=work, args=(which,)) for which in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert np.array_equal(found, wanted)


@pytest.mark.parametrize("batch", [0, -1, 10**9])
def test_a_batch_has_pictures(batch: int) -> None:
    net = cb.network("lenet5")
    with pytest.raises(UserError, match=f"batch: got {batch}, wanted a whole number from 1 to"):
        net.forward(weights_for(net), batch=batch)
