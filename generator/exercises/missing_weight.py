"""Two weights of a kernel that are lost, found from what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._maps import cells, count, flipped, slid, window_of
from generator.numerals import factor, shown
from generator.paper import Several
from generator.prose import Grid, Prose, Strong, line


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a 2×2 kernel, and its two places that are hidden, counted from 0."""

    x: Wholes
    w: Wholes
    hidden: tuple[tuple[int, int], tuple[int, int]]

    @property
    def lost(self) -> tuple[int, int]:
        """The weights that are hidden."""
        (a, b), (c, e) = self.hidden
        return self.w[a][b], self.w[c][e]


class Row(NamedTuple):
    """What one cell of the map says: `one` and `two` times the lost weights, and `known`, are `y`.

    `at` is the cell's place in the map, counted from 0.
    """

    at: tuple[int, int]
    one: int
    two: int
    known: int
    y: int


Way = Literal["alone", "then", "less"]


def rows(d: Drawn) -> list[Row]:
    """Return what each cell of the map says."""
    (a, b), (c, e) = d.hidden
    kept = tuple(
        tuple(0 if (i, j) in d.hidden else v for j, v in enumerate(row))
        for i, row in enumerate(d.w)
    )
    known, found = slid(d.x, kept), slid(d.x, d.w)
    return [
        Row((i, j), d.x[i + a][j + b], d.x[i + c][j + e], known[i][j], found[i][j])
        for i, j in cells(found)
    ]


def plan(d: Drawn) -> tuple[Way, Row, Row] | None:
    """Return the easiest way to the weights, and the two cells it needs.

    Each weight alone, where the other one meets a 0; one alone and then the other; or two cells
    that are subtracted from each other, because one weight meets the same number in both.
    """
    told = rows(d)
    first = next((r for r in told if r.one and not r.two), None)
    second = next((r for r in told if r.two and not r.one), None)
    both = next((r for r in told if r.one and r.two), None)
    if first and second:
        return "alone", first, second
    if (first or second) and both:
        return ("then", first, both) if first else ("then", second or both, both)
    for r, s in combinations(told, 2):
        if r.one == s.one != 0 and r.two != s.two and not (first or second):
            return "less", r, s
    return None


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a kernel with two holes; level 3 has no zeros that would help."""
    places = dice.shuffled("hidden", [(0, 0), (0, 1), (1, 0), (1, 1)])
    one, two = sorted(places[:2])
    return Drawn(
        x=numbers(dice, "input", (3, 3), 5 if level < 3 else 4, zeros=(3, 2, 0)[level - 1]),
        w=numbers(dice, "kernel", (2, 2), 4, negatives=level - 1),
        hidden=(one, two),
    )


def fair(d: Drawn) -> bool:
    """Tell whether there is a way, and both orders of the weights differ."""
    return plan(d) is not None and d.lost[0] != d.lost[1]


def _plan(d: Drawn) -> tuple[Way, Row, Row]:
    found = plan(d)
    assert found is not None
    return found


def work(d: Drawn) -> Work:
    """Count the products, differences and quotients of the way."""
    return Work({"alone": 6, "then": 8, "less": 10}[_plan(d)[0]], count(d.w, negative=True))


def _solved(d: Drawn, right: Callable[[Row], int]) -> tuple[int, int] | None:
    """Return what solves the plan's two cells when `right` stands on their right hand sides.

    ``None`` if these are no whole numbers.
    """
    _, r, s = _plan(d)
    under = r.one * s.two - s.one * r.two
    over = right(r) * s.two - right(s) * r.two, r.one * right(s) - s.one * right(r)
    if any(each % under for each in over):
        return None
    return over[0] // under, over[1] // under


def closed(d: Drawn) -> tuple[int, int]:
    """Solve the two cells of the plan."""
    found = _solved(d, lambda row: row.y - row.known)
    assert found is not None
    return found


def brute(d: Drawn) -> tuple[int, int]:
    """Try all pairs until the whole map comes out."""
    found, tries = slid(d.x, d.w), range(-5, 6)
    told = [
        (window_of(d.x, i, j, d.w), found[i][j]) for i, j in cells(found)
    ]  # fmt: skip
    (a, b), (c, e) = d.hidden
    kept = [(i, j, d.w[i][j]) for i in range(2) for j in range(2) if (i, j) not in d.hidden]
    sums = [(x[a][b], x[c][e], y - sum(x[i][j] * v for i, j, v in kept)) for x, y in told]
    (pair,) = [
        (p, q) for p in tries for q in tries if all(f * p + g * q == rest for f, g, rest in sums)
    ]
    return pair


def no_division(d: Drawn) -> tuple[int, int] | None:
    """Leave both weights multiplied by what they meet."""
    way, r, s = _plan(d)
    p, q = d.lost
    if way == "less":
        return p, q * (s.two - r.two)
    return (p * (r.one or s.one), q * (s.two or r.two))


def turned_kernel(d: Drawn) -> tuple[int, int] | None:
    """Take the kernel for flipped: each weight meets what its opposite meets."""
    (a, b), (c, e) = d.hidden
    turned = Drawn(d.x, flipped(d.w), ((1 - a, 1 - b), (1 - c, 1 - e)))
    found = slid(d.x, d.w)
    if plan(turned) is None:
        return None
    return _solved(turned, lambda row: found[row.at[0]][row.at[1]] - row.known)


def copied(d: Drawn) -> tuple[int, int]:
    """Take the two cells' numbers for the weights."""
    _, r, s = _plan(d)
    return (r.y, s.y) if r.one else (s.y, r.y)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    blank = tuple(
        tuple(None if (i, j) in d.hidden else v for j, v in enumerate(row))
        for i, row in enumerate(d.w)
    )
    return line(
        "The kernel slides over the input with stride 1, without padding and without being "
        "flipped. Two of its weights are lost. Find them from the feature map: ",
        *(Strong("first"), f" is the one in {_where(d.hidden[0])} of the kernel, "),
        *(Strong("second"), f" the one in {_where(d.hidden[1])}."),
        Grid("Input", d.x),
        Grid("Kernel", blank),
        Grid("Map", slid(d.x, d.w)),
    )


