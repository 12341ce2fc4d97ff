"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from generator.model import Example, Spec
from generator.paper import Sheet
from generator.scene.film import Film, Scene
from generator.scene.theme import Theme

#: The sheet that is handed out, the key that is kept, the worked solutions that come after.
Part: TypeAlias = Literal["sheet", "key", "solutions"]
PARTS: tuple[Part, ...] = ("sheet", "key", "solutions")
PaperSize: TypeAlias = Literal["a4", "letter"]
#: Draws the picture of a spec that stands in an exercise.
Draw: TypeAlias = Callable[[Spec], Film]


@dataclass(frozen=True, slots=True)
class Setup:
    """How sheets are printed; not every format heeds all of it.

    Parameters
    ----------
    paper
        The size of a page.
    site
        The address of the page on which exercises are practised, for the codes on the sheet;
        without it they hold the exercise's id alone.
    fonts
        Folders of fonts for letters that ours lack, such as Arabic or Chinese names.
    """

    paper: PaperSize = "a4"
    site: str = ""
    fonts: tuple[Path, ...] = ()


class WriteSheet(Protocol):
    """Writes one part of a sheet."""

    def __call__(self, sheet: Sheet, part: Part, draw: Draw, setup: Setup = ..., /) -> bytes:
        """Return the bytes of the file."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a film, and it in words."""

    scene: Scene
    says: str


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
        Draws the picture for a canvas: ``slide``, ``page``, ``narrow``.
    theme
        The inks it is drawn with.
    asked
        What else was asked for, in plain values; it travels too.
    width
        Of a picture made of pixels [px]; ``None``: twice the figure's own.
    chosen
        Gives the steps that a film shows, counted from 1; ``None``: one picture.
    """

    example: Example
    spec: dict[str, object]
    command: str
    title: str
    film: Callable[[str], Film]
    theme: Theme
    asked: Mapping[str, object]
    width: int | None
    chosen: Callable[[], Sequence[int] | None]

    @property
    def scene(self) -> Scene:
        """The still picture: the step that was asked for, else the whole."""
        return self.film("slide").still(self.example.spec.step)

    @property
    def shots(self) -> list[Shot]:
        """The pictures of a film, or the only one."""
        chosen = self.chosen()
        if chosen is None:
            step = self.example.spec.step
            return [Shot(self.scene, self.example.steps[step - 1].says if step else "")]
        film, steps = self.film("slide").part(chosen), self.example.steps
        says = (steps[number - 1].says for number in chosen)
        return [Shot(*pair) for pair in zip(film.frames, says, strict=True)]


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
    carried
        Finds what was put into a figure's file to make it again; ``None`` if there is nothing.
    takes
        Which options beside the theme change a figure's file.
    draws
        Whether a figure's file shows its picture; what is drawn is kept.
    reads
        Files beside our drawing code that go into a figure's file.
    parts
        Which parts of a sheet it writes.
    """

    name: str
    says: str
    figure: Callable[[Drawing], bytes] | None = None
    sheet: WriteSheet | None = None
    network: Callable[[NetworkTable], bytes] | None = None
    carried: Callable[[bytes], str | None] | None = None
    takes: frozenset[str] = frozenset()
    draws: bool = False
    reads: tuple[Path, ...] = ()
    parts: tuple[Part, ...] = PARTS
