"""The pictures of networks: to scale, and right for what a reader asks."""

from pathlib import Path
from typing import Any

import pytest

import generator as cb
from generator import api
from generator.engine.network_stages import stages
from generator.errors import UserError
from generator.examples._volume import scale
from generator.scene.film import Scene
from generator.scene.marks import Poly, Text

NAMES = list(api.catalogue()["networks"])


def words(scene: Scene) -> str:
    return " ".join(mark.text for mark in scene.marks if isinstance(mark, Text))


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
@pytest.mark.parametrize("name", NAMES)
def test_every_map_says_its_shape(name: str, canvas: str) -> None:
    figure = cb.figure("network", network=name)
    said = words(figure.film(canvas).poster)
    for stage in stages(cb.network(name)):
        assert "×".join(map(str, (*stage.output[1:], stage.output[0]))) in said
        assert stage.times == 1 or f"×{stage.times}" in said
    assert sum(map(int, figure.result)) == cb.network(name).total.params  # type: ignore[arg-type]


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
@pytest.mark.parametrize("name", NAMES)
def test_no_frame_leaves_its_canvas(name: str, canvas: str) -> None:
    wide = {"slide": 1120, "page": 640, "narrow": 328}[canvas]
    for kind in ("network", "parameter-chart"):
        film = cb.figure(kind, network=name).film(canvas)
        assert all(frame.width <= wide + 0.01 for frame in (film.poster, *film.frames))


def test_lengths_are_to_scale() -> None:
    measure = scale([(1, 32, 32), (6, 28, 28), (16, 5, 5)])
    assert (measure.sides, measure.depths) == ("linear", "linear")
    large, small = (measure.bigness(shape, 96, 32) for shape in ((1, 32, 32), (16, 8, 16)))
    assert (large[0], small[0], small[1]) == (96, 24, 48)
    assert small[2] == 32
    rooted = scale([(4, 400, 400), (400, 4, 4)])
    assert rooted.bigness((100, 100, 100), 60, 40) == (30, 30, 20)
    assert "square root" in rooted.says


def test_a_caption_says_the_scale() -> None:
    assert "All lengths are to scale." in cb.figure("network", scale="linear").example.says
    assert "logarithm" in cb.figure("network", scale="log").example.says


def test_every_body_has_its_faces_and_its_edges() -> None:
    scene = cb.figure("network").film("page").poster
    closed = [mark for mark in scene.marks if isinstance(mark, Poly) and mark.closed]
    assert len(closed) == 8, "the input and seven stages"


def test_sums_are_the_published_formulas() -> None:
    figure = cb.figure("network")
    assert figure.steps[0].sum == "25·6 + 6 = 156"
    assert figure.steps[2].sum == "150·16 + 16 = 2416"
    assert "5·5·6 + 1)·16" in words(figure.film("page").still(3))
    assert "6 + (5 − 1)·2" in words(figure.film("page").still(3))
    assert cb.figure("network", what="macs").steps[0].sum == "150·784 = 117600"


def test_another_input() -> None:
    assert "64×64×1" in cb.figure("network", network="lenet5", input="1x64x64", step=1).alt
    with pytest.raises(UserError, match="input, C5, kernel_size: got 5 rows"):
        cb.figure("network", network="lenet5", input="1x28x28")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("lenet", "network: unknown network 'lenet'; did you mean 'lenet5'?"),
        ({"input": "1x8x8", "layers": ["rely"]}, "network: unknown layer 'rely'; did you mean"),
        ({"layers": ["relu"]}, "network, input: is missing"),
        ([1, 2], "network: got [1, 2], wanted a network: a name, a YAML file, or its layers"),
    ],
)
def test_a_wrong_network_is_told(given: Any, said: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("network", network=given)
    assert said in str(caught.value)


def test_a_file_is_drawn_and_its_lines_are_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("input: 1x8x8\nlayers:\n  - {conv: {out_channels: 2, kernel_size: 3}}\n")
    figure = cb.figure("network", network=file)
    assert figure.result == (20,)
    assert cb.figure("network", network=str(file)).spec == figure.spec
    file.write_text("input: 1x8x8\nlayers:\n  - {conv: {out_channels: 2, kernel_size: 9}}\n")
    with pytest.raises(UserError, match=r"mine\.yaml:3, conv1, kernel_size: got 9 rows"):
        cb.figure("network", network=file)


def test_numbers_and_words_are_the_same_network() -> None:
    one = {"input": [1, 8, 8], "layers": [{"conv": {"out_channels": 2, "kernel_size": 3}}]}
    two = {"input": ["1", "8", "8"], "layers": [{"conv": {"out_channels": "2", "kernel_size": 3}}]}
    assert cb.figure("network", network=one).spec == cb.figure("network", network=two).spec


def test_a_depthwise_convolution_is_called_so() -> None:
    figure = cb.figure("network", network="mobilenet-v1")
    assert "depthwise" in words(figure.film("slide").poster)
    assert "3×3 depthwise convolution" in figure.steps[1].says
