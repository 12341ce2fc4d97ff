"""The receptive field against published sizes, and against a signal sent through real windows."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator as cb
from generator.engine import ops
from generator.engine.shapes import Axis
from generator.engine.trace_field import stages_of_axes
from generator.errors import UserError
from generator.scene.marks import Image, Rect

# Araujo, Norris, Sim: Computing receptive fields of convolutional neural networks, Distill 2019.
PUBLISHED = {
    "alexnet": 195, "vgg16": 212, "mobilenet-v1": 315,
    "resnet50-v1": 483, "resnet101-v1": 1027, "resnet152-v1": 1507,
}  # fmt: skip


@pytest.mark.parametrize(("network", "field"), PUBLISHED.items())
def test_networks_see_what_is_published(network: str, field: int) -> None:
    assert cb.figure("receptive-field", layers=network).result[-1] == field  # type: ignore[index]


@pytest.mark.parametrize(("layers", "field"), [(1, 3), (49, 99), (50, 101)])
def test_layers_of_three_see_two_more_each(layers: int, field: int) -> None:
    figure = cb.figure("receptive-field", layers=[{"kernel": 3, "repeat": layers}])
    assert figure.result == tuple(range(3, field + 1, 2))


@st.composite
def stacks(draw: st.DrawFn) -> list[Axis]:
    windows = draw(
        st.lists(
            st.tuples(st.integers(1, 4), st.integers(1, 2), st.integers(1, 3), st.integers(0, 2)),
            min_size=1,
            max_size=4,
        )
    )
    size = 300
    axes = []
    for kernel, stride, dilation, padding in windows:
        axes.append(Axis(size, kernel, stride, padding, padding, dilation))
        size = axes[-1].output
    return axes


@settings(deadline=None)  # the first call compiles
@given(stacks(), st.data())
def test_only_cells_in_the_field_change_a_unit(axes: list[Axis], data: st.DataObject) -> None:
    """A one at a cell reaches the unit only from inside the field, and from both its ends."""
    stage = stages_of_axes(axes, ["c"] * len(axes), ["w"] * len(axes))[-1]
    unit = data.draw(st.integers(0, axes[-1].output - 1))
    region = stage.region((0, unit))
    x = np.eye(axes[0].size)[:, None, None, :]
    for axis in axes:
        x = ops.conv2d(
            x, np.ones((1, 1, 1, axis.kernel)), stride=(1, axis.stride),
            padding=((0, 0), (axis.before, axis.after)), dilation=(1, axis.dilation),
        )  # fmt: skip
    reaching = np.flatnonzero(x[:, 0, 0, unit])
    assert region.left <= reaching.min(initial=region.right)
    assert region.right >= reaching.max(initial=region.left)
    if region.left >= 0 and region.right < axes[0].size and not any(a.before for a in axes):
        assert (reaching.min(), reaching.max()) == (region.left, region.right)


def test_frames_stand_at_the_padding_of_a_photo() -> None:
    """ResNet-50 sees more than its input: the last frame lies outside the photo on every side."""
    figure = cb.figure("receptive-field", layers="resnet50", photo="coffee")
    scene = figure.film("slide").still(len(figure.steps))
    photo = next(mark for mark in scene.marks if isinstance(mark, Image))
    window = next(m for m in scene.marks if isinstance(m, Rect) and m.role == "window")
    scale = photo.width / 224
    assert window.width == pytest.approx(427 * scale)
    assert photo.x - window.x == pytest.approx(117 * scale)
    assert window.x + window.width - photo.x - photo.width == pytest.approx(86 * scale)


def test_cells_below_a_hole_are_not_read() -> None:
    """Two windows of dilation 2 read every other cell: the picture tints only those."""
    film = cb.figure("receptive-field", layers=[[3, 1, 2], [3, 1, 2]]).film("slide")
    marks = film.still(None).marks
    base = max(m.y for m in marks if isinstance(m, Rect) and m.role == "window-cell")
    read = [m for m in marks if isinstance(m, Rect) and m.role == "window-cell" and m.y == base]
    assert len(read) == 5


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"layers": "lenet"}, "layers: got lenet, wanted a list of layers such as [3, [3, 2], "
         "{kernel: 3, dilation: 2}], or a network's name; did you mean 'lenet5'?"),
        ({"layers": [3, [3, 0]]},
         "layers, layer 2, stride: got 0, wanted a whole number from 1 to 99"),
        ({"layers": [9], "size": 4}, "layers: got 4 cells with padding before layer 1, "
         "wanted at least 9, which its window spans; take a larger size"),
        ({"unit": 9}, "unit: got 9, wanted within 3, the size of the last layer"),
        ({"crop": [0, 0, 1, 1]}, "crop: got a part of a photo, wanted a photo beside it"),
        ({"layers": [[9, 9], [9, 9], [9, 9], [9, 9], [9, 9]]},
         "layers: got layers that see 59,049 cells, wanted at most 10,000"),
    ],
)  # fmt: skip
def test_errors_are_for_people(params: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError) as caught:
        cb.figure("receptive-field", **params)
    assert str(caught.value) == says
