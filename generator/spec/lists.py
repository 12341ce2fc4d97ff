"""Lists of whole numbers as parameters, and shifts."""

from __future__ import annotations

from generator.errors import wrong
from generator.spec.fields import Field, gather, listed, whole


class WholesField(Field[tuple[int, ...]]):
    """Several whole numbers: ``[128, 32, 8]``.

    Parameters
    ----------
    help
        One line for ``--help``.
    word
        What one of them is called in an error: ``width``.
    least, most
        The bounds of each.
    count
        How many there may be.

    Examples
    --------
    >>> WholesField("widths", "width", least=1, most=99).parse("7")
    (7,)
    """

    metavar = "[N,…]"

    def __init__(
        self,
        help: str,  # noqa: A002
        word: str,
        *,
        least: int,
        most: int,
        count: int = 8,
    ) -> None:
        super().__init__(help)
        self.word, self.least, self.most, self.count = word, least, most, count

    def parse(self, value: object) -> tuple[int, ...]:
        """Read a list of whole numbers, or one."""
        items = listed(value)
        if items is None:
            return (whole(value, self.least, self.most),)
        if not items or len(items) > self.count:
            raise wrong(value, f"a list of one to {self.count} whole numbers")
        named = ((f"{self.word} {place}", item) for place, item in enumerate(items, 1))
        return tuple(gather(named, lambda item: whole(item, self.least, self.most)))

    def show(self, value: tuple[int, ...]) -> object:
        """Show a list."""
        return list(value)


class ShiftField(Field[tuple[int, int]]):
    """How far something moves: rows down and columns to the right; negative up and left."""

    metavar = "[N,N]"

    def __init__(self, help: str, *, most: int) -> None:  # noqa: A002
        super().__init__(help)
        self.most = most

    def parse(self, value: object) -> tuple[int, int]:
        """Read two whole numbers."""
        items = listed(value)
        if items is None or len(items) != 2:
            raise wrong(value, "two whole numbers: rows down, columns to the right")
        named = zip(("rows", "columns"), items, strict=True)
        down, right = gather(named, lambda item: whole(item, -self.most, self.most))
        return down, right

    def show(self, value: tuple[int, int]) -> object:
        """Show a list."""
        return list(value)
