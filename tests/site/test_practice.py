"""Practice on a page: the fence, what it leaves for readers without scripts, and its files."""

import json
import re
from pathlib import Path

import pytest

from generator import api
from generator.site import practice
from generator.site.fences import fences
from generator.site.page import Page
from generator.site.place import Place
from generator.site.practice_files import DRAWN, PracticeFiles
from generator.site.studio import Studio

FENCE = "```practice\nfamilies: [output-size, convolution-cell]\n```\n"
TOPIC = api.topics()["output-size"]


def compose(text: str, *, site: bool = True) -> tuple[str, list[str]]:
    page = Page(
        Studio(), Place("docs/x.md", 2), address=(lambda uri: f"../{uri}") if site else None
    )
    html = page.compose(text, stash=lambda html: html)
    return html, [str(problem) for problem in page.problems]


def test_three_exercises_stand_in_the_page_harder_and_harder() -> None:
    html, problems = compose(FENCE)
    assert problems == []
    ids = re.findall(r'<p class="cb-id">([^<]+)</p>', html)
    cell = api.topics()["convolution-cell"].version
    assert ids == [
        "output-size.1@1/p1", f"convolution-cell.2@{cell}/p1", "output-size.3@1/p1"
    ]  # fmt: skip
    assert html.count("<details") == 3


def test_a_level_holds_for_all_of_them() -> None:
    html, _ = compose("```practice\nfamilies: output-size\nlevel: 2\n```\n")
    ids = re.findall(r'<p class="cb-id">([^<]+)</p>', html)
    assert ids == [f"output-size.2@1/p{seed}" for seed in (1, 2, 3)]
    assert 'data-level="2"' in html


def test_the_trainer_comes_with_the_site_only() -> None:
    html, _ = compose(FENCE)
    assert [each in html for each in practice.SCRIPTS] == [True] * 4
    assert "<script>" not in html
    bare, problems = compose(FENCE, site=False)
    assert not problems
    assert "<script" not in bare
    assert "cb-practice" in bare


