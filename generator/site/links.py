"""Links and pictures of a page that lead nowhere, found before anything is written.

MkDocs looks too, but late: other problems have stopped the build by then; and it names no line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify

from generator.errors import Problem
from generator.site.place import Place

_HEADING = re.compile(r" *#{1,6} *(?P<text>.*?)[ #]*(?:\{[^}]*\})?")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_NAMED = re.compile(r"""\{[^}\n]*#([\w-]+)[^}\n]*\}|\b(?:id|name)=["']?([\w:.-]+)""")
#: What stands in a heading beside its words.
_MARKUP = re.compile(
    r"!?\[(?!\[)(?P<link>[^\]]*)\]\([^)]*\)|\[\[(?P<term>[^\]|]*)[^\]]*\]\]|<[^>]*>|[`*\\]"
)
#: A number or a formula: only the finished page knows what they become.
_COMPUTED = re.compile(r"\{\{|\$")
#: Anchors that other extensions make.
_MADE = ("fn:", "fnref:", "__")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture: the line it stands in, counted from 1, and where it leads."""

    line: int
    target: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A page as far as links are concerned.

    Parameters
    ----------
    place
        Where it comes from.
    links
        What it links.
    anchors
        Where links may lead to; ``None`` if only the finished page will know.
    """

    place: Place
    links: tuple[Link, ...]
    anchors: frozenset[str] | None


def anchors(text: str, fenced: Collection[int], names: Iterable[str]) -> frozenset[str] | None:
    r"""Return the anchors of a page, or ``None`` if a heading of it is computed.

    Parameters
    ----------
    text
        The page.
    fenced
        Its lines that stand in fences, counted from 1.
    names
        The ids of its figures.

    Examples
    --------
    >>> sorted(anchors("# A `b`\n\n## A b\n\nC {#d}\n", (), ["e"]))
    ['a-b', 'a-b_1', 'd', 'e']
    """
    found = set(names)
    lines = text.split("\n")
    for line, words in enumerate(lines, 1):
        if line in fenced:
            continue
        found |= {name for pair in _NAMED.findall(words) for name in pair if name}
        heading = _HEADING.fullmatch(words)
        below = lines[line] if line < len(lines) else ""
        if heading or (words.strip() and _UNDERLINE.fullmatch(below)):
            said = heading["text"] if heading else words
            if _COMPUTED.search(said):
                return None
            slug = slugify(_MARKUP.sub(lambda m: m["link"] or m["term"] or "", said), "-")
            again = (f"{slug}_{number}" for number in range(1, len(lines) + 1))
            found.add(next(each for each in (slug, *again) if each not in found))
    return frozenset(found)


def dead(
    pages: Mapping[str, Linked], files: Collection[str], asked: Iterable[str]
) -> Iterator[Problem]:
    """Yield the links that lead nowhere.

    Parameters
    ----------
    pages
        All pages by their address.
    files
        The addresses of all else that is there.
    asked
        The addresses of the pages whose links are followed.
    """
    for uri in asked:
        page = pages[uri]
        for link in page.links:
            parts = urlsplit(link.target)
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                continue
            path = unquote(parts.path)
            here = posixpath.dirname(uri)
            there = posixpath.normpath(posixpath.join(here, path)) if path else uri
            where = page.place.at(link.line)
            if there in pages:
                known = pages[there].anchors
                anchor = unquote(parts.fragment)
                if not anchor or known is None or anchor.startswith(_MADE):
                    continue
                if anchor not in known:
                    said = f"there is no '#{anchor}' in {pages[there].place.path}"
                    yield _problem(where, link.target, said, anchor, known)
            elif there not in files:
                near = [posixpath.relpath(each, here or ".") for each in (*pages, *files)]
                yield _problem(where, link.target, "there is no such page or file", path, near)


def _problem(where: str, target: str, said: str, name: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else ""
    return Problem(where, f"link to {target}", "", said, hint)
