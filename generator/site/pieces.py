"""What stands between a page’s fences and is not mere text: numbers, formulas, terms, links.

Code is left alone, whether in a line, indented or in raw HTML: it shows what a reader would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.site.fences import layout

#: No piece reaches across an empty line, so that a forgotten mark spoils one paragraph at most.
_SAME = r"(?:(?!\n[> ]*\n)[\s\S])+?"

_PIECE = re.compile(
    r"\\[\s\S]"  # an escaped sign
    rf"|(?P<ticks>`+){_SAME}(?<!`)(?P=ticks)(?!`)"
    r"|<!--[\s\S]*?-->"
    r"|<(?P<raw>pre|code|script|style|math|svg)\b[\s\S]*?</(?P=raw)>"
    rf"|\{{\{{(?=\s)(?P<number>{_SAME})(?<=\s)\}}\}}"
    # A matrix begins with a number or a bracket, a term with a letter.
    r"|\[\[(?P<term>[^\W\d_][^\[\]\n]*)\]\](?!\()"
    r"|\]\([ ]*<?(?P<link>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:[ \n]+[\"'][^()]*)?\)"
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ ]+<?(?P<reference>[^\s<>]+)"
    rf"|\$\$(?P<equation>{_SAME})\$\$"
    # A dollar before a space, after a space or before a digit is money.
    r"|\$(?![\s$])(?P<formula>(?:\\[\s\S]|(?!\n[> ]*\n)[^\\$`])+?)(?<!\s)\$(?!\d)",
    re.MULTILINE,
)
NUMBER = re.compile(r"\{\{(?=\s)(?P<number>[\s\S]+?)(?<=\s)\}\}")

Sort: TypeAlias = Literal["number", "formula", "equation", "term", "link"]
_KINDS: dict[str, Sort] = {
    "number": "number",
    "formula": "formula",
    "equation": "equation",
    "term": "term",
    "link": "link",
    "reference": "link",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A number, a formula or a term in the running text.

    Parameters
    ----------
    kind
        What it is; an equation is a formula on a line of its own.
    start, end
        Where it stands in the text, its marks included.
    line
        The line its text begins in, counted from 1.
    text
        What stands between the marks.
    """

    kind: Sort
    start: int
    end: int
    line: int
    text: str


def pieces(text: str) -> Iterator[Piece]:
    r"""Yield the inline numbers and formulas of a page, in their order.

    Examples
    --------
    >>> page = "For $k = 3$ it is {{ conv.result }}, not `{{ code }}`, for \\$5 or $5."
    >>> [(piece.kind, piece.text) for piece in pieces(page)]
    [('formula', 'k = 3'), ('number', 'conv.result')]
    """
    for start, end in _stretches(text):
        for match in _PIECE.finditer(text, start, end):
            kind = _KINDS.get(match.lastgroup or "")
            if kind:
                name = match.lastgroup or ""
                inside = match[name]
                begin = match.start(name) + len(inside) - len(inside.lstrip())
                line = text.count("\n", 0, begin) + 1
                yield Piece(kind, match.start(), match.end(), line, inside.strip())


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where text stands that is neither fenced nor indented code."""
    fences, code = layout(text)
    for fence in fences:
        code.update(range(fence.first, fence.last + 1))
    at = start = 0
    for number, line in enumerate(text.split("\n"), 1):
        after = at + len(line) + 1
        if number in code:
            if start < at:
                yield start, at
            start = after
        at = after
    if start < len(text):
        yield start, len(text)
