"""The recurrent step against a linear filter of scipy, and how far each way sees."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import generator as cb
from generator.engine.trace_recurrent import layers_to_see, recur
from generator.errors import UserError
from generator.scene.marks import Rect

numbers = st.integers(-9, 9)


@given(st.lists(numbers, min_size=1, max_size=12), numbers, st.integers(-2, 2), numbers)
def test_states_are_a_linear_filter_s(x: list[int], w: int, u: int, start: int) -> None:
    got = [step.value for step in recur(x, w, u, start)]
    want, _ = signal.lfilter([w], [1, -u], np.array(x, float), zi=[u * start])
    assert got == want.tolist()


@given(st.integers(1, 40), st.integers(1, 9))
def test_so_many_layers_see_a_whole_sequence(length: int, kernel: int) -> None:
    """What the first number changes: the last output, after so many layers and no fewer."""
    layers, first = layers_to_see(length, kernel), np.eye(1, length)[0]
    if layers is None:
        assert kernel == 1
        return
    reached = []
    for _ in range(layers):
        first = signal.lfilter(np.ones(kernel), [1], first)
        reached.append(first[-1] > 0)
    assert reached == [False] * (layers - 1) + [True]


def test_outputs_read_nothing_that_comes_later() -> None:
    figure = cb.figure("recurrent-vs-convolution")
    for step in figure.steps:
        assert all(term.at is None or term.at[1] <= step.at[1] for term in step.terms)


def test_a_long_sequence_is_shown_in_part_on_a_phone() -> None:
    film = cb.figure("recurrent-vs-convolution", input=[1] * 12, u=1).film("narrow")
    for number in range(1, 25):
        marks = film.still(number).marks
        assert sum(isinstance(m, Rect) and m.role == "result" for m in marks) == 1
        assert all(m.width >= 24 for m in marks if isinstance(m, Rect))


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"input": [[1, 2]]}, "input: got a 1 × 2 matrix, wanted a list of numbers\n"
         "kernel: got 3 weights, wanted at most 2, as the sequence has"),
        ({"input": [1] * 13}, "input: got 13 numbers, wanted at most 12"),
        ({"u": 0.123}, "u: got a state 3 of 76629/500000, wanted states of at most 7 signs; "
         "shorter weights"),
    ],
)  # fmt: skip
def test_errors_are_for_people(params: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("recurrent-vs-convolution", **params)
    assert str(caught.value) == says
