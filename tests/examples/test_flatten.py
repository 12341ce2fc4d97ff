"""Where a cell goes is where NumPy's ``ravel`` puts it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import api
from generator.errors import UserError
from generator.examples.flatten import Params, index_of

SIZES = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4))


@given(SIZES, st.booleans())
def test_numpy_flattens_alike(shape: tuple[int, int, int], first: bool) -> None:
    p = Params(shape, "channels_first" if first else "channels_last")
    places = np.arange(np.prod(shape))
    height, width, channels = shape
    image = (
        places.reshape(channels, height, width).transpose(1, 2, 0)
        if first
        else places.reshape(shape)
    )
    for at in np.ndindex(shape):
        assert index_of(p, at) == image[at]


def test_the_numbers_of_the_course() -> None:
    figure: Any = api.figure("flatten", shape=[28, 28])
    assert figure.result == tuple(range(784))
    assert "28 × 28 = 784 numbers" in figure.example.says
    assert figure.steps[-1].sum == "27·28 + 27 = 783"


def test_a_small_image_is_followed_cell_by_cell_and_a_large_one_is_not() -> None:
    assert len(api.figure("flatten", shape=[4, 6]).steps) == 24
    assert len(api.figure("flatten", shape=[5, 5]).steps) == 5
    assert len(api.figure("flatten", shape=[1, 1]).steps) == 1


def test_the_way_back_is_told_in_the_picture() -> None:
    from generator.scene.marks import Text

    film = api.figure("flatten", shape=[28, 28], at=[5, 10]).film("page")
    texts = [mark.text for mark in film.poster.marks if isinstance(mark, Text)]
    assert "back: 150 / 28 = 5, remainder 10" in texts


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("flatten", shape=[4, 3, 5], at=[4, 2, 5])
    assert str(caught.value) == (
        "shape: got 5 channels, wanted at most 4, to be drawn\n"
        "at: got row 4, wanted at most 3, counted from 0\n"
        "at: got channel 5, wanted at most 4, counted from 0"
    )
    with pytest.raises(UserError) as caught:
        api.figure("flatten", shape=[4, 3], at=[1, 1, 1])
    assert str(caught.value) == "at: got 3 numbers, wanted 2, as many as the shape has"
    with pytest.raises(UserError) as caught:
        api.figure("flatten", shape=12)
    assert str(caught.value) == (
        "shape: got 12, wanted two or three whole numbers: rows, columns, channels"
    )
