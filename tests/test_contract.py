"""What every kind promises, held against every figure of the gallery."""

import json
from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
import pytest
from conftest import GALLERY
from defusedxml import ElementTree

from generator import api
from generator.engine import ops
from generator.model import Result
from generator.numerals import Number, exact, shown
from generator.render.merge import merge
from generator.scene.canvas import CANVASES, Canvas
from generator.scene.film import Scene
from generator.scene.fonts import advance, missing
from generator.scene.marks import Disc, Image, Poly, Rect, Text
from generator.scene.theme import THEMES
from generator.spec import write

SVG = "{http://www.w3.org/2000/svg}"


#: Kinds whose steps are not at the numbers of the result one by one, and why.
NO_NUMBER_A_STEP = {
    "filter": "one pixel is worked out before it is kept within 0 and 255",
    "output-size": "a step is a position; the result is how many there are",
    "padding": "a step counts how often a cell has been read so far; the result is the sizes",
    "transposed-convolution": "a stamp lies on many numbers of the result",
}


def scenes(figure: api.Figure, canvas: str) -> list[Scene]:
    film = figure.film(canvas)
    return [film.poster, *film.frames]


def test_every_kind_is_in_the_gallery() -> None:
    assert {values["kind"] for values in GALLERY.values()} == set(api.kinds())


def test_solving_again_gives_the_same(figure: api.Figure) -> None:
    again = api.draw(figure.spec)
    assert again.example == figure.example
    assert again.svg() == figure.svg()


def test_steps_are_numbered_and_add_up(figure: api.Figure) -> None:
    assert [step.index for step in figure.steps] == list(range(1, len(figure.steps) + 1))
    for step in figure.steps:
        if step.terms:
            assert sum(Fraction(term.x) * term.w for term in step.terms) == step.value


def test_steps_tell_the_result(figure: api.Figure) -> None:
    """Every number of the result is the value of the step at its place."""
    if figure.spec.kind in NO_NUMBER_A_STEP:
        return
    if figure.spec.kind == "softmax":  # exponentials and their sum come before the shares
        classes = len(figure.steps) // 2
        assert tuple(step.value for step in figure.steps[classes + 1 :]) == figure.result
        return
    for step in figure.steps:
        found: Result = figure.result
        for index in step.at:
            assert isinstance(found, tuple)
            found = found[index]
        assert found == step.value


def test_the_kernels_agree(figure: api.Figure) -> None:
    """The fast loops give what the story says."""
    p: Any = figure.spec.params
    if figure.spec.kind == "convolution":
        x, w = _array(p.input.rows), _array(p.kernel.rows)
        w = w[::-1, ::-1].copy() if p.flip else w
        sides = [(axis.before, axis.after) for axis in (p.plane.rows, p.plane.columns)]
        got = ops.conv2d(
            x[None, None], w[None, None], stride=p.stride, padding=(sides[0], sides[1]),
            dilation=p.dilation, padding_mode=p.padding_mode,
        )[0, 0] + float(p.bias)  # fmt: skip
        rows = figure.result if not p.input.line else (figure.result,)
        np.testing.assert_allclose(got, _array(rows), rtol=1e-12, atol=1e-12)
    elif figure.spec.kind == "pooling":
        pool: Any = {"max": ops.max_pool2d, "average": ops.avg_pool2d}[p.mode]
        padding = (p.plane.rows.before, p.plane.columns.before)
        got = pool(_array(p.input.rows)[None, None], p.size, p.stride, padding)[0, 0]
        np.testing.assert_allclose(got, _array(figure.result), rtol=1e-12)
    elif figure.spec.kind == "filter":
        step, result = figure.steps[0], figure.result
        rounded = (Fraction(step.value) + Fraction(1, 2)).__floor__()
        kept = min(max(rounded, 0), 255)
        assert isinstance(result, tuple)
        row = result[step.at[0]]
        assert isinstance(row, tuple)
        assert row[step.at[1]] == kept


