"""What a family of exercises is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.dice import Dice
from generator.model import Result
from generator.prose import Prose

#: A family's own frozen record of what was drawn.
D = TypeVar("D", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Slip(Generic[D]):
    """A misconception that can be run.

    Parameters
    ----------
    name
        What goes wrong, in two or three words.
    compute
        The answer of somebody who has this misconception; ``None`` where it does not apply.
    says
        Why it is wrong, to the person who made it, in one or two sentences.
    page
        The page to read again, relative to the site's root: ``convolution/padding.md``.
    yields
        Whether it steps back where an earlier slip gives the same number: the key then names the
        more common mistake. For slips that come so close to others that insisting on them would
        leave only odd exercises; what equals the right answer is thrown away all the same.
    """

    name: str
    compute: Callable[[D], Result | None]
    says: Callable[[D], str]
    page: str
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Family(Generic[D]):
    """Exercises of one kind, as many as there are seeds.

    Parameters
    ----------
    name
        The file's name, with hyphens.
    title
        What stands above the exercise.
    version
        Raised whenever the same seed begins to give another exercise.
    says
        One line of description.
    draw
        Draws the parameters of a level, fair or not.
    fair
        Whether these parameters are worth asking about; slips are not its business.
    closed, brute
        The answer, found in two ways that share no code.
    prompt, hints, solution
        The question; from a nudge to nearly all of it; one prose for each step of the solution.
    slips
        The misconceptions, the most common one first.
    points
        What an exercise of each level is worth, from level 1 on.
    """

    name: str
    title: str
    version: int
    says: str
    draw: Callable[[Dice, int], D]
    fair: Callable[[D], bool]
    closed: Callable[[D], Result]
    brute: Callable[[D], Result]
    prompt: Callable[[D], Prose]
    hints: Callable[[D], tuple[Prose, ...]]
    solution: Callable[[D], tuple[Prose, ...]]
    slips: tuple[Slip[D], ...]
    points: tuple[int, ...]

    @property
    def levels(self) -> range:
        """The levels that can be asked for."""
        return range(1, len(self.points) + 1)
