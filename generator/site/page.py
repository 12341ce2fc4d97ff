"""A page's Markdown with its figures, numbers and formulas put in, and all that is wrong with it.

The same function serves the extension, which renders, and the plugin, which checks every page
before anything is written: what is checked is what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import takewhile
from xml.etree.ElementTree import Element

from markdown.extensions.toc import slugify

from generator import api
from generator.errors import Problem, UserError, shorten, unknown
from generator.site import code
from generator.site.caption import one_line
from generator.site.fences import Fence, fences
from generator.site.glossary import Glossary, Term, link_first, link_html
from generator.site.html import figure_html, problem_html, problems_html
from generator.site.links import Link, Linked, anchors
from generator.site.math import formula_html
from generator.site.numbers import SUCH, Inline, ask
from generator.site.pieces import NUMBER, Piece, pieces
from generator.site.place import Place
from generator.site.practice import Drill, practice_html
from generator.site.practice import read as read_practice
from generator.site.studio import Entry, Studio, with_problem

_HEADING = re.compile(r"#{1,6}[ ]*(.*?)[ #]*(?:\{[^}]*#([\w-]+)[^}]*\})?")

#: Takes finished HTML and returns what stands for it in Markdown.
Stash = Callable[[str], str]


def _nowhere(figure: api.Figure) -> str:
    return ""


@dataclass(slots=True)
class Page:
    """A page that is being put together.

    Parameters
    ----------
    studio
        Draws its figures.
    place
        Where the page comes from.
    download
        Gives the address of a figure's file as seen from the page; empty if there is none.
    photo
        Gives the address of a photograph as seen from the page; without it, it is embedded.
    address
        Gives the address of a file of the site as seen from the page; without it nothing is loaded.
    glossary
        The terms it may use.
    term
        Gives the address of a term as seen from the page.
    explains
        The terms that it explains itself.
    entries
        Its figure fences.
    drills
        Its practice fences.
    codes
        Its fences of code.
    links, anchors
        What it links, and where others may link to.
    linked
        The terms that it has linked by itself.
    problems
        What is wrong so far.
    """

    studio: Studio
    place: Place = field(default_factory=Place)
    download: Callable[[api.Figure], str] = _nowhere
    photo: Callable[[bytes], str] | None = None
    address: Callable[[str], str] | None = None
    glossary: Glossary | None = None
    term: Callable[[Term], str] = lambda term: f"#{term.anchor}"
    explains: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] | None = None
    linked: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)
    codes: list[code.Code] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def compose(self, text: str, stash: Stash) -> str:
        """Return the text with everything of ours replaced by what `stash` gives for its HTML."""
        text = text.expandtabs(4)
        found = fences(text)
        self.entries = self._named(
            [self.studio.read(fence, self.place) for fence in found if fence.is_figure],
            _headings(text, found),
        )
        self.drills = self._single(
            [read_practice(fence, self.place) for fence in found if fence.is_practice]
        )
        self.problems = [problem for entry in self.entries for problem in entry.problems]
        self.problems += [problem for drill in self.drills for problem in drill.problems]
        inside = list(pieces(text))
        self.links = tuple(Link(each.line, each.text) for each in inside if each.kind == "link")
        fenced = {line for each in found for line in range(each.first, each.last + 1)}
        self.anchors = anchors(text, fenced, [entry.name for entry in self.entries if entry.name])
        edits = [
            (piece.start, piece.end, stash(self._piece(piece)))
            for piece in inside
            if piece.kind != "link"
        ]
        starts = _starts(text)
        made = [(entry.fence, self._figure(entry)) for entry in self.entries]
        made += [(drill.fence, self._practice(drill)) for drill in self.drills]
        for fence, html in made:
            start, end = starts[fence.first - 1], starts[fence.last] - 1
            # Empty lines around it make it a block of its own, in a list and in a quote too.
            around = fence.prefix
            block = f"{around.rstrip()}\n{around}{stash(html)}\n{around.rstrip()}"
            edits.append((start, end, block))
        edits += self._code(found, starts, stash)
        self.problems.sort(key=_line)
        return _edited(text, edits)

    @property
    def as_linked(self) -> Linked:
        """What the check of links needs to know."""
        return Linked(self.place, self.links, self.anchors)

    def _named(self, entries: Sequence[Entry], headings: Mapping[str, int]) -> list[Entry]:
        """Return the entries; a name may be used once only, and by no heading."""
        taken = dict(headings)
        named = []
        for entry in entries:
            line = entry.lines.get("id", entry.fence.first)
            if entry.name and entry.name in taken:
                already = f"is taken already, by line {taken[entry.name] + self.place.skipped}"
                problem = Problem(self.place.at(line), "id", "", f"'{entry.name}' {already}")
                entry = with_problem(entry, problem)  # noqa: PLW2901 - the same entry, judged
            taken.setdefault(entry.name, line)
            named.append(entry)
        return named

    def _single(self, drills: Sequence[Drill]) -> list[Drill]:
        """Return the drills; a page has one, or a link to an exercise could mean two."""
        found = list(drills[:1])
        for drill in drills[1:]:
            already = f"line {drills[0].fence.first + self.place.skipped} has the page's practice"
            problem = Problem(self.place.at(drill.fence.first), "", "", already)
            found.append(replace(drill, problems=(*drill.problems, problem)))
        return found

    def _practice(self, drill: Drill) -> str:
        if drill.problems:
            return problems_html(drill.problems, "practice")
        return practice_html(drill, self.address, self.photo)

    def _code(
        self, found: Sequence[Fence], starts: Sequence[int], stash: Stash
    ) -> Iterator[tuple[int, int, str]]:
        """Run what is to be run, and yield the edits that leave code for the highlighter."""
        self.codes = [code.read(fence, self.place) for fence in found if fence.is_code]
        figures = self.figures
        runs = [each for each in self.codes if each.way == "run"]
        # What stands behind code that cannot be run would miss its names.
        sources = [each.fence.body for each in takewhile(lambda each: not each.problems, runs)]
        ran = dict(zip(map(id, runs), self.studio.runner.run(sources), strict=False))
        for each in self.codes:
            problems = list(each.problems)
            result = code.wanted(each, figures, self.place)
            if isinstance(result, Problem):
                problems.append(result)
                result = None
            if done := ran.get(id(each)):
                problems += code.judged(each, done, result, self.place)
            self.problems += problems
            fence, prefix = each.fence, each.fence.prefix
            opens = starts[fence.first - 1] + len(prefix)
            yield opens, starts[fence.first] - 1, each.opening
            below = problems_html(problems, "code") if problems else ""
            if not problems and done and done.prints:
                below = code.prints_html(done.prints)
            if below:
                end = starts[fence.last] - 1
                yield end, end, f"\n{prefix.rstrip()}\n{prefix}{stash(below)}\n{prefix.rstrip()}"

    @property
    def figures(self) -> dict[str, api.Figure | None]:
        """Its figures by name; ``None`` for one with problems."""
        return {entry.name: entry.figure for entry in self.entries if entry.name}

    def _figure(self, entry: Entry) -> str:
        if entry.figure is None or entry.problems:
            return problems_html(entry.problems)
        caption = entry.caption or entry.figure.example.says
        line = entry.lines.get("caption", entry.fence.first)
        html = self._line_of_text(caption, line) if entry.caption else escape(caption, quote=False)
        return figure_html(entry.figure, html, entry.name, self.download(entry.figure), self.photo)

    def _line_of_text(self, text: str, line: int) -> str:
        """Return a caption as HTML: a line of Markdown with numbers and formulas."""
        markdown = one_line()
        keep = markdown.htmlStash.store
        text = re.sub(r"[ \n]+", " ", text).strip()
        edits = [
            (piece.start, piece.end, keep(self._piece(replace(piece, line=line))))
            for piece in pieces(text)
            if piece.kind != "link"  # there are none in a caption
        ]
        return markdown.convert(_edited(text, edits)).removeprefix("<p>").removesuffix("</p>")

    def _piece(self, piece: Piece) -> str:
        """Return a number, a formula or a term as HTML."""
        try:
            if piece.kind == "number":
                asked = self._ask(piece.text, piece.line)
                return "?" if asked is None else escape(asked.text, quote=False)
            if piece.kind == "term":
                return self._term(piece)
            return self._formula(piece)
        except UserError as error:
            self.problems += error.problems
            return problem_html(error.problems)

    def _term(self, piece: Piece) -> str:
        """Return a link to the glossary: ``[[kernel]]``, or ``[[grids of weights|kernel]]``."""
        text, _, name = piece.text.rpartition("|")
        if self.glossary is None:
            raise UserError([Problem(self.place.at(piece.line), "", "", "there is no glossary")])
        try:
            term = self.glossary.find(name)
        except UserError as error:
            where = self.place.at(piece.line)
            raise UserError(each.at(where) for each in error.problems) from None
        self.linked.add(term.name)
        return link_html((text or name).strip(), term, self.term(term))

    def link_terms(self, root: Element, stash: Stash) -> None:
        """Link the first use of every term in the page's running text."""
        if self.glossary:
            link_first(
                root,
                self.glossary,
                self.linked | self.explains,
                lambda text, term: stash(link_html(text, term, self.term(term))),
            )

    def _formula(self, piece: Piece) -> str:
        def put(match: re.Match[str]) -> str:
            line = piece.line + piece.text.count("\n", 0, match.start())
            asked = self._ask(match["number"], line)
            return "?" if asked is None else asked.tex

        tex = NUMBER.sub(put, piece.text)
        try:
            return formula_html(tex, display=piece.kind == "equation")
        except UserError as error:
            places = (self.place.at(piece.line + int(each.where) - 1) for each in error.problems)
            raise UserError(map(Problem.at, error.problems, places)) from None

    def _ask(self, words: str, line: int) -> Inline | None:
        """Return the answer; ``None`` if its figure is wrong itself, which is said elsewhere."""
        where = self.place.at(line)
        try:
            if ":" in words:
                return self._ask_unnamed(words)
            return self._ask_named(*words.strip().partition(".")[::2])
        except UserError as error:
            said = "{{ " + shorten(words) + " }}" if words else "{{ }}"
            raise UserError(
                replace(each, where=where, key=": ".join(filter(None, (said, each.key))))
                for each in error.problems
            ) from None

    def _ask_named(self, name: str, wanted: str) -> Inline | None:
        if not name:
            raise UserError([Problem("", "", "", f"wanted a figure's id, a dot and {SUCH}")])
        known = self.figures
        if not known:
            raise UserError([Problem("", "", "", "no figure on this page has an id")])
        if name not in known:
            raise UserError([unknown("figure", name, known)])
        figure = known[name]
        return None if figure is None else ask(figure, wanted)

    def _ask_unnamed(self, words: str) -> Inline:
        """Return what is asked of an example that has no figure: ``kind: output-size, size: 7``."""
        values = dict(api.load_yaml("{" + words + "}").values)
        wanted = values.pop("get", None)
        figure = self.studio.draw(values, lambda key: "")
        if wanted is None:
            return ask(figure, "result")
        return ask(figure, wanted if isinstance(wanted, str) else shorten(wanted))


def _headings(text: str, found: Sequence[Fence]) -> dict[str, int]:
    """Return the anchors that headings take, and their lines."""
    fenced = {line for fence in found for line in range(fence.first, fence.last + 1)}
    anchors: dict[str, int] = {}
    for line, words in enumerate(text.split("\n"), 1):
        if line not in fenced and (match := _HEADING.fullmatch(words)):
            anchors.setdefault(match[2] or slugify(match[1], "-"), line)
    return anchors


def _starts(text: str) -> list[int]:
    """Return where each line begins, and where one more would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return "".join(parts) + text[at:]


def _line(problem: Problem) -> int:
    _, _, line = problem.where.rpartition(":")
    return int(line) if line.isdigit() else 0
