"""Networks drawn at random, against onnx, against brute force, and by changing one pixel."""

from itertools import product
from typing import Any

import numpy as np
import onnx
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

import generator as cb
from generator import api
from generator.engine import ops
from generator.errors import UserError

Entry = Any
PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(list)
SIDES = st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * 2)


def convs(widest: int = 4) -> st.SearchStrategy[Entry]:
    made = st.fixed_dictionaries(
        {
            "out_channels": st.integers(1, widest).map(lambda n: 2 * n),
            "kernel_size": PAIRS,
            "stride": PAIRS,
            "padding": SIDES,
            "dilation": st.tuples(st.integers(1, 2), st.integers(1, 2)).map(list),
            "groups": st.integers(1, 2),
            "bias": st.booleans(),
        }
    )
    return made.map(lambda values: {"conv": values})


POOLS = st.tuples(
    st.sampled_from(["max_pool", "avg_pool"]),
    st.fixed_dictionaries({"kernel_size": PAIRS, "stride": PAIRS}),
).map(lambda pair: {pair[0]: pair[1]})
#: Keeps rows and columns: what may stand in a branch.
KEEPS = st.sampled_from([1, 3, 5]).flatmap(
    lambda size: st.sampled_from(
        [
            {"conv": {"out_channels": 4, "kernel_size": size, "padding": size // 2}},
            {"max_pool": {"kernel_size": size, "stride": 1, "padding": size // 2}},
        ]
    )
)
BRANCHES = st.lists(st.lists(KEEPS, max_size=2), min_size=2, max_size=3).map(
    lambda lists: {
        "branches": {f"b{i}": entries for i, entries in enumerate(lists)},
        "join": "concat",
    }
)
ENTRIES = st.lists(st.one_of(convs(), POOLS, BRANCHES, st.just("relu")), min_size=1, max_size=4)


def drawn(channels: int, rows: int, columns: int, entries: list[Entry]) -> api.Network:
    try:
        return cb.network({"input": [channels, rows, columns], "layers": entries})
    except UserError:
        # The window may have outgrown the map, or the groups not divide: no network then.
        reject()


@settings(max_examples=150, deadline=None)
@given(st.integers(7, 14), st.integers(7, 14), ENTRIES, st.booleans())
def test_shapes_and_parameters_are_onnx_s(
    rows: int, columns: int, entries: list[Entry], flat: bool
) -> None:
    made = drawn(2, rows, columns, [*entries, *(["flatten", {"linear": 7}] if flat else [])])
    arguments = list(written(entries)) + ([("flatten", {}), ("linear", {})] if flat else [])
    nodes, learned, shapes = [], [], {"input": made.input}
    for layer, (_, values) in zip(made.layers, arguments, strict=True):
        inputs = list(layer.inputs)
        weights: list[tuple[int, ...]] = []
        given_values: dict[str, Any] = {}
        if layer.op in ("conv", "max_pool", "avg_pool"):
            kernel = both(values["kernel_size"])
            (top, bottom), (left, right) = sides(values.get("padding", 0))
            given_values = {
                "kernel_shape": kernel,
                "strides": both(values.get("stride", 1)),
                "pads": [top, left, bottom, right],
            }
        if layer.op == "conv":
            groups, out = values.get("groups", 1), values["out_channels"]
            given_values |= {"group": groups, "dilations": both(values.get("dilation", 1))}
            weights = [(out, shapes[inputs[0]][0] // groups, *kernel)]
            weights += [(out,)] if values.get("bias", True) else []
        elif layer.op == "linear":
            weights = [(shapes[inputs[0]][0], 7), (7,)]
        elif layer.op == "concat":
            given_values = {"axis": 1}
        for i, shape in enumerate(weights):
            learned.append((f"{layer.name}/{i}", shape))
            inputs.append(f"{layer.name}/{i}")
        nodes.append(helper.make_node(ONNX[layer.op], inputs, [layer.name], **given_values))
        shapes[layer.name] = layer.output
    graph = helper.make_graph(
        nodes,
        "drawn",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, (1, *made.input))],
        [helper.make_tensor_value_info(made.layers[-1].name, TensorProto.FLOAT, None)],
        [
            helper.make_tensor(name, TensorProto.FLOAT, shape, np.zeros(shape).ravel())
            for name, shape in learned
        ],
    )
    inferred = onnx.shape_inference.infer_shapes(helper.make_model(graph), strict_mode=True)
    found = [*inferred.graph.value_info, *inferred.graph.output]
    theirs = {
        value.name: tuple(d.dim_value for d in value.type.tensor_type.shape.dim) for value in found
    }
    for layer in made.layers:
        assert theirs[layer.name] == (1, *layer.output), layer.name
    assert made.total.params == sum(int(np.prod(shape)) for _, shape in learned)


ONNX = {
    "conv": "Conv", "max_pool": "MaxPool", "avg_pool": "AveragePool", "relu": "Relu",
    "concat": "Concat", "flatten": "Flatten", "linear": "Gemm",
}  # fmt: skip


def written(entries: list[Entry]) -> Any:
    """Yield the word and the arguments of every layer, in the order of the report."""
    for entry in entries:
        if isinstance(entry, str):
            yield entry, {}
        elif "branches" in entry:
            for branch in entry["branches"].values():
                yield from written(branch)
            yield "concat", {}
        else:
            yield from entry.items()


def both(value: Any) -> list[int]:
    return list(value) if isinstance(value, list) else [value, value]


def sides(value: Any) -> Any:
    return value if isinstance(value, tuple) else ((value, value), (value, value))


@settings(max_examples=100, deadline=None)
@given(st.integers(5, 9), st.integers(5, 9), convs(2))
def test_multiply_adds_by_counting(rows: int, columns: int, entry: Entry) -> None:
    (layer,) = drawn(2, rows, columns, [entry]).layers
    values = entry["conv"]
    (top, bottom), (left, right) = values["padding"]
    (kh, kw), (sh, sw), (dh, dw) = values["kernel_size"], values["stride"], values["dilation"]
    count = 0
    for _ in range(values["out_channels"]):
        for _ in range(2 // values["groups"]):
            for i, j in product(
                range(0, top + rows + bottom, sh), range(0, left + columns + right, sw)
            ):
                inside = i + dh * (kh - 1) < top + rows + bottom
                if inside and j + dw * (kw - 1) < left + columns + right:
                    count += kh * kw
    assert layer.macs == count


@settings(max_examples=60, deadline=None)
@given(st.integers(7, 12), st.integers(7, 12), ENTRIES)
def test_receptive_fields_by_changing_a_pixel(
    rows: int, columns: int, entries: list[Entry]
) -> None:
    made = drawn(2, rows, columns, entries)
    arguments = list(written(entries))
    before = run(made, arguments, np.ones((2, rows, columns)))
    last = made.layers[-1]
    _, height, width = last.output
    seen: dict[tuple[int, int], list[tuple[int, int]]] = {
        unit: [] for unit in product(range(height), range(width))
    }
    for pixel in product(range(rows), range(columns)):
        x = np.ones((2, rows, columns))
        x[:, *pixel] = 1e6
        moved = (run(made, arguments, x) != before).any(axis=0)
        for unit in zip(*np.nonzero(moved), strict=True):
            seen[int(unit[0]), int(unit[1])].append(pixel)
    for unit, pixels in seen.items():
        region = last.region(unit)
        for row, column in pixels:
            assert region.top <= row <= region.bottom
            assert region.left <= column <= region.right
        inside = min(region.top, region.left) >= 0
        if inside and region.bottom < rows and region.right < columns:
            # Nothing is cut off by the edge: the outermost weights read the outermost pixels.
            first, last_ = map(min, zip(*pixels, strict=True)), map(max, zip(*pixels, strict=True))
            assert tuple(first) == (region.top, region.left)
            assert tuple(last_) == (region.bottom, region.right)


def run(made: Any, arguments: list[Any], x: Any) -> Any:
    """Return what comes out if all weights are 1."""
    maps = {"input": x}
    for layer, (word, values) in zip(made.layers, arguments, strict=True):
        inputs = [maps[name] for name in layer.inputs]
        walk = {key: values[key] for key in ("stride", "padding", "dilation") if key in values}
        if word == "conv":
            groups = values.get("groups", 1)
            shape = (values["out_channels"], len(inputs[0]) // groups, *both(values["kernel_size"]))
            # The channels of the groups are alike, but a map of the input may be read by one only:
            # all pixels of a place are changed together.
            out = ops.conv2d(inputs[0], np.ones(shape), groups=groups, **walk)
        elif word in ("max_pool", "avg_pool"):
            pool = ops.max_pool2d if word == "max_pool" else ops.avg_pool2d
            out = pool(inputs[0], values["kernel_size"], **walk)
        else:
            out = np.concatenate(inputs) if word == "concat" else inputs[0]
        maps[layer.name] = out
        assert out.shape == layer.output
    return maps[made.layers[-1].name]
