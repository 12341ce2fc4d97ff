"""Problems as data, worded in one place.

A mistake in what a person wrote is a :class:`Problem` (where, key, got, wanted, hint). Readers
collect every problem of an input before they raise one :class:`UserError` with all of them, so
nobody mends one mistake only to be told of the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what a person wrote.

    Parameters
    ----------
    where
        The place to mend: ``docs/stride.md:14``, ``exam.yaml:3``, ``--stride``; may be empty.
    key
        The key in that place, with its path: ``stride``, ``kernel, row 2``; may be empty.
    got
        What stands there, as it was written; empty when nothing does.
    wanted
        What may stand there, as a noun phrase (after "wanted") or a whole clause if `got` is empty.
    hint
        The nearest name, or a way out.

    Examples
    --------
    >>> print(Problem("docs/stride.md:14", "stride", "0", "a whole number of at least 1"))
    docs/stride.md:14: stride: got 0, wanted a whole number of at least 1
    """

    where: str
    key: str
    got: str
    wanted: str
    hint: str = ""

    def __str__(self) -> str:
        body = f"got {self.got}, wanted {self.wanted}" if self.got else self.wanted
        if self.hint:
            body += f"; {self.hint}"
        # "unknown key 'x'" names the key itself.
        key = self.key.rpartition(", ")[0] if self.wanted.startswith("unknown key") else self.key
        return ": ".join(part for part in (self.where, key, body) if part)

    def at(self, where: str) -> Problem:
        """Return the same problem found at `where`."""
        return replace(self, where=where)


class UserError(Exception):
    """All that is wrong with one input, each as a :class:`Problem`.

    Examples
    --------
    >>> error = UserError([Problem("", "stride", "0", "a whole number of at least 1")])
    >>> print(error)
    stride: got 0, wanted a whole number of at least 1
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ProgramError(RuntimeError):
    """A program is at fault, not what a person typed: told in a sentence, exit status 1."""


def wrong(got: object, wanted: str, *, key: str = "", hint: str = "") -> UserError:
    """Return the error for a single wrong value.

    >>> print(wrong(0, "a whole number of at least 1", key="stride"))
    stride: got 0, wanted a whole number of at least 1
    """
    return UserError([Problem("", key, shorten(got), wanted, hint)])


def unknown(what: str, name: str, known: Iterable[str], where: str = "") -> Problem:
    """Return the problem of a name that does not exist, with the nearest one that does.

    >>> print(unknown("key", "kernal", ["input", "kernel"]))
    unknown key 'kernal'; did you mean 'kernel'?
    >>> print(unknown("kind", "zebra", ["convolution", "pooling"]))
    unknown kind 'zebra'; there are: convolution, pooling
    """
    names = list(known)
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else "there are: " + ", ".join(names)
    return Problem(where, "", "", f"unknown {what} '{shorten(name)}'", hint)


def shorten(value: object, limit: int = 60) -> str:
    """Return `value` as a person wrote it, on one line and cut where it gets long.

    >>> shorten("a word"), shorten(None), shorten(True), shorten(["1", 2])
    ('a word', 'nothing', 'true', '[1, 2]')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        value = "[" + ", ".join(map(shorten, value[:limit])) + "]"
    try:
        text = " ".join(str(value).split())
    except ValueError:  # Python refuses to print a number of thousands of digits
        text = "a number of very many digits"
    if not text:
        return "an empty text"
    return text if len(text) <= limit else text[: limit - 1] + "…"
