"""The page about worked examples of one's own: its file, dropped in, is a kind like all others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.site.fences import Fence, fences

ROOT = Path(__file__).parents[2]
SHOWN = fences((ROOT / "docs/make/kinds.md").read_text("utf-8"))


def titled(words: str) -> Fence:
    """Return the fence with this title."""
    (found,) = (fence for fence in SHOWN if f'title="{words}' in fence.info)
    return found


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, with the page's file in its place."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "generator", folder / "generator")
    name = "generator/examples/differences.py"
    (folder / name).write_text(titled(name).body, "utf-8")
    return folder


def convbook(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from generator.cli.main import main; main()", *words],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package), "CONVBOOK_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_listed_and_has_help(package: Path) -> None:
    listed = convbook(package, "list")
    assert "differences" in listed.stdout, listed.stderr
    assert "--input" in convbook(package, "figure", "differences", "--help").stdout


def test_its_figures_are_drawn(package: Path) -> None:
    for number, request in enumerate(yaml.safe_load(titled("tests/gallery").body).values()):
        spec = package / f"{number}.yaml"
        spec.write_text(yaml.safe_dump(request), "utf-8")
        words = ("--spec", spec.name, "-o", f"{number}.svg", "-o", f"{number}.json")
        done = convbook(package, "figure", "differences", *words)
        assert done.returncode == 0, done.stderr
        assert (package / f"{number}.svg").read_text("utf-8").startswith("<svg")


def test_its_numbers_are_right(package: Path) -> None:
    done = convbook(package, "figure", "differences", "--format", "md", "-o", "-")
    assert "7·1 + 2·(−1) = 5" in done.stdout, done.stderr
    assert "the largest step is 5, at number 3" in done.stdout


def test_its_message_is_the_one_that_is_shown(package: Path) -> None:
    fence = titled("convbook figure differences --input '[1]'")
    done = convbook(package, "figure", "differences", "--input", "[1]", "-o", "x.svg")
    assert done.returncode != 0
    assert done.stderr.strip() == fence.body.strip()
