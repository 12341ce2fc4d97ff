"""Shares, held against SciPy's softmax."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, flat, only
from scipy.special import softmax


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_gives_the_same_share(level: int) -> None:
    for exercise in drawn("softmax-by-hand", level):
        text = flat(exercise.prompt).replace("−", "-")
        listed, rest = text.split(": ", 1)[1].split(". What does softmax")
        pairs = [pair.split(" ", 1) for pair in listed.split(", ")]
        names = [name for name, _ in pairs]
        assert ("ln" in listed) == (level == 1)
        logits = np.array([
            np.log(int(number[3:])) if number.startswith("ln ") else float(number)
            for _, number in pairs
        ])  # fmt: skip
        warm = re.search(r"temperature ([\d.]+)", rest)
        assert bool(warm) == (level == 3)
        asked = re.search(r"give for (\w+)", rest)
        assert asked is not None
        shares = softmax(logits / (float(warm[1]) if warm else 1))
        answer = float(only(exercise).answer)  # type: ignore[arg-type]
        assert answer == pytest.approx(shares[names.index(asked[1])], abs=5.1e-4)
