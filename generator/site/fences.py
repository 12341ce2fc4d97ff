"""Where the fences of a Markdown page stand, by the rules of pymdownx.superfences.

A fence may stand inside lists, admonitions, tabs and quotes. What is fenced by a longer mark is
text to be shown, so a fence inside a fence is not one; nor is one that is indented as code, or
stands inside a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What a comment may seem to begin in, and does not: an escaped sign, code, and whole comments.
_ASIDE = re.compile(r"\\.|(?P<ticks>`+).+?(?<!`)(?P=ticks)(?!`)|<!--.*?-->")
_CONTAINER = re.compile(r" *(?:[-*+] |\d+[.)] |!!!|\?{3}|={3}[!+]* |: |\[\^[^\]]+\]:)")
#: A fence of code with a word behind its language that is not for the highlighter: ``python run``.
CODE = "python"
_OURS = re.compile(
    rf"""(?:{CODE}|py)(?:[ ]+[\w-]+=(?:"[^"]*"|'[^']*'))*[ ]+(?!linenums)[^\s"']+(?:[ ].*)?"""
)
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
    mark
        The signs that open it.
    """

    first: int
    last: int
    prefix: str
    info: str
    body: str
    closed: bool = True
    mark: str = "```"

    @property
    def is_figure(self) -> bool:
        """Whether a figure is wanted here."""
        return self.info.split()[:1] == ["figure"]

    @property
    def is_practice(self) -> bool:
        """Whether exercises are wanted here."""
        return self.info.split()[:1] == ["practice"]

    @property
    def is_code(self) -> bool:
        """Whether it is code that is to be run or compared.

        >>> [Fence(1, 2, "", info, "").is_code for info in ("python run", 'python title="a b"')]
        [True, False]
        """
        return _OURS.fullmatch(self.info) is not None


def fences(text: str) -> list[Fence]:
    r"""Return the fences of a page, in their order, without those inside other fences.

    An unclosed fence is text to Markdown, and left out here, unless it asks for a figure, for
    practice, or for code to be run: whoever wrote it wants to know.

    Examples
    --------
    >>> [(f.first, f.last, f.info) for f in fences("A\n\n```figure\nkind: pooling\n```\n")]
    [(3, 5, 'figure')]
    >>> [f.info for f in fences("````md\n```figure\n```\n````\n")]
    ['md']
    """
    return layout(text)[0]


def layout(text: str) -> tuple[list[Fence], set[int]]:
    r"""Return the fences of a page, and its lines, counted from 1, that are code by indentation.

    Code is indented by four columns more than the text around it; what stands below a list item,
    an admonition, a tab or a definition is around it and four columns in.

    Examples
    --------
    >>> layout("A\n\n    code\n\n- B\n\n    text\n")
    ([], {3})
    """
    lines = text.split("\n")
    found: list[Fence] = []
    code: set[int] = set()
    at, around, is_open = 0, 0, True
    while at < len(lines):
        line = lines[at]
        first, at = at, at + 1
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            is_open = True
        elif indent >= around + 4 and is_open:
            code.add(at)
        else:
            # Without an empty line before it, text goes on with the list item above.
            if indent < around and (is_open or line.startswith("#")):
                around = indent // 4 * 4
            is_open = False
            if fence := _fence(lines, first):
                at = fence.last
                # What is put here gets empty lines around it, which would make code of it here.
                is_open = fence.is_figure or fence.is_practice
                if is_open and indent >= around + 4:
                    code.update(range(fence.first, fence.last + 1))
                else:
                    found.append(fence)
                continue
            at = _after_comments(lines, first)
            if _CONTAINER.match(line):
                around = indent // 4 * 4 + 4
    return found, code


def _after_comments(lines: list[str], at: int) -> int:
    """Return the next line that is not inside a comment that opens in line `at`."""
    rest = _ASIDE.sub("", lines[at])
    while "<!--" in rest:
        closing = (place for place in range(at + 1, len(lines)) if "-->" in lines[place])
        end = next(closing, None)
        if end is None:
            break
        at = end
        rest = _ASIDE.sub("", lines[at].partition("-->")[2])
    return at + 1


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
    fence = Fence(at + 1, last + 1, prefix, info, "\n".join(body), closed, mark)
    ours = fence.is_figure or fence.is_practice or fence.is_code
    return fence if closed or ours else None


def _is_under(line: str, prefix: str) -> bool:
    head = line[: len(prefix)]
    return not head.strip("> ") and head.count(">") == prefix.count(">")
