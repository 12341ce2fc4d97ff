"""What every family promises, over 2,000 seeds a level."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from exercises.reading import LEVELS, drawn, equations, flat, grid
from onnx import TensorProto, helper, shape_inference
from scipy.signal import correlate2d

from generator.exercises._make import FAMILIES, FEWEST, remake
from generator.paper import Exercise

each_level = pytest.mark.parametrize(("family", "level"), LEVELS)


@each_level
def test_no_mistake_gives_the_answer_or_another_mistake(family: str, level: int) -> None:
    for exercise in drawn(family, level):
        values = [exercise.answer, *(mistake.value for mistake in exercise.mistakes)]
        assert len(set(values)) == len(values), exercise.id
        assert len(exercise.mistakes) >= FEWEST, exercise.id


@each_level
def test_an_id_makes_its_exercise_again(family: str, level: int) -> None:
    made = drawn(family, level)
    assert len({exercise.id for exercise in made}) == len(made)
    for exercise in made:
        assert remake(exercise.id) == exercise


@each_level
def test_the_solution_adds_up_and_ends_at_the_answer(family: str, level: int) -> None:
    for exercise in drawn(family, level):
        found = [sides for step in exercise.solution for sides in equations(flat(step))]
        assert len(found) >= 3, exercise.id
        assert all(len(set(sides)) == 1 for sides in found), (exercise.id, found)
        assert found[-1][-1] == exercise.answer, exercise.id


@each_level
def test_answers_are_of_a_size_to_be_found_by_hand(family: str, level: int) -> None:
    answers = [exercise.answer for exercise in drawn(family, level)]
    for answer in answers:
        assert isinstance(answer, int)
        assert 0 < abs(answer) <= 120
    # Nobody who always answers the same gets far.
    assert Counter(answers).most_common(1)[0][1] <= 0.06 * len(answers)


@each_level
def test_variants_are_many(family: str, level: int) -> None:
    prompts = {exercise.prompt for exercise in drawn(family, level)}
    assert len(prompts) >= 0.97 * len(drawn(family, level))


@each_level
def test_mistakes_speak_to_the_student(family: str, level: int) -> None:
    for exercise in drawn(family, level)[:200]:
        for mistake in exercise.mistakes:
            for says in mistake.says.split(" Or: "):
                assert says.startswith("You ")
                assert says.endswith(".")
                assert len(re.findall(r"\.(?: |$)", says)) in (1, 2), says
            assert re.fullmatch(r"[a-z]+/[a-z-]+\.md", mistake.page)


@each_level
def test_hints_do_not_say_the_answer_first(family: str, level: int) -> None:
    for exercise in drawn(family, level)[:200]:
        assert len(exercise.hints) >= 2
        assert not re.search(r"\d+ = ", flat(exercise.hints[0]))
        assert exercise.points == FAMILIES[family].points[level - 1]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_slip_is_met_at_some_level(family: str) -> None:
    met = {
        name
        for level in FAMILIES[family].levels
        for exercise in drawn(family, level)[:500]
        for mistake in exercise.mistakes
        for name in mistake.name.split(", or ")
    }
    assert met == {slip.name for slip in FAMILIES[family].slips}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_mistake_sends_to_a_page_that_is_there(name: str) -> None:
    docs = Path(__file__).parents[2] / "docs"
    assert all((docs / slip.page).is_file() for slip in FAMILIES[name].slips)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_called_like_its_file(name: str) -> None:
    assert FAMILIES[name].name == name
    assert FAMILIES[name].says[0].islower(), "as the kinds do, for convbook list"


def _number(pattern: str, text: str, default: int = 0) -> int:
    match = re.search(pattern, text)
    return int(match[1]) if match else default


def _walk(exercise: Exercise) -> tuple[int, int, int, int, int]:
    """Size, kernel, stride, padding and dilation, as the prompt says them."""
    text = flat(exercise.prompt)
    asked = "rows" if "How many rows" in text else "columns"
    return (
        _number(rf"(\d+) {asked}", text),
        _number(r"(\d+) × \d+ kernel", text),
        _number(r"stride (\d+)", text),
        _number(r"padding of (\d+)", text),
        _number(r"dilation (\d+)", text, 1),
    )


def _onnx_size(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Length of the output of a one-dimensional Conv, as ONNX infers it."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, length])
        for name, length in (("x", size), ("w", kernel))
    ]
    node = helper.make_node(
        "Conv", ["x", "w"], ["y"],
        kernel_shape=[kernel], strides=[stride], pads=[padding] * 2, dilations=[dilation],
    )  # fmt: skip
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "one", inputs, [output])
    inferred = shape_inference.infer_shapes(helper.make_model(graph))
    return int(inferred.graph.output[0].type.tensor_type.shape.dim[2].dim_value)


@pytest.mark.parametrize("level", FAMILIES["output-size"].levels)
def test_onnx_finds_the_same_size(level: int) -> None:
    strides: Counter[int] = Counter()
    for exercise in drawn("output-size", level):
        size, kernel, stride, padding, dilation = _walk(exercise)
        assert (padding > 0, dilation > 1) == (level > 1, level > 2)
        assert exercise.answer == _onnx_size(size, kernel, stride, padding, dilation)
        strides[stride] += 1
    # What is thrown away must not tilt the exercises to one stride.
    assert min(strides[stride] for stride in (1, 2, 3)) >= 0.1 * strides.total()


@pytest.mark.parametrize("level", FAMILIES["convolution-cell"].levels)
def test_scipy_finds_the_same_cell(level: int) -> None:
    for exercise in drawn("convolution-cell", level):
        text = flat(exercise.prompt)
        stride, padding = _number(r"stride (\d+)", text), _number(r"padding of (\d+)", text)
        row, column = _number(r"row (\d+)", text), _number(r"column (\d+)", text)
        x = np.pad(np.array(grid(exercise.prompt, "Input")), padding)
        w = np.array(grid(exercise.prompt, "Kernel"))
        cells = correlate2d(x, w, mode="valid")[::stride, ::stride]
        assert exercise.answer == cells[row - 1, column - 1]
        window = np.array(grid(exercise.solution[0], "Window"))
        assert (window * w).sum() == exercise.answer
        assert (padding > 0) == (level == 3)
        assert (w < 0).any() == (level > 1)
        assert (w == 0).sum() * 3 <= w.size
        assert not (w == w[::-1, ::-1]).all()


@pytest.mark.parametrize("level", FAMILIES["convolution-cell"].levels)
def test_all_products_are_written_out(level: int) -> None:
    for exercise in drawn("convolution-cell", level):
        window = chain.from_iterable(grid(exercise.solution[0], "Window"))
        weights = chain.from_iterable(grid(exercise.prompt, "Kernel"))
        factors = re.findall(r"(\d+)·\(?(−?\d+)", flat(exercise.solution[1]))
        written = [(int(x), int(w.replace("−", "-"))) for x, w in factors]
        assert written == list(zip(window, weights, strict=True))
