"""Where on which page something stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

#: Gives the place of a key.
Where: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A page.

    Parameters
    ----------
    path
        What a person opens to mend it, for example ``docs/stride.md``.
    skipped
        Lines in front of the text, such as those of the front matter.

    Examples
    --------
    >>> Place("docs/stride.md", skipped=3).at(11)
    'docs/stride.md:14'
    """

    path: str = "page"
    skipped: int = 0

    def at(self, line: int) -> str:
        """Return the place of a line, counted from 1 in the text."""
        return f"{self.path}:{line + self.skipped}"
