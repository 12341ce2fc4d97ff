"""Readable sums over many inputs: a convolution of several channels, and a dense layer."""

from __future__ import annotations

from dataclasses import replace

from generator.engine.shapes import Axis, PaddingMode, Plane
from generator.engine.trace_steps import Trace, read, step_at, sum_in_words, told
from generator.model import Region, Rows, Step, Term
from generator.numerals import Number, factor, shown, total


def convolve_channels(
    x: tuple[Rows, ...],
    w: tuple[Rows, ...],
    plane: Plane,
    *,
    mode: PaddingMode = "zeros",
    bias: Number = 0,
    names: tuple[str, ...] = (),
) -> Trace:
    r"""Slide a kernel of several channels over as many planes, and keep every product.

    .. math:: y_{ij} = b + \sum_{cab} w_{cab} \, x_{c,\, iS + aD - P,\, jS + bD - P}

    Parameters
    ----------
    x : (C, H, W)
        The input, a plane for every channel.
    w : (C, K, L)
        The kernel.
    plane, mode, bias
        As for :func:`generator.engine.trace.convolve`.
    names
        What the channels are called in the story; "channel 1" and so on if it is empty.

    Returns
    -------
    rows : (plane.rows.output, plane.columns.output)
        The one feature map.
    steps
        One for every cell of it, in reading order. Its terms are the K·L products of the first
        channel, then those of the second, and so on, and at last the bias; they add up to its
        value.

    Examples
    --------
    >>> from generator.engine.shapes import Axis
    >>> x, w = (((1, 2, 3),), ((4, 5, 6),)), (((1, -1),), ((2, 0),))
    >>> rows, steps = convolve_channels(x, w, Plane(Axis(1, 1), Axis(3, 2), line=True), bias=10)
    >>> rows
    ((17, 19),)
    >>> steps[0].says
    'Position 1: channel 1: 1·1 + 2·(−1) = −1; channel 2: 4·2 = 8; −1 + 8 + 10 (bias) = 17.'
    """
    height, width = plane.output
    called = names or tuple(f"channel {number + 1}" for number in range(len(w)))

    def words(terms: tuple[Term, ...], value: Number) -> str:
        return _channels_in_words(terms, value, called)

    steps = []
    for at in (divmod(index, width) for index in range(height * width)):
        terms = [
            Term(read(channel, r, c, mode), weights[a][b], (r, c))
            for channel, weights in zip(x, w, strict=True)
            for a, r in enumerate(plane.rows.reads(at[0]))
            for b, c in enumerate(plane.columns.reads(at[1]))
        ]
        if bias:
            terms.append(Term(1, bias, bias=True))
        steps.append(step_at(plane, at, tuple(terms), words))
    return told(steps, width)


def convolve_many(
    x: tuple[Rows, ...],
    w: tuple[tuple[Rows, ...], ...],
    plane: Plane,
    *,
    mode: PaddingMode = "zeros",
    bias: tuple[Number, ...] = (),
    names: tuple[str, ...] = (),
) -> tuple[tuple[Rows, ...], tuple[Step, ...]]:
    r"""Slide several kernels over an input: every one makes a map of its own.

    .. math:: y_{fij} = b_f + \sum_{cab} w_{fcab} \, x_{c,\, iS + aD - P,\, jS + bD - P}

    Parameters
    ----------
    x : (C, H, W)
        The input, a plane for every channel.
    w : (F, C, K, L)
        The kernels.
    plane, mode, names
        As for :func:`convolve_channels`.
    bias : (F,)
        A number for every map; none if empty.

    Returns
    -------
    maps : (F, plane.rows.output, plane.columns.output)
        A map for every kernel.
    steps
        One for every number of them, map by map; `at` is map, row, column.

    Examples
    --------
    >>> from generator.engine.shapes import Axis
    >>> plane = Plane(Axis(1, 1), Axis(3, 2))
    >>> maps, steps = convolve_many((((1, 2, 3),),), ((((1, 1),),), (((1, -1),),)), plane)
    >>> maps
    (((3, 5),), ((-1, -1),))
    >>> steps[2].at, steps[2].says
    ((1, 0, 0), 'Map 2, row 1, column 1: 1·1 + 2·(−1) = −1.')
    """
    maps: list[Rows] = []
    steps: list[Step] = []
    for number, kernel in enumerate(w):
        added = bias[number] if bias else 0
        rows, told_ = convolve_channels(x, kernel, plane, mode=mode, bias=added, names=names)
        maps.append(rows)
        steps += [_of_map(number, step, len(steps)) for step in told_]
    return tuple(maps), tuple(steps)


