"""Networks: the layers of the text, built in ONNX, and the shapes it infers."""

import re

import pytest
from exercises.reading import drawn, equations, flat, number, only
from onnx import ModelProto, TensorProto, helper, shape_inference

from generator.paper import Choice, Exercise

#: A convolution (kernels, side, padded), a pooling, flatten, a dense layer (neurons).
Layer = tuple[str, int, int, bool]


def _options(exercise: Exercise) -> tuple[str, list[str]]:
    question = only(exercise)
    assert isinstance(question.form, Choice)
    said = [flat(option) for option in question.form.options]
    return said.pop(int(str(question.answer)) - 1), said


def _described(text: str) -> list[Layer]:
    """The layers of a prompt."""
    padded = "zero padding that keeps the size" in text
    found: list[Layer] = []
    for maps, side in re.findall(r"with (\d+) kernels of (\d+) × ", text):
        found += [("conv", int(maps), int(side), padded), ("pool", 0, 2, False)]
    return [
        *found,
        ("flatten", 0, 0, False),
        ("dense", number(r"of (\d+) neurons", text), 0, False),
    ]


def _listed(text: str) -> list[Layer]:
    """The layers of an option."""
    found: list[Layer] = []
    for each in text.split(" → "):
        if match := re.fullmatch(r"conv (\d+) of (\d+)×(\d+)(, same)?", each):
            assert match[2] == match[3]
            found.append(("conv", int(match[1]), int(match[2]), bool(match[4])))
        elif match := re.fullmatch(r"dense (\d+)", each):
            found.append(("dense", int(match[1]), 0, False))
        else:
            assert each in ("pool", "flatten")
            found.append((each, 0, 2, False))
    return found


def _model(layers: list[Layer], image: list[int]) -> ModelProto:
    rows, columns, channels = image
    values = [helper.make_tensor_value_info("t0", TensorProto.FLOAT, [1, channels, rows, columns])]
    nodes, outputs, reads = [], [], channels
    for place, (sort, out, side, padded) in enumerate(layers):
        x, y = [f"t{place}"], [f"t{place + 1}"]
        if sort == "conv":
            w = helper.make_tensor_value_info(
                f"w{place}", TensorProto.FLOAT, [out, reads, side, side]
            )
            values.append(w)
            pads = [side // 2 if padded else 0] * 4
            nodes.append(helper.make_node("Conv", [*x, w.name], y, pads=pads))
            reads = out
        elif sort == "pool":
            nodes.append(
                helper.make_node("MaxPool", x, y, kernel_shape=[side] * 2, strides=[side] * 2)
            )
        elif sort == "flatten":
            nodes.append(helper.make_node("Flatten", x, y))
        else:
            w = helper.make_tensor_value_info(f"w{place}", TensorProto.FLOAT, [None, out])
            values.append(w)
            nodes.append(helper.make_node("MatMul", [*x, w.name], y))
        outputs.append(helper.make_tensor_value_info(y[0], TensorProto.FLOAT, None))
    return helper.make_model(helper.make_graph(nodes, "net", values, outputs))


def _shapes(layers: list[Layer], image: list[int]) -> str | None:
    """The shapes as the text writes them, or None if ONNX finds none."""
    said = ["×".join(map(str, image))]
    try:
        inferred = shape_inference.infer_shapes(_model(layers, image), strict_mode=True)
    except shape_inference.InferenceError:
        return None
    for output in inferred.graph.output:
        sizes = [dim.dim_value for dim in output.type.tensor_type.shape.dim][1:]
        said.append("×".join(map(str, [*sizes[1:], sizes[0]])))
    return " → ".join(said)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_finds_the_same_shapes_and_no_other_option_has_them(level: int) -> None:
    for exercise in drawn("network-order", level):
        text, (right, wrong) = flat(exercise.prompt), _options(exercise)
        if level == 3:
            given = re.search(r": ([\d×]+( → [\d×]+)+)\.", text)
            assert given
            image = [int(side) for side in given[1].split(" → ")[0].split("×")]
            assert _shapes(_listed(right), image) == given[1]
            assert not [each for each in wrong if _shapes(_listed(each), image) == given[1]]
        else:
            size = re.search(r"images of (\d+) × (\d+) × (\d+)", text)
            assert size
            layers = _described(text)
            assert len(layers) == 2 * level + 2
            assert _shapes(layers, [int(side) for side in size.groups()]) == right
        assert not re.search(r"(^|\D)0\D|-", " ".join(wrong)), "a size that cannot be"
        found = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(found) >= 3
        assert all(len(set(sides)) == 1 for sides in found), exercise.id
