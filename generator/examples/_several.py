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
