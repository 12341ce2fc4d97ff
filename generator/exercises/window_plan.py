"""The other way round: kernel, stride and padding that turn one size into another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.paper import Several
from generator.prose import Prose, Strong, line

_PADDING = "convolution/padding.md"
#: Kernel, stride, padding.
Plan: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two sizes, and the largest kernel, stride and padding that may be used.

    >>> right(Drawn(7, 4, (3, 2, 1), whole=False))
    ((3, 2, 1), (2, 2, 1))
    """

    size: int
    output: int
    most: Plan
    whole: bool


def draw(dice: Dice, level: int) -> Drawn:
    """Draw two sizes: close together, then one a half or a third, then with nothing left over."""
    size = dice.whole("size", 12, 96)
    kernel, padding = dice.whole("kernel", 5, 9), dice.whole("padding", 1, 3)
    stride = 2 if level == 1 else dice.whole("stride", 3, 4)
    by = 1 if level == 1 else dice.whole("by", 2, 3)
    change = dice.whole("change", -3, kernel - 1) if level == 1 else dice.whole("change", 0, 2)
    return Drawn(size, size // by - change, (kernel, stride, padding), level == 3)


def fair(d: Drawn) -> bool:
    """Tell whether there are some ways, but not so many that any guess is right."""
    return d.output > 2 and d.output != d.size and 1 <= len(right(d)) <= 8


@lru_cache(maxsize=64)
def plans(most: Plan) -> tuple[Plan, ...]:
    """Return all that is allowed, the most usual first: odd kernels, little padding."""
    kernel, stride, padding = most
    found = [
        (k, s, p)
        for k in range(2, kernel + 1)
        for s in range(1, stride + 1)
        for p in range(min(padding, k - 1) + 1)
    ]
    return tuple(sorted(found, key=lambda plan: (plan[0] % 2 == 0, plan)))


@lru_cache(maxsize=4)
def right(d: Drawn) -> tuple[Plan, ...]:
    """Return every plan that is right, by counting where a window may begin."""
    found = []
    for k, s, p in plans(d.most):
        begins = range(0, d.size + 2 * p - k + 1, s)
        if len(begins) == d.output and (not d.whole or begins[-1] == d.size + 2 * p - k):
            found.append((k, s, p))
    return tuple(found)


def closed(d: Drawn) -> Plan:
    """Return a plan by the formula."""
    return next(
        (k, s, p)
        for k, s, p in reversed(plans(d.most))
        if (d.size - k + 2 * p) // s + 1 == d.output and not (d.whole and (d.size - k + 2 * p) % s)
    )


def prompt(d: Drawn) -> Prose:
    """Ask."""
    kernel, stride, padding = d.most
    whole = "Behind the last window no row or column may be left over. " if d.whole else ""
    return line(
        f"A layer is to turn an input of {d.size} × {d.size} cells into a feature map of "
        f"{d.output} × {d.output}. Give a ",
        Strong("kernel size, a stride and a padding"),
        f" that do it. The kernel is square, from 2 to {kernel}; the stride is from 1 to {stride}; "
        f"the zero padding, on all four sides, is from 0 to {padding} and smaller than the kernel. "
        f"{whole}Every right answer counts.",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    k, s, _ = right(d)[0]
    times = d.size / d.output
    near = "about as large" if s == 1 else f"about {round(times)} times as large"
    return (
        line("Which stride makes the map about as large as it should be?"),
        line(f"The input is {near} as the map. With stride {s}, {d.output} windows need "
             f"{d.output - 1} moves of {s}."),
        line(f"With a kernel of {k}, how much padding is needed?"),
    )  # fmt: skip


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Choose a stride and a kernel, and see what padding is left to choose."""
    k, s, p = right(d)[0]
    moves, room = d.output - 1, d.size + 2 * p - k
    rest = room - moves * s
    left = "nothing is left over" if not rest else f"{rest} left over"
    more = len(right(d)) - 1
    others = ", ".join(f"({k}, {s}, {p})" for k, s, p in right(d)[1:])
    steps = [
        line(f"{d.output} windows are {d.output} − 1 = {moves} moves. "
             f"With stride {s} they need {moves}·{s} = {moves * s} cells."),
        line(f"A kernel of {k} covers {k}, so the padded input must have {moves * s} + {k} = "
             f"{moves * s + k} cells{'' if s == 1 or d.whole else _at_most(d, moves * s + k, s)}."),
        line(f"With a padding of {p} it has {d.size} + 2·{p} = {d.size + 2 * p}: {left}. "
             f"Kernel {k}, stride {s}, padding {p}.",
             figure("output-size", size=d.size, kernel=k, stride=s, padding=p)),
    ]  # fmt: skip
    if more:
        steps.append(line(f"Other right answers (kernel, stride, padding): {others}."))
    return tuple(steps)


def _at_most(d: Drawn, least: int, stride: int) -> str:
    return f", or up to {stride - 1} more, which are left over"


def solving(
    d: Drawn, size: Callable[[int, int, int, int], int], least: Plan = (2, 1, 0)
) -> Plan | None:
    """Return the first plan that gives the output by a mistaken formula, and is not right."""
    known, (_, stride, padding) = right(d), least
    for k, s, p in plans(d.most):
        # The formula first: few plans are left after it.
        if size(d.size, k, s, p) == d.output and s >= stride and p >= padding:
            plan = (k, s, p)
            if k >= least[0] and plan not in known:
                return plan
    return None


def left_over(d: Drawn) -> Plan | None:
    """Let some rows behind the last window be unread."""
    return solving(d, lambda w, k, s, p: (w - k + 2 * p) // s + 1) if d.whole else None


FAMILY = Family(
    name="window-plan",
    title="A layer for two sizes",
    version=1,
    says="a kernel, a stride and a padding that turn one size into another; all right ones count",
    page="convolution/output-size.md",
    rows=(21,),
    draw=draw,
    fair=fair,
    # Sums, products and quotients to check one plan; at level 3 the rest is looked at too.
    work=lambda d: Work(5 if d.whole else 4),
    cost=(Work(4), Work(4), Work(5)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, lambda d: right(d)[0], (
        Slip(
            "+1 forgotten", lambda d: solving(d, lambda w, k, s, p: (w - k + 2 * p) // s),
            lambda d: f"You counted the moves. {d.output} windows have {d.output - 1} moves "
            "between them; your layer gives one row and one column more.",
        ),
        Slip(
            "padding on one side only",
            lambda d: solving(d, lambda w, k, s, p: (w - k + p) // s + 1, (2, 1, 1)),
            "You added the padding once. It lies on all four sides, so it counts twice along "
            "each axis.",
            _PADDING, yields=True,
        ),
        Slip(
            "cells left over", left_over,
            "You left cells over behind the last window. Here the stride must divide the room "
            "to move.",
            "convolution/stride.md", yields=True,
        ),
        Slip(
            "rounded up",
            lambda d: solving(d, lambda w, k, s, p: -(-(w - k + 2 * p) // s) + 1, (2, 2, 0)),
            "You rounded up. A window that would hang over the edge has no position.",
            yields=True,
        ),
        Slip(
            "stride ignored",
            lambda d: solving(d, lambda w, k, s, p: w - k + 2 * p + 1, (2, 2, 0)),
            "You counted every position. With a stride above 1 the window leaves positions out.",
            "convolution/stride.md", yields=True,
        ),
        Slip(
            "kernel left out", lambda d: solving(d, lambda w, k, s, p: w // s, (3, 2, 0)),
            "You divided the input by the stride. The first window takes up a kernel's size "
            "before any move.",
            yields=True,
        ),
        Slip(
            "padding forgotten",
            lambda d: solving(d, lambda w, k, s, p: (w - k) // s + 1, (2, 1, 1)),
            "You counted on the bare input, though you gave a padding. It makes the input larger.",
            _PADDING, yields=True,
        ),
    ), Several(("kernel", "stride", "padding")), also=lambda d: right(d)[1:]),),
)  # fmt: skip
