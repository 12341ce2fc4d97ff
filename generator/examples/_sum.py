"""A sum of products as it is written: what is read and what it is weighed with, each in its ink."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Term
from generator.numerals import factor
from generator.scene.parts import Chunk


def summands(terms: Sequence[Term], *, more: bool = False) -> list[Chunk]:
    """Return products in pieces that stay together on a line; `more`: the sum goes on behind them.

    >>> found = summands([Term(2, -1), Term(3, 0), Term(1, 5, bias=True)])
    >>> ["".join(text for text, _, _ in chunk) for chunk in found]
    ['2·(−1) +', '3·0 +', '5 (bias)']
    """
    found: list[Chunk] = []
    for i, term in enumerate(terms):
        plus: Chunk = [] if i == len(terms) - 1 and not more else [(" +", "muted", "regular")]
        if term.bias:
            bias: Chunk = [(factor(term.w), "kernel-ink", "bold"), (" (bias)", "muted", "regular")]
            found.append([*bias, *plus])
        elif term.product:
            pieces: Chunk = [
                (factor(term.x), "window-ink", "bold"),
                ("·", "muted", "regular"),
                (factor(term.w), "kernel-ink", "bold"),
            ]
            found.append([*pieces, *plus])
        else:
            found.append([(str(term), "muted", "regular"), *plus])
    return found
