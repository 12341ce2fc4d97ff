"""Changed photos: distances as NumPy has them; a wall may be nearer than the cat itself."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import generator as cb
from generator.errors import UserError
from generator.examples._photo import fitting
from generator.examples.changed_photo import CHANGES
from generator.scene.marks import Image


@pytest.mark.parametrize(("photo", "other"), [("chelsea", "brick"), ("camera", "coffee")])
def test_distances_are_numpy_s(photo: str, other: str) -> None:
    fig: Any = cb.figure("changed-photo", photo=photo, other=other, size=40)
    x = fitting(photo, (40, 40))
    pictures = [change(x) for change in CHANGES.values()] + [fitting(other, (40, 40))]
    for picture, value, step in zip(pictures, fig.result, fig.steps, strict=True):
        mean = np.abs(np.array(picture) - np.array(x)).mean()
        assert abs(float(value) - mean) <= 0.05 + 1e-9
        assert f"{float(value):.1f} of 255 (rounded)" in step.says


def test_changes_are_what_they_are_called() -> None:
    shades = fitting("chelsea", (32, 32))
    x = np.array(shades)
    made = {name: np.array(change(shades)) for name, change in CHANGES.items()}
    assert {each.shape for each in made.values()} == {x.shape}
    assert (made["half light"] == x // 2).all()
    assert (made["turned"] == np.rot90(x, 2)).all()
    assert not made["half hidden"][:, :16].any()
    assert (made["half hidden"][:, 16:] == x[:, 16:]).all()
    assert (made["moved"][:, 4:] == x[:, :-4]).all()
    assert (made["slanted"][0, 8:] == x[0, :-8]).all()
    assert (made["slanted"][-1, :-8] == x[-1, 8:]).all()
    noise = made["noise"] - x
    assert made["noise"].min() >= 0
    assert made["noise"].max() <= 255
    assert abs(noise.mean()) < 10 < noise.std()


def test_the_noise_is_the_same_again() -> None:
    shades = fitting("coffee", (16, 16))
    assert CHANGES["noise"](shades) == CHANGES["noise"](shades)


def test_the_wall_is_nearer_than_the_cat_itself() -> None:
    """The page about computer vision says so."""
    fig: Any = cb.figure("changed-photo")
    dark, _, hidden, turned, moved, _, wall = fig.result
    assert wall < min(dark, hidden, turned, moved)
    assert fig.example.says.endswith(" of the 6 changes go further than the other photo is.")


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_all_are_drawn_equally_large(canvas: str) -> None:
    scene = cb.figure("changed-photo", size=16).film(canvas).poster
    drawn = [mark for mark in scene.marks if isinstance(mark, Image)]
    assert len(drawn) == 8
    assert len({(mark.width, mark.height) for mark in drawn}) == 1


def test_a_photo_is_not_compared_with_itself() -> None:
    with pytest.raises(UserError) as error:
        cb.figure("changed-photo", photo="brick")
    assert "other: got brick, wanted another photo than the first" in str(error.value)


def test_a_picture_without_any_change() -> None:
    """Nothing moves in an even picture when it is turned; the answer is a whole number then."""
    even = ((80,) * 8,) * 8
    assert CHANGES["turned"](even) == CHANGES["moved"](even) == even
    found: Any = cb.figure("changed-photo", size=8).result
    assert all(isinstance(value, (int, Fraction)) for value in found)
