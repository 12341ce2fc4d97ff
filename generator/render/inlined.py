"""A film for a page, apart from where the page has its photographs.

The same film stands on many pages, and in the store of what has been drawn; only the addresses of
its photographs differ from page to page.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from generator.render.svg import Link, inline, plays
from generator.scene.film import Film


@dataclass(frozen=True, slots=True)
class Inlined:
    """An SVG for a page.

    Parameters
    ----------
    plays
        Whether it holds steps to walk through, and not one picture.
    pieces
        The text before, between and behind the addresses of its photographs.
    photos
        The photographs, as PNG.
    """

    plays: bool
    pieces: tuple[str, ...]
    photos: tuple[bytes, ...]

    def svg(self, link: Link) -> str:
        """Return the text with the addresses that `link` gives.

        >>> Inlined(False, ('<image href="', '"/>'), (b"1",)).svg(lambda png: f"{png.decode()}.png")
        '<image href="1.png"/>'
        """
        addresses = (escape(link(png)) for png in self.photos)
        pairs = zip_longest(self.pieces, addresses, fillvalue="")
        return "".join([text for pair in pairs for text in pair])

    def packed(self) -> bytes:
        """Return it as bytes, the lengths of its parts first."""
        parts = [*(piece.encode() for piece in self.pieces), *self.photos]
        head = {"plays": self.plays, "pieces": len(self.pieces), "lengths": [*map(len, parts)]}
        return b"".join([json.dumps(head).encode(), b"\n", *parts])


def inlined(film: Film, step: int | None) -> Inlined:
    """Draw the steps of a film, or the one that was asked for.

    See :func:`generator.render.svg.inline`.
    """
    photos: list[bytes] = []
    # Nobody can have written this into a title.
    gap = secrets.token_hex(16)

    def noted(png: bytes) -> str:
        photos.append(png)
        return gap

    pieces = inline(film, step, noted).split(gap)
    return Inlined(plays(film, step), tuple(pieces), tuple(photos))


def unpacked(data: bytes) -> Inlined:
    """Return what has been packed.

    >>> made = Inlined(True, ("a", "b"), (b"png",))
    >>> unpacked(made.packed()) == made
    True
    """
    line, _, rest = data.partition(b"\n")
    head, at = json.loads(line), 0
    parts = []
    for length in head["lengths"]:
        parts.append(rest[at : at + length])
        at += length
    texts, photos = parts[: head["pieces"]], parts[head["pieces"] :]
    return Inlined(head["plays"], tuple(text.decode() for text in texts), tuple(photos))
