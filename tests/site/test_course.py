"""The map of the course, and what a complete site must not lack."""

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from site_project import Project, run, told

from generator.site import course

CURRICULUM = """row 1: {chapter: Images, concept: Pixels}
row 2: {chapter: Layers, concept: Pooling | its windows, exercise: yes}
row 3: {chapter: Layers, concept: Learned, later: yes}
question 1: {chapter: Questions, concept: "Why?"}
"""
FIGURE = "```figure\nkind: pooling\nid: pool\ninput: [[1, 2], [3, 4]]\n```\n"


@pytest.fixture
def taught(project: Project) -> Project:
    """A site with a curriculum, and a page for a part of it."""
    project.write("project/curriculum.yaml", CURRICULUM)
    project.write(
        "deep/other.md",
        f"---\ntitle: Pools\nrows: [2, 1]\nfamilies: [output-size]\n---\n\n# P\n\n{FIGURE}",
    )
    project.nav("index.md", "deep/other.md", "project/map.md")
    return project


def test_the_map_shows_pages_figures_and_families(taught: Project) -> None:
    run(taught, strict=True)
    html = taught.built("project/map/index.html")
    assert "2 of 4 have their page; 1 family of exercises" in html
    assert ">Pooling | its windows</td>" in html
    assert html.count('<a href="../../deep/other/">Pools</a>') == 2
    assert html.count(">pooling</td>") == 2
    assert html.count("<code>output-size</code>") == 2
    assert "<em>later</em>" in html
    assert not (taught.site / "project" / "curriculum.yaml").exists()


def test_an_unfinished_site_is_built_unless_it_must_be_complete(
    taught: Project, caplog: pytest.LogCaptureFixture
) -> None:
    taught.nav("index.md", "deep/other.md", options="complete: true")
    with pytest.raises(Abort, match="1 problem in the pages"):
        run(taught)
    assert [message for _, message in told(caplog)] == [
        "docs/project/curriculum.yaml:4: question 1: has no page",
    ]
    taught.nav("index.md", "deep/other.md")
    run(taught)


def test_pages_without_figure_or_family_are_told(
    taught: Project, caplog: pytest.LogCaptureFixture
) -> None:
    taught.write("deep/other.md", "---\nrows: [1]\nquestions: [1]\n---\n\n# P\n")
    taught.write("reference/glossary.yaml", "kernel:\n  says: A grid.\n")
    taught.write("index.md", f"---\nrows: [2]\n---\n\n# S\n\n{FIGURE}")
    taught.nav("index.md", "deep/other.md", "reference/glossary.md", options="complete: true")
    with pytest.raises(Abort):
        run(taught)
    assert [message for _, message in told(caplog)] == [
        "docs/project/curriculum.yaml:1: row 1: has no figure on its page",
        "docs/project/curriculum.yaml:2: row 2: has no family of exercises on its page",
        "docs/project/curriculum.yaml:4: question 1: has no figure on its page",
    ]


def test_a_wrong_head_has_lines(taught: Project, caplog: pytest.LogCaptureFixture) -> None:
    taught.write(
        "index.md",
        "---\ntitle: S\nrows: [7]\nquestions: 1\nfamilies: [output-siz]\nexplains: [x]\n---\n# S\n",
    )
    with pytest.raises(Abort):
        run(taught)
    said = [message for _, message in told(caplog)]
    assert said[:3] == [
        "docs/index.md:3: rows: got 7, wanted a row of the curriculum",
        "docs/index.md:4: questions: got 1, wanted a list, such as [1, 2]",
        "docs/index.md:5: unknown family 'output-siz'; did you mean 'output-size'?",
    ]
    assert said[3:] == ["docs/index.md:6: explains: there is no glossary"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("row 1: {chapter: [", "c.yaml:"),
        ("rwo 1: {concept: A}", "c.yaml:1: rwo 1: wanted lines such as 'row 1: {chapter: Images"),
        ("row 1: A", "c.yaml:1: row 1: wanted lines such as"),
        ("row 1: {concpt: A}", "c.yaml:1: unknown key 'concpt'; did you mean 'concept'?"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(text: str, said: str) -> None:
    (problem,) = course.read(text, "c.yaml")[1]
    assert str(problem).startswith(said)


def test_the_course_s_own_curriculum() -> None:
    path = Path(__file__).parents[2] / "docs" / course.SOURCE
    rows, problems = course.read(path.read_text("utf-8"), "curriculum.yaml")
    assert problems == []
    numbers = course.numbers(rows)
    assert numbers == {"rows": set(range(1, 48)), "questions": set(range(1, 8))}
    assert {row.number for row in rows if row.later} == {38, 39, 41}
    assert sum(row.exercise for row in rows) == 24