def _where(place: tuple[int, int]) -> str:
    return f"row {place[0] + 1}, column {place[1] + 1}"


def _equation(d: Drawn, row: Row) -> str:
    """Return a cell as an equation; what meets 0 is left out."""
    seen = window_of(d.x, *row.at, d.w)
    names = dict(zip(d.hidden, ("first", "second"), strict=True))
    products = [
        f"{shown(seen[i][j])}·{names.get((i, j)) or factor(d.w[i][j])}"
        for i, j in cells(d.w)
        if seen[i][j]
    ]
    return f"{' + '.join(products)} = {shown(row.y)}"


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    way, r, s = _plan(d)
    nudge = {
        "alone": "Where does one of the lost weights meet a 0? That cell depends on the other.",
        "then": "Where does one of the lost weights meet a 0? Begin there.",
        "less": "Every cell depends on both weights. Which two cells are nearly alike?",
    }[way]
    return (
        line(nudge),
        line(f"Look at {_where(r.at)} and at {_where(s.at)} of the map."),
        line(f"They say: {_equation(d, r)}, and {_equation(d, s)}."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Solve the two cells."""
    way, r, s = _plan(d)
    p, q = d.lost
    zeros = any(0 in row for each in (r, s) for row in window_of(d.x, *each.at, d.w))
    start = line(
        f"{_where(r.at).capitalize()} of the map says {_equation(d, r)}, and {_where(s.at)} says "
        f"{_equation(d, s)}.{' A weight that meets a 0 is left out.' if zeros else ''}"
    )
    if way == "less":
        one, two = r.y - r.known, s.y - s.known
        steps = [
            line(f"The known products come off: {shown(r.y)} − {factor(r.known)} = {shown(one)} "
                 f"and {shown(s.y)} − {factor(s.known)} = {shown(two)} are left."),
            line(f"Both have {r.one}·first. So the difference comes from the second alone: "
                 f"{shown(s.two - r.two)} times it is {shown(two)} − {factor(one)} = "
                 f"{shown(two - one)}."),
            line(f"The second is {shown(two - one)} / {factor(s.two - r.two)} = {shown(q)}."),
            _last(r, "first", one, q * r.two, p),
        ]  # fmt: skip
        return (start, *steps, _end(d))
    name, weight, other = ("first", p, q) if r.one else ("second", q, p)
    last = _last(s, "second" if r.one else "first", s.y - s.known, 0, other)
    if way == "then":
        meets = (s.one if r.one else s.two) * weight
        last = _last(s, "second" if r.one else "first", s.y - s.known, meets, other)
    return (start, _last(r, name, r.y - r.known, 0, weight), last, _end(d))


def _last(row: Row, name: str, rest: int, other: int, weight: int) -> Prose:
    """Take off what is known, then divide by what the weight meets."""
    meets = row.one if name == "first" else row.two
    known = f"{shown(row.y)} − {factor(row.known)}" + (f" − {factor(other)}" if other else "")
    product = rest - other
    why = ", with the weight that is found," if other else ""
    return line(
        f"In {_where(row.at)} the known products{why} come off: {known} = {shown(product)}. The "
        f"{name} weight meets {meets}, so it is {shown(product)} / {meets} = {shown(weight)}."
    )


def _end(d: Drawn) -> Prose:
    p, q = d.lost
    return line("So ", Strong(f"first is {shown(p)} and second is {shown(q)}"), ".")


FAMILY = Family(
    name="missing-weight",
    title="Lost weights of the kernel",
    version=1,
    says="two weights of a kernel that are lost, from the input and the feature map",
    page="convolution/convolution.md",
    rows=(14,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(6, 0), Work(8, 1), Work(10, 2)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "not divided",
            lambda d: None if no_division(d) == d.lost else no_division(d),
            "You stopped at the products. Each is a weight times the number it meets: divide.",
        ),
        Slip(
            "known weights left out", lambda d: _solved(d, lambda row: row.y),
            "You left out the products of the weights that are known. Subtract them from the "
            "map's number first.",
        ),
        Slip(
            "added instead of subtracted", lambda d: _solved(d, lambda row: row.y + row.known),
            "You added the known products to the map's number. They are part of it: subtract them.",
        ),
        Slip(
            "kernel flipped", turned_kernel,
            "You turned the kernel by 180°. Every weight meets the number in its own place.",
            "convolution/flip.md", yields=True,
        ),
        Slip(
            "order swapped", lambda d: d.lost[::-1],
            "You mixed up the two. The first is the one that is named first.",
        ),
        Slip(
            "signs lost",
            lambda d: (abs(d.lost[0]), abs(d.lost[1])) if min(d.lost) < 0 else None,
            "You lost a sign. A weight is negative when its product is.",
            yields=True,
        ),
        Slip(
            "map numbers copied", copied,
            "You took over numbers of the map. Each is the sum of a whole window.",
            yields=True,
        ),
    ), form=Several(("first", "second")), points=(3, 4, 5)),),
)  # fmt: skip
