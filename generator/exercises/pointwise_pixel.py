"""The channels of one cell, mixed by a 1×1 convolution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.numerals import factor, shown
from generator.paper import Several
from generator.prose import Figure, Grid, Prose, Strong, line

_PAGE = "convolution/pointwise.md"
#: The cell in each of the two maps.
Two: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Channels, a row of weights for each of two maps, biases, and the cell, counted from 1.

    >>> one = ((1, 2), (3, 4))
    >>> Drawn((one, one), ((1, 1), (1, -1)), (0, 5), (), 2, 1).answer()
    (6, 5)
    """

    x: tuple[Wholes, ...]
    w: Wholes
    bias: Two
    #: Weights of a second layer, behind a ReLU; empty without one.
    second: Wholes
    row: int
    column: int

    @property
    def read(self) -> tuple[int, ...]:
        """The numbers of the cell, channel by channel."""
        return self.at(self.row, self.column)

    def at(self, row: int, column: int) -> tuple[int, ...]:
        """Return the numbers of a cell."""
        return tuple(channel[row - 1][column - 1] for channel in self.x)

    def answer(self) -> Two:
        """Return the cell of both maps."""
        return then(self, mixed(self.w, self.read, self.bias))


def mixed(w: Wholes, read: tuple[int, ...], bias: Two) -> Two:
    """Return the sum of products of each row of weights, and its bias."""
    one, two = (
        sum(a * x for a, x in zip(row, read, strict=True)) + b
        for row, b in zip(w, bias, strict=True)
    )
    return one, two


def then(d: Drawn, first: Two) -> Two:
    """Go on to the second layer, if there is one."""
    return mixed(d.second, relu(first), (0, 0)) if d.second else first


def relu(pair: Two) -> Two:
    """Return both numbers, 0 instead of a negative one."""
    return max(pair[0], 0), max(pair[1], 0)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw channels: level 2 has one more, and negative weights; level 3 a second layer."""
    channels, negatives = ((3, 0), (4, 3), (3, 2))[level - 1]
    rows, columns = dice.whole("rows", 2, 3), dice.whole("columns", 2, 3)
    return Drawn(
        x=tuple(dice.matrix(f"channel {c}", rows, columns, 1, 6) for c in range(channels)),
        w=numbers(dice, "weights", (2, channels), 3, zeros=1, negatives=negatives),
        bias=(dice.whole("bias", 1, 5), -dice.whole("bias", 1, 5)),
        second=numbers(dice, "second", (2, 2), 3, negatives=1) if level == 3 else (),
        row=dice.whole("row", 1, rows),
        column=dice.whole("column", 1, columns),
    )


def fair(d: Drawn) -> bool:
    """Tell whether the ReLU has something to do, and leaves something."""
    if not d.second:
        return True
    signs = sorted(value > 0 for value in mixed(d.w, d.read, d.bias))
    return signs == [False, True]


def brute(d: Drawn) -> Two:
    """Mix every cell of the maps, and look up the one."""
    maps: list[list[list[int]]] = [[list(row) for row in channel] for channel in d.x]
    for w, bias in ((d.w, d.bias), (d.second, (0, 0)))[: 2 if d.second else 1]:
        rows, columns = range(len(maps[0])), range(len(maps[0][0]))
        made = [[[b] * len(columns) for _ in rows] for b in bias]
        for f, weights in enumerate(w):
            for c, weight in enumerate(weights):
                for i in rows:
                    for j in columns:
                        made[f][i][j] += weight * maps[c][i][j]
        if d.second and w is d.w:
            made = [[[n if n > 0 else 0 for n in row] for row in rows_] for rows_ in made]
        maps = made
    one, two = (rows[d.row - 1][d.column - 1] for rows in maps)
    return one, two


def prompt(d: Drawn) -> Prose:
    """Show the channels and the weights."""
    second = (
        " A ReLU sets negative numbers to 0, and a second 1 × 1 convolution without biases mixes "
        "the two maps (its weights: second). What stands in "
        if d.second
        else " What stands in "
    )
    after = "of the two maps that the second convolution makes" if d.second else "of the two maps"
    return line(
        f"A 1 × 1 convolution makes two maps of {len(d.x)} channels. In each row of the weights "
        "stand those of one map, channel by channel. The biases are "
        f"{shown(d.bias[0])} and {shown(d.bias[1])}.{second}",
        Strong(f"row {d.row}, column {d.column}"),
        f" {after}? Rows and columns are counted from 1.",
        *(Grid(f"Channel {c}", channel) for c, channel in enumerate(d.x, 1)),
        Grid("Weights", d.w),
        *((Grid("Second", d.second),) if d.second else ()),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    read = ", ".join(map(str, d.read))
    return (
        line("A 1 × 1 kernel reads one cell only, in all channels."),
        line(f"Row {d.row}, column {d.column} of the channels reads {read}."),
        line("Multiply them by the weights of a row, add up, and add that map's bias."),
    )


def _sum(weights: tuple[int, ...], read: tuple[int, ...], bias: int, value: int) -> str:
    products = [f"{x}·{factor(w)}" for x, w in zip(read, weights, strict=True)]
    added = [*products, factor(bias)] if bias else products
    return f"{' + '.join(added)} = {shown(value)}"


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Write out each sum."""
    first = mixed(d.w, d.read, d.bias)
    index = (d.row - 1) * len(d.x[0][0]) + d.column
    # The picture's steps go through the first map, cell by cell, and then through the second.
    cells = len(d.x[0]) * len(d.x[0][0])
    picture = figure("pointwise", index, input=d.x, weights=d.w, bias=d.bias).spec
    read = ", ".join(map(str, d.read))
    steps = [line(f"Row {d.row}, column {d.column} of the channels reads {read}.")]
    steps += [
        line(
            f"Map {m + 1}: {_sum(d.w[m], d.read, d.bias[m], first[m])}.",
            Figure(replace(picture, step=index + m * cells)),
        )
        for m in range(2)
    ]
    if d.second:
        kept, last = relu(first), d.answer()
        steps.append(line(f"The ReLU leaves {kept[0]} and {kept[1]}."))
        steps += [
            line(f"Map {m} of the second: {_sum(d.second[m - 1], kept, 0, last[m - 1])}.")
            for m in (1, 2)
        ]
    return tuple(steps)


