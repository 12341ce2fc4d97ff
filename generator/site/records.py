"""What a site says beside its pages, and the pages made of it: the glossary and the curriculum."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.utils.meta import get_data

from generator import api
from generator.errors import Problem
from generator.site import course, front, glossary
from generator.site.front import Front
from generator.site.glossary import Glossary

#: Files that are read here and need not be shipped.
SOURCES = (glossary.SOURCE, course.SOURCE)


@dataclass(frozen=True, slots=True)
class Records:
    """What a site says of itself, read and checked.

    Parameters
    ----------
    glossary
        Its terms, if it has any.
    rows
        Its curriculum; empty if it has none.
    fronts
        The head of each page by its address.
    problems
        What is wrong with any of it.
    path
        Gives the file of an address, for problems.
    """

    glossary: Glossary | None
    rows: tuple[course.Row, ...]
    fronts: Mapping[str, Front]
    problems: tuple[Problem, ...]
    path: Callable[[str], str]

    def glossary_page(self) -> dict[str, str]:
        """Return the page of terms, by its address."""
        if not self.glossary:
            return {}
        here = posixpath.dirname(glossary.INDEX)
        explained = {
            term: (posixpath.relpath(uri, here), head.title)
            for uri, head in self.fronts.items()
            for term in head.explains
        }
        return {glossary.INDEX: glossary.page(self.glossary, explained)}

    def course_page(self, kinds: Mapping[str, Sequence[str]], has_gallery: bool) -> dict[str, str]:
        """Return the page that shows what is taught where, by its address."""
        if not self.rows:
            return {}
        return {course.INDEX: course.page(self.rows, self._taught(kinds), has_gallery)}

    def missing(self, kinds: Mapping[str, Sequence[str]]) -> list[Problem]:
        """Return what a site that is to be complete lacks."""
        return list(course.missing(self.rows, self._taught(kinds), self.path(course.SOURCE)))

    def _taught(self, kinds: Mapping[str, Sequence[str]]) -> list[course.Taught]:
        return [
            course.Taught(uri, head, tuple(dict.fromkeys(kinds.get(uri, ()))))
            for uri, head in self.fronts.items()
        ]


def read(docs: Path, pages: Mapping[str, str], path: Callable[[str], str]) -> Records:
    """Return what a site says of itself.

    Parameters
    ----------
    docs
        The folder of its pages.
    pages
        The source of each page by its address.
    path
        Gives the file of an address, for problems.
    """
    terms: Glossary | None = None
    rows: list[course.Row] = []
    problems: list[Problem] = []
    if (docs / glossary.SOURCE).is_file():
        text = (docs / glossary.SOURCE).read_text("utf-8")
        terms, found = glossary.read(text, path(glossary.SOURCE))
        problems += found
    if (docs / course.SOURCE).is_file():
        text = (docs / course.SOURCE).read_text("utf-8")
        rows, found = course.read(text, path(course.SOURCE))
        problems += found
    families = api.catalogue()["families"]
    heads: dict[str, Front] = {}
    taken: dict[str, str] = {}
    for uri, source in pages.items():
        head = front.read(
            get_data(source)[1],
            source,
            path(uri),
            families=families,
            known=course.numbers(rows),
            glossary=terms,
        )
        problems += head.problems
        for term in head.explains:
            if term in taken:
                said = f"'{term}' is explained by {taken[term]} already"
                where = f"{path(uri)}:{front.line_of(source, 'explains')}"
                problems.append(Problem(where, "explains", "", said))
            taken.setdefault(term, path(uri))
        heads[uri] = replace(head, problems=())
    return Records(terms, tuple(rows), heads, tuple(problems), path)
