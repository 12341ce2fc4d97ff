"""The site as an archive, unpacked and opened as files: no server, no network."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from site_witness import Witness

from generator.site.offline import pack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make offline` makes."""
    folder = tmp_path_factory.mktemp("offline")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "CONVBOOK_OFFLINE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pack(folder / "site", folder / "book.zip")
    return folder / "book.zip"


@pytest.fixture(scope="module")
def start(archive: Path) -> str:
    """The address of the first page, unpacked."""
    with ZipFile(archive) as packed:
        packed.extractall(archive.parent / "a place with spaces")
    return (archive.parent / "a place with spaces" / "book" / "index.html").as_uri()


class Files(Witness):
    """Whoever asks for anything but files is told of."""

    def asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.complaints.append(f"asks {url}")


def opened(browser: Browser, address: str) -> tuple[Page, Files]:
    page = browser.new_page()
    witness = Files(page)
    page.goto(address)
    return page, witness


def test_figures_step_and_the_search_finds(browser: Browser, start: str) -> None:
    # The figure of the first page plays by itself; the one of another waits.
    page, witness = opened(browser, start.replace("index.html", "convolution/convolution.html"))
    page.locator(".cb-next").first.click()
    expect(page.locator(".cb-count").first).to_contain_text("Step 2 of")
    page.keyboard.press("/")
    page.keyboard.type("padding")
    found = page.locator(".md-search-result__item a").first
    expect(found).to_be_visible()
    address = (found.get_attribute("href") or "").partition("?")[0]
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert witness.complaints == []
    page.close()


def test_exercises_come_without_a_server(browser: Browser, start: str) -> None:
    page, witness = opened(browser, start.replace("index.html", "practice/index.html"))
    expect(page.get_by_role("button", name="Hint", exact=True)).to_be_visible()
    assert witness.complaints == []
    page.close()


def test_every_page_shows_and_links_to_files(browser: Browser, archive: Path, start: str) -> None:
    page, witness = opened(browser, start)
    folder = archive.parent / "a place with spaces" / "book"
    names = sorted(path for path in folder.rglob("*.html"))
    missing = []
    for path in names[:: max(1, len(names) // 20)]:
        page.goto(path.as_uri())
        links = page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])"
            ".filter(href => href.startsWith('file:'))"
        )
        there = {other.as_uri() for other in folder.rglob("*")}
        missing += [f"{path.name}: {link}" for link in set(links) if link not in there]
    assert missing == []
    assert witness.complaints == []
    page.close()


def test_the_archive_tells_no_clock_and_holds_nothing_twice(archive: Path, tmp_path: Path) -> None:
    pack(archive.parent / "site", tmp_path / "book.zip")
    assert (tmp_path / "book.zip").read_bytes() == archive.read_bytes()
    with ZipFile(archive) as packed:
        names = set(packed.namelist())
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not {name for name in names if name.endswith(".map")}
    assert "book/search/search_index.js" in names
    assert "book/search/search_index.json" not in names
