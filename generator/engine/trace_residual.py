"""A residual block, number by number: two convolutions, and the input added at the end."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import Trace, convolve
from generator.engine.trace_steps import place, told
from generator.model import Rows, Step, Term
from generator.numerals import factor, shown, total


def relu(x: Rows) -> Rows:
    """Return a map in which what is negative has become 0.

    >>> relu(((-1, 2),))
    ((0, 2),)
    """
    return tuple(tuple(max(cell, 0) for cell in row) for row in x)


def same(x: Rows, w: Rows) -> Plane:
    """Return the walk of an odd kernel that keeps the size: zeros around the map.

    >>> same(((1, 2, 3),), ((1,),)).output
    (1, 3)
    """
    sizes = (len(x), len(w)), (len(x[0]), len(w[0]))
    rows, columns = (Axis(n, k, 1, k // 2, k // 2) for n, k in sizes)
    return Plane(rows, columns)


def residual(x: Rows, first: Rows, second: Rows) -> tuple[Trace, Trace, Trace]:
    r"""Return the maps of a residual block and how their cells came about.

    .. math:: z = w_1 \star x, \quad F(x) = w_2 \star \mathrm{relu}(z), \quad
              y = \mathrm{relu}(F(x) + x)

    Parameters
    ----------
    x : (H, W)
        The input.
    first, second : (K, L), both odd
        The kernels; zeros are padded, so that every map is as large as the input.

    Returns
    -------
    z, f, y
        Each as rows and steps. In a step of y both terms have the weight 1, or 0 where relu cuts.

    Examples
    --------
    >>> z, f, y = residual(((1, -2),), ((1,),), ((3,),))
    >>> z[0], f[0], y[0]
    (((1, -2),), ((3, 0),), ((4, 0),))
    >>> y[1][1].says
    'Row 1, column 2: relu(0 + (−2)) = 0.'
    """
    z = convolve(x, first, same(x, first))
    hidden = relu(z[0])
    f = convolve(hidden, second, same(hidden, second))
    width = len(x[0])
    steps = [_added(f[0], x, divmod(index, width), index) for index in range(len(x) * width)]
    return z, f, told(steps, width)


def _added(f: Rows, x: Rows, at: tuple[int, int], index: int) -> Step:
    one, other = f[at[0]][at[1]], x[at[0]][at[1]]
    kept = int(one + other > 0)
    terms = (Term(one, kept, at), Term(other, kept, at))
    value = total([term.product for term in terms])
    says = f"{place(*at, line=False)}: relu({factor(one)} + {factor(other)}) = {shown(value)}."
    return Step(index + 1, at, None, terms, value, says)


def numbered(maps: tuple[Trace, ...]) -> tuple[Step, ...]:
    """Return the steps of several maps one after the other; the first place is the map's.

    >>> [step.at for step in numbered(residual(((5,),), ((1,),), ((1,),)))]
    [(0, 0, 0), (1, 0, 0), (2, 0, 0)]
    """
    steps: list[Step] = []
    for index, (_, found) in enumerate(maps):
        steps += [replace(each, index=len(steps) + i, at=(index, *each.at))
                  for i, each in enumerate(found, 1)]  # fmt: skip
    return tuple(steps)
