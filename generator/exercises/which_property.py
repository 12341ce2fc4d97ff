"""Which property of images, or of networks, a situation is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.dice import Dice
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._offered import offer, only_offered
from generator.exercises._situations import (
    BENT,
    COMPOSED,
    EQUIVARIANT,
    INVARIANT,
    LOCAL,
    SITUATIONS,
    STATIONARY,
    TURNED,
)
from generator.prose import Prose, Strong, line

_LOCALITY = "images/locality.md"
_TRANSLATION = "images/translation.md"
_SHARED = "convolution/shared-weights.md"

#: What each of them says.
_MEANS = {
    LOCAL: "pixels that are close together belong together",
    STATIONARY: "the same patterns occur everywhere, so the same weights fit everywhere",
    COMPOSED: "large things are made of smaller parts",
    EQUIVARIANT: "when the input moves, the output moves along",
    INVARIANT: "when the input moves, the output stays the same",
    TURNED: "when the input turns, the output stays the same",
    BENT: "when the input is bent a little, the output hardly changes",
}
#: Words that give each of them away, to a reader who does not know the table of situations.
_CUES = {
    LOCAL: r"next to|neighbour|far apart|close together|nearby",
    STATIONARY: r"any part of the image|same weights|every place|everywhere|in another",
    COMPOSED: r"made of|combin|put together|builds on|smaller parts",
    EQUIVARIANT: r"moves? along|shifted by the same|along with it|shifts too",
    INVARIANT: r"wherever it (?:is|stands)|still says|stays what it was|same score",
    TURNED: r"turned by|degrees",
    BENT: r"stretched|slanted|bent|wider",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A situation, its numbers, and the wrong options, by name.

    >>> d = Drawn(6, (2, 40, 3), ())
    >>> closed(d), brute(d)
    ('translation equivariance', 'translation equivariance')
    """

    situation: int
    numbers: tuple[int, ...]
    offered: tuple[str, ...]

    @property
    def text(self) -> str:
        """The situation in words."""
        return SITUATIONS[self.situation].text(*self.numbers)


def closed(d: Drawn) -> str:
    """Return what the situation is about."""
    return SITUATIONS[d.situation].about


def brute(d: Drawn) -> str:
    """Read the text without knowing the situation, and take what it gives away."""
    (found,) = [name for name, cues in _CUES.items() if re.search(cues, d.text)]
    return found


def prompt(d: Drawn) -> Prose:
    """Tell it, and ask."""
    asks = d.text.endswith("?")
    return line(d.text, "" if asks else " Which property does this show?")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if closed(d) in (LOCAL, STATIONARY, COMPOSED):
        return (
            line("Is something moved here, or is this about how images are built?"),
            line(
                "Nothing is moved. Is it about what is near, what repeats, or what makes up what?"
            ),
        )
    return (
        line("What is done to the input, and what happens to the output?"),
        line("Does the output go with the input, or does it stay as it is?"),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Say what the property means, and what would have been a sign of the others."""
    right = closed(d)
    others = "; ".join(f"{name}: {_MEANS[name]}" for name in _names(d))
    return (
        line("Here the point is: ", Strong(_MEANS[right]), "."),
        line(f"The other options mean something else. {others[0].upper()}{others[1:]}."),
        line("So it is ", Strong(right), "."),
    )


def _names(d: Drawn) -> list[str]:
    return [name for name in _MEANS if f"taken for {name}" in d.offered]


def _option(d: Drawn, name: str) -> Prose:
    """Show a property, at the first level with what it says."""
    means = f": {_MEANS[name]}" if SITUATIONS[d.situation].level == 1 else ""
    return line(f"{name[0].upper()}{name[1:]}{means}")


def _also(name: str) -> Callable[[Drawn], str | None]:
    """Return a mistake: the property, unless it is the right one."""
    return lambda d: name if closed(d) != name else None


def _confused(name: str, says: str, page: str) -> Slip[Drawn]:
    return Slip(f"taken for {name}", _also(name), says, page)


_SLIPS = (
    _confused(
        EQUIVARIANT,
        "You chose equivariance. That means: the input moves, and the output moves along by as "
        "much. Look for both moves.",
        _TRANSLATION,
    ),
    _confused(
        INVARIANT,
        "You chose invariance under translation. That means: the input moves, and the output does "
        "not change at all.",
        _TRANSLATION,
    ),
    _confused(
        LOCAL,
        "You chose locality. It is about distance: what is near belongs together, what is far does "
        "not.",
        _LOCALITY,
    ),
    _confused(
        STATIONARY,
        "You chose stationarity. It says that patterns repeat all over the image, which is why "
        "weights can be shared.",
        _SHARED,
    ),
    _confused(
        COMPOSED,
        "You chose compositionality. It says that wholes are made of parts, which is why layers "
        "are stacked.",
        _LOCALITY,
    ),
    _confused(
        TURNED,
        "You chose rotation invariance. Nothing is turned here, and a convolution does not give "
        "it for free.",
        _LOCALITY,
    ),
    _confused(
        BENT,
        "You chose robustness to deformation. Nothing is stretched or slanted here.",
        _LOCALITY,
    ),
)  # fmt: skip


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a situation: level 1 shows it, level 2 asks what justifies a design, level 3 measures.

    The property is drawn first, so that each is the answer as often as any other.
    """
    there = [i for i, each in enumerate(SITUATIONS) if each.level == level]
    # What nothing in the lower levels is about would be thrown out at a glance.
    slips = _SLIPS if level == 3 else _SLIPS[:5]
    about = dice.pick("about", sorted({SITUATIONS[i].about for i in there}))
    situation = dice.pick("situation", [i for i in there if SITUATIONS[i].about == about])
    ranges = SITUATIONS[situation].ranges
    d = Drawn(situation, tuple(dice.whole("number", low, high) for low, high in ranges), ())
    return replace(d, offered=offer(dice, d, slips, closed(d)))


FAMILY = Family(
    name="which-property",
    title="Which property is it?",
    version=1,
    says="locality, stationarity, compositionality, equivariance or invariance in a situation",
    page=_LOCALITY,
    rows=(12,),
    draw=draw,
    # Nothing is computed: the levels differ in what has to be understood.
    work=lambda d: Work(SITUATIONS[d.situation].level),
    cost=(Work(1), Work(2), Work(3)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        closed, brute, only_offered(_SLIPS),
        Options(_option),
        points=(1, 1, 2),
    ),),
)  # fmt: skip
