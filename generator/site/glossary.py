"""Terms: what they mean, the page that lists them, and their links in the running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from xml.etree.ElementTree import Element

from markdown.extensions.toc import slugify

from generator import api
from generator.errors import Problem, UserError, unknown

SOURCE = "reference/glossary.yaml"
INDEX = "reference/glossary.md"
_KEYS = ("also", "says")
#: Running text is what stands in these …
_TEXT = frozenset({"p", "li", "dd"})
#: … and not in these.
_OTHER = frozenset(
    ("a", "button", "code", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "label",
     "math", "pre", "script", "style", "summary", "svg", "table")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field.

    Parameters
    ----------
    name
        As it is listed.
    says
        What it means, in a sentence or two.
    also
        Other words for it.
    line
        Where it stands in its file.
    """

    name: str
    says: str
    also: tuple[str, ...] = ()
    line: int = 0

    @property
    def anchor(self) -> str:
        """Its place on the page that lists them all."""
        return slugify(self.name, "-")


@dataclass(frozen=True)
class Glossary:
    """All terms by name."""

    terms: Mapping[str, Term]

    @cached_property
    def forms(self) -> dict[str, Term]:
        """Every way to write a term, in small letters: other words, and plurals of all."""
        found: dict[str, Term] = {}
        for term in self.terms.values():
            for word in (term.name, *term.also):
                for form in _plurals(word.lower()):
                    found.setdefault(form, term)
        # A word that is a term itself is that one, and no plural of another.
        for term in self.terms.values():
            found |= {word.lower(): term for word in (term.name, *term.also)}
        return found

    def find(self, words: str) -> Term:
        """Return the term that somebody wrote.

        Raises
        ------
        UserError
            If there is none, with the nearest.
        """
        form = " ".join(words.lower().split())
        if form not in self.forms:
            names = [word for term in self.terms.values() for word in (term.name, *term.also)]
            raise UserError([unknown("term", words, names)])
        return self.forms[form]

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Forms that are written in capitals, in small letters: MAC is a term, a mac is not."""
        words = [word for term in self.terms.values() for word in (term.name, *term.also)]
        return frozenset(
            form for word in words if word.isupper() for form in _plurals(word.lower())
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds every form in a text, the longest first."""
        forms = sorted(self.forms, key=lambda form: (-len(form), form))
        words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _plurals(word: str) -> Iterator[str]:
    yield word
    yield f"{word}s"
    if word.endswith(("s", "x", "ch", "sh")):
        yield f"{word}es"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"


def read(text: str, path: str) -> tuple[Glossary, list[Problem]]:
    r"""Return the terms of a file, and what is wrong with it.

    Examples
    --------
    >>> found, _ = read("kernel:\n  also: [filter]\n  says: A grid of weights.", "g.yaml")
    >>> found.find("Filters").name
    'kernel'
    >>> read("kernel:\n  say: A grid.", "g.yaml")[1][0].where
    'g.yaml:1'
    """
    try:
        document = api.load_yaml(text, path)
    except UserError as error:
        return Glossary({}), list(error.problems)
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for name, entry in document.values.items():
        line = document.lines[name]
        where = f"{path}:{line}"
        given: dict[str, object] = entry if isinstance(entry, dict) else {}
        problems += [unknown("key", key, _KEYS, where) for key in given if key not in _KEYS]
        also, says = given.get("also", []), given.get("says")
        if not isinstance(says, str) or not says.rstrip().endswith("."):
            problems.append(Problem(where, name, "", "wanted 'says', a sentence or two"))
            continue
        if not isinstance(also, list):
            problems.append(Problem(where, name, "", "wanted a list behind 'also'"))
            continue
        for word in map(str, (name, *also)):
            if word.lower() in taken:
                said = f"'{word}' is taken already, by '{taken[word.lower()]}'"
                problems.append(Problem(where, name, "", said))
            taken[word.lower()] = name
        terms[name] = Term(name, " ".join(says.split()), tuple(map(str, also)), line)
    return Glossary(terms), problems


def page(glossary: Glossary, explained: Mapping[str, tuple[str, str]]) -> str:
    """Return the Markdown of the page that lists them.

    Parameters
    ----------
    glossary
        The terms.
    explained
        Of each term that a page explains, that page's address and title.
    """
    ordered = sorted(glossary.terms.values(), key=lambda term: term.name.lower())
    lines = [
        "---", "title: Glossary",
        f"description: The {len(ordered)} terms of the course, each in a sentence or two.",
        "---", "", "# Glossary", "",
        f"**The {len(ordered)} terms of this course, each in a sentence or two.** The first time a"
        " page uses one, a dotted line below it leads here.",
    ]  # fmt: skip
    letter = ""
    for term in ordered:
        if term.name[0].upper() != letter:
            letter = term.name[0].upper()
            lines += ["", f"## {letter}"]
        also = f" Also: {', '.join(term.also)}." if term.also else ""
        where = ""
        if term.name in explained:
            address, title = explained[term.name]
            where = f" [{title}]({address})"
        lines += ["", f"{term.name} {{ #{term.anchor} }}", f":   {term.says}{also}{where}"]
    return "\n".join(lines) + "\n"


def link_html(text: str, term: Term, address: str) -> str:
    """Return a link to a term.

    >>> link_html("kernels", Term("kernel", "A grid."), "g/#kernel")
    '<a class="cb-term" href="g/#kernel" title="A grid.">kernels</a>'
    """
    said = escape(text, quote=False)
    return f'<a class="cb-term" href="{escape(address)}" title="{escape(term.says)}">{said}</a>'


def link_first(
    root: Element, glossary: Glossary, done: Collection[str], link: Callable[[str, Term], str]
) -> None:
    """Link the first use of each term in a page's running text.

    Parameters
    ----------
    root
        The page, as Python-Markdown has parsed it.
    glossary
        The terms.
    done
        Names of the terms that need no link.
    link
        Returns what stands in the text for words that name a term.
    """
    seen = set(done)

    def put(match: re.Match[str]) -> str:
        term = glossary.find(match[0])
        if term.name in seen or (match[0].lower() in glossary.capitals and match[0].islower()):
            return match[0]
        seen.add(term.name)
        return link(match[0], term)

    def walk(element: Element, inside: bool) -> None:
        if element.tag in _OTHER or "admonition-title" in element.get("class", ""):
            return
        inside = inside or element.tag in _TEXT
        if inside and element.text:
            element.text = glossary.pattern.sub(put, element.text)
        for child in element:
            walk(child, inside)
            if inside and child.tail:
                child.tail = glossary.pattern.sub(put, child.tail)

    walk(root, inside=False)
