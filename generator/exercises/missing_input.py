"""The number of an input that nobody can read any more, found from the feature map."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._maps import cells, flipped, ones, plus, slid, unsigned, window_of
from generator.numerals import factor, shown
from generator.prose import Grid, Prose, Strong, line

_PAGE = "convolution/convolution.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, the place that is hidden, and the cells of the map that are shown.

    Places are counted from 0; 0, 0 is the upper left corner.
    """

    x: Wholes
    w: Wholes
    stride: int
    hidden: tuple[int, int]
    known: tuple[tuple[int, int], ...]

    @property
    def value(self) -> int:
        """The number that is hidden."""
        return self.x[self.hidden[0]][self.hidden[1]]

    @property
    def blanked(self) -> Wholes:
        """The input with 0 for the number that is hidden."""
        return put(self.x, self.hidden, 0)

    def weight(self, cell: tuple[int, int]) -> int:
        """Return what the hidden number is multiplied by in a cell; 0 if its window misses it."""
        a, b = self.hidden[0] - cell[0] * self.stride, self.hidden[1] - cell[1] * self.stride
        inside = 0 <= a < len(self.w) and 0 <= b < len(self.w[0])
        return self.w[a][b] if inside else 0

    @property
    def cell(self) -> tuple[int, int] | None:
        """The first cell of the map that tells the hidden number."""
        return next((cell for cell in self.known if self.weight(cell)), None)


def put(rows: Wholes, at: tuple[int, int], value: int) -> Wholes:
    """Return rows with another number at a place.

    >>> put(((1, 2), (3, 4)), (1, 0), 9)
    ((1, 2), (9, 4))
    """
    row = rows[at[0]]
    changed = (*row[: at[1]], value, *row[at[1] + 1 :])
    return (*rows[: at[0]], changed, *rows[at[0] + 1 :])


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a hole: level 2 has negative weights, level 3 stride 2 and holes in the map too."""
    side, size, stride = ((2, 3, 1), (3, 4, 1), (3, 5, 2))[level - 1]
    zeros, negatives = ((0, 0), (4, 2), (3, 3))[level - 1]
    places = dice.shuffled("cells", [(i, j) for i in range(2) for j in range(2)])
    return Drawn(
        x=numbers(dice, "input", (size, size), 9),
        w=numbers(dice, "kernel", (side, side), 3, zeros=zeros, negatives=negatives),
        stride=stride,
        hidden=(dice.whole("row", 0, size - 1), dice.whole("column", 0, size - 1)),
        known=tuple(sorted(places[: 2 if level == 3 else 4])),
    )


def fair(d: Drawn) -> bool:
    """Tell whether the first cell that tells the number has a weight that must be divided by."""
    return d.cell is not None and abs(d.weight(d.cell)) > 1


def _cell(d: Drawn) -> tuple[int, int]:
    assert d.cell is not None
    return d.cell


def _rest(d: Drawn, w: Wholes) -> int:
    """Return what the numbers that are known add to the cell, with some weights or others."""
    return slid(window_of(d.blanked, *_cell(d), w, d.stride), w)[0][0]


def _total(d: Drawn) -> int:
    return slid(window_of(d.x, *_cell(d), d.w, d.stride), d.w)[0][0]


def _solved(d: Drawn, w: Wholes, sign: int = -1) -> int | None:
    """Return the number that solves the cell's equation, if it is a whole one."""
    over, under = _total(d) + sign * _rest(d, w), replace(d, w=w).weight(_cell(d))
    return None if not under or over % under else over // under


def closed(d: Drawn) -> int:
    """Solve the cell's equation."""
    return (_total(d) - _rest(d, d.w)) // d.weight(_cell(d))


def brute(d: Drawn) -> int:
    """Try one number after the other until the map comes out."""
    found = slid(d.x, d.w, d.stride)

    def fits(value: int) -> bool:
        tried = put(d.x, d.hidden, value)
        return all(
            slid(window_of(tried, i, j, d.w, d.stride), d.w)[0][0] == found[i][j]
            for i, j in d.known
        )

    (value,) = filter(fits, range(10))
    return value


