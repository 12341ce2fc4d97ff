"""Numbers in a grey image, before and after its sides are shortened."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.prose import Prose, Strong, line

_PAGE = "images/resolution.md"
#: How one says that a side is divided.
_DIVIDED = {2: "halved", 3: "divided by 3", 4: "divided by 4", 5: "divided by 5"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A small image, and how much longer the sides of the large one are.

    At level 1 there is only one image. At level 3 the large one's columns are asked for.

    >>> Drawn(30, 40, 2, reverse=False).large
    (60, 80)
    """

    rows: int
    columns: int
    factor: int
    reverse: bool

    @property
    def large(self) -> tuple[int, int]:
        """Rows and columns of the image before its sides are shortened."""
        return self.rows * self.factor, self.columns * self.factor


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an image: level 2 shortens its sides, level 3 goes back from the short ones."""
    if level == 1:
        return Drawn(dice.whole("rows", 12, 120), dice.whole("columns", 12, 120), 1, reverse=False)
    rows, columns = dice.whole("rows", 6, 60), dice.whole("columns", 6, 60)
    return Drawn(rows, columns, dice.whole("factor", 2, 5), reverse=level == 3)


def fair(d: Drawn) -> bool:
    """Tell whether the sides differ."""
    return d.rows != d.columns


def closed(d: Drawn) -> int:
    """Return rows times columns, or the long side."""
    return d.columns * d.factor if d.reverse else d.rows * d.columns


def brute(d: Drawn) -> int:
    """Count the pixels that are kept, or lay pixels in columns until none is left."""
    rows, columns = d.large
    if d.reverse:
        wide, left = 0, d.rows * d.columns
        while left:
            wide, left = wide + 1, left - d.rows
        return sum(d.factor for _ in range(wide))
    return sum(len(range(0, columns, d.factor)) for _ in range(0, rows, d.factor))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    rows, columns = d.large
    if d.reverse:
        return line(
            f"Both sides of a grey image were {_DIVIDED[d.factor]}. The small image has {d.rows} "
            f"rows and {d.rows * d.columns} pixels. How many ", Strong("columns"),
            " did the image have before?",
        )  # fmt: skip
    size = f"{rows} rows and {columns} columns"
    if d.factor == 1:
        return line(f"A grey image has {size}. How many numbers does its matrix hold?")
    return line(
        f"A grey image has {size}. Both sides are {_DIVIDED[d.factor]}. "
        "How many numbers does the matrix of the ", Strong("small"), " image hold?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.reverse:
        return (
            line("Stay with the small image first: its pixels stand in equally long rows."),
            line(f"Divide {d.rows * d.columns} by {d.rows}, and then make the row longer again."),
        )
    if d.factor == 1:
        return (
            line("Each pixel is one number. How many pixels stand in one row?"),
            line(f"There are {d.rows} rows of {d.columns} numbers."),
        )
    return (
        line("How many rows and how many columns are left?"),
        line(f"The small image has {d.rows} rows and {d.columns} columns."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every number on the way."""
    rows, columns = d.large
    if d.reverse:
        entries = d.rows * d.columns
        return (
            line(f"The small image has {entries} / {d.rows} = {d.columns} columns."),
            line(f"Before, each side was {d.factor} times as long."),
            line(f"So there were {d.factor}·{d.columns} = {columns} columns."),
        )
    product = line(f"Rows times columns: {d.rows}·{d.columns} = {closed(d)} numbers.")
    if d.factor == 1:
        return line("Each of the rows holds one number a column."), product
    return (
        line(f"Rows: {rows} / {d.factor} = {d.rows}. "
             f"Columns: {columns} / {d.factor} = {d.columns}."),
        product,
        line(f"That is 1/{d.factor**2} of the {rows * columns} numbers there were."),
    )  # fmt: skip


def forward(d: Drawn, number: int) -> int | None:
    """Return the number unless the question goes backwards."""
    return None if d.reverse else number


def backward(d: Drawn, number: int) -> int | None:
    """Return the number if the question goes backwards."""
    return number if d.reverse else None


FAMILY = Family(
    name="resolution-entries",
    title="Numbers at a resolution",
    version=1,
    says="how many numbers a grey image holds, also after its sides are shortened, and back",
    page=_PAGE,
    rows=(3,),
    draw=draw,
    fair=fair,
    # Products and quotients.
    work=lambda d: Work(2 if d.reverse else 1 if d.factor == 1 else 3),
    cost=(Work(1), Work(3), Work(2)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "sides shortened once",
            lambda d: d.rows * d.columns * d.factor if d.factor > 1 and not d.reverse else None,
            lambda d: f"You divided the number of pixels by {d.factor}. Both sides are "
            f"{_DIVIDED[d.factor]}, so divide by {d.factor} twice.",
        ),
        Slip(
            "rows plus columns", lambda d: forward(d, d.rows + d.columns),
            "You added rows and columns. Every row holds all the columns, so multiply.",
        ),
        Slip(
            "border counted", lambda d: forward(d, 2 * (d.rows + d.columns)),
            "You counted along the border. The matrix has numbers inside too: rows times columns.",
        ),
        Slip(
            "image not shortened",
            lambda d: forward(d, d.large[0] * d.large[1]) if d.factor > 1 else None,
            "You counted the large image. Shorten both sides first.",
        ),
        Slip(
            "taken for a square", lambda d: d.rows**2 if d.factor == 1 else None,
            lambda d: f"You squared the number of rows. A row has {d.columns} pixels here, "
            f"not {d.rows}.",
        ),
        Slip(
            "small image answered", lambda d: backward(d, d.columns),
            lambda d: f"You stopped at the small image. Before, a row was {d.factor} times as "
            "long.",
        ),
        Slip(
            "factor squared", lambda d: backward(d, d.columns * d.factor**2),
            lambda d: f"You multiplied by {d.factor}² = {d.factor**2}. The number of pixels grows "
            f"by that, a side only by {d.factor}.",
        ),
        Slip(
            "divided again",
            lambda d: backward(d, d.columns // d.factor) if d.columns % d.factor == 0 else None,
            "You shortened the side once more. The image before was the larger one.",
        ),
        Slip(
            "rows answered", lambda d: backward(d, d.large[0]),
            "You gave the rows. The question is about the columns.",
        ),
    )),),
)  # fmt: skip
