"""Resolutions are counted, drawn equally wide, and checked."""

from typing import Any

import pytest

import generator as cb
from generator import photos
from generator.errors import UserError
from generator.scene.marks import Image


@pytest.mark.parametrize("colour", [False, True])
def test_numbers_are_those_of_the_picture(colour: bool) -> None:
    fig = cb.figure("resolution", photo="coffee", columns=[100, 10], colour=colour)
    found = []
    for columns in (100, 10):
        planes = photos.colour("coffee", columns) if colour else (photos.grey("coffee", columns),)
        found.append(sum(len(row) for plane in planes for row in plane))
    assert fig.result == tuple(found)
    assert f"{found[0]:,}" in fig.example.says
    assert str(found[0]) in fig.alt


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_all_are_drawn_equally_wide(canvas: str) -> None:
    scene = cb.figure("resolution").film(canvas).poster
    drawn = [mark for mark in scene.marks if isinstance(mark, Image)]
    assert [mark.pixels.width for mark in drawn] == [256, 64, 32, 16, 8, 4]
    assert len({mark.width for mark in drawn}) == 1


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"columns": []}, "columns: got [], wanted a list of one to 8 whole numbers"),
        ({"columns": [8, 0]}, "columns, size 2: got 0, wanted a whole number from 1 to 1024"),
        ({"columns": [452]}, "columns: got 452 columns, wanted at most 451, as many as the photo"),
        (
            {"crop": [0, 0, 1, 0.1]},
            "photo: got 300 × 45, wanted at most twice as tall as wide; crop it",
        ),
    ],
)
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("resolution", **params)
    assert message in str(error.value)
