"""Gradients, held against SciPy's expit and logit and differences of them."""

import re

import numpy as np
import pytest
from exercises.reading import drawn, flat, only
from scipy.differentiate import derivative
from scipy.special import expit, logit

_NUMBER = r"(-?\d+(?:\.\d+)?)"


def _all(pattern: str, text: str) -> list[float]:
    return [float(found) for found in re.findall(pattern, text)]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_scipy_lets_as_much_through(level: int) -> None:
    for exercise in drawn("activation-derivative", level)[:60]:
        text = flat(exercise.prompt).replace("−", "-")
        (gradient,) = _all(rf"gradient is {_NUMBER}", text)
        weights = _all(rf"weight {_NUMBER}", text)
        assert len(weights) == (0, 1, 3)[level - 1]
        if "leaky" in text:
            (z,), (slope,) = _all(rf"z = {_NUMBER}", text), _all(rf"slope {_NUMBER}", text)
            slopes = [1.0 if z > 0 else slope]
        else:
            outputs = np.array(_all(rf"a = {_NUMBER}", text))
            back, forth = (np.arctanh, np.tanh) if "tanh" in text else (logit, expit)
            slopes = [*derivative(forth, back(outputs)).df]
            assert len(slopes) == (3 if level == 3 else 1)
        arrives = gradient * np.prod(slopes) * np.prod(weights)
        assert float(only(exercise).answer) == pytest.approx(arrives, abs=6e-4)  # type: ignore[arg-type]
