"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.model import Example, Spec
from generator.paper import Sheet
from generator.scene.film import Film, Scene
from generator.scene.theme import Theme

#: The sheet that is handed out, or the key that is kept.
Part: TypeAlias = Literal["sheet", "key"]
PARTS: tuple[Part, ...] = ("sheet", "key")
#: Draws the picture of a spec that stands in an exercise.
Draw: TypeAlias = Callable[[Spec], Film]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A solved example and its picture, which is drawn only if the format needs it.

    Parameters
    ----------
    example
        The numbers and their story.
    spec
        The spec in plain values, to travel with the file.
    command
        The shell command that makes the same file again.
    title
        The heading.
    film
        Draws the picture.
    theme
        The inks it is drawn with.
    """

    example: Example
    spec: dict[str, object]
    command: str
    title: str
    film: Callable[[], Film]
    theme: Theme

    @property
    def scene(self) -> Scene:
        """The still picture: the step that was asked for, else the whole."""
        return self.film().still(self.example.spec.step)


@dataclass(frozen=True, slots=True)
class NetworkTable:
    """A network in plain values: numbers, words, lists of numbers, ``None``.

    Parameters
    ----------
    name, title
        What it is called, and in a line what it is.
    input
        The shape it was given.
    layers
        A mapping for each layer, all with the same keys.
    total
        The sums.
    conventions
        For each switch its setting and what that means.
    """

    name: str
    title: str
    input: list[int]
    layers: tuple[Mapping[str, object], ...]
    total: Mapping[str, object]
    conventions: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Export:
    """One format.

    Parameters
    ----------
    name
        The format's name, which is also the suffix of its files.
    says
        One line of description.
    figure
        Writes a worked example; ``None`` if the format has no use for one.
    sheet
        Writes one part of an exercise sheet; ``None`` likewise.
    network
        Writes the table of a network; ``None`` likewise.
    """

    name: str
    says: str
    figure: Callable[[Drawing], bytes] | None = None
    sheet: Callable[[Sheet, Part, Draw], bytes] | None = None
    network: Callable[[NetworkTable], bytes] | None = None
