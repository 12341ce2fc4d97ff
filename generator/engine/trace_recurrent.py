"""The readable recurrent step: every state is made of one input and of the state before it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.engine.trace_steps import sum_in_words
from generator.model import Step, Term
from generator.numerals import Number, total


def recur(x: Sequence[Number], w: Number, u: Number, start: Number) -> tuple[Step, ...]:
    r"""Feed a sequence to a recurrent unit without an activation, and keep every product.

    .. math:: h_t = w \, x_t + u \, h_{t-1}

    Parameters
    ----------
    x : (T,)
        The sequence.
    w, u
        Weights of the input and of the state before.
    start
        h₀, the state before the first.

    Returns
    -------
    steps
        A state each. The first term is read from the input (its place is in row 0), the second
        from the states (row 1); of the first state it is h₀'s.

    Examples
    --------
    >>> steps = recur((1, 2), 1, 2, 0)
    >>> [step.value for step in steps], steps[1].says
    ([1, 4], 'State 2: 2·1 + 1·2 = 4.')
    """
    steps: list[Step] = []
    state = start
    for t, read in enumerate(x):
        terms = Term(read, w, (0, t)), Term(state, u, (1, t - 1))
        state = total([term.product for term in terms])
        says = f"State {t + 1}: {sum_in_words(terms, state)}."
        steps.append(Step(t + 1, (t,), None, terms, state, says))
    return tuple(steps)


def layers_to_see(length: int, kernel: int) -> int | None:
    """Return how many convolutions make the last output see a whole sequence; ``None``: none do.

    >>> layers_to_see(9, 3), layers_to_see(2, 3), layers_to_see(5, 1)
    (4, 1, None)
    """
    if length == 1:
        return 1
    return None if kernel == 1 else -(-(length - 1) // (kernel - 1))
