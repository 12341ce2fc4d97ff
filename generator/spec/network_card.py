"""What people say of a network: the year, how it came about, where it was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.engine.network_report import Card, Published
from generator.errors import Problem, UserError, shorten, unknown, wrong
from generator.spec.fields import Field, Text, Whole, listed, under

#: Keys of a network's file that no number depends on.
KEYS = ("year", "about", "sources")
_SOURCE = ("title", "url")


class Prose(Field[tuple[str, ...]]):
    r"""Text in paragraphs, an empty line between two.

    >>> Prose("words").parse("One\nline.\n\nAnother.")
    ('One line.', 'Another.')
    """

    metavar = "TEXT"
    MOST = 6000

    def parse(self, value: object) -> tuple[str, ...]:
        """Read paragraphs of printable text."""
        if listed(value) is not None or isinstance(value, Mapping):
            raise wrong(value, "text")
        text = str(value)
        if len(text) > self.MOST:
            raise wrong(f"{len(text):,} characters", f"at most {self.MOST:,}")
        paragraphs = tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
        if not all(part.isprintable() for part in paragraphs):
            raise wrong(text.encode("unicode_escape").decode(), "printable text")
        return paragraphs

    def show(self, value: tuple[str, ...]) -> object:
        """Show it as it is written."""
        return "\n\n".join(value)


class Address(Text):
    """An address on the web."""

    metavar = "URL"

    def parse(self, value: object) -> str:
        """Read an address."""
        text = super().parse(value)
        if not text.startswith(("https://", "http://")) or any(sign in text for sign in " <>\"'()"):
            raise wrong(value, "an address that begins with https://")
        return text


_YEAR = Whole("the year it was published", least=1900, most=2100)
_ABOUT = Prose("how it came about, in paragraphs")
_TITLE = Text("who published what", most=300)
_URL = Address("an address", most=300)


def card(tree: Mapping[Any, object], at: Callable[[object], str]) -> tuple[Card, list[Problem]]:
    """Return the card of a network's file, and what is wrong with it.

    >>> card({"year": "1998"}, lambda part: "")[0].year
    1998
    """
    problems: list[Problem] = []

    def read(key: str, field: Field[Any], value: object, default: Any) -> Any:
        if value is None:
            return default
        try:
            return field.parse(value)
        except UserError as error:
            problems.extend(each.at(at(value)) for each in under(key, error.problems))
            return default

    year = read("year", _YEAR, tree.get("year"), None)
    about = read("about", _ABOUT, tree.get("about"), ())
    sources = []
    entries = tree.get("sources")
    items = listed(entries) if entries is not None else []
    if items is None:
        wanted = "a list of lines such as '- {title: …, url: https://…}'"
        problems.append(Problem(at(entries), "sources", shorten(entries), wanted))
    for entry in items or []:
        if not isinstance(entry, Mapping):
            wanted = "a title and a url"
            problems.append(Problem(at(entry), "sources", shorten(entry), wanted))
            continue
        problems += [unknown("key", key, _SOURCE, at(key)) for key in entry if key not in _SOURCE]
        missing = [key for key in _SOURCE if entry.get(key) is None]
        problems += [Problem(at(entry), f"sources, {key}", "", "is missing") for key in missing]
        title = read("sources, title", _TITLE, entry.get("title"), "")
        url = read("sources, url", _URL, entry.get("url"), "")
        sources.append(Published(title, url))
    return Card(year, about, tuple(sources)), problems
