"""Kinds with numbers of their own: their name alone makes a picture, and at once."""

import subprocess
import sys

import pytest

from generator import api
from generator.render.svg import plays

ALONE = (
    "convolution-1d", "cross-correlation", "dilation", "flatten", "im2col", "padding",
    "padding-modes", "sliding-windows", "stride", "transposed-convolution",
)  # fmt: skip


def test_they_wait_for_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from generator import api\n"
        f"for kind in {ALONE!r}: api.figure(kind).svg()\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"numba", "numpy", "PIL"} & {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("kind", ALONE)
def test_a_page_plays_them(kind: str) -> None:
    figure = api.figure(kind)
    assert not figure.yaml.strip().count("\n"), "its name is all there is to write"
    for canvas in ("page", "narrow"):
        assert plays(figure.film(canvas), None)
