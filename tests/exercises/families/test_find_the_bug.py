"""Bugs: the programs are read as Python, and their shapes held against ONNX's inference."""

import ast
import re
from collections import Counter

import pytest
from exercises.reading import drawn, flat, number
from onnx import TensorProto, helper, shape_inference

from generator.paper import Choice, Exercise
from generator.prose import Code


def _lines(exercise: Exercise) -> list[str]:
    (code,) = [node for node in exercise.prompt if isinstance(node, Code)]
    return list(code.lines)


def _options(exercise: Exercise) -> tuple[tuple[int, str], list[tuple[int, str]]]:
    question = exercise.questions[1]
    assert isinstance(question.form, Choice)
    found = [re.fullmatch(r"Line (\d+): (.+)", flat(each)) for each in question.form.options]
    lines = [(int(each[1]), each[2]) for each in found if each]
    return lines.pop(int(str(question.answer)) - 1), lines


def _mended(exercise: Exercise) -> list[str]:
    """The program after the right change."""
    lines, ((place, text), _) = _lines(exercise), _options(exercise)
    missing = not any("flatten" in each for each in lines)
    rest = lines[place - 1 :] if missing else lines[place:]
    return [*lines[: place - 1], " " * 8 + text, *rest]


def _flattened(exercise: Exercise) -> int:
    """Numbers of an image after both poolings, as the description has it."""
    text = flat(exercise.prompt)
    size = [number(r"(\d+) rows", text), number(r"(\d+) columns", text)]
    channels = 1 if "grey" in text else 3
    kernels = [(int(m), int(k)) for m, k in re.findall(r"(\d+) kernels of (\d+) × ", text)]
    values, nodes = (
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, channels, *size])],
        [],
    )
    name, reads = "x", channels
    for place, (maps, kernel) in enumerate(kernels):
        shape = [maps, reads, kernel, kernel]
        values.append(helper.make_tensor_value_info(f"w{place}", TensorProto.FLOAT, shape))
        nodes += [
            helper.make_node("Conv", [name, f"w{place}"], [f"c{place}"]),
            helper.make_node(
                "MaxPool", [f"c{place}"], [f"p{place}"], kernel_shape=[2, 2], strides=[2, 2]
            ),
        ]
        name, reads = f"p{place}", maps
    nodes.append(helper.make_node("Flatten", [name], ["y"]))
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    model = helper.make_model(helper.make_graph(nodes, "net", values, [y]))
    inferred = shape_inference.infer_shapes(model, strict_mode=True)
    return int(inferred.graph.output[0].type.tensor_type.shape.dim[1].dim_value)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_change_makes_the_program_that_was_described(level: int) -> None:
    met: Counter[str] = Counter()
    for exercise in drawn("find-the-bug", level):
        ((place, _), wrong), text = _options(exercise), flat(exercise.prompt)
        assert exercise.questions[0].answer == place
        # Two options change this line, two another one.
        assert sorted(Counter([place, *(each for each, _ in wrong)]).values()) == [2, 2]
        lines = _mended(exercise)
        ast.parse("\n".join(lines))
        made = "\n".join(lines)
        neurons = number(r"layer of (\d+) neurons", text), number(r"one of (\d+) for", text)
        product = re.search(r"fc1 = nn.Linear\((\d+) \* (\d+) \* (\d+), (\d+)\)", made)
        assert product
        maps, high, wide, hidden = map(int, product.groups())
        assert maps * high * wide == _flattened(exercise)
        assert hidden == neurons[0]
        assert f"fc2 = nn.Linear({neurons[0]}, {neurons[1]})" in made
        assert ("log_softmax" in made) == ("nll_loss" in made) != ("cross_entropy" in made)
        assert made.count("F.relu(self.") == 3
        assert made.count("torch.flatten(x, 1)") == 1
        met[_lines(exercise)[place - 1]] += 1
    assert len(met) >= 4
