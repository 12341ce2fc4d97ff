"""A dilated kernel is the kernel with zeros between its weights."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from generator import api
from generator.errors import UserError
from generator.scene.marks import Disc

X = np.arange(80).reshape(8, 10) ** 2 % 17
W = np.array([[1, -2, 3], [0, 5, -1]])


@pytest.mark.parametrize("dilation", [1, 2, 3, 4])
def test_it_is_the_kernel_with_zeros_between(dilation: int) -> None:
    spread = np.zeros((dilation + 1, 2 * dilation + 1), int)
    spread[::dilation, ::dilation] = W
    figure = api.figure("dilation", input=X, kernel=W, dilation=dilation)
    assert np.array(figure.result).tolist() == correlate2d(X, spread, "valid").tolist()


def test_the_spans_of_the_course() -> None:
    p: Any = api.figure("dilation").spec.params
    assert [p.extent(d) for d in (1, 2, 3)] == [(3, 3), (5, 5), (7, 7)]


def test_every_pattern_has_as_many_dots_as_weights() -> None:
    film = api.figure("dilation", kernel=W, dilations=[1, 2, 4]).film("page")
    dots = [mark for mark in film.poster.marks if isinstance(mark, Disc)]
    assert len(dots) == 3 * W.size


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("dilation", input=[[1, 2, 3, 4]] * 17, kernel=W, dilation=2, dilations=[1, 8])
    assert str(caught.value) == (
        "input: got 17 rows, wanted at most 16, to be read\n"
        "kernel: got 5 columns (dilation 2), wanted at most 4, the columns of the input with its"
        " padding"
    )
    with pytest.raises(UserError) as caught:
        api.figure("dilation", kernel=np.ones((4, 4), int), dilation=1, dilations=8)
    assert str(caught.value) == (
        "dilations: got 8, a window of 25 × 25, wanted windows of at most 21 cells"
    )
