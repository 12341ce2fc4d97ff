"""Costs of both ways: counted one by one in the trace, and the numbers of GoogLeNet's block."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine.shapes import Axis, Plane, padding_sides
from generator.engine.trace_channels import convolve_many
from generator.examples.bottleneck import costs, weights

few = st.integers(1, 3)


def products(size: tuple[int, int], channels: int, maps: int, kernel: tuple[int, int]) -> int:
    """Count every product of a layer that keeps the size."""
    rows, columns = (
        Axis(n, k, 1, *padding_sides("same", n, k)) for n, k in zip(size, kernel, strict=True)
    )
    x = tuple(tuple((1,) * size[1] for _ in range(size[0])) for _ in range(channels))
    w = (tuple(tuple((1,) * kernel[1] for _ in range(kernel[0])) for _ in range(channels)),) * maps
    _, steps = convolve_many(x, w, Plane(rows, columns))
    return sum(len(step.terms) for step in steps)


@settings(max_examples=30, deadline=None)
@given(st.tuples(few, few), few, few, few, st.tuples(few, few))
def test_every_multiplication_is_counted(
    size: Any, channels: int, reduced: int, filters: int, kernel: Any
) -> None:
    fig: Any = cb.figure(
        "bottleneck", size=list(size), channels=channels, reduced=reduced, filters=filters,
        kernel_size=list(kernel),
    )  # fmt: skip
    assert fig.result == (
        products(size, channels, filters, kernel),
        products(size, channels, reduced, (1, 1)),
        products(size, reduced, filters, kernel),
    )
    taps = kernel[0] * kernel[1]
    p = fig.spec.params
    assert weights(p) == (
        filters * channels * taps, reduced * channels + filters * reduced * taps,
    )  # fmt: skip
    assert costs(p)[0][1] == channels * taps


def test_the_block_of_googlenet() -> None:
    fig = cb.figure("bottleneck")
    assert fig.result == (120_422_400, 2_408_448, 10_035_200)
    assert "12,443,648 with a 1 × 1 layer of 16 before, 10.3 % of it (rounded)." in (
        fig.example.says
    )


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_bars_are_to_one_scale(canvas: str) -> None:
    fig: Any = cb.figure("bottleneck")
    marks: Any = fig.film(canvas).poster.marks
    bars = [mark.width for mark in marks if getattr(mark, "role", "") == "kernel-cell"]
    for bar, value in zip(bars, fig.result, strict=True):
        assert bar / bars[0] == pytest.approx(value / fig.result[0])
