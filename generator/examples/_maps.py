"""What kinds with several channels or several maps share: a map as far as it is known, its sums."""

from __future__ import annotations

from collections.abc import Sequence

from generator.engine.trace_channels import by_channel
from generator.examples._sum import summands
from generator.model import Rows, Step, Term
from generator.numerals import Number, factor, shown, total
from generator.scene.layout import Box
from generator.scene.marks import Role
from generator.scene.parts import Cell, Chunk, Frame, grid, roomy
from generator.scene.theme import on_grey

#: The grey of a drawn pixel, seen on light and on dark paper.
_DRAWN = 112
#: More products than this are told in part.
_TOLD = 12


def output_grid(
    steps: Sequence[Step],
    size: tuple[int, int],
    step: Step | None,
    side: float,
    across: float = 0,
) -> Box:
    """Draw a map as far as it is known at a step; ``None``: all of it.

    Cells are as wide as its numbers want it, if it is not given how wide `across` they are.
    """
    height, width = size
    until = step.index - steps[0].index if step else len(steps)

    def cell(index: int) -> Cell:
        if index > until:
            return Cell(role="empty")
        text = shown(steps[index].value)
        if index == until:
            return Cell(text, "result-cell", "result-ink", "bold")
        return Cell(text) if step else Cell(text, "result-cell", "result-ink")

    cells = [[cell(r * width + c) for c in range(width)] for r in range(height)]
    frame = Frame("result", 0, 0, height, width)
    if step and 0 <= until < len(steps):
        frame = Frame("result", *divmod(until, width), 1, 1)
    frames = [frame] if step is None or 0 <= until < len(steps) else []
    texts = {shown(each.value) for each in steps}
    return grid(cells, side, frames, texts, across or roomy(texts, side))


def products(part: Sequence[Term], equals: Role = "ink") -> list[Chunk]:
    """Return products and their sum, in pieces that stay together on a line.

    Where they are many, those that are zero are left out, and then those beyond the first dozen.

    >>> found = products([Term(2, -1), Term(3, 0)])
    >>> ["".join(text for text, _, _ in chunk) for chunk in found]
    ['2·(−1) +', '3·0', '= −2']
    """
    told = list(part)
    if len(told) > _TOLD:
        told = [term for term in told if term.product]
    left_out = max(len(told) - _TOLD, 0)
    told = told[:_TOLD]
    found = summands(told, more=bool(left_out))
    if left_out:
        found.append([(f"{left_out} more", "muted", "regular")])
    if not told:
        found.append([("every product is 0", "muted", "regular")])
    summed = total([term.product for term in part])
    found.append([("=", "muted", "regular"), (f" {shown(summed)}", equals, "bold")])
    return found


def total_of(step: Step, names: Sequence[str]) -> list[Chunk]:
    """Return the sum of the channels' sums and the bias, each with its name."""
    found: list[Chunk] = []
    for name, part in zip(names, by_channel(step.terms, len(names)), strict=True):
        summed = total([term.product for term in part])
        plus: Chunk = [("+ ", "muted", "regular")] if found else []
        text = factor(summed) if found else shown(summed)
        found.append([*plus, (text, "ink", "bold"), (f" ({name})", "muted", "regular")])
    found += [
        [("+ ", "muted", "regular"), (factor(term.w), "kernel-ink", "bold"),
         (" (bias)", "muted", "regular")]
        for term in step.terms if term.bias
    ]  # fmt: skip
    found.append([("=", "muted", "regular"), (f" {shown(step.value)}", "result-ink", "bold")])
    return found


def is_drawing(rows: Rows) -> bool:
    """Return whether a picture has only pixels that are drawn (1) or not (0).

    >>> is_drawing(((0, 1), (1, 1))), is_drawing(((0, 2),))
    (True, False)
    """
    return {x for line in rows for x in line} <= {0, 1}


def drawn_pixel(x: Number) -> Cell:
    """Return the cell of a pixel that is drawn."""
    return Cell(shown(x), ink=on_grey(_DRAWN), weight="bold", shade=_DRAWN)
