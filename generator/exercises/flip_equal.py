"""For which kernel convolution and cross-correlation agree: symmetry by half a turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._figure import spec
from generator.exercises._maps import dealt, flipped
from generator.numerals import shown
from generator.prose import Figure, Grid, Prose, Strong, line
from generator.spec.matrix import Matrix as Numbers

_PAGE = "convolution/flip.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Numbers that the kernels are made from, and what is asked for.

    ``equal``: both ways give the same map; ``opposite``: one map is the other's negative.
    """

    w: Wholes
    asked: Literal["equal", "opposite"]


def half_turn(w: Wholes, sign: int = 1) -> Wholes:
    """Return a kernel that half a turn leaves as it is, or negates.

    >>> half_turn(((1, 2, 3), (4, 5, 6), (7, 8, 9)))
    ((1, 2, 3), (4, 5, 4), (3, 2, 1))
    """
    (a, b, c), (d, e, _), _ = w
    middle = e if sign == 1 else 0
    return (a, b, c), (d, middle, sign * d), (sign * c, sign * b, sign * a)


def left_right(w: Wholes, sign: int = 1) -> Wholes:
    """Return a kernel whose mirror image it is, or its negative.

    >>> left_right(((1, 2, 3), (4, 5, 6), (7, 8, 9)))
    ((1, 2, 1), (4, 5, 4), (7, 8, 7))
    """
    return tuple((a, b if sign == 1 else 0, sign * a) for a, b, _ in w)


def diagonal(w: Wholes, sign: int = 1) -> Wholes:
    """Return a kernel that is its own transpose, or its negative.

    >>> diagonal(((1, 2, 3), (4, 5, 6), (7, 8, 9)))
    ((1, 2, 3), (2, 5, 6), (3, 6, 9))
    """
    (a, b, c), (_, e, f), (_, _, i) = w
    if sign == 1:
        return (a, b, c), (b, e, f), (c, f, i)
    return (0, b, c), (-b, 0, f), (-c, -f, 0)


def lopsided(w: Wholes) -> Wholes:
    """Return a kernel whose first row and last row are alike, and nothing else."""
    return w[0], w[1], w[0]


def draw(dice: Dice, level: int) -> Drawn:
    """Draw: level 2 has negative weights, level 3 asks for maps that are each other's negatives."""
    w = numbers(dice, "kernel", (3, 3), 6, negatives=0 if level == 1 else 3)
    # What level 3 makes of them never shows the last row but for its first number.
    if level == 3:
        return Drawn((*w[:2], (w[2][0], 0, 0)), "opposite")
    return Drawn(w, "equal")


def _sign(d: Drawn) -> int:
    return 1 if d.asked == "equal" else -1


def _candidates(d: Drawn) -> tuple[Wholes, ...]:
    made: tuple[Callable[[Wholes, int], Wholes], ...] = (half_turn, left_right, diagonal)
    return (*(make(d.w, _sign(d)) for make in made), *_others(d))


def _others(d: Drawn) -> tuple[Wholes, ...]:
    negative = half_turn(d.w, -_sign(d))
    return (lopsided(d.w),) if d.asked == "equal" and min(map(min, d.w)) > 0 else (negative,)


def fair(d: Drawn) -> bool:
    """Tell whether no kernel has the asked symmetry but one, and all differ."""
    made = _candidates(d)
    sign = _sign(d)
    agree = [w for w in made if flipped(w) == tuple(tuple(sign * v for v in row) for row in w)]
    return len(set(made)) == 4 and len(agree) == 1


#: A picture with one bright cell: its map is the kernel itself, turned or not.
_SPOT = tuple(tuple(int((i, j) == (2, 2)) for j in range(5)) for i in range(5))


def brute(d: Drawn) -> Wholes:
    """Run every kernel both ways over a single spot, and compare the maps."""
    sign = _sign(d)
    (found,) = [
        w for w in _candidates(d)
        if dealt(_SPOT, flipped(w)) == tuple(tuple(sign * v for v in r) for r in dealt(_SPOT, w))
    ]  # fmt: skip
    return found


def prompt(d: Drawn) -> Prose:
    """Ask."""
    what = {
        "equal": ("the same", ""),
        "opposite": ("opposite", ": every number of one is the other's with the sign changed"),
    }[d.asked]
    return line(
        "A kernel slides over an image once by cross-correlation and once by true convolution, "
        "which turns it by 180° first. For which kernel are the two maps ",
        Strong(what[0]),
        f"{what[1]}, whatever the image?",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    same = "the same kernel" if d.asked == "equal" else "the same kernel with all signs changed"
    return (
        line("What does the kernel look like after it was turned by 180°?"),
        line(f"The maps are {d.asked} if the turn gives {same}."),
        line(
            "A turn by 180° takes the upper left weight to the lower right, and the upper right "
            "to the lower left. Compare these pairs, then the middles of opposite sides."
        ),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Turn the right kernel, and show the two maps."""
    right = half_turn(d.w, _sign(d))
    same = "the same" if d.asked == "equal" else "the same with all signs changed"
    rest = (
        "A kernel that is only mirrored into itself, left to right or along the diagonal, changes "
        "when it is turned."
    )
    return (
        line("Turn the kernel by 180°: reverse the order of the rows, and each row."),
        line(
            f"For this one the result is {same}, so the two maps are {d.asked}:",
            Grid("Kernel", right),
            Grid("Turned", flipped(right)),
        ),
        line(rest, Figure(spec("cross-correlation", input=Numbers(_SPOT), kernel=Numbers(right)))),
    )


def _negative(d: Drawn) -> Wholes | None:
    others = _others(d)[0]
    return None if others == lopsided(d.w) else others


FAMILY = Family(
    name="flip-equal",
    title="When flipping changes nothing",
    version=1,
    says="the kernel for which convolution and cross-correlation give the same map",
    page=_PAGE,
    rows=(16,),
    draw=draw,
    fair=fair,
    work=lambda _: Work(4),
    cost=(Work(4), Work(4), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        lambda d: half_turn(d.w, _sign(d)),
        brute,
        (
            Slip(
                "mirror image taken for a turn", lambda d: left_right(d.w, _sign(d)),
                lambda d: "You compared left and right. The turn swaps top and bottom too: "
                f"{shown(d.w[0][0])} in the upper left corner goes to the lower right.",
            ),
            Slip(
                "transposing taken for a turn", lambda d: diagonal(d.w, _sign(d)),
                "You compared rows with columns. To transpose keeps the upper left corner in its "
                "place; a turn by 180° does not.",
            ),
            Slip(
                "sign overlooked", _negative,
                lambda d: "You overlooked the signs. Turned by 180° this kernel is its own "
                "negative, so the maps are opposite." if d.asked == "equal" else
                "You overlooked the signs. Turned by 180° this kernel stays the same, and so does "
                "the map.",
            ),
            Slip(
                "only the order of rows compared",
                lambda d: lopsided(d.w) if _negative(d) is None else None,
                "You compared the first row with the last. The turn also reverses each row.",
            ),
        ),
        form=Options(show=lambda _, w: (Grid("Kernel", w),)),
    ),),
)  # fmt: skip
