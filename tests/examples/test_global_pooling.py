"""Global pooling against the kernels."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.errors import UserError
from generator.scene.marks import Image, Text

maps = st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(1, 9))


@settings(deadline=None)  # the first call compiles
@given(maps, st.sampled_from(["average", "max"]), st.integers(0, 99))
def test_the_kernels_agree(shape: tuple[int, int, int], mode: str, seed: int) -> None:
    x = np.random.default_rng(seed).integers(-9, 10, shape)
    figure = cb.figure("global-pooling", input=x.tolist(), mode=mode)
    kernels: dict[str, Any] = {"average": ops.avg_pool2d, "max": ops.max_pool2d}
    want = kernels[mode](x[None].astype(float), shape[1:])[0, :, 0, 0]
    got = [float(value) for value in figure.result]  # type: ignore[union-attr,arg-type]
    np.testing.assert_allclose(got, want, rtol=1e-12)


def test_maps_that_cannot_be_read_are_shades() -> None:
    large = {"shape": [4, 30, 30], "low": 0, "high": 9, "seed": "a"}
    marks = cb.figure("global-pooling", input=large).film("page").still(None).marks
    assert sum(isinstance(mark, Image) for mark in marks) == 4
    assert all(mark.size >= 11 for mark in marks if isinstance(mark, Text))


def test_many_numbers_are_told_by_their_sum() -> None:
    figure = cb.figure("global-pooling", input=[[[2] * 10] * 10])
    assert figure.steps[0].says == "Map 1: its 100 numbers add up to 200, and 200 / 100 = 2."
    largest = cb.figure("global-pooling", input=[[[2] * 10] * 10], mode="max")
    assert largest.steps[0].says == "Map 1: the largest of its 100 numbers is 2."


def test_errors_are_for_people() -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("global-pooling", input=[[[1, 2]], [[1]]], mode="mean")
    assert str(caught.value) == (
        "input, map 2: got 1 × 1, wanted 1 × 2, as map 1 has\n"
        "mode: got mean, wanted one of average, max"
    )