def across(d: Drawn) -> Two | None:
    """Read the weights down their columns, in the order in which they stand."""
    flat = [weight for row in zip(*d.w, strict=True) for weight in row]
    half = len(d.x)
    turned = (tuple(flat[:half]), tuple(flat[half:]))
    return then(d, mixed(turned, d.read, d.bias)) if turned != d.w else None


def whole_map(d: Drawn) -> Two:
    """Add up each channel as a whole."""
    sums = tuple(sum(map(sum, channel)) for channel in d.x)
    return then(d, mixed(d.w, sums, d.bias))


def swapped(d: Drawn) -> Two | None:
    """Take the row for the column."""
    rows, columns = len(d.x[0]), len(d.x[0][0])
    if d.row == d.column or d.column > rows or d.row > columns:
        return None
    return then(d, mixed(d.w, d.at(d.column, d.row), d.bias))


def no_signs(d: Drawn) -> Two | None:
    """Read every weight as positive."""
    one, two = (tuple(map(abs, row)) for row in d.w)
    return None if (one, two) == d.w else then(d, mixed((one, two), d.read, d.bias))


def unmixed(d: Drawn) -> Two:
    """Add up the channels without weights."""
    total = sum(d.read)
    return then(d, (total + d.bias[0], total + d.bias[1]))


def counted(d: Drawn) -> Work:
    """Count products, and the weights below 0 and at 0."""
    weights = [weight for row in (*d.w, *d.second) for weight in row]
    return Work(len(weights), sum(weight < 0 for weight in weights), weights.count(0))


FAMILY = Family(
    name="pointwise-pixel",
    title="A 1 × 1 convolution at one place",
    version=1,
    says="the channels of one cell mixed to two maps, by hand; then a second time",
    page=_PAGE,
    rows=(25,),
    draw=draw,
    fair=fair,
    work=counted,
    cost=(Work(6, 0, 1), Work(8, 3, 1), Work(10, 3, 1)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(Drawn.answer, brute, (
        Slip(
            "biases forgotten", lambda d: then(d, mixed(d.w, d.read, (0, 0))),
            "You left out the biases. Each map has one, and it is added to the sum.",
        ),
        Slip(
            "weights read downwards", across,
            "You read the weights down the columns. In each row stand the weights of one map.",
        ),
        Slip(
            "ReLU forgotten",
            lambda d: mixed(d.second, mixed(d.w, d.read, d.bias), (0, 0)) if d.second else None,
            "You went on with a negative number. The ReLU sets it to 0 first.",
            "layers/activations.md",
        ),
        Slip(
            "first layer only",
            lambda d: relu(mixed(d.w, d.read, d.bias)) if d.second else None,
            "You stopped after the first convolution. The second one mixes the two maps again.",
        ),
        Slip(
            "all cells added", whole_map,
            "You added up all cells of each channel. A 1 × 1 kernel reads one cell of each.",
        ),
        Slip(
            "signs lost", no_signs,
            "You read negative weights as positive. Their products are subtracted.",
        ),
        Slip(
            "row and column swapped", swapped,
            lambda d: f"You read row {d.column}, column {d.row}. The row is named first.",
            yields=True,
        ),
        Slip(
            "weights left out", unmixed,
            "You added up the channels. First multiply each by its weight.",
            yields=True,
        ),
    ), Several(("map 1", "map 2")), points=(2, 3, 4)),),
)  # fmt: skip
