"""Every operation against libraries that are not ours, over thousands of drawn configurations.

The inputs are small whole numbers wherever sums are made, also where they are floats: then no
order of summation rounds, and the results must be equal, not nearly so.
"""

from __future__ import annotations

import os
from collections import Counter

import numpy as np
import pytest
from engine import oracles_conv, oracles_picture, oracles_pointwise, oracles_pool
from engine.cases import Oracle, numbers

from generator.engine import ops

ORACLES: dict[str, Oracle] = {
    **oracles_conv.ORACLES,
    **oracles_pool.ORACLES,
    **oracles_pointwise.ORACLES,
    **oracles_picture.ORACLES,
}

#: Configurations of every operation in `make check-deep`.
DEEP = 10_000


def operation(name: str) -> str:
    """Return the function that a line of the table is about: its first word."""
    return name.split(maxsplit=1)[0].rstrip(",")


def count(name: str) -> int:
    """Return how many configurations of a line are drawn."""
    if not os.environ.get("CONVBOOK_DEEP"):
        return ORACLES[name].count
    drawn = sum(o.count for n, o in ORACLES.items() if operation(n) == operation(name))
    return max(ORACLES[name].count, -(-ORACLES[name].count * DEEP // drawn))


def check(name: str, cases: int) -> None:
    """Hold so many configurations of a line against its oracle."""
    oracle = ORACLES[name]
    rng = np.random.default_rng(list(name.encode()))
    for number in range(cases):
        case = oracle.draw(rng)
        wanted = oracle.theirs(case)
        for ours in oracle.ours:
            got = ours(case)
            where = f"{ours.__name__}, case {number}: {case}"
            assert got.shape == wanted.shape, where
            equal = got == wanted
            if oracle.near:
                equal = np.isclose(got, wanted, oracle.near, oracle.off)
            assert np.all(equal), f"{got[~equal]} for {wanted[~equal]}, {where}"
            if "trace" not in ours.__name__ and case.x.dtype.kind == "f":
                assert got.dtype == case.x.dtype, where


@pytest.mark.parametrize("name", ORACLES)
def test_against_oracle(name: str) -> None:
    check(name, count(name))


@pytest.mark.parametrize(("deep", "least"), [("", 300), ("1", DEEP)])
def test_every_operation_has_an_oracle(
    deep: str, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVBOOK_DEEP", deep)
    drawn = Counter[str]()
    for name in ORACLES:
        drawn[operation(name)] += count(name)
    assert sorted(drawn) == ops.__all__
    assert min(drawn.values()) >= least


def test_2x2_pooling_has_a_loop_of_its_own() -> None:
    rng = np.random.default_rng(2)
    for dtype in ("float32", "float64", "int64"):
        x = numbers(rng, 3, 9, 14, dtype=dtype)
        blocks = x[:, :8].reshape(3, 4, 2, 7, 2)
        assert np.array_equal(ops.max_pool2d(x, 2), blocks.max((2, 4)))
