"""Options of which every variant offers others: which mistakes stand beside the right answer.

What is offered is drawn and kept in the family's record, because a student sees it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from generator.dice import Dice
from generator.exercises._family import Slip, Value


class Offering(Protocol, Hashable):
    """A record that says which mistakes are offered, by their names."""

    @property
    def offered(self) -> tuple[str, ...]:
        """Their names, in alphabetical order."""


T = TypeVar("T", bound=Offering)


def offer(
    dice: Dice, d: T, slips: Sequence[Slip[T]], right: Value, most: int = 3
) -> tuple[str, ...]:
    """Return the names of mistakes that apply to a draw and look different from each other.

    Parameters
    ----------
    dice
        What the choice is drawn from.
    d
        The draw; what it offers so far does not matter.
    slips
        The mistakes there are.
    right
        The right answer, which no mistake may give.
    most
        How many are wanted.
    """
    seen: list[Value] = [right]
    names: list[str] = []
    for slip in dice.shuffled("offered", slips):
        value = slip.compute(d)
        if value is not None and value not in seen:
            seen.append(value)
            names.append(slip.name)
        if len(names) == most:
            break
    return tuple(sorted(names))


def only_offered(slips: Sequence[Slip[T]]) -> tuple[Slip[T], ...]:
    """Return the mistakes as a family has them: each applies where it is offered."""
    return tuple(_guarded(slip) for slip in slips)


def _guarded(slip: Slip[T]) -> Slip[T]:
    def compute(d: T) -> Value | None:
        return slip.compute(d) if slip.name in d.offered else None

    return replace(slip, compute=compute)
