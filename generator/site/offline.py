"""A site that is opened as files, without a server: what differs, and the archive it travels in.

``python -m generator.site.offline FOLDER ARCHIVE`` packs a folder that was built with
``CONVBOOK_OFFLINE=true``; ``make offline`` does both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mkdocs.config.defaults import MkDocsConfig

#: Stands in for the worker of the search.
WORKER = "assets/convbook-worker.js"
_INDEX = "search/search_index"
#: The first day a zip file can tell; with a clock, no two archives would be the same.
_DATE = (1980, 1, 1, 0, 0, 0)


def configure(config: MkDocsConfig) -> None:
    """Make links lead to files, and let the search do without a worker."""
    config.use_directory_urls = False
    config.extra["polyfills"] = [*config.extra.get("polyfills", ()), WORKER]


def write_index(site: Path) -> None:
    """Write the index of the search as a script: the theme looks for it in a page from a file."""
    index = site / f"{_INDEX}.json"
    if index.is_file():
        text = index.read_text("utf-8")
        (site / f"{_INDEX}.js").write_text(f"var __index = {text}\n", "utf-8")


def pack(site: Path, archive: Path) -> None:
    """Pack a site; the same files give the same bytes.

    Parameters
    ----------
    site
        The folder that was built.
    archive
        The zip file. What it holds stands in one folder of the same name.
    """
    with ZipFile(archive, "w") as made:
        for path in sorted(_needed(site)):
            entry = ZipInfo(f"{archive.stem}/{path.relative_to(site).as_posix()}", _DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            made.writestr(entry, path.read_bytes())


def _needed(site: Path) -> Iterator[Path]:
    for path in site.rglob("*"):
        # What is there as a script too is never fetched; a map of the site is for search engines.
        twice = path.suffix == ".json" and any(
            other.is_file() for other in (path.with_suffix(".js"), Path(f"{path}.js"))
        )
        idle = path.suffix == ".map" or path.name.startswith("sitemap.") or path.name == "404.html"
        if path.is_file() and not twice and not idle:
            yield path


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
