"""A picture taken apart: the planes are the photo's, and an own input is checked."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

import generator as cb
from generator import photos
from generator.errors import UserError
from generator.scene.marks import Rect
from generator.scene.theme import contrast, grey, on_grey


def test_the_matrices_are_what_pillow_averages() -> None:
    with Image.open(photos.ALBUM / "coffee.png") as image:
        expected = np.asarray(image.convert("RGB").resize((8, 5), Image.Resampling.BOX))
    fig = cb.figure("channels")
    np.testing.assert_array_equal(np.array(fig.result), expected.transpose(2, 0, 1))
    assert "5·8·3 = 120, one byte each" in fig.example.says


def test_a_step_points_at_the_most_of_a_light() -> None:
    fig = cb.figure("channels", photo="chelsea", columns=6)
    for channel, step in enumerate(fig.steps):
        plane: Any = fig.result[channel]  # type: ignore[index]
        assert step.at[0] == channel
        assert step.value == max(map(max, plane))


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_every_pixel_is_drawn_in_its_colour(canvas: str) -> None:
    own = [[[255, 0]], [[7, 0]], [[9, 128]]]
    scene = cb.figure("channels", input=own).film(canvas).poster
    shades = [mark.shade for mark in scene.marks if isinstance(mark, Rect) and mark.shade]
    assert shades == [
        (255, 7, 9), (0, 0, 128), (255, 0, 0), (0, 0, 0), (0, 7, 0), (0, 0, 0), (0, 0, 9),
        (0, 0, 128),
    ]  # fmt: skip


@pytest.mark.parametrize("channel", range(3))
@pytest.mark.parametrize("level", range(0, 256, 5))
def test_numbers_on_colour_can_be_read(channel: int, level: int) -> None:
    shade: Any = tuple(level if i == channel else 0 for i in range(3))
    ink = {"on-dark": "#ffffff", "on-light": "#000000"}[on_grey(shade)]
    assert contrast(ink, grey(shade)) >= 4.5


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"input": [[[1]], [[2]]]}, "input: got 2 channels, wanted three: red, green, blue"),
        (
            {"input": [[[256]], [[0]], [[0]]]},
            "input: got other numbers, wanted whole numbers from 0, no light, to 255, all of it",
        ),
        (
            {"input": [[[1]], [[2]], [[3]]], "photo": "coffee"},
            "photo: got a photo and an input, wanted one of them",
        ),
        ({"photo": "cofee"}, "photo: unknown photo 'cofee'; did you mean 'coffee'?"),
        (
            {"photo": "brick", "columns": 12, "crop": [0, 0, 1, 0.5]},
            "photo: got 24 rows at 12 columns, wanted at most 16: a less tall picture, or a crop"
            " of it",
        ),
    ],
)
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("channels", **params)
    assert str(error.value) == message
