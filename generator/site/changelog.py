"""The page of what has changed, made of the CHANGELOG that lies beside ``mkdocs.yml``."""

from __future__ import annotations

from pathlib import Path

INDEX = "project/changelog.md"
SOURCE = "CHANGELOG.md"

_HEAD = """---
title: What has changed
description: What is new in each version of convbook, and what has been mended.
---

# What has changed

**What is new in each version, and what has been mended.** This page is the file
`CHANGELOG.md` that comes with the program.
"""


def pages(folder: Path) -> dict[str, str]:
    """Return the Markdown of the page by its address; nothing if there is no such file.

    Parameters
    ----------
    folder
        The one in which ``mkdocs.yml`` lies.
    """
    path = folder / SOURCE
    return {INDEX: page(path.read_text("utf-8"))} if path.is_file() else {}


def page(text: str) -> str:
    r"""Return the page of a changelog, with a heading of its own.

    >>> page("# Changelog\n\n## 1.0\n\n- First.\n").endswith("program.\n\n## 1.0\n\n- First.\n")
    True
    """
    _, _, rest = text.lstrip().partition("\n")
    return f"{_HEAD}\n{rest.strip()}\n"
