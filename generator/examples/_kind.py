"""What a kind of worked example is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.model import Example, Result, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.spec.fields import Params

P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Solved:
    """What solving gives: the parts of an :class:`~generator.model.Example` but its spec."""

    result: Result
    steps: tuple[Step, ...]
    alt: str
    says: str


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """A kind of worked example: what it needs, how it is solved, how it is drawn.

    Parameters
    ----------
    title
        Its name as a heading.
    says
        One line of description.
    params
        The frozen record of its parameters.
    solve
        From parameters to numbers and their story.
    draw
        From numbers to a picture on a canvas. The third argument is the heading.
    """

    title: str
    says: str
    params: type[P]
    solve: Callable[[P], Solved]
    draw: Callable[[P, Example, str, Canvas], Film]
