"""What may be asked of a figure's files besides its numbers; it travels with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from generator.errors import Problem, wrong
from generator.scene.film import Film
from generator.scene.theme import THEMES
from generator.spec.build import build, shown_values
from generator.spec.fields import Choice, Field, Flag, Whole, fields_of, param, whole

#: No screen has more [px], and a film of such frames still fits the memory.
WIDEST = 4096


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps of a film, counted from 1; without a `last`, to the end.

    >>> str(Stretch(1, 3)), str(Stretch(2, 2)), str(Stretch(4))
    ('1-3', '2', '4-')
    """

    first: int
    last: int | None = None

    def impossible(self, film: Film, step: int | None) -> Iterable[Problem]:
        """Yield why a film does not have these steps, or a figure no film."""
        if film.count < 2:
            yield Problem("", "steps", str(self), "none; this figure is a single picture")
        elif step is not None:
            wanted = f"none beside step {step}, which is one picture"
            yield Problem("", "steps", str(self), wanted)
        elif max(self.first, self.last or 0) > film.count:
            yield Problem("", "steps", str(self), f"at most {film.count}, the number of steps")

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return f"{self.first}-{'' if self.last is None else self.last}"


class StretchField(Field[Stretch]):
    """Some of the steps: ``2``, ``1-3``, ``4-``."""

    metavar: ClassVar[str] = "STEPS"

    def parse(self, value: object) -> Stretch:
        """Read a step, or the first and the last one."""
        wanted = "steps such as 2, 1-3 or 4-"
        if isinstance(value, Stretch):
            return value
        if isinstance(value, (list, tuple, dict, bool, float)) or value is None:
            raise wrong(value, wanted)
        first, dash, last = str(value).strip().partition("-")
        if not first.strip().isdecimal() or not (last.strip().isdecimal() or not last.strip()):
            raise wrong(value, wanted)
        start = whole(first.strip(), 1)
        end = whole(last.strip(), 1) if last.strip() else None if dash else start
        if end is not None and end < start:
            raise wrong(value, "the first step before the last one, such as 1-3")
        return Stretch(start, end)

    def show(self, value: Stretch) -> object:
        """Show it as it is written."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Options:
    """How a figure is put into files.

    Examples
    --------
    >>> options({"steps": "1-3", "width": 1600})
    Options(theme='light', width=1600, steps=Stretch(first=1, last=3), still=False)
    """

    theme: str = param(Choice("light, dark, print or colour-blind", list(THEMES)), "light")
    width: int | None = param(
        Whole("width of .png, .gif and .webp [px]; twice the figure's own", least=64, most=WIDEST),
        None,
    )
    steps: Stretch | None = param(
        StretchField("steps that a film or a PDF holds: 2, 1-3, 4-; all, or some of over 100"),
        None,
    )
    still: bool = param(Flag("the whole in one picture instead of a film"), False)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not go together."""
        if self.still and self.steps:
            yield Problem("", "still", f"steps {self.steps} too", "either one picture or steps")

    def stretch(self, film: Film, step: int | None) -> tuple[int, int] | None:
        """Return the first and last step that a film shows; ``None`` for a single picture.

        >>> Options(steps=Stretch(4)).stretch(Film("", "", lambda: ..., lambda step: ..., 9), None)
        (4, 9)
        """
        if self.still or step is not None or film.count < 2:
            return None
        if self.steps is None:
            return 1, film.count
        return self.steps.first, self.steps.last or film.count


#: The options by name, with help for each.
OPTIONS: dict[str, Field[Any]] = fields_of(Options)


def options(values: Mapping[str, object]) -> Options:
    """Return the checked options; raise :class:`UserError` with all that is wrong with them."""
    return build(Options, values)


def changed(old: Options, given: Mapping[str, object]) -> Options:
    """Return the options that a file came with, where nothing else is asked now.

    >>> changed(Options(steps=Stretch(1, 3)), {"still": True}).steps is None
    True
    """
    asked = {name: value for name, value in given.items() if value is not None}
    kept = mapping(old)
    if asked.get("steps") is not None:
        kept.pop("still", None)
    if asked.get("still"):
        kept.pop("steps", None)
    return options({**kept, **asked})


def single(old: Options) -> Options:
    """Return the options of one step's picture: what was a film before is none any more.

    >>> single(Options("dark", steps=Stretch(1, 3)))
    Options(theme='dark', width=None, steps=None, still=False)
    """
    return replace(old, steps=None, still=False)


def mapping(made: Options) -> dict[str, object]:
    """Return what differs from the defaults, in plain values.

    >>> mapping(Options("dark", steps=Stretch(2, 2)))
    {'theme': 'dark', 'steps': '2'}
    """
    return shown_values(made)


def argv(made: Options) -> list[str]:
    """Return the same as words of a shell command.

    >>> argv(Options("dark", still=True))
    ['--theme', 'dark', '--still']
    """
    words = []
    for name, value in mapping(made).items():
        words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    return words
