"""Figures: one beside matplotlib's drawing of the same grids, a film, and every kind there is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt

from bench.measure import Case
from generator import api
from generator.site.gallery import SHOWN

#: A film of 36 frames: an 8×8 input under a 3×3 kernel.
FILM: dict[str, Any] = {
    "input": {"shape": [8, 8], "low": 0, "high": 9, "seed": "fern-12"},
    "kernel": "sobel-x",
}


def one() -> Iterator[Case]:
    """The worked example of the start page, solved, drawn and written, every time anew."""
    mpl.use("svg")
    spec = SHOWN["convolution"]

    def ours() -> bytes:
        return api.figure("convolution", **spec).svg()

    yield Case("convolution of 5×5 by 3×3, as SVG", ours, {"matplotlib": theirs})


def theirs() -> bytes:
    """Draw input, kernel and output of the same example: cells, numbers, names."""
    figure: Any = api.figure("convolution", **SHOWN["convolution"])
    grids = {
        "input": SHOWN["convolution"]["input"],
        "kernel": SHOWN["convolution"]["kernel"],
        "output": figure.result,
    }
    drawn, axes = plt.subplots(1, 3, figsize=(11.2, 5))
    for ax, (name, rows) in zip(axes, grids.items(), strict=True):
        height, width = len(rows), len(rows[0])
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                ax.add_patch(plt.Rectangle((j, i), 1, 1, facecolor="#f6f7f9", edgecolor="#d5dae1"))
                ax.text(j + 0.5, i + 0.5, str(value), ha="center", va="center", fontsize=18)
        ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", title=name)
        ax.axis("off")
    out = BytesIO()
    drawn.savefig(out, format="svg")
    plt.close(drawn)
    return out.getvalue()


def whole() -> Iterator[tuple[str, float, str]]:
    """Yield what is made, how long it took [s] and what was promised."""
    film = api.figure("convolution", **FILM)
    assert len(film.steps) == 36
    film.render("png", width=1600)
    for suffix in ("webp", "gif"):
        start = time.perf_counter()
        film.render(suffix, width=1600)
        yield f"a film of 36 frames, 1600 pixels wide, as {suffix}", _since(start), "≤ 3 s"
    start = time.perf_counter()
    for kind in api.kinds():
        api.figure(kind, **SHOWN.get(kind, {})).svg()
    yield f"all {len(api.kinds())} kinds, solved and drawn as SVG", _since(start), "≤ 60 s"
    start = time.perf_counter()
    for kind in api.kinds():
        figure = api.figure(kind, **SHOWN.get(kind, {}))
        for canvas in ("page", "narrow"):
            figure.film_svg(canvas)
    yield "the films of all kinds, for page and phone", _since(start), ""


def _since(start: float) -> float:
    return time.perf_counter() - start
