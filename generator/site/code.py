"""Fences of code: ```` ```python run same=conv ````, and the same thing in PyTorch and Keras."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from generator import api
from generator.errors import Problem, unknown
from generator.model import Result
from generator.site.cell import Value, difference
from generator.site.fences import CODE, Fence
from generator.site.place import Place
from generator.site.runner import Ran

#: What may be done with code, and how it is labelled; only the first runs when a site is built.
WAYS: Mapping[str, str] = {"run": "", "torch": "PyTorch", "keras": "Keras"}
_LAYOUTS = ("channels_first", "channels_last")
_OPTIONS = ("same", "digits", "layout")
_WORD = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')|\S+""")


@dataclass(frozen=True, slots=True)
class Code:
    """A fence of code that has been read.

    Parameters
    ----------
    fence
        Where it stands and what it says.
    way
        ``run``, ``torch`` or ``keras``.
    same, part
        The id of the figure whose result the last line's value must be, and which part of that
        result, counted from 1; 0 for all of it.
    digits
        How many digits behind the point the figure keeps, if it rounds.
    layout
        Where a framework has the channels.
    others
        Words for whoever highlights the code, such as ``hl_lines="2"``.
    problems
        What is wrong with its first line, or its grammar.
    """

    fence: Fence
    way: str = "run"
    same: str = ""
    part: int = 0
    digits: int | None = None
    layout: str = "channels_first"
    others: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def opening(self) -> str:
        """The first line as the highlighter understands it, from its mark on."""
        words = [CODE, *self.others]
        # In a tab the label says already what this is.
        inside = self.fence.prefix.strip(" ") != self.fence.prefix
        if WAYS[self.way] and not inside and not any(w.startswith("title=") for w in self.others):
            words.append(f'title="{WAYS[self.way]}"')
        return f"{self.fence.mark}{' '.join(words)}"


def read(fence: Fence, place: Place) -> Code:
    """Return what a fence of code asks for, with all that is wrong with how it asks."""
    where = place.at(fence.first)
    problems: list[Problem] = []
    ways: list[str] = []
    others: list[str] = []
    options: dict[str, str] = {}
    for word in _WORD.findall(fence.info)[1:]:
        name, sign, value = word.partition("=")
        if value[:1] in ("'", '"') or name == "linenums":
            others.append(word)
        elif sign and name in _OPTIONS:
            options[name] = value
        elif not sign and name in WAYS:
            ways.append(name)
        else:
            problems.append(unknown("word", name, [*WAYS, *_OPTIONS], where))
    if len(ways) != 1 and not problems:
        said = f"wanted one of {', '.join(WAYS)} behind '{CODE}'"
        return Code(fence, problems=(Problem(where, "", "", said),))
    same, _, part = options.get("same", "").partition(".")
    digits, layout = options.get("digits", ""), options.get("layout", "channels_first")
    for name, value in (("same", part), ("digits", digits)):
        if value and not value.isdecimal():
            problems.append(Problem(where, name, value, "a whole number"))
    if layout not in _LAYOUTS:
        problems.append(Problem(where, "layout", layout, " or ".join(_LAYOUTS)))
    if not fence.closed:
        said = "this code is not closed: its last line is a mark like its first, in the same column"
        problems.append(Problem(where, "", "", said))
    try:
        ast.parse(fence.body)
    except SyntaxError as error:
        line = place.at(fence.first + (error.lineno or 1))
        problems.append(Problem(line, "", "", f"SyntaxError: {error.msg}"))
    return Code(
        fence,
        ways[0] if ways else "run",
        same,
        int(part) if part.isdecimal() else 0,
        int(digits) if digits.isdecimal() else None,
        layout,
        tuple(others),
        tuple(problems),
    )


def wanted(
    code: Code, figures: Mapping[str, api.Figure | None], place: Place
) -> Result | Problem | None:
    """Return the result that the code must give.

    It is ``None`` if it need not give any, or if its figure is wrong, which is said elsewhere.
    """
    where, key = place.at(code.fence.first), f"same={code.same}"
    if code.same and not figures:
        return Problem(where, key, "", "no figure on this page has an id")
    if code.same and code.same not in figures:
        return unknown("figure", code.same, figures, where)
    figure = figures.get(code.same)
    if figure is None:
        return None
    if not code.part:
        return figure.result
    parts = figure.result if isinstance(figure.result, tuple) else ()
    if code.part > len(parts):
        return Problem(where, key, f"part {code.part}", f"a part from 1 to {len(parts)}")
    return parts[code.part - 1]


def judged(code: Code, ran: Ran, result: Result | None, place: Place) -> list[Problem]:
    """Return what is wrong with code that has run."""
    if ran.wrong:
        line = code.fence.first + ran.line if ran.line else code.fence.first
        return [Problem(place.at(line), "", "", ran.wrong)]
    if result is None:
        return []
    return compared(code, ran.value, result, place)


def compared(code: Code, value: Value | None, result: Result, place: Place) -> list[Problem]:
    """Return in what a value is not the figure's result."""
    where, key = place.at(code.fence.first), f"same={code.same}"
    if value is None:
        said = "the last line gives no array: wanted an expression, or print of one thing"
        return [Problem(where, key, "", said)]
    differs = difference(value, result, digits=code.digits)
    if not differs:
        return []
    got, asked = differs
    return [Problem(where, key, got, f"{asked}, as in the figure")]


def prints_html(text: str) -> str:
    r"""Return what a piece of code has printed.

    >>> prints_html("1 < 2\n")[-38:]
    '<pre tabindex="0">1 &lt; 2</pre></div>'
    """
    said = escape(text.rstrip("\n"), quote=False)
    return (
        '<div class="cb-prints" data-search-exclude><span class="cb-prints-label">prints</span>'
        f'<pre tabindex="0">{said}</pre></div>'
    )
