"""The Python-Markdown extension: fences, ``{{ id.result }}``, ``$…$`` and ``[[term]]``.

It needs nothing but Python-Markdown, so other builders can use it by its name,
``generator.site.extension``; style sheet and script lie in ``assets/``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio

#: After normalising (30), which would drop the stash's marks, and before fenced code (25).
_PRIORITY = 26
#: After the inline patterns (20) and attributes (8), before the table of contents (5).
_LATE = 6


def _new_page() -> Page:
    return Page(Studio(), Place())


class ConvbookExtension(Extension):
    """Registers the preprocessor.

    Parameters
    ----------
    new_page : callable
        Returns the :class:`~generator.site.page.Page` to be put together; the plugin gives one that
        knows its file and its downloads.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"new_page": [_new_page, "returns the page that is put together"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take part in the conversion."""
        figures = FigurePreprocessor(md, self.getConfig("new_page"))
        md.preprocessors.register(figures, "convbook", _PRIORITY)
        md.treeprocessors.register(TermLinker(md, figures), "convbook-terms", _LATE)
        # So that \$ is a dollar.
        if "$" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]


class FigurePreprocessor(Preprocessor):
    """Replaces what is ours before anybody else reads the page."""

    def __init__(self, md: Markdown, new_page: Callable[[], Page]) -> None:
        super().__init__(md)
        self.new_page = new_page
        self.page: Page | None = None

    def run(self, lines: list[str]) -> list[str]:
        """Put figures, numbers and formulas into the stash of finished HTML."""
        self.page = self.new_page()
        return self.page.compose("\n".join(lines), self.md.htmlStash.store).split("\n")


class TermLinker(Treeprocessor):
    """Links the first use of each term, when it is known what is running text."""

    def __init__(self, md: Markdown, figures: FigurePreprocessor) -> None:
        super().__init__(md)
        self.figures = figures

    def run(self, root: Element) -> None:
        """Change the tree in its place."""
        if self.figures.page:
            self.figures.page.link_terms(root, self.md.htmlStash.store)


def makeExtension(**kwargs: Any) -> ConvbookExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, as Python-Markdown asks for it."""
    return ConvbookExtension(**kwargs)
