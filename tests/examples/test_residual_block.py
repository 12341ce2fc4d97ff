"""A residual block: the story against the loops, and what it is for."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.errors import UserError

SMALL = st.integers(-5, 5)


def matrix(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    line = st.lists(SMALL, min_size=columns, max_size=columns)
    return st.lists(line, min_size=rows, max_size=rows)


def array(rows: Any) -> Any:
    return np.array(rows, dtype=float)[None, None]


@settings(max_examples=40, deadline=None)
@given(matrix(3, 4), matrix(3, 3), matrix(3, 1))
def test_the_loops_agree(x: Any, first: Any, second: Any) -> None:
    z, f, y = cb.figure("residual-block", input=x, first=first, second=second).result  # type: ignore[misc]
    made = ops.conv2d(array(x), array(first), padding=(1, 1))
    np.testing.assert_array_equal(array(z), made)
    made = ops.conv2d(np.maximum(made, 0), array(second), padding=(1, 0))
    np.testing.assert_array_equal(array(f), made)
    np.testing.assert_array_equal(array(y), np.maximum(made + array(x), 0))


def test_a_block_that_learned_nothing_hands_its_input_on() -> None:
    figure = cb.figure("residual-block", first=[[0]], second=[[0]])
    assert isinstance(figure.result, tuple)
    assert figure.result[2] == figure.spec.params.input.rows  # type: ignore[attr-defined]


def test_three_steps_a_cell() -> None:
    figure = cb.figure("residual-block", input=[[1, 2], [3, 4]])
    assert len(figure.steps) == 12
    assert [step.at[0] for step in figure.steps] == [0] * 4 + [1] * 4 + [2] * 4


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"first": [[1, 2], [3, 4]]}, "first: got 2 × 2, wanted odd sides of at most 5"),
        ({"input": [[1] * 6]}, "input: got 1 × 6, wanted at most 5 × 5"),
    ],
)
def test_what_does_not_fit_is_told(given_: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("residual-block", **given_)
    assert said in str(caught.value)
