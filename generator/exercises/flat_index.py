"""Where a value goes when an image is flattened, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.model import Result
from generator.paper import Several
from generator.prose import Figure, Prose, Strong, line

_PAGE = "images/flattening.md"
_LAST, _FIRST = "channels_last", "channels_first"
_ORDERS = {
    _LAST: "row after row, pixel after pixel, and within a pixel channel after channel "
    "(channels_last)",
    _FIRST: "channel after channel, within a channel row after row, and within a row pixel after "
    "pixel (channels_first)",
}

#: A row, a column and a channel, counted from 0.
Place = tuple[int, int, int]
Order = Literal["channels_last", "channels_first"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, the order of its values, a place in it, and the index that is read back.

    >>> d = Drawn(4, 5, 3, "channels_last", (1, 2, 0), None)
    >>> flat(d, d.at, d.order), d.asked, other(d.order)
    (21, 21, 'channels_first')

    Parameters
    ----------
    rows, columns, channels
        Its shape.
    order
        How it is flattened.
    at
        The value whose index is asked for.
    index
        The index that is led back to a place; ``None`` for that of the first part, but in the other
        order.
    """

    rows: int
    columns: int
    channels: int
    order: Order
    at: Place
    index: int | None

    @property
    def asked(self) -> int:
        """The index that is led back to a place."""
        return flat(self, self.at, self.order) if self.index is None else self.index

    @property
    def back(self) -> Order:
        """The order in which it is led back."""
        return other(self.order) if self.index is None else self.order


def other(order: Order) -> Order:
    """Return the other order."""
    return "channels_first" if order == "channels_last" else "channels_last"


def flat(d: Drawn, at: Place, order: str) -> int:
    """Return the index of a place by the formula."""
    row, column, channel = at
    if order == _LAST:
        return (row * d.columns + column) * d.channels + channel
    return (channel * d.rows + row) * d.columns + column


def place(d: Drawn, index: int, order: str) -> Place | None:
    """Return the place of an index by division; ``None`` beyond the end."""
    if not 0 <= index < d.rows * d.columns * d.channels:
        return None
    if order == _LAST:
        pixel, channel = divmod(index, d.channels)
        return pixel // d.columns, pixel % d.columns, channel
    channel, rest = divmod(index, d.rows * d.columns)
    return rest // d.columns, rest % d.columns, channel


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an image: level 2 puts the channels first, level 3 reads it back in the other order."""
    low, high = ((4, 7), (4, 9), (4, 10))[level - 1]
    rows, columns = dice.whole("rows", low, high), dice.whole("columns", low, high)
    channels = 3 if level == 1 else dice.pick("channels", (2, 3, 4))
    at = (
        dice.whole("row", 1, rows - 1), dice.whole("column", 1, columns - 1),
        dice.whole("channel", 1, channels - 1),
    )  # fmt: skip
    orders: tuple[Order, Order] = ("channels_last", "channels_first")
    order = dice.pick("order", orders) if level == 3 else orders[level - 1]
    index = dice.whole("index", 8, rows * columns * channels - 2) if level < 3 else None
    return Drawn(rows, columns, channels, order, at, index)


def fair(d: Drawn) -> bool:
    """Tell whether the sides differ, and the place of part b is another than that of part a."""
    sides = len({d.rows, d.columns, d.channels}) == 3
    found = place(d, d.asked, d.back)
    return sides and found is not None and found != d.at and all(found)


def _walk(d: Drawn, order: str) -> list[Place]:
    """Return all places in the order in which they are stored."""
    rows, columns, channels = range(d.rows), range(d.columns), range(d.channels)
    if order == _LAST:
        return [(i, j, k) for i in rows for j in columns for k in channels]
    return [(i, j, k) for k in channels for i in rows for j in columns]


def follows(d: Drawn, given: tuple[Result, ...]) -> Place | None:
    """Lead another index back, where part b asks for that of part a."""
    (index,) = given
    assert isinstance(index, int)
    return place(d, index, d.back) if d.index is None else None


def prompt(d: Drawn) -> Prose:
    """Tell how the image is stored."""
    return line(
        f"An image of {d.rows} rows, {d.columns} columns and {d.channels} channels is flattened to "
        f"a vector: {_ORDERS[d.order]}. Rows, columns, channels and the index are all ",
        Strong("counted from 0"), ".",
    )  # fmt: skip


def ask_place(d: Drawn) -> Prose:
    """Ask where an index comes from."""
    if d.index is not None:
        return line("Which value of the image has ", Strong(f"index {d.index}"), "?")
    return line(
        "A program takes the vector for one that was stored ", _ORDERS[d.back],
        ". As which row, column and channel does it read the value of part a?",
    )  # fmt: skip


def _named(at: Place) -> str:
    return f"row {at[0]}, column {at[1]}, channel {at[2]}"


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    row, _, channel = d.at
    if d.order == _LAST:
        before = f"{row} × {d.columns * d.channels} values in whole rows, then whole pixels"
    else:
        before = f"{channel} × {d.rows * d.columns} values in whole channels, then whole rows"
    back = (
        f"divide the index by {d.channels}: the remainder is the channel"
        if d.back == _LAST
        else f"divide the index by {d.rows * d.columns}: the quotient is the channel"
    )
    return (
        line("How many values stand before the one that is asked for? That is its index."),
        line(f"Before {_named(d.at)} stand {before}, and a few more."),
        line(f"For the way back, {back}."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every product and every division; the pictures show both places."""
    row, column, channel = d.at
    index = flat(d, d.at, d.order)
    if d.order == _LAST:
        pixels = row * d.columns + column
        first = (
            f"Pixels before it: {row}·{d.columns} + {column} = {pixels}, each with {d.channels} "
            f"values. Index: {pixels}·{d.channels} + {channel} = {index}."
        )
    else:
        rows = channel * d.rows + row
        first = (
            f"Rows before it, over all channels: {channel}·{d.rows} + {row} = {rows}, each with "
            f"{d.columns} values. Index: {rows}·{d.columns} + {column} = {index}."
        )
    found = place(d, d.asked, d.back)
    assert found is not None
    i, j, k = found
    if d.back == _LAST:
        pixel = d.asked // d.channels
        steps = [
            f"{d.asked} = {pixel}·{d.channels} + {k}: channel {k} of pixel {pixel}.",
            f"{pixel} = {i}·{d.columns} + {j}: row {i}, column {j}.",
        ]
    else:
        size = d.rows * d.columns
        rest = d.asked - k * size
        steps = [
            f"A channel has {d.rows}·{d.columns} = {size} values. "
            f"{d.asked} = {k}·{size} + {rest}: channel {k}, value {rest} in it.",
            f"{rest} = {i}·{d.columns} + {j}: row {i}, column {j}.",
        ]
    return (
        line(first, _picture(d)),
        *(line(step) for step in steps),
    )


