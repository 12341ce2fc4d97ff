"""The MkDocs plugin: a wrong page stops a build before it touches anything; serve shows it."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from PIL import Image

from generator.site.studio import Studio

GOOD = """# Good

```figure
kind: convolution
id: conv
input: [[1, 2], [3, 4]]
kernel: [[1, -1]]
```

{{ conv.steps }} stops; see [the figure](#conv) and [the other page](deep/other.md#pool).
"""
OTHER = """---
title: Other
---

# Other

```figure
kind: pooling
id: pool
input: [[1, 2], [3, 4]]
```

$k = {{ pool.result }}$
"""
BAD = """---
title: Bad
---

# Bad

```figure
kind: pooling
stride: 0
size: <b>
```

{{ nobody.result }} and $\\fraz{1}{2}$
"""
BAD_PROBLEMS = [
    "docs/deep/bad.md:9: stride: got 0, wanted a whole number of at least 1",
    "docs/deep/bad.md:13: {{ nobody.result }}: no figure on this page has an id",
    'docs/deep/bad.md:13: formula \\fraz{1}{2}: Unknown command "\\fraz".',
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small site with the theme that comes with MkDocs."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Small\n"
        "theme: mkdocs\n"
        "plugins: [convbook]\n"
        "validation: {anchors: warn}\n"
        "nav: [index.md, deep/other.md]\n"
    )
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text(GOOD)
    (tmp_path / "docs" / "deep" / "other.md").write_text(OTHER)
    return tmp_path


def run(project: Path, command: Literal["build", "serve"] = "build", **options: object) -> None:
    """Build in this process, as a command of MkDocs would."""
    config = load_config(str(project / "mkdocs.yml"), **options)  # type: ignore[arg-type]
    config.plugins.on_startup(command=command, dirty=False)
    build(config, serve_url="http://127.0.0.1/" if command == "serve" else None)


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    return [
        (record.levelno, record.getMessage().removeprefix("convbook: "))
        for record in caplog.records
        if record.name == "mkdocs.plugins.convbook"
    ]


def test_a_good_site_is_built(project: Path) -> None:
    run(project, strict=True)
    html = (project / "site" / "index.html").read_text("utf-8")
    assert '<figure class="cb-figure" id="conv"' in html
    assert "<p>2 stops; see" in html
    (file,) = re.findall(r'href="(figures/convolution-[0-9a-f]+\.svg)" download', html)
    assert (project / "site" / file).is_file()
    for name in ("convbook-figures.css", "convbook.css", "convbook.js", "fonts/inter-400.woff2"):
        assert (project / "site" / "assets" / name).is_file()
    assert '<link href="assets/convbook-figures.css" rel="stylesheet">' in html
    assert '<script src="assets/convbook.js" defer></script>' in html
    deep = (project / "site" / "deep" / "other" / "index.html").read_text("utf-8")
    assert 'href="../../figures/pooling-' in deep
    assert "<math>" in deep


def test_an_anchor_that_is_no_figure_is_a_dead_link(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = project / "docs" / "index.md"
    page.write_text(GOOD.replace("#pool", "#pol"))
    with pytest.raises(Abort):
        run(project, strict=True)
    assert (
        "docs/index.md:10: link to deep/other.md#pol: there is no '#pol' in docs/deep/other.md"
        in caplog.text
    )


@pytest.mark.parametrize("strict", [False, True])
def test_a_wrong_page_stops_the_build_before_anything_is_touched(
    project: Path, caplog: pytest.LogCaptureFixture, strict: bool
) -> None:
    old = project / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the site of yesterday")
    (project / "docs" / "deep" / "bad.md").write_text(BAD)
    with pytest.raises(Abort, match="problems in the pages; nothing was built"):
        run(project, strict=strict)
    problems = told(caplog)
    assert {level for level, _ in problems} == {logging.ERROR}
    for problem in BAD_PROBLEMS:
        assert [message for _, message in problems].count(problem) == 1
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert old.read_text() == "the site of yesterday"


def test_the_command_ends_with_1(
    project: Path, mkdocs: Callable[..., CompletedProcess[str]]
) -> None:
    (project / "docs" / "deep" / "bad.md").write_text(BAD)
    done = mkdocs("build", where=project)
    assert done.returncode == 1
    for problem in BAD_PROBLEMS:
        assert done.stderr.count(problem) == 1
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_photos_are_looked_for_where_the_pages_are(
    project: Path, tmp_path_factory: pytest.TempPathFactory, mkdocs: Callable[..., object]
) -> None:
    Image.new("L", (8, 8), 100).save(project / "docs" / "own.png")
    page = "# Own\n\n```figure\nkind: filter\nphoto: own.png\nkernel: sobel-x\n```\n"
    (project / "docs" / "index.md").write_text(page)
    (project / "docs" / "deep" / "other.md").write_text(page)
    mkdocs("build", "-f", str(project / "mkdocs.yml"), where=tmp_path_factory.mktemp("elsewhere"))
    for name in ("index.html", "deep/other/index.html"):
        assert "<figure" in (project / "site" / name).read_text("utf-8")


def test_serve_warns_and_shows_the_box(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    (project / "docs" / "deep" / "bad.md").write_text(BAD)
    run(project, "serve")
    problems = told(caplog)
    assert {level for level, _ in problems} == {logging.WARNING}
    html = (project / "site" / "deep" / "bad" / "index.html").read_text("utf-8")
    assert '<div class="cb-problem">' in html
    assert "docs/deep/bad.md:9: stride: got 0" in html
    assert '<span class="cb-problem">docs/deep/bad.md:13: {{ nobody.result }}' in html
    assert "<b>" not in html.split("<h1")[1].split("</div>")[0]
    good = (project / "site" / "index.html").read_text("utf-8")
    assert '<figure class="cb-figure" id="conv"' in good


def test_excluded_pages_are_not_asked(project: Path) -> None:
    (project / "docs" / "deep" / "bad.md").write_text(BAD)
    with (project / "mkdocs.yml").open("a") as config:
        config.write("exclude_docs: deep/bad.md\n")
    run(project)
    assert (project / "site" / "index.html").is_file()


def test_two_builds_are_the_same(project: Path) -> None:
    def built() -> dict[str, bytes]:
        run(project)
        site = project / "site"
        files = [path for path in site.rglob("*") if path.is_file() and path.suffix != ".gz"]
        return {str(path.relative_to(site)): path.read_bytes() for path in files}

    one, other = built(), built()
    stamp = re.compile(rb"Build Date UTC : .*")  # the theme writes the clock into its front page
    assert {name: stamp.sub(b"", data) for name, data in one.items()} == {
        name: stamp.sub(b"", data) for name, data in other.items()
    }


def test_what_was_drawn_for_the_last_build_is_not_drawn_again(
    project: Path, tmp_path: Path, draws: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVBOOK_CACHE", "50")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))

    def run_anew() -> None:
        config = load_config(str(project / "mkdocs.yml"))
        # MkDocs keeps the plugin, and it its figures, as long as a process lives.
        config.plugins["convbook"].studio = Studio()  # type: ignore[attr-defined]
        build(config)

    photo = "\n```figure\nkind: filter\nphoto: brick\nkernel: sobel-x\n```\n"
    page = project / "docs" / "index.md"
    page.write_text(GOOD + photo)
    run_anew()
    assert set(draws) == {"Convolution", "Pooling", "A filter on a photo"}
    first = built(project)
    draws.clear()
    run_anew()
    assert not draws
    assert built(project) == first
    page.write_text(GOOD.replace("[[1, -1]]", "[[1, -2]]") + photo)
    run_anew()
    assert set(draws) == {"Convolution"}


def built(project: Path) -> dict[str, bytes]:
    """Return every file of the site but its map; the clock stands in its front page too."""
    stamp, site = re.compile(rb"Build Date UTC : .*"), project / "site"
    return {
        path.relative_to(site).as_posix(): stamp.sub(b"", path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.name.startswith("sitemap")
    }


def test_a_setting_nobody_understands_stops_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVBOOK_CACHE", "lots")
    with pytest.raises(Abort, match="CONVBOOK_CACHE: got lots, wanted off, or how many"):
        run(project)
