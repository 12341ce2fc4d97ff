"""The built site as files: what is linked is there, names are unique, nobody else is asked."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'\b(?:href|src)="([^"]+)"')
_SVG = re.compile(r"<svg class=\"cb-svg\".*?</svg>", re.DOTALL)


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert found
    return found


def test_every_local_link_leads_somewhere(site: Path) -> None:
    dead = []
    for page in pages(site):
        base = site if page.name == "404.html" else page.parent
        for link in _LINK.findall(_SVG.sub("", page.read_text("utf-8"))):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            path = unquote(parts.path)
            target = site / path.lstrip("/") if path.startswith("/") else base / path
            if not (target / "index.html" if target.is_dir() else target).is_file():
                dead.append(f"{page.relative_to(site)}: {link}")
    assert not dead


def test_every_anchor_of_a_page_is_there(site: Path) -> None:
    for page in pages(site):
        text = page.read_text("utf-8")
        names = re.findall(r'\bid="?([^"\s>]+)', _SVG.sub("", text))
        assert len(names) == len(set(names)), f"{page.relative_to(site)}: an id twice"
        wanted = {link[1:] for link in _LINK.findall(text) if link.startswith("#") and link[1:]}
        assert wanted <= set(names), page.relative_to(site)


def test_figures_can_be_downloaded(site: Path) -> None:
    links = re.findall(
        r'href="([^"]*figures/[^"]*)" download', (site / "index.html").read_text("utf-8")
    )
    assert links
    assert (site / links[0]).read_text("utf-8").startswith("<svg ")


def test_no_page_has_a_problem(site: Path) -> None:
    for page in pages(site):
        assert 'class="cb-problem"' not in page.read_text("utf-8"), page.relative_to(site)


def test_only_what_is_needed_is_shipped(site: Path) -> None:
    fonts = {path.suffix for path in (site / "assets" / "fonts").iterdir()}
    assert fonts == {".woff2", ".txt"}, "the fonts and their licences"
    assert {path.suffix for path in (site / "figures").iterdir()} == {".svg", ".png", ".webp"}


def test_the_search_knows_no_digits_of_figures(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert "kernel" in index
    assert "1 1 1 0 0 0" not in index
    assert "steps as a table" not in index


def test_the_site_can_lie_in_any_folder(site: Path) -> None:
    for page in pages(site):
        if page.name != "404.html":
            links = _LINK.findall(_SVG.sub("", page.read_text("utf-8")))
            assert not [link for link in links if link.startswith("/")], page.relative_to(site)
