"""A picture before and after: find the kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from generator.dice import Dice
from generator.engine.named import NAMED
from generator.exercises._draw import Wholes
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._maps import flipped
from generator.exercises._pictures import (
    KEPT,
    SIDE,
    differ,
    filtered,
    filtered_by_hand,
    over,
    pattern,
    shown_as_picture,
)
from generator.numerals import shown
from generator.prose import Prose, Strong, line

_PAGE = "convolution/filters.md"
#: What is chosen from: kernels that look different, then similar ones, then the same turned.
_POOLS = (
    ("identity", "box-blur", "sharpen", "laplacian-8", "sobel-x", "sobel-y"),
    ("box-blur", "gaussian", "sharpen", "laplacian-4", "laplacian-8", "emboss", "prewitt-x",
     "prewitt-y"),
    ("sobel-x", "sobel-x turned", "sobel-y", "sobel-y turned", "prewitt-x", "prewitt-y"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, the kernel that was used, and those that are offered beside it."""

    x: Wholes
    kernel: str
    offered: tuple[str, ...]


@cache
def weights(name: str) -> tuple[Wholes, int]:
    """Return a kernel by its name as whole numbers and what stands under all of them.

    >>> weights("sobel-x turned")
    (((1, 0, -1), (2, 0, -2), (1, 0, -1)), 1)
    """
    kernel = NAMED[name.removesuffix(" turned")]
    rows = flipped(kernel.numerators) if name.endswith(" turned") else kernel.numerators
    return rows, kernel.denominator


def made(d: Drawn, name: str) -> Wholes:
    """Return what a kernel makes of the picture."""
    return filtered(d.x, *weights(name))


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a picture and four kernels; at level 3 edges are so low that Sobel stays below 255."""
    four = dice.shuffled("kernels", _POOLS[level - 1])[:4]
    contrast = (3, 6) if level == 3 else (8, 18)
    return Drawn(pattern(dice, contrast), four[0], tuple(sorted(four[1:])))


def fair(d: Drawn) -> bool:
    """Tell whether every wrong kernel would make a picture that looks different."""
    right = made(d, d.kernel)
    return all(differ(right, made(d, name)) for name in d.offered)


def brute(d: Drawn) -> str:
    """Run all four kernels, and look for the picture that is shown."""
    after = made(d, d.kernel)
    (name,) = [
        name
        for name in (d.kernel, *d.offered)
        if filtered_by_hand(d.x, *weights(name)) == after
    ]  # fmt: skip
    return name


def says(name: str) -> str:
    """Return what a kernel does, as the end of a sentence.

    >>> says("identity"), says("sobel-y turned")
    ('keeps every pixel as it is', 'shows where it gets darker downwards')
    """
    if name.endswith(" turned"):
        name = name.removesuffix(" turned")
        way = "to the right" if name.endswith("x") else "downwards"
        return f"shows where it gets darker {way}"
    told = NAMED[name].says.rstrip(".")
    return f"{told[0].lower()}{told[1:]}"


def telling(d: Drawn, other: str) -> tuple[int, int]:
    """Return the pixel at which two kernels differ most, counted from 0."""
    one, two = (sum(made(d, name), ()) for name in (d.kernel, other))
    far = [abs(a - b) for a, b in zip(one, two, strict=True)]
    i, j = divmod(far.index(max(far)), SIDE)
    return i, j


def _taken(name: str) -> Slip[Drawn]:
    """Return the slip of somebody who takes it for this kernel."""

    def told(d: Drawn) -> str:
        i, j = telling(d, name)
        one, two = (made(d, each)[i][j] for each in (d.kernel, name))
        return (
            f"You chose {name}, which {says(name)}. In row {i + 1}, column {j + 1} it would make "
            f"{two}, not {one}."
        )

    compute: Callable[[Drawn], str | None] = lambda d: name if name in d.offered else None  # noqa: E731
    return Slip(f"taken for {name}", compute, told)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        "A kernel was used on this picture:",
        shown_as_picture(d.x),
        "The result:",
        shown_as_picture(made(d, d.kernel)),
        *(Strong("Which kernel"), f" was it? {KEPT}"),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    total = sum(map(sum, weights(d.kernel)[0]))
    even = (
        "Even areas turned black: the weights add up to 0."
        if total == 0
        else "Even areas kept their grey: the weights add up to 1."
    )
    i, j = telling(d, d.offered[0])
    return (
        line("What became of the even areas, and what of the edges?"),
        line(even),
        line(
            f"Take one pixel and try the kernels on it: in row {i + 1}, column {j + 1} the result "
            f"has {made(d, d.kernel)[i][j]}."
        ),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Say what the kernel does, and check the pixels that rule the others out."""
    right = made(d, d.kernel)
    steps = [line(f"It was {d.kernel}, which {says(d.kernel)}.", *show(d, d.kernel)[1:])]
    for name in d.offered:
        i, j = telling(d, name)
        other = made(d, name)[i][j]
        steps.append(line(
            f"Not {name}: in row {i + 1}, column {j + 1} it would make {shown(other)}; the picture "
            f"has {shown(right[i][j])} there."
        ))  # fmt: skip
    return tuple(steps)


def show(_: Drawn, name: str) -> Prose:
    """Show an option: a name and the weights."""
    return line(Strong(name), over(*weights(name)))


_ALL = tuple(dict.fromkeys(name for pool in _POOLS for name in pool))
FAMILY = Family(
    name="which-kernel",
    title="Which kernel was it?",
    version=1,
    says="the kernel that turned one small picture into another",
    page=_PAGE,
    rows=(17,),
    draw=draw,
    fair=fair,
    work=lambda _: Work(4),
    cost=(Work(4), Work(4), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            lambda d: d.kernel,
            brute,
            tuple(map(_taken, _ALL)),
            form=Options(show=show),
        ),
    ),
)
