"""The real site, built once, and a browser to look at it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, sync_playwright
from site_project import Project

MkDocs: TypeAlias = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def mkdocs() -> MkDocs:
    """MkDocs run the way a person does, in a folder."""

    def run(*words: str, where: Path = ROOT) -> CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *words],
            cwd=where,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def site(mkdocs: MkDocs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = mkdocs("build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small site with the theme that comes with MkDocs."""
    made = Project(tmp_path)
    made.write("index.md", "# Start\n")
    made.write("deep/other.md", "# Other\n")
    made.nav("index.md", "deep/other.md")
    return made


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served, on this machine only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    named = (os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS))
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        program = next(filter(None, named), own)
        if program == own and not Path(own).exists():
            pytest.fail(
                "no Chromium found: install one (on Debian: apt-get install chromium),"
                " or name it in the environment variable CHROMIUM"
            )
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()
