"""Where the fences of a Markdown page stand, by the rules of pymdownx.superfences.

A fence may stand inside lists, admonitions, tabs and quotes. What is fenced by a longer mark is
text to be shown, so a fence inside a fence is not one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = re.compile(r"(?P<prefix>[> ]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block.

    Parameters
    ----------
    first, last
        Its first and last line, marks included, counted from 1.
    prefix
        What stands in front of the mark: indentation, and the signs of a quote.
    info
        The words behind the mark.
    body
        The lines between the marks, without their prefix.
    closed
        Whether there is a closing mark in the same column; if not, all that is indented like the
        opening mark belongs to the fence.
    """

    first: int
    last: int
    prefix: str
    info: str
    body: str
    closed: bool = True

    @property
    def is_figure(self) -> bool:
        """Whether a figure is wanted here."""
        return self.info.split()[:1] == ["figure"]


def fences(text: str) -> list[Fence]:
    r"""Return the fences of a page, in their order, without those inside other fences.

    An unclosed fence is text to Markdown, and left out here, unless it asks for a figure: whoever
    wrote it wants to know.

    Examples
    --------
    >>> [(f.first, f.last, f.info) for f in fences("A\n\n```figure\nkind: pooling\n```\n")]
    [(3, 5, 'figure')]
    >>> [f.info for f in fences("````md\n```figure\n```\n````\n")]
    ['md']
    """
    lines = text.split("\n")
    found = []
    at = 0
    while at < len(lines):
        fence = _fence(lines, at)
        if fence:
            found.append(fence)
            at = fence.last
        else:
            at += 1
    return found


def _fence(lines: list[str], at: int) -> Fence | None:
    """Return the fence that opens in line `at` (counted from 0)."""
    opening = _OPENING.fullmatch(lines[at])
    if not opening:
        return None
    prefix, mark, info = opening["prefix"], opening["mark"], opening["info"].strip()
    last, closed = at, False
    for place in range(at + 1, len(lines)):
        line = lines[place]
        if line.strip("> ") and not _is_under(line, prefix):
            break
        if _is_under(line, prefix) and line[len(prefix) :].rstrip() == mark:
            last, closed = place, True
            break
        if line.strip():
            last = place
    body = [line[len(prefix) :] for line in lines[at + 1 : last + (not closed)]]
    fence = Fence(at + 1, last + 1, prefix, info, "\n".join(body), closed)
    return fence if closed or fence.is_figure else None


def _is_under(line: str, prefix: str) -> bool:
    head = line[: len(prefix)]
    return not head.strip("> ") and head.count(">") == prefix.count(">")
