"""The same sources give the same bytes, whatever the order of a set and wherever they are built."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]


def built(folder: Path, seed: str) -> dict[str, str]:
    """Build the real site in a process of its own; return the hash of every file."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=True,
    )
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_are_one(tmp_path: Path) -> None:
    one, other = built(tmp_path / "a", "1"), built(tmp_path / "elsewhere" / "b", "2")
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == set()


def test_no_path_of_this_machine_is_told(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".svg", ".json", ".js", ".css", ".xml"):
            assert str(ROOT) not in path.read_text("utf-8"), path
