"""Connections and weights against a matrix that does what the convolution does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import generator as cb
from generator.engine.shapes import Axis, Plane
from generator.errors import UserError
from generator.examples._links import STYLES, Links
from generator.scene.marks import Line

sides = st.integers(1, 6)


@given(sides, sides, st.integers(1, 6), st.integers(1, 6))
def test_connections_are_the_entries_of_the_layer_as_a_matrix(
    height: int, width: int, k: int, m: int
) -> None:
    """Every cell is lit alone; what arrives, and with which weight, is a column of the matrix."""
    k, m = min(k, height), min(m, width)
    weights = np.arange(1, k * m + 1).reshape(k, m)
    cells = np.eye(height * width).reshape(-1, height, width)
    matrix = np.array([signal.correlate2d(cell, weights, "valid").ravel() for cell in cells])
    figure = cb.figure("dense-vs-convolution", size=[height, width], kernel=[k, m])
    found = np.unique(matrix[matrix > 0])
    assert figure.result == ((matrix.size, matrix.size), (np.count_nonzero(matrix), len(found)))
    links = Links(Plane(Axis(height, k), Axis(width, m)), dense=False)
    for unit in range(matrix.shape[1]):
        drawn = {(cell, weight + 1) for cell, weight in links.of(unit, range(links.sizes[0]))}
        assert drawn == {(cell, int(w)) for cell, w in enumerate(matrix[:, unit]) if w}


def test_the_course_s_numbers() -> None:
    assert cb.figure("dense-vs-convolution").result == ((144, 144), (36, 4))
    large = cb.figure("dense-vs-convolution", size=10, kernel=3)
    assert large.result == ((6400, 6400), (576, 9))


def test_every_weight_has_its_own_line() -> None:
    marks = cb.figure("dense-vs-convolution").film("slide").still(4).marks
    lines = [mark.role for mark in marks if isinstance(mark, Line)]
    assert lines.count("kernel-hair") == 144
    assert [lines.count(style) for style in STYLES] == [9] * 4


def test_a_large_layer_is_counted_and_not_drawn() -> None:
    marks = cb.figure("dense-vs-convolution", size=1000, kernel=3).film("slide").still(None).marks
    assert sum(isinstance(mark, Line) for mark in marks) < 60


def test_errors_are_for_people() -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("dense-vs-convolution", size=[4, 2], kernel=[5, 3])
    assert str(caught.value) == (
        "kernel: got 5 rows, wanted at most 4, as the input has\n"
        "kernel: got 3 columns, wanted at most 2, as the input has"
    )