def work(d: Drawn) -> Work:
    """Count the products of the equation that are known, and the negative ones."""
    w = put(d.w, tuple(h - c * d.stride for h, c in zip(d.hidden, _cell(d), strict=True)), 0)  # type: ignore[arg-type]
    return Work(*(sum(map(bool, row)) for row in (sum(w, ()), [v for v in sum(w, ()) if v < 0])))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    found = slid(d.x, d.w, d.stride)
    holes = [tuple(v if (i, j) != d.hidden else None for j, v in enumerate(row))
             for i, row in enumerate(d.x)]  # fmt: skip
    shown_cells = [tuple(v if (i, j) in d.known else None for j, v in enumerate(row))
                   for i, row in enumerate(found)]  # fmt: skip
    lost = "" if len(d.known) == 4 else ", of which some cells are lost too"
    return line(
        *("The kernel slides over the input with stride ", d.stride, ", without padding and "),
        *("without being flipped. One number of the input is lost. Find it from the "),
        *("feature map", lost, ". Which number stands in ", Strong(_where(d.hidden))),
        " of the input?",
        Grid("Input", tuple(holes)),
        Grid("Kernel", d.w),
        Grid("Map", tuple(shown_cells)),
    )


def _where(place: tuple[int, int]) -> str:
    return f"row {place[0] + 1}, column {place[1] + 1}"


def _products(d: Drawn) -> list[str]:
    """Return the products of the equation, the hidden number called ?."""
    i, j = _cell(d)
    seen = window_of(d.x, i, j, d.w, d.stride)
    hole = (d.hidden[0] - i * d.stride, d.hidden[1] - j * d.stride)
    return [
        f"{'?' if (a, b) == hole else shown(seen[a][b])}·{factor(d.w[a][b])}"
        for a, b in cells(d.w)
        if d.w[a][b]
    ]


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("Which windows read the lost number, and with which weight?"),
        line(f"Look at {_where(_cell(d))} of the map. Its window reads the lost number."),
        line(f"Write its sum: {' + '.join(_products(d))} must give {shown(_total(d))}."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Solve the equation step by step."""
    y, rest, weight = _total(d), _rest(d, d.w), d.weight(_cell(d))
    i, j = _cell(d)
    seen = window_of(d.blanked, i, j, d.w, d.stride)
    values = [seen[a][b] * d.w[a][b] for a, b in cells(d.w) if seen[a][b] * d.w[a][b]]
    return (
        line(
            f"The window of {_where((i, j))} of the map reads the lost number, with weight "
            f"{shown(weight)}: ",
            f"{' + '.join(_products(d))} must give {shown(y)}.",
        ),
        line(f"The products that are known give {plus(values)} = {shown(rest)}."),
        line(f"So ?·{factor(weight)} must be {shown(y)} − {factor(rest)} = {shown(y - rest)}."),
        line(
            f"And ? is {shown(y - rest)} / {factor(weight)} = ", Strong(shown(d.value)), "."
        ),
    )  # fmt: skip


FAMILY = Family(
    name="missing-input",
    title="A lost number of the input",
    version=1,
    says="a number of the input that is lost, from the kernel and the feature map",
    page=_PAGE,
    rows=(14,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(3), Work(4, 1), Work(5, 2)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "not divided", lambda d: _total(d) - _rest(d, d.w),
            lambda d: "You stopped at the product. It is the lost number times its weight, "
            f"{shown(d.weight(_cell(d)))}: divide by that.",
        ),
        Slip(
            "added instead of subtracted", lambda d: _solved(d, d.w, 1),
            "You added the known products to the map's number. They are part of it: subtract them.",
        ),
        Slip(
            "kernel flipped", lambda d: _solved(d, flipped(d.w)),
            "You turned the kernel by 180°. Every weight meets the number in its own place.",
            "convolution/flip.md", yields=True,
        ),
        Slip(
            "signs lost",
            lambda d: _solved(d, unsigned(d.w)) if unsigned(d.w) != d.w else None,
            "You read negative weights as positive. Their products are negative.",
            yields=True,
        ),
        Slip(
            "weights left out", lambda d: _total(d) - _rest(d, ones(d.w)),
            "You subtracted the bare numbers of the window. Each counts times its weight.",
        ),
        Slip(
            "map number copied", _total,
            lambda d: f"You took over {shown(_total(d))} from the map. That is the sum of the "
            "whole window, not the lost number.",
            yields=True,
        ),
    ), points=(2, 3, 4)),),
)  # fmt: skip
