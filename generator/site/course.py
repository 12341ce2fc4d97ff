"""The curriculum, and which page, figures and exercises teach each row of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import api
from generator.errors import Problem, UserError, unknown
from generator.site.front import Front

SOURCE = "project/curriculum.yaml"
INDEX = "project/map.md"
_KEYS = ("chapter", "concept", "exercise", "later")
_KINDS = ("row", "question")


@dataclass(frozen=True, slots=True)
class Row:
    """Something that the course teaches, or a question that it answers.

    Parameters
    ----------
    kind
        ``row`` or ``question``.
    number
        Its number.
    concept
        What it is about.
    chapter
        Where it belongs.
    exercise
        Whether it needs a family of exercises.
    later
        Whether it may be missing yet.
    line
        Where it stands in its file.
    """

    kind: str
    number: int
    concept: str
    chapter: str
    exercise: bool = False
    later: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Taught:
    """A page as far as the curriculum is concerned: its head, and the kinds of its figures."""

    uri: str
    front: Front
    kinds: tuple[str, ...] = ()

    def covers(self, row: Row) -> bool:
        """Say whether the page says that it covers a row."""
        numbers = self.front.rows if row.kind == "row" else self.front.questions
        return row.number in numbers


def read(text: str, path: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a file, and what is wrong with it.

    >>> read("row 1: {chapter: Images, concept: Pixels, exercise: yes}", "c.yaml")[0][0].exercise
    True
    """
    try:
        document = api.load_yaml(text, path)
    except UserError as error:
        return [], list(error.problems)
    rows: list[Row] = []
    problems: list[Problem] = []
    for key, entry in document.values.items():
        where = f"{path}:{document.lines[key]}"
        kind, _, number = key.partition(" ")
        if kind not in _KINDS or not number.isdecimal() or not isinstance(entry, dict):
            wanted = "wanted lines such as 'row 1: {chapter: Images, concept: Pixels}'"
            problems.append(Problem(where, key, "", wanted))
            continue
        problems += [unknown("key", each, _KEYS, where) for each in entry if each not in _KEYS]
        row = Row(
            kind,
            int(number),
            str(entry.get("concept", "")),
            str(entry.get("chapter", "")),
            entry.get("exercise") == "yes",
            entry.get("later") == "yes",
            document.lines[key],
        )
        rows.append(row)
    return rows, problems


def missing(rows: Sequence[Row], pages: Sequence[Taught], path: str) -> Iterator[Problem]:
    """Yield what the curriculum asks for and no page has."""
    for row in rows:
        found = [page for page in pages if page.covers(row)]
        said = []
        if not found and not row.later:
            said.append("has no page")
        if found and not any(page.kinds for page in found):
            said.append("has no figure on its page")
        if found and row.exercise and not any(page.front.families for page in found):
            said.append("has no family of exercises on its page")
        for each in said:
            yield Problem(f"{path}:{row.line}", f"{row.kind} {row.number}", "", each)


def page(rows: Sequence[Row], pages: Sequence[Taught], has_gallery: bool) -> str:
    """Return the Markdown of the page that shows what is taught where.

    Parameters
    ----------
    rows
        The curriculum.
    pages
        The pages there are.
    has_gallery
        Whether each kind of figure has a page of its own to be linked to.
    """
    ready = sum(any(page.covers(row) for page in pages) for row in rows)
    families = sorted({name for each in pages for name in each.front.families})
    lines = [
        "---", "title: What is taught where",
        "description: Every concept of the course with its page, its figures and its exercises.",
        "---", "", "# What is taught where", "",
        f"**Every concept and question of the course, with the page that explains it.** {ready} of"
        f" {len(rows)} have their page; {_count(len(families), 'family', 'families')} of exercises"
        " belong to them. This table is made when the site is built, from the pages themselves.",
    ]  # fmt: skip
    chapter = ""
    for row in rows:
        if row.chapter != chapter:
            chapter = row.chapter
            lines += ["", f"## {chapter}", "", "| | concept | page | figures | exercises |"]
            lines += ["|---:|:---|:---|:---|:---|"]
        lines.append(_line(row, [each for each in pages if each.covers(row)], has_gallery))
    return "\n".join(lines) + "\n"


def _line(row: Row, found: Sequence[Taught], has_gallery: bool) -> str:
    here = posixpath.dirname(INDEX)

    def shown(kind: str) -> str:
        return f"[{kind}](../gallery/{kind}.md)" if has_gallery else kind

    links = [f"[{each.front.title}]({posixpath.relpath(each.uri, here)})" for each in found]
    kinds = dict.fromkeys(kind for each in found for kind in each.kinds)
    families = dict.fromkeys(name for each in found for name in each.front.families)
    cells = (
        str(row.number),
        row.concept,
        "<br>".join(links) or ("*later*" if row.later else "–"),
        ", ".join(map(shown, kinds)) or "–",
        ", ".join(f"`{name}`" for name in families) or ("–" if row.exercise else ""),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def numbers(rows: Sequence[Row]) -> Mapping[str, frozenset[int]]:
    """Return the numbers there are of each kind.

    >>> numbers([Row("row", 3, "", "")])["rows"]
    frozenset({3})
    """
    return {
        f"{kind}s": frozenset(row.number for row in rows if row.kind == kind) for kind in _KINDS
    }
