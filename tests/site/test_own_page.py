"""The page about pages: each example stands there twice, and every message is one of ours."""

import re
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from site_project import Project, run, told

from generator.site.fences import fences

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "make" / "pages.md").read_text("utf-8")
SHOWN = [fence for fence in fences(TEXT) if fence.info == "markdown"]


def test_what_is_shown_is_what_follows() -> None:
    lines = TEXT.split("\n")
    assert len(SHOWN) >= 6
    for fence in SHOWN:
        below = "\n".join(lines[fence.last + 1 :])
        assert below.startswith(fence.body.rstrip("\n") + "\n"), fence.first


def test_the_words_of_the_page_are_built(site: Path) -> None:
    html = (site / "make" / "pages" / "index.html").read_text("utf-8")
    assert 'class="cb-prints"' in html
    assert 'title="One pass through all training examples.">epoch</a>' in html
    said = re.sub(r"<[^>]+>", "", html).replace("\N{NO-BREAK SPACE}", " ")
    assert "The kernel stops 4 times; the map has 2 × 2 cells." in said
    assert "docs/stride.md:14: stride: got 0" in said


def test_the_messages_of_the_page_are_those_of_a_build(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    (shown,) = (fence.body for fence in fences(TEXT) if fence.info == "text")
    lines = [""] * 60
    lines[11:16] = [
        "```figure", "kind: pooling", "stride: 0", "input: [[1, 2], [3, 4]]", "```",
    ]  # fmt: skip
    lines[19] = "A [[kernal]]."
    lines[22:28] = [
        "```figure", "kind: convolution", "id: conv", "input: [[1, 1, 2], [0, 2, 1]]",
        "kernel: [[1, 1], [0, 1]]", "```",
    ]  # fmt: skip
    lines[30:33] = ["```python run same=conv", "[[4, 3]]", "```"]
    lines[39] = "[Pooling](poling.md)"
    project.write("stride.md", "\n".join(lines))
    project.write("pooling.md", "# Pooling\n")
    project.write("reference/glossary.yaml", "kernel:\n  says: A grid of weights.\n")
    project.nav("stride.md", "pooling.md", "reference/glossary.md")
    with pytest.raises(Abort):
        run(project)
    assert [message for _, message in told(caplog)] == shown.rstrip("\n").split("\n")