def test_it_is_a_block_of_its_own_in_markdown() -> None:
    import markdown

    html = markdown.markdown(f"# A\n\n{FENCE}\nB", extensions=["generator.site.extension"])
    assert "<p><div" not in html
    assert html.endswith("<p>B</p>")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("families: [output-sise]", "4: unknown exercise family 'output-sise';"
         " did you mean 'output-size'?"),
        ("famillies: all", "4: unknown key 'famillies'; did you mean 'families'?"),
        ("", "3: families: some families such as [output-size], or all"),
        ("families: []", "4: families: got [], wanted some families such as [output-size], or all"),
        ("families: all\nlevel: 7", "5: level: got 7, wanted a whole number from 1 to 3"),
        ("families: all\nlevel: x", "5: level: got x, wanted a whole number from 1 to 3"),
        ("all", "4: wanted lines such as 'stride: 2'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(body: str, problem: str) -> None:
    html, problems = compose(f"```practice\n{body}\n```\n")
    assert f"docs/x.md:{problem}" in problems
    assert "This practice has problems" in html
    assert "<article" not in html


def test_all_problems_are_told_at_once_in_order() -> None:
    text = "```practice\nlevel: 0\nfamilies: [nope, output-size, neither]\n```\n"
    _, problems = compose(text)
    assert [each.split(": ")[0] for each in problems] == ["docs/x.md:4"] + ["docs/x.md:5"] * 2


def test_a_page_has_one_practice() -> None:
    _, problems = compose(f"{FENCE}\n{FENCE}")
    assert problems == ["docs/x.md:7: line 3 has the page's practice"]


def test_an_open_or_headed_fence_is_told() -> None:
    _, (problem,) = compose("```practice\nfamilies: all\n")
    assert problem.startswith("docs/x.md:3: this practice is not closed")
    _, (problem,) = compose("```practice all\n```\n")
    assert problem.startswith("docs/x.md:3: options stand in lines of their own")


def test_a_shown_fence_is_no_practice() -> None:
    html, problems = compose(f"````md\n{FENCE}````\n")
    assert not problems
    assert "<article" not in html
    assert not any(fence.is_practice for fence in fences(f"````md\n{FENCE}````\n"))


def test_the_files_of_a_level_say_where_to_read_again() -> None:
    files = PracticeFiles().files([TOPIC], {"convolution/padding.md": ("pad/", "Padding")})
    assert sorted(files) == [f"practice/output-size/{level}.json" for level in (1, 2, 3)]
    data = json.loads(files["practice/output-size/2.json"])
    assert data["pages"] == {"convolution/padding.md": ["pad/", "Padding"]}
    ids = [each["id"] for each in data["variants"]]
    assert ids == [each.id for each in api.practice("output-size", 2)]


def test_a_page_without_server_finds_its_files_as_scripts() -> None:
    files = PracticeFiles(alone=True).files([TOPIC], {})
    script = files["practice/output-size/1.json.js"]
    assert isinstance(script, str)
    call = re.fullmatch(r"convbook\.give\((.*)\)", script)
    assert call
    assert json.loads(f"[{call[1]}]") == [
        "practice/output-size/1.json", files["practice/output-size/1.json"]
    ]  # fmt: skip


def test_pictures_are_files_and_only_the_first_variants_have_those_of_the_solution(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace

    from generator.exercises._figure import figure
    from generator.prose import line

    seen = figure("output-size", size=7, kernel=3)
    known = api.practice("output-size", 1)
    many = tuple(replace(each, solution=(line("See:", seen),)) for each in known)
    monkeypatch.setattr(api, "practice", lambda *_: many)
    files = PracticeFiles().files([TOPIC], {})
    (name,) = [name for name in files if name.endswith(".svg")]
    svg = files[name]
    assert isinstance(svg, bytes)
    assert svg.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" class="cb-svg"')
    assert b"aria-label=" in svg
    steps = [
        each["steps"][0] for each in json.loads(files["practice/output-size/1.json"])["variants"]
    ]
    mark = f'data-figure="{Path(name).stem}"'
    assert [mark in step for step in steps] == [place < DRAWN for place in range(len(many))]


def test_photographs_lie_beside_the_pictures_that_show_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace

    from generator.exercises._figure import figure

    (one,) = api.practice("output-size", 1, 1)
    seen = replace(one, prompt=(figure("filter", photo="camera", kernel="sobel-x"),))
    monkeypatch.setattr(api, "practice", lambda *_: (seen,))
    files = PracticeFiles().files([TOPIC], {})
    (svg,) = [content for name, content in files.items() if name.endswith(".svg")]
    assert isinstance(svg, bytes)
    photos = re.findall(rb'<image[^>]* href="([^"]+)"', svg)
    assert photos
    assert {f"practice/figures/{name.decode()}" for name in photos} <= set(files)


def test_the_practice_page_has_every_family() -> None:
    text = practice.pages()[practice.INDEX].split("---", 2)[2]
    html, problems = compose(text)
    assert problems == []
    assert "data-all" in html
    assert all(f"&quot;{name}&quot;" in html for name in api.topics())


def test_a_site_has_the_files_of_what_it_practises(tmp_path: Path, mkdocs: object) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(f"# A\n\n{FENCE.replace(', convolution-cell', '')}")
    config = "site_name: Small\ntheme: mkdocs\nplugins: [convbook]\nnav: [index.md]\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    done = mkdocs("build", "--strict", where=tmp_path)  # type: ignore[operator]
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (tmp_path / "site/practice").iterdir())
    assert made == ["output-size"]
    (tmp_path / "docs/index.md").write_text("# A\n")
    mkdocs("build", "--strict", where=tmp_path)  # type: ignore[operator]
    assert not (tmp_path / "site/practice").exists()


def test_a_wrong_fence_stops_the_build(tmp_path: Path, mkdocs: object) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# A\n\n```practice\nfamilies: poling\n```\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: S\ntheme: mkdocs\nplugins: [convbook]\n")
    done = mkdocs("build", where=tmp_path)  # type: ignore[operator]
    assert done.returncode == 1
    assert "docs/index.md:4: unknown exercise family 'poling'" in done.stderr
    assert "Traceback" not in done.stderr
