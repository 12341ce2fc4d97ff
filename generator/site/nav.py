"""The navigation of a site: which pages it lists, and the pages that are made behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from mkdocs.structure.files import File
from mkdocs.utils.meta import get_data


class Catalogue(Protocol):
    """A room that makes pages: an index, and those behind it."""

    INDEX: str
    LABEL: str

    def nav(self) -> list[Any]:
        """Return what stands behind the index."""
        ...


def lists(nav: object, index: str) -> bool:
    """Say whether a navigation has a page, at any depth."""
    if isinstance(nav, list):
        return any(lists(each, index) for each in nav)
    if isinstance(nav, dict):
        return any(lists(each, index) for each in nav.values())
    return nav == index


def with_made(nav: list[Any], catalogues: Iterable[Catalogue]) -> list[Any]:
    """Return the navigation with the pages that are made behind their catalogues."""
    behind = {
        catalogue.INDEX: {catalogue.LABEL: catalogue.nav()}
        for catalogue in catalogues
        if lists(nav, catalogue.INDEX)
    }
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, str) and entry in behind:
            found += [entry, behind[entry]]
        elif isinstance(entry, dict):
            found.append(
                {
                    key: with_made(each, catalogues) if isinstance(each, list) else each
                    for key, each in entry.items()
                }
            )
        else:
            found.append(entry)
    return found


def title_of(file: File) -> str:
    """Return what a page is called: by its front matter, else by its heading."""
    text, meta = get_data(file.content_string)
    heading = next((line[2:] for line in text.split("\n") if line.startswith("# ")), file.name)
    return str(meta.get("title") or heading.strip())
