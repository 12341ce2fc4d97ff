"""Weights of dense neurons and layers, held against the initializers of ONNX networks."""

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number, only
from onnx import TensorProto, helper, numpy_helper, shape_inference

from generator.paper import Exercise


def _counted(image: tuple[int, int, int], neurons: list[int]) -> tuple[int, int]:
    """Length of the flattened image and the weights of the layers, which ONNX accepts."""
    channels, rows, columns = image
    flatten = helper.make_node("Flatten", ["x"], ["y0"])
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, channels, rows, columns])]
    output = helper.make_tensor_value_info("y0", TensorProto.FLOAT, None)
    model = helper.make_model(helper.make_graph([flatten], "flatten", given, [output]))
    inferred = shape_inference.infer_shapes(model, strict_mode=True)
    inputs = inferred.graph.output[0].type.tensor_type.shape.dim[1].dim_value
    weights, reads = 0, inputs
    nodes, values = [flatten], []
    for place, out in enumerate(neurons):
        w = numpy_helper.from_array(np.zeros((out, reads), np.float32), f"w{place}")
        b = numpy_helper.from_array(np.zeros(out, np.float32), f"b{place}")
        names = [f"y{place}", w.name, b.name]
        nodes.append(helper.make_node("Gemm", names, [f"y{place + 1}"], transB=1))
        values += [w, b]
        weights += sum(numpy_helper.to_array(each).size for each in (w, b))
        reads = out
    last = helper.make_tensor_value_info(f"y{len(neurons)}", TensorProto.FLOAT, [1, reads])
    graph = helper.make_graph(nodes, "dense", given, [last], values)
    shape_inference.infer_shapes(helper.make_model(graph), strict_mode=True)
    return inputs, weights


def _shape(exercise: Exercise, columns: int = 0) -> tuple[int, int, int]:
    text = flat(exercise.prompt)
    channels = 4 if "RGBA" in text else 3 if "RGB" in text else 1
    return channels, number(r"(\d+) rows", text), columns or number(r"(\d+) columns", text)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_counts_the_weights_of_a_neuron(level: int) -> None:
    for exercise in drawn("neuron-weights", level):
        answer = int(str(only(exercise).answer))
        if level == 3:
            weights = number(r"it has (\d+) weights", flat(exercise.prompt))
            assert _counted(_shape(exercise, answer), [1])[1] == weights
        else:
            assert _counted(_shape(exercise), [1])[1] == answer


@pytest.mark.parametrize("level", [1, 2, 3])
def test_onnx_counts_the_weights_of_the_layers(level: int) -> None:
    for exercise in drawn("dense-layer-weights", level)[:60]:
        text = flat(exercise.prompt)
        first, second = (
            number(r"of (\d+) neurons\b", text),
            number(r"layer of (\d+) neurons, one", text),
        )
        neurons = [first, second] if second else [first]
        assert tuple(q.answer for q in exercise.questions) == _counted(_shape(exercise), neurons)
        assert len(neurons) == (2 if level == 3 else 1)


@pytest.mark.parametrize("family", ["neuron-weights", "dense-layer-weights"])
def test_the_solution_adds_up(family: str) -> None:
    for level in (1, 2, 3):
        for exercise in drawn(family, level):
            found = [eq for step in exercise.solution for eq in equations(flat(step))]
            assert len(found) >= 2
            assert all(len(set(sides)) == 1 for sides in found), exercise.id


def test_known_networks() -> None:
    """The figures of the course: MNIST, CIFAR-10 and 224 × 224 in colour."""
    known = {785: (1, 28, 28), 3073: (3, 32, 32), 150529: (3, 224, 224)}
    for weights, image in known.items():
        assert _counted(image, [1])[1] == weights