def _picture(d: Drawn) -> Figure:
    shape = [d.rows, d.columns, d.channels]
    return figure("flatten", shape=shape, data_format=d.order, at=list(d.at))


def _swapped(at: Place | None) -> Place | None:
    return (at[1], at[0], at[2]) if at else None


FAMILY = Family(
    name="flat-index",
    title="Flattened: where a value goes",
    version=1,
    says="the index of a row, column and channel in a flattened image, and back",
    page=_PAGE,
    rows=(5,),
    draw=draw,
    fair=fair,
    # Products and sums there, divisions back; another order costs a thought more.
    work=lambda d: Work(8 + (d.order != _LAST) + 2 * (d.index is None)),
    cost=(Work(8), Work(9), Work(11)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: flat(d, d.at, d.order), lambda d: _walk(d, d.order).index(d.at), (
            Slip(
                "the other order", lambda d: flat(d, d.at, other(d.order)),
                lambda d: f"You counted as in {other(d.order)}. Here it is {d.order}.",
            ),
            Slip(
                "rows for columns",
                lambda d: (d.at[0] * d.rows + d.at[1]) * d.channels + d.at[2]
                if d.order == _LAST else (d.at[2] * d.columns + d.at[0]) * d.rows + d.at[1],
                lambda d: f"You took {d.rows} values for a row. A row is as long as there are "
                f"columns: {d.columns} pixels.",
            ),
            Slip(
                "counted from 1", lambda d: flat(d, d.at, d.order) + 1,
                "You counted the value itself. Its index is the number of values before it.",
            ),
            Slip(
                "places counted from 1",
                lambda d: flat(d, (d.at[0] - 1, d.at[1] - 1, d.at[2] - 1), d.order),
                "You took 1 off the row, the column and the channel. They count from 0 already.",
            ),
            Slip(
                "channels forgotten", lambda d: d.at[0] * d.columns + d.at[1],
                "You found the place in one channel. All channels lie in the same vector.",
                yields=True,
            ),
            Slip(
                "column after column",
                lambda d: (d.at[1] * d.rows + d.at[0]) * d.channels + d.at[2]
                if d.order == _LAST else (d.at[2] * d.columns + d.at[1]) * d.rows + d.at[0],
                "You went down the columns. The vector takes row after row.",
                yields=True,
            ),
        ), ask=lambda d: line("Which index has the value at ", Strong(_named(d.at)), "?"),
            points=(1, 2, 2)),
        Part(lambda d: place(d, d.asked, d.back) or d.at, lambda d: _walk(d, d.back)[d.asked], (
            Slip(
                "order of part a", lambda d: d.at if d.index is None else None,
                "You led the index back to where it came from. The program reads it in the other "
                "order.",
            ),
            Slip(
                "read in the other order",
                lambda d: place(d, d.asked, other(d.back)) if d.index is not None else None,
                lambda d: f"You counted as in {other(d.back)}. Here it is {d.back}.",
            ),
            Slip(
                "row and column swapped", lambda d: _swapped(place(d, d.asked, d.back)),
                "You swapped quotient and remainder. Whole rows are the quotient, and what is left "
                "is the column.",
            ),
            Slip(
                "index counted from 1", lambda d: place(d, d.asked - 1, d.back),
                "You took one off the index. It counts from 0, so index 0 is the first value.",
            ),
            Slip(
                "answer counted from 1",
                lambda d: (p := place(d, d.asked, d.back)) and (p[0] + 1, p[1] + 1, p[2] + 1),
                "You counted rows, columns and channels from 1. Here the first of each is 0.",
            ),
            Slip(
                "divided by rows",
                lambda d: (p := place(d, d.asked, d.back)) and (
                    *divmod(p[0] * d.columns + p[1], d.rows), p[2]
                ),
                lambda d: f"You divided by the number of rows. A row holds {d.columns} pixels.",
                yields=True,
            ),
        ), Several(("row", "column", "channel")), ask_place, (2, 2, 3), follows=follows),
    ),
)  # fmt: skip
