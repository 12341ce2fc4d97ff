"""What a family of exercises is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from generator.dice import Dice
from generator.model import Result, Spec
from generator.paper import Form, OneNumber
from generator.prose import Prose

#: A family's own frozen record of what was drawn. All of it shows in the question.
D = TypeVar("D", bound=Hashable)
#: Most answers are an exact number.
_NUMBER = OneNumber()
#: An answer as the family computes it: what is chosen between may be called by a name.
Value: TypeAlias = "Result | str"


class Work(NamedTuple):
    """What an exercise costs by hand; all variants of a level cost the same, give or take one.

    >>> Work(9, zeros=2).near(Work(9, 1, 1)), Work(9).near(Work(7))
    (True, False)

    Parameters
    ----------
    products
        Products to compute, or whatever the steps of the arithmetic are.
    negatives
        Negative numbers that are met on the way.
    zeros
        Factors that are 0 and save a product.
    """

    products: int
    negatives: int = 0
    zeros: int = 0

    def near(self, cost: Work) -> bool:
        """Return whether no count is further than 1 from that of `cost`."""
        return all(abs(one - other) <= 1 for one, other in zip(self, cost, strict=True))


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
        The page to read again, relative to the site's root; empty for the family's own.
    yields
        Whether it steps back where an earlier slip gives the same number: the key then names the
        more common mistake. For slips that come so close to others that insisting on them would
        leave only odd exercises; what equals the right answer is thrown away all the same.
    figure
        A picture of the mistake beside the truth; ``None`` where this draw has none.
    """

    name: str
    compute: Callable[[D], Value | None]
    says: str | Callable[[D], str]
    page: str = ""
    yields: bool = False
    figure: Callable[[D], Spec | None] | None = None


@dataclass(frozen=True, slots=True)
class Options(Generic[D]):
    """The answer is chosen among what the mistakes give and what is right, in a drawn order.

    Parameters
    ----------
    show
        Shows an answer as an option: a name, a matrix, a picture.
    most
        Options altogether.
    """

    show: Callable[[D, Any], Prose]
    most: int = 4


@dataclass(frozen=True, slots=True)
class Part(Generic[D]):
    """One question of an exercise.

    Parameters
    ----------
    closed, brute
        The answer, found in two ways that share no code.
    slips
        The misconceptions, the most common one first.
    form
        What sort of answer it is.
    ask
        What is asked; for the only part of an exercise, its prompt does that.
    points
        What it is worth at each level, from level 1 on.
    also
        What is right too, beside `closed`: each such answer is one that `closed` could have given.
    follows
        The answer of somebody who goes on rightly from these answers to the earlier parts; with it
        an error that is carried forward is marked as such. ``None`` where one could not go on.
    fewest
        Mistakes that must be told apart: three make a multiple-choice question of it.
    """

    closed: Callable[[D], Value]
    brute: Callable[[D], Value]
    slips: tuple[Slip[D], ...]
    form: Form | Options[D] = _NUMBER
    ask: Callable[[D], Prose] | None = None
    points: tuple[int, ...] = (1, 2, 3)
    also: Callable[[D], tuple[Result, ...]] | None = None
    follows: Callable[[D, tuple[Any, ...]], Value | None] | None = None
    fewest: int = 3


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
    page
        Where its topic is explained, relative to the site's root: ``convolution/padding.md``.
    rows
        The rows of the curriculum it practises.
    draw
        Draws the parameters of a level, fair or not.
    work
        Counts what the exercise costs by hand.
    cost
        What it is to cost at each level, from level 1 on; other draws are not fair.
    prompt, hints, solution
        The question; from a nudge to nearly all of it; one prose for each step of the solution.
    parts
        What is asked, in order.
    fair
        Whether these parameters are worth asking about; slips are not its business.
    """

    name: str
    title: str
    version: int
    says: str
    page: str
    rows: tuple[int, ...]
    draw: Callable[[Dice, int], D]
    work: Callable[[D], Work]
    cost: tuple[Work, ...]
    prompt: Callable[[D], Prose]
    hints: Callable[[D], tuple[Prose, ...]]
    solution: Callable[[D], tuple[Prose, ...]]
    parts: tuple[Part[D], ...]
    fair: Callable[[D], bool] = lambda _: True

    @property
    def levels(self) -> range:
        """The levels that can be asked for."""
        return range(1, len(self.cost) + 1)

    @property
    def slips(self) -> tuple[Slip[D], ...]:
        """The misconceptions of all parts."""
        return tuple(slip for part in self.parts for slip in part.slips)
