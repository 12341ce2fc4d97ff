"""The four modes are NumPy's, by other names."""

from typing import Any

import numpy as np
import pytest

from generator import api
from generator.engine.shapes import PADDING_MODES, PaddingMode
from generator.errors import UserError
from generator.examples.padding_modes import padded
from generator.numerals import shown

NUMPY: dict[PaddingMode, Any] = {
    "zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap",
}  # fmt: skip


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize(
    "input_", [[[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[3, -1, 4, 1], [5, 9, 2, 6]]]
)
def test_numpy_pads_alike(mode: PaddingMode, input_: list[list[int]]) -> None:
    p: Any = api.figure("padding-modes", input=input_, padding=len(input_) - 1).spec.params
    found = np.pad(np.array(input_), p.padding, mode=NUMPY[mode])
    assert padded(p, mode) == tuple(map(tuple, found.tolist()))


def test_a_step_stands_where_its_number_comes_from() -> None:
    figure = api.figure("padding-modes", input=[[5, 6, 7], [1, 2, 3]], padding=1, row=2)
    for step in figure.steps:
        if step.window:
            assert (5, 6, 7, 1, 2, 3)[step.window.top * 3 + step.window.left] == step.value
        else:
            assert step.value == 0
        assert shown(step.value) in step.says
    assert [step.value for step in figure.steps] == [0, 0, 2, 2, 1, 3, 3, 1]


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("padding-modes", input=[[1, 2], list(range(2))], padding=2, row=3)
    assert str(caught.value) == (
        "padding: got 2, wanted at most 1: the input has 2 columns to mirror\n"
        "padding: got 2, wanted at most 1: the input has 2 rows to mirror\n"
        "row: got 3, wanted at most 2, the rows of the input"
    )
    with pytest.raises(UserError, match="16 with the padding"):
        api.figure("padding-modes", input=[list(range(14))] * 3, padding=2)
