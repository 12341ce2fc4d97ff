"""Softmax: against the kernel and scipy, and what is said of rounding."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

import generator as cb
from generator.engine import ops
from generator.engine.trace_softmax import softmax
from generator.errors import UserError
from generator.scene.marks import Rect

logits = st.lists(st.integers(-40, 40), min_size=1, max_size=12)


@given(logits, st.integers(1, 9))
def test_the_kernel_and_scipy_agree(z: list[int], temperature: int) -> None:
    made = softmax(z, temperature, 3, [str(i) for i in range(len(z))])
    scaled = np.array(z) / temperature
    for oracle in (special.softmax(scaled), ops.softmax(scaled, 0)):
        np.testing.assert_allclose([float(p) for p in made.shares], oracle, atol=0.000501)


@given(logits, st.integers(-1000, 1000))
def test_what_all_have_in_common_changes_nothing(z: list[int], more: int) -> None:
    names = [str(i) for i in range(len(z))]
    moved = softmax([each + more for each in z], 1, 3, names)
    assert softmax(z, 1, 3, names).shares == moved.shares


def test_shares_that_do_not_add_up_say_so() -> None:
    figure = cb.figure("softmax", logits=[0, 0, 0])
    assert figure.example.says.endswith("rounded to 3 digits, add up to 0.999; unrounded, to 1.")
    assert cb.figure("softmax", logits=[0, 0]).example.says.endswith("digits, add up to 1.")


def test_bars_are_as_long_as_shares() -> None:
    figure = cb.figure("softmax", logits=[1, 0])
    marks = figure.film("slide").still(None).marks
    first, second = (m.width for m in marks if isinstance(m, Rect) and m.role == "result-ink")
    shares = [float(share) for share in figure.result]  # type: ignore[union-attr,arg-type]
    assert first / second == pytest.approx(shares[0] / shares[1])


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"logits": [[1, 2]]}, "logits: got a 1 × 2 matrix, wanted a list of numbers"),
        ({"logits": [1, 2], "names": ["a"]}, "names: got 1 name, wanted 2, one for every logit"),
        ({"temperature": 0}, "temperature: got 0, wanted above 0, at most 1,000"),
        ({"logits": [5000, 1]}, "logits, column 1: got 5000, wanted between −1,000 and 1,000"),
        ({"logits": list(range(13))}, "logits: got 13 numbers, wanted at most 12"),
    ],
)  # fmt: skip
def test_errors_are_for_people(params: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("softmax", **params)
    assert str(caught.value) == says
