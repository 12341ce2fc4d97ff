"""Dead links, anchors and pictures: page, line, the nearest, all at once, and nothing is built."""

import pytest
from mkdocs.exceptions import Abort
from site_project import Project, run, told

from generator.site.links import anchors
from generator.site.pieces import pieces

FIGURE = "```figure\nkind: pooling\nid: pool\ninput: [[1, 2], [3, 4]]\n```\n"


def links(text: str) -> list[tuple[int, str]]:
    return [(piece.line, piece.text) for piece in pieces(text) if piece.kind == "link"]


def test_links_are_found() -> None:
    text = (
        '[a](x.md) ![b](y.png "title")\n[`c`](z.md#d)\n\n[e]: r.md "t"\n[f](<u.md>) [g](w_(x).md)'
    )
    assert links(text) == [
        (1, "x.md"), (1, "y.png"), (2, "z.md#d"), (4, "r.md"), (5, "u.md"), (5, "w_(x).md"),
    ]  # fmt: skip
    for other in (
        "`[a](x.md)`",
        "```\n[a](x.md)\n```",
        "    [a](x.md)",
        "<!-- [a](x) -->",
        "f[i](j, k)",
    ):
        assert links(other) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# One *two* `three`", {"one-two-three"}),
        ("# A\n# A\n## A", {"a", "a_1", "a_2"}),
        ("# [A b](c.md) {#other}", {"a-b", "other"}),
        ("# The [[kernels|kernel]]", {"the-kernels"}),
        ("Set\n===\n\nLow\n---", {"set", "low"}),
        ('<a id="x"></a> text {#y}', {"x", "y"}),
        ("# {{ conv.result }}", None),
        ("# About $k$", None),
    ],
)
def test_anchors_are_those_of_the_finished_page(text: str, wanted: set[str] | None) -> None:
    assert anchors(text, (), []) == wanted


def test_all_that_is_dead_is_told_at_once(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.write(
        "index.md",
        "---\ntitle: Start\n---\n\n# Start here\n\n"
        "[1](deep/othr.md) [2](deep/other.md#pol) [3](#start-her)\n"
        "![4](photo.jpg) ![5](deep/cat.png)\n\n[6](deep/other.md) [7](deep/other.md#pool)"
        " [8](#start-here) [9](https://example.org/x) [10](mailto:a@b.c)\n\n"
        "[r][r] {{ nobody.result }} and $\\fraz$\n\n[r]: gone.md\n",
    )
    project.write(
        "deep/other.md", f"# Other\n\n{FIGURE}\n[back](../index.md#start-here) [x](index.md)"
    )
    project.write("deep/cat.png", "")
    with pytest.raises(Abort, match="8 problems in the pages; nothing was built"):
        run(project)
    assert sorted(message for _, message in told(caplog)) == [
        "docs/deep/other.md:9: link to index.md: there is no such page or file;"
        " did you mean '../index.md'?",
        "docs/index.md:12: formula \\fraz: Unknown command \"\\fraz\".",
        "docs/index.md:12: {{ nobody.result }}: no figure on this page has an id",
        "docs/index.md:14: link to gone.md: there is no such page or file;"
        " did you mean 'index.md'?",
        "docs/index.md:7: link to #start-her: there is no '#start-her' in docs/index.md;"
        " did you mean 'start-here'?",
        "docs/index.md:7: link to deep/other.md#pol: there is no '#pol' in docs/deep/other.md;"
        " did you mean 'pool'?",
        "docs/index.md:7: link to deep/othr.md: there is no such page or file;"
        " did you mean 'deep/other.md'?",
        "docs/index.md:8: link to photo.jpg: there is no such page or file",
    ]  # fmt: skip
    assert not project.site.exists()
