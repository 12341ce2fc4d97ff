"""Two layers by hand: held against the engine's kernels, and against what a corner is."""

from typing import Any

import numpy as np
import pytest

import generator as cb
from generator.engine import ops
from generator.errors import UserError
from generator.examples._two_layers import PRESETS


@pytest.mark.parametrize("find", PRESETS)
@pytest.mark.parametrize("seed", ["", "moss-1", "moss-2"])
def test_the_layers_are_those_of_the_engine(find: str, seed: str) -> None:
    preset = PRESETS[find]
    own = {"shape": [8, 9], "low": 0, "high": 1, "seed": seed}
    fig = cb.figure("feature-composition", find=find, **({"input": own} if seed else {}))
    x: Any = fig.spec.params
    picture = np.array(x.filled.input.rows, float)[None, None]
    w, v = (np.array(each.planes, float) for each in (preset.kernels, preset.combine))
    first = ops.relu(ops.conv2d(picture, w[:, None]) + float(preset.bias))
    second = ops.conv2d(first, v[None])[0, 0] + float(preset.combine_bias)
    np.testing.assert_array_equal(second, np.array(fig.result, float))


def places(fig: Any) -> list[tuple[int, int]]:
    return [step.at for step in fig.steps if step.value > 0]


def test_the_corner_is_found_and_the_junction_is_not() -> None:
    """The letter P has a corner at the top left, and a T where its bow comes back."""
    fig = cb.figure("feature-composition")
    assert places(fig) == [(0, 0)]
    assert fig.example.says == (
        "The first layer finds horizontal and vertical lines, the second puts them together and"
        " sees 5 × 5 pixels. Its sum is above 0 only at row 1, column 1."
    )


def test_a_shifted_letter_has_its_corner_shifted() -> None:
    rows = PRESETS["corner"].input.rows
    moved = [[0, *row[:-1]] for row in (tuple([0] * 9), *rows[:-1])]
    assert places(cb.figure("feature-composition", input=moved)) == [(1, 1)]


def test_a_diagonal_is_found_all_along_it() -> None:
    fig = cb.figure("feature-composition", find="diagonal")
    assert places(fig) == [(0, 0), (1, 1), (2, 2)]
    assert "only at row 1, column 1; row 2, column 2; row 3, column 3." in fig.example.says


def test_nothing_and_much_are_said() -> None:
    empty = cb.figure("feature-composition", input=[[0] * 6] * 6)
    assert "Its sum is above 0 nowhere." in empty.example.says
    much = cb.figure("feature-composition", input=[[0] * 7] * 7, combine_bias=1)
    assert "above 0 at 9 of 9 places." in much.example.says


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"find": "cornr"}, "find: got cornr, wanted one of corner, diagonal; did you mean"),
        (
            {"combine": [[[1]]]},
            "combine: got 1 slice, wanted 2, one for every map of the first layer",
        ),
        (
            {"input": [[1] * 4] * 4},
            "combine: got 3 × 3, wanted at most 2 × 2, the size of the maps",
        ),
        ({"input": [[1]]}, "kernels: got 3 × 3, wanted at most 1 × 1, the size of the picture"),
        ({"input": [[1] * 13] * 4}, "input: got 4 × 13, wanted at most 12 × 12, to be read"),
        ({"names": ["a"]}, "names: got 1 name, wanted 2, one for every map of the first layer"),
    ],
)
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("feature-composition", **params)
    assert message in str(error.value)
