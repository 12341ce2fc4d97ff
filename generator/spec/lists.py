"""Lists of whole numbers as parameters."""

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
