"""Films that are too long to be watched: what is shown of them, and that it is said."""

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader

from generator import api
from generator.cli.main import cli
from generator.export._fold import MOST, fold
from generator.site.html import figure_html

LONG: dict[str, Any] = {
    "input": {"shape": [30, 14], "low": 0, "high": 9, "seed": "fern-12"},
    "kernel": "sobel-x",
}


@pytest.fixture(scope="module")
def long() -> api.Figure:
    """28 rows of 12 numbers: 336 steps."""
    return api.figure("convolution", **LONG)


def test_a_folded_film_has_beginning_rows_and_end(long: api.Figure) -> None:
    chosen = fold(long.steps)
    assert chosen[:8] == (1, 2, 3, 4, 5, 6, 7, 8)
    assert chosen[-1] == 336
    rows = chosen[8:-1]
    assert len(rows) == 16
    assert all(long.steps[number - 1].at[1] == 0 for number in rows)
    assert (rows[0], rows[-1]) == (13, 325), "from the second row to the last"
    gaps = {later - sooner for sooner, later in pairwise(rows)}
    assert gaps <= {12, 24}, "evenly"


@pytest.mark.parametrize("count", [2, MOST, MOST + 1, 130, 4096])
def test_every_line_is_folded_alike(count: int) -> None:
    steps = api.figure("convolution", input=[0, 1], kernel=[1]).steps[:1] * count
    chosen = fold(steps)
    assert list(chosen) == sorted(set(chosen))
    assert (chosen[0], chosen[-1]) == (1, count)
    assert len(chosen) == (count if count <= MOST else 25)


def test_a_page_says_what_it_leaves_out(long: api.Figure) -> None:
    html = figure_html(long, "")
    numbers = " ".join(map(str, fold(long.steps)))
    assert f'data-numbers="{numbers}" data-of="336"' in html
    assert "25 of 336 steps are shown." in html
    assert '<span class="cb-count">Step 1 of 336</span>' in html
    assert 'max="25"' in html
    assert len(html) < 1_000_000
    assert html.count("<tr>") == 1 + 336, "a table of so many rows is still light"


def test_a_table_of_very_many_steps_is_folded_too() -> None:
    given = {**LONG["input"], "shape": [34, 34]}
    table = api.steps_table(api.figure("convolution", input=given, kernel="sobel-x").steps)
    assert "<summary>25 of 1,024 steps as a table</summary>" in table
    listed = re.findall(r"<tr><td>(\d+)</td>", table)
    assert listed[:9] == ["1", "2", "3", "4", "5", "6", "7", "8", "33"]
    assert listed[-1] == "1024"
    assert table.count('<tr><td colspan="4">…</td></tr>') == 17


def test_what_is_shown_is_what_is_said(long: api.Figure) -> None:
    """Position by position: the sentence of the player, and the marks of the picture."""
    assert [step.index for step in long.shown] == list(fold(long.steps))
    film = long.film_svg("page")
    last = {int(run.split("-")[-1]) for on in re.findall(r'data-on="([^"]+)"', film)
            for run in on.split()}  # fmt: skip
    assert max(last) == 25
    assert "Step" not in film, "a page has its own count"


def test_a_short_film_is_shown_as_it_is() -> None:
    html = figure_html(api.figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1, -1]]), "")
    assert "cb-folded" not in html
    assert "data-numbers" not in html


@pytest.mark.parametrize("format_", ["gif", "webp", "pdf", "html"])
def test_files_are_folded_unless_steps_are_asked_for(long: api.Figure, format_: str) -> None:
    look: dict[str, Any] = {"width": 200} if format_ in ("gif", "webp") else {}
    assert _count(format_, long.render(format_, **look)) == 25
    assert _count(format_, long.render(format_, steps="1-120", **look)) == 120
    assert long.folded(format_, {}) == (25, 336)
    assert long.folded(format_, {"steps": "1-"}) is None
    assert long.folded(format_, {"still": True}) is None


def _count(format_: str, data: bytes) -> int:
    if format_ == "pdf":
        return len(PdfReader(BytesIO(data)).pages)
    if format_ == "html":
        (count,) = re.findall(rb'max="(\d+)"', data)
        return int(count)
    return int(getattr(Image.open(BytesIO(data)), "n_frames", 1))


def test_a_folded_file_is_made_again_as_it_was(long: api.Figure, tmp_path: Path) -> None:
    long.save(tmp_path / "old.html")
    again = api.figure_from(tmp_path / "old.html")
    assert again.render("html") == (tmp_path / "old.html").read_bytes()


def test_the_shell_says_what_is_left_out(tmp_path: Path) -> None:
    words = [
        "figure",
        "convolution",
        "--input",
        "{shape: [14, 14], low: 0, high: 9, seed: a}",
        "--kernel",
        "[[1]]",
    ]
    files = [tmp_path / name for name in ("a.pdf", "a.svg")]
    outputs = [word for path in files for word in ("-o", str(path))]
    done = CliRunner().invoke(cli, [*words, *outputs])
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines() == [
        f"wrote {files[0]}: 22 of 196 steps; for all of them add --steps 1-",
        f"wrote {files[1]}",
    ]
    done = CliRunner().invoke(cli, [*words, *outputs, "--steps", "1-101"])
    assert done.stderr.splitlines() == [f"wrote {path}" for path in files]
