"""The sum of products of a window and a kernel: its value, its terms, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence

from generator.exercises._family import Work
from generator.model import Rows, Term
from generator.numerals import Number, factor, shown, total
from generator.prose import Break, Node, Prose, Strong, line


def window(x: Rows, top: int, left: int, size: tuple[int, int], dilation: int = 1) -> Rows:
    """Return what a window reads that begins at `top` and `left`; outside of `x` it reads 0.

    >>> window(((1, 2), (3, 4)), -1, 0, (2, 2))
    ((0, 0), (1, 2))
    """
    height, width = size
    inside = range(len(x)), range(len(x[0]))
    return tuple(
        tuple(
            x[i][j] if i in inside[0] and j in inside[1] else 0
            for j in range(left, left + width * dilation, dilation)
        )
        for i in range(top, top + height * dilation, dilation)
    )


def terms(seen: Rows, weights: Rows) -> tuple[Term, ...]:
    """Return the products of two matrices, place by place."""
    rows = zip(seen, weights, strict=True)
    return tuple(Term(x, w) for row in rows for x, w in zip(*row, strict=True))


def weighted(seen: Rows, weights: Rows) -> Number:
    """Return the sum of the products of two matrices, place by place.

    >>> weighted(((1, 2), (3, 4)), ((1, 0), (0, -1)))
    -3
    """
    return total([term.x * term.w for term in terms(seen, weights)])


def cost(products: Sequence[Term]) -> Work:
    """Return what a sum costs: its products, the negative ones, and those that are 0."""
    values = [term.x * term.w for term in products]
    return Work(len(values), sum(value < 0 for value in values), values.count(0))


def written(products: Sequence[Term], width: int) -> tuple[Prose, Prose]:
    """Return every product row by row, and then how the rows are added up.

    >>> rows, sums = written(terms(((1, 2), (3, 4)), ((1, 0), (0, -1))), 2)
    >>> [node.text for node in rows if not isinstance(node, Break)]
    ['1·1 + 2·0 = 1', '3·0 + 4·(−1) = −4']
    >>> "".join(node.text for node in sums)
    '1 + (−4) = −3'
    """
    lines: list[str | Node] = []
    sums: list[Number] = []
    for first in range(0, len(products), width):
        row = products[first : first + width]
        sums.append(total([term.product for term in row]))
        lines += [Break(), f"{' + '.join(map(str, row))} = {shown(sums[-1])}"]
    added = " + ".join([shown(sums[0]), *map(factor, sums[1:])])
    return line(*lines[1:]), line(f"{added} = ", Strong(shown(total(sums))))
