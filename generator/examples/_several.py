"""A few numbers that are compared with each other, as one parameter."""

from __future__ import annotations

from generator.errors import wrong
from generator.spec.fields import Field, gather, listed, whole


class Several(Field[tuple[int, ...]]):
    """One to four different whole numbers.

    >>> Several("strides", most=9).parse([1, 2]), Several("strides", most=9).parse("3")
    ((1, 2), (3,))
    """

    metavar = "[N,N]"

    def __init__(self, help: str, *, most: int) -> None:  # noqa: A002
        super().__init__(help)
        self.most = most

    def parse(self, value: object) -> tuple[int, ...]:
        """Read a list, or one number."""
        items = listed(value)
        if items is None:
            return (whole(value, 1, self.most),)
        wanted = "one to four different whole numbers"
        if not 1 <= len(items) <= 4:
            raise wrong(value, wanted)
        names = (f"number {place}" for place in range(1, len(items) + 1))
        found = gather(zip(names, items, strict=True), lambda item: whole(item, 1, self.most))
        if len(set(found)) < len(found):
            raise wrong(value, wanted)
        return tuple(found)

    def show(self, value: tuple[int, ...]) -> object:
        """Show a list."""
        return list(value)


class Lengths(Field[tuple[int, ...]]):
    """Two or three whole numbers: rows, columns and perhaps channels.

    >>> Lengths("of the image", least=1, most=64).parse([28, 28])
    (28, 28)
    """

    metavar = "[N,N]|[N,N,N]"

    def __init__(self, help: str, *, least: int, most: int) -> None:  # noqa: A002
        super().__init__(help)
        self.least = least
        self.most = most

    def parse(self, value: object) -> tuple[int, ...]:
        """Read two numbers or three."""
        items = listed(value)
        if items is None or len(items) not in (2, 3):
            raise wrong(value, "two or three whole numbers: rows, columns, channels")
        named = zip(("rows", "columns", "channels"), items, strict=False)
        return tuple(gather(named, lambda item: whole(item, self.least, self.most)))

    def show(self, value: tuple[int, ...]) -> object:
        """Show a list."""
        return list(value)
