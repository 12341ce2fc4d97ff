"""Bottlenecks, held against the sizes of NumPy's weights and what einsum says it multiplies."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, equations, flat, number


def _multiplications(size: int, w: np.ndarray) -> int:
    """The products of one layer, as many as einsum's plan counts."""
    windows = np.broadcast_to(np.zeros(1), (size * size, w[0].size))
    plan = np.einsum_path("pk,fk->pf", windows, w.reshape(len(w), -1), optimize=False)[1]
    flops = float(re.search(r"Naive FLOP count: *(\S+)", plan)[1])  # type: ignore[index]
    # NumPy counts a product and a sum for each step, but where nothing is summed.
    return int(flops / (2 if w[0].size > 1 else 1))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_numpy_counts_as_many(level: int) -> None:
    for exercise in drawn("pointwise-saving", level)[:60]:
        text = flat(exercise.prompt)
        size, channels = number(r"map of (\d+)", text), number(r"(\d+) channels", text)
        filters, kernel = number(r"(\d+) kernels of", text), number(r"kernels of (\d+)", text)
        reduced = number(r"(\d+) kernels of 1 × 1, then", text)
        biases = "has a bias" in text
        assert biases == (level > 1)
        direct = [np.broadcast_to(0.0, (filters, channels, kernel, kernel))]
        chain = [np.broadcast_to(0.0, (reduced, channels, 1, 1))]
        if level == 3:
            assert f"last a layer of {filters} kernels of 1 × 1" in text
            chain.append(np.broadcast_to(0.0, (reduced, reduced, kernel, kernel)))
            chain.append(np.broadcast_to(0.0, (filters, reduced, 1, 1)))
        else:
            chain.append(np.broadcast_to(0.0, (filters, reduced, kernel, kernel)))
        counts = [sum(w.size + biases * len(w) for w in layers) for layers in (direct, chain)]
        costs = [sum(_multiplications(size, w) for w in layers) for layers in (direct, chain)]
        answers = [question.answer for question in exercise.questions]
        assert answers == [*counts, pytest.approx(costs[0] - costs[1], rel=2e-3)]
        # Einsum's plan rounds what it prints: exactly, it is a product at each place.
        exact = [sum(w.size for w in layers) * size * size for layers in (direct, chain)]
        assert answers[2] == exact[0] - exact[1]
        sums = [eq for step in exercise.solution for eq in equations(flat(step))]
        assert len(sums) >= 6
        assert all(len(set(sides)) == 1 for sides in sums), exercise.id
