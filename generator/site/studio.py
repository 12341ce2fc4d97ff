"""From a fence to a figure. Each figure is drawn once, however many pages and rebuilds show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator import api
from generator.errors import Problem, UserError
from generator.site.fences import Fence
from generator.site.place import Place, Where
from generator.site.runner import Runner

_ANCHOR = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_OPEN = "this figure is not closed: its last line is a mark like its first, in the same column"
_HEADED = "options stand in lines of their own below, such as 'title: My figure'"


@dataclass(frozen=True, slots=True)
class Entry:
    """A fence that has been read.

    Parameters
    ----------
    fence
        Where it stands and what it says.
    name
        Its ``id``: its anchor, and its name in the running text; may be empty.
    caption
        The page's own sentence; empty for the computed one.
    lines
        The line of each of its keys, counted from 1 in the text of the page.
    figure
        What it asks for; ``None`` if there are problems.
    problems
        What is wrong with it.
    """

    fence: Fence
    name: str = ""
    caption: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    figure: api.Figure | None = None
    problems: tuple[Problem, ...] = ()


class Studio:
    """Draws figures, runs code, and remembers both."""

    def __init__(self) -> None:
        self.runner = Runner()
        self._drawn: dict[tuple[api.Spec, int], api.Figure] = {}

    def draw(self, values: Mapping[str, object], where: Where) -> api.Figure:
        """Return the figure that a mapping asks for; raise as :func:`generator.api.read` does."""
        spec = api.read(values, where)
        key = spec, api.stamp(spec)
        if key not in self._drawn:
            self._drawn[key] = api.draw(spec, where)
        return self._drawn[key]

    def read(self, fence: Fence, place: Place) -> Entry:
        """Return what a fence asks for, or all that is wrong with it."""
        if not fence.closed:
            return _only(fence, place, _OPEN)
        if fence.info != "figure":
            return _only(fence, place, _HEADED)
        try:
            document = api.load_yaml(fence.body, place.path, fence.first + 1 + place.skipped)
        except UserError as error:
            return Entry(fence, problems=error.problems)
        values, lines = dict(document.values), document.lines

        def where(key: str) -> str:
            return f"{place.path}:{lines.get(key, fence.first + place.skipped)}"

        name, caption = values.pop("id", None), values.pop("caption", None)
        problems: list[Problem] = []
        figure = None
        if name is not None and not (isinstance(name, str) and _ANCHOR.fullmatch(name)):
            wanted = "small letters and digits with dashes between, such as first-example"
            problems.append(Problem(where("id"), "id", str(name), wanted))
        if caption is not None and not isinstance(caption, str):
            got = "a list" if isinstance(caption, list) else "a mapping"
            problems.append(Problem(where("caption"), "caption", got, "a sentence"))
        try:
            figure = self.draw(values, where)
        except UserError as error:
            problems += error.problems
        return Entry(
            fence,
            name if isinstance(name, str) else "",
            caption if isinstance(caption, str) else "",
            {key: line - place.skipped for key, line in lines.items()},
            figure,
            tuple(problems),
        )


def _only(fence: Fence, place: Place, said: str) -> Entry:
    return Entry(fence, problems=(Problem(place.at(fence.first), "", "", said),))


def with_problem(entry: Entry, problem: Problem) -> Entry:
    """Return the entry with one problem more."""
    return replace(entry, problems=(*entry.problems, problem))
