"""Figures: one beside matplotlib's drawing of the same grids, a film, and every kind there is."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt

from bench.measure import Case, _turn
from generator import api
from generator.drawn import SETTING
from generator.site.gallery import SHOWN

# What is measured here is drawing; what the store saves is measured where it says so.
os.environ[SETTING] = "off"

ROOT = Path(__file__).parents[2]
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
    yield from _twice("the whole gallery: SVG, and films for page and phone", gallery, "≤ 60 s", "")
    yield from _twice("the site, built in a process of its own", site, "≤ 120 s", "≤ 30 s")


def gallery() -> None:
    """Draw all that the pages of the gallery show."""
    for kind in api.kinds():
        figure = api.figure(kind, **SHOWN.get(kind, {}))
        figure.svg()
        for canvas in ("page", "narrow"):
            figure.film_svg(canvas)


def site() -> None:
    """Build the site."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def kinds() -> Iterator[tuple[str, float]]:
    """Yield how long the figure of every kind takes as SVG, solved and drawn anew [s]."""
    for kind in api.kinds():
        yield kind, _turn(lambda kind=kind: api.figure(kind, **SHOWN.get(kind, {})).svg())  # type: ignore[misc]


def _twice(
    what: str, do: Callable[[], None], cold: str, warm: str
) -> Iterator[tuple[str, float, str]]:
    """Yield the same with an empty store, and with the one that is full then."""
    kept = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({SETTING: "500", "XDG_CACHE_HOME": folder})
        for when, goal in (("nothing drawn before", cold), ("all drawn before", warm)):
            start = time.perf_counter()
            do()
            yield f"{what}; {when}", _since(start), goal
    os.environ[SETTING] = "off"
    os.environ.pop("XDG_CACHE_HOME")
    if kept is not None:
        os.environ["XDG_CACHE_HOME"] = kept


def _since(start: float) -> float:
    return time.perf_counter() - start