def _of_map(number: int, step: Step, before: int) -> Step:
    """Tell a step of one map as a step of all of them."""
    says = f"Map {number + 1}, {step.says[0].lower()}{step.says[1:]}"
    return replace(step, index=before + step.index, at=(number, *step.at), says=says)


def mix(
    x: tuple[Rows, ...], w: Rows, bias: tuple[Number, ...] = ()
) -> tuple[tuple[Rows, ...], tuple[Step, ...]]:
    r"""Weigh the channels of every pixel: a 1×1 convolution.

    .. math:: y_{fij} = b_f + \sum_c w_{fc} \, x_{cij}

    Parameters
    ----------
    x : (C, H, W)
        The input, a plane for every channel.
    w : (F, C)
        A row of weights for every map.
    bias : (F,)
        A number for every map; none if empty.

    Returns
    -------
    maps : (F, H, W)
        A map for every row of weights.
    steps
        One for every number of them, map by map; the terms of each are the channels of one pixel.

    Examples
    --------
    >>> maps, steps = mix((((1, 2),), ((3, 4),)), ((1, 10), (1, -1)), (0, 5))
    >>> maps
    (((31, 42),), ((3, 3),))
    >>> steps[2].says
    'Map 2, row 1, column 1: 1·1 + 3·(−1) + 5 (bias) = 3.'
    """
    size = Plane(Axis(len(x[0]), 1), Axis(len(x[0][0]), 1))
    kernels = tuple(tuple(((weight,),) for weight in weights) for weights in w)
    maps, steps = convolve_many(x, kernels, size, bias=bias)

    def plainly(step: Step) -> Step:
        number, r, c = step.at
        said = f"Map {number + 1}, row {r + 1}, column {c + 1}"
        return replace(step, says=f"{said}: {sum_in_words(step.terms, step.value)}.")

    return maps, tuple(map(plainly, steps))


def _channels_in_words(terms: tuple[Term, ...], value: Number, names: tuple[str, ...]) -> str:
    """Say what every channel gives, then the sum of these."""
    if len(names) == 1:
        return sum_in_words(terms, value)
    parts = by_channel(terms, len(names))
    sums = [total([term.product for term in part]) for part in parts]
    said = []
    for name, part, found in zip(names, parts, sums, strict=True):
        counted = " + ".join(str(term) for term in part if term.product)
        said.append(f"{name}: {counted + ' = ' if counted else ''}{shown(found)}")
    added = [shown(sums[0]), *map(factor, sums[1:])]
    added += [f"{term} (bias)" for term in terms if term.bias]
    return f"{'; '.join(said)}; {' + '.join(added)} = {shown(value)}"


def by_channel(terms: tuple[Term, ...], channels: int) -> list[list[Term]]:
    """Return the products of a step channel by channel, without the bias.

    >>> [len(part) for part in by_channel((Term(1, 2), Term(3, 4), Term(1, 5, bias=True)), 2)]
    [1, 1]
    """
    products = [term for term in terms if not term.bias]
    each = len(products) // channels
    return [products[first : first + each] for first in range(0, len(products), each)]


def linear(
    x: tuple[Number, ...], w: Rows, bias: tuple[Number, ...] = ()
) -> tuple[tuple[Number, ...], tuple[Step, ...]]:
    r"""Weigh all inputs for every output, as a dense layer does, and keep every product.

    .. math:: y_f = b_f + \sum_c w_{fc} \, x_c

    Parameters
    ----------
    x : (C,)
        The input.
    w : (F, C)
        A row of weights for every output.
    bias : (F,)
        A number for every output; none if empty.

    Returns
    -------
    values : (F,)
        The output.
    steps
        One for every number of it; the window of each is the whole input, as one row.

    Examples
    --------
    >>> values, steps = linear((1, 2, 3), ((1, 1, 1), (0, 0, -1)), (10, 0))
    >>> values
    (16, -3)
    >>> steps[0].says, steps[1].says
    ('Output 1: 1·1 + 2·1 + 3·1 + 10 (bias) = 16.', 'Output 2: 3·(−1) = −3.')
    """
    steps = []
    for at, weights in enumerate(w):
        terms = [
            Term(number, weight, (0, place))
            for place, (number, weight) in enumerate(zip(x, weights, strict=True))
        ]
        if bias and bias[at]:
            terms.append(Term(1, bias[at], bias=True))
        value = total([term.product for term in terms])
        says = f"Output {at + 1}: {sum_in_words(tuple(terms), value)}."
        steps.append(Step(at + 1, (at,), Region(0, 0, 1, len(x)), tuple(terms), value, says))
    return tuple(step.value for step in steps), tuple(steps)