def _array(rows: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([[float(x) for x in row] for row in rows])


def test_a_spec_is_read_back_equal(figure: api.Figure) -> None:
    assert api.read(write.mapping(figure.spec)) == figure.spec
    assert api.read(api.load_yaml(figure.yaml).values) == figure.spec


def test_a_printed_sum_is_true(figure: api.Figure) -> None:
    """What stands left of the equals sign is what stands right of it."""
    for step in figure.steps:
        if step.terms:
            left, right = step.sum.split(" = ")
            products = (term.split("·") for term in left.split(" + "))
            value = sum(prod(exact(x.strip("()")) for x in each) for each in products)
            assert value == exact(right) == step.value, step.sum


def test_json_is_what_is_promised(figure: api.Figure) -> None:
    found = json.loads(figure.render("json"))
    assert list(found) == ["kind", "spec", "result", "steps", "alt"]
    assert api.read(found["spec"]) == figure.spec
    keys = ["index", "at", "window", "terms", "value", "says"]
    for step in found["steps"]:
        assert list(step) == keys
        if step["terms"]:
            assert sum(Fraction(exact(x)) * exact(w) for x, w in step["terms"]) == exact(
                step["value"]
            )


def test_words_are_there(figure: api.Figure) -> None:
    assert len(figure.alt) > 40
    assert all(step.says.endswith(".") for step in figure.steps)
    assert figure.example.says.endswith(".")


def test_alt_speaks_the_result(figure: api.Figure) -> None:
    numbers = list(every(figure.result))
    if len(numbers) <= 36 and figure.spec.kind != "image-matrix":
        assert all(shown(number) in figure.alt for number in numbers)


def every(result: Result) -> Iterator[Number]:
    if isinstance(result, tuple):
        for part in result:
            yield from every(part)
    else:
        yield result


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_svg_is_well_formed_and_carries_its_spec(figure: api.Figure, theme: str) -> None:
    root = ElementTree.fromstring(figure.render("svg", theme))
    assert root.find(f"{SVG}title").text == figure.title
    assert root.find(f"{SVG}desc").text == figure.alt
    metadata = json.loads(root.find(f"{SVG}metadata").text)
    assert api.read(metadata["convbook"]) == figure.spec
    assert root.find(f".//{SVG}text") is None, "a file must not depend on installed fonts"
    assert root.find(f".//{SVG}script") is None
    ground = root.find(f"{SVG}rect")
    assert ground.get("fill") == THEMES[theme]["paper"]
    defined = {node.get("id") for node in root.iter(f"{SVG}path")}
    used = {node.get("href", "").removeprefix("#") for node in root.iter(f"{SVG}use")}
    assert used == defined


@pytest.mark.parametrize("canvas", CANVASES.values(), ids=CANVASES)
def test_nothing_leaves_the_picture(figure: api.Figure, canvas: Canvas) -> None:
    for scene in scenes(figure, canvas.name):
        assert scene.width <= canvas.width + 2 * canvas.margin + 0.01
        for mark in scene.marks:
            left, top, right, bottom = _bounds(mark)
            assert left >= -0.01, mark
            assert top >= -0.01, mark
            assert right <= scene.width + 0.01, mark
            assert bottom <= scene.height + 0.01, mark


def _bounds(mark: Any) -> tuple[float, float, float, float]:
    if isinstance(mark, Text):
        width = advance(mark.text, mark.size, mark.weight)
        left = mark.x - {"start": 0, "middle": 0.5, "end": 1}[mark.anchor] * width
        return left, mark.y - 0.73 * mark.size, left + width, mark.y
    if isinstance(mark, Rect | Image):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Disc):
        r = mark.radius
        return mark.x - r, mark.y - r, mark.x + r, mark.y + r
    if isinstance(mark, Poly):
        xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
        return min(xs), min(ys), max(xs), max(ys)
    return min(mark.x, mark.x2), min(mark.y, mark.y2), max(mark.x, mark.x2), max(mark.y, mark.y2)


@pytest.mark.parametrize("canvas", CANVASES)
def test_numbers_stay_in_their_cells(figure: api.Figure, canvas: str) -> None:
    """A text in the middle of a cell, a bar or any other box is no wider and no taller than it."""
    for scene in scenes(figure, canvas):
        boxes = [m for m in scene.marks if isinstance(m, Rect) and m.role != "paper"]
        for text in (m for m in scene.marks if isinstance(m, Text) and m.anchor == "middle"):
            around = [box for box in boxes if _holds(box, text)]
            if not around:
                continue
            left, top, right, bottom = _bounds(text)
            smallest = min(around, key=lambda box: box.width * box.height)
            assert left >= smallest.x, text
            assert right <= smallest.x + smallest.width, text
            assert top >= smallest.y, text
            assert bottom <= smallest.y + smallest.height, text


@pytest.mark.parametrize("canvas", CANVASES)
def test_no_text_lies_on_another(figure: api.Figure, canvas: str) -> None:
    for scene in scenes(figure, canvas):
        lines: dict[int, list[tuple[float, float, float, float, Text]]] = {}
        for text in (m for m in scene.marks if isinstance(m, Text)):
            left, top, right, bottom = _bounds(text)
            for band in range(int(top // 64), int(bottom // 64) + 1):
                for x, y, x2, y2, other in lines.get(band, ()):
                    apart = right <= x + 0.5 or x2 <= left + 0.5 or bottom <= y or y2 <= top
                    assert apart, (text, other)
                lines.setdefault(band, []).append((left, top, right, bottom, text))


def _holds(cell: Rect, text: Text) -> bool:
    middle = text.y - text.size * 0.36
    across = cell.x <= text.x <= cell.x + cell.width
    return across and cell.y <= middle <= cell.y + cell.height


@pytest.mark.parametrize("canvas", CANVASES)
def test_every_sign_has_a_glyph(figure: api.Figure, canvas: str) -> None:
    for scene in scenes(figure, canvas):
        for mark in scene.marks:
            if isinstance(mark, Text):
                assert not missing(mark.text, mark.weight), mark.text


@pytest.mark.parametrize("canvas", CANVASES)
def test_frames_have_one_size(figure: api.Figure, canvas: str) -> None:
    assert len({(frame.width, frame.height) for frame in figure.film(canvas).frames}) <= 1


@pytest.mark.parametrize("canvas", ["page", "narrow"])
def test_merged_frames_are_the_frames(figure: api.Figure, canvas: str) -> None:
    frames = figure.film(canvas).frames
    merged = merge([frame.marks for frame in frames])
    for number, frame in enumerate(frames):
        assert tuple(shown.mark for shown in merged if number in shown.on) == frame.marks


def test_text_twin_says_every_step(figure: api.Figure) -> None:
    text = figure.render("md").decode()
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    for step in figure.steps:
        row = next(row for row in rows if row[0] == f"| {step.index}" and len(row) == 4)
        assert row[2].replace("\\", "") == (step.sum or step.says)
        assert row[3] == f"{shown(step.value)} |"
    result = text.split("## Result\n\n")[1]
    first = next(every(figure.result))
    assert shown(first) in result or "the JSON file has them all" in result
    assert figure.example.says in text
