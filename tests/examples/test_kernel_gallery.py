"""The gallery's pictures are those of the kind filter; the sums are what even surfaces become."""

from typing import Any

import numpy as np
import pytest

import generator as cb
from generator.engine.named import NAMED
from generator.engine.ops import filter2d
from generator.errors import UserError
from generator.scene.marks import Image


@pytest.mark.parametrize("canvas", ["slide", "page", "narrow"])
def test_the_pictures_are_the_filtered_photo(canvas: str) -> None:
    names = ["sharpen", "sobel-x", "gaussian-5"]
    fig = cb.figure("kernel-gallery", photo="coffee", columns=48, kernels=names)
    drawn = [mark.pixels.data for mark in fig.film(canvas).poster.marks if isinstance(mark, Image)]
    for name, data in zip(names, drawn[1:], strict=True):
        alone: Any = cb.figure("filter", photo="coffee", columns=48, kernel=name).result
        assert data == bytes(level for row in alone for level in row)
    for step, data in enumerate(drawn[1:], 1):
        frame = fig.film(canvas).still(step)
        assert [m.pixels.data for m in frame.marks if isinstance(m, Image)] == [drawn[0], data]


def test_an_even_surface_is_multiplied_by_the_sum() -> None:
    fig: Any = cb.figure("kernel-gallery", columns=16, kernels=list(NAMED))
    surface = np.full((9, 9), 80, np.uint8)
    for kernel, found, step in zip(NAMED.values(), fig.result, fig.steps, strict=True):
        assert (filter2d(surface, kernel.rows) == min(max(80 * found, 0), 255)).all()
        assert step.says.startswith(f"{kernel.name}: {kernel.says}")


def test_a_kernel_that_brightens_is_called_so() -> None:
    kernels = [[[2]], [[-1]], [["1/2"]]]
    says = [step.says for step in cb.figure("kernel-gallery", columns=16, kernels=kernels).steps]
    assert says == [
        "1 × 1 kernel: Its weights add up to 2: even surfaces become 2 times as bright.",
        "1 × 1 kernel: Its weights add up to −1: even surfaces fall below 0 and turn black.",
        "1 × 1 kernel: Its weights add up to 0.5: even surfaces become 0.5 times as bright.",
    ]


@pytest.mark.parametrize(
    ("kernels", "message"),
    [
        ("sharpen", "kernels: got sharpen, wanted a list of one to 20 kernels"),
        (["sharp"], "kernels, kernel 1: got sharp, wanted a matrix such as"),
        (
            [[[1, 2], [3, 4]]],
            "kernels, kernel 1: got 2 × 2, wanted odd numbers of rows and columns, at most 9, so"
            " that it has a centre",
        ),
    ],
)
def test_what_is_wrong_is_said(kernels: Any, message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("kernel-gallery", kernels=kernels)
    assert message in str(error.value)
