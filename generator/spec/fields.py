"""What a parameter may be: reading, showing, help and errors of one kind of value in one object.

A kind of worked example declares its parameters as a frozen dataclass whose fields carry one of
these objects. Every door reads through them: text from YAML and from the shell, and Python's own
values, so that all doors agree to the last digit.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar, runtime_checkable

from generator.errors import Problem, UserError, unknown, wrong
from generator.numerals import Number, exact, plain

T = TypeVar("T")

#: Beyond this a count is a slip of the finger, and the picture of it would fill the memory.
MANY = 10_000


class Field(ABC, Generic[T]):
    """One parameter's kind of value.

    Parameters
    ----------
    help
        One line for ``--help`` and the reference.
    """

    #: How ``--help`` abbreviates a value.
    metavar: ClassVar[str]

    def __init__(self, help: str) -> None:  # noqa: A002 - the word every command line uses
        self.help = help

    @abstractmethod
    def parse(self, value: object) -> T:
        """Return the checked value; raise :class:`UserError` with everything that is wrong."""

    @abstractmethod
    def show(self, value: T) -> object:
        """Return the value in plain lists, mappings, numbers and text, as YAML would write it."""


@runtime_checkable
class Params(Protocol):
    """A kind's parameters: a frozen dataclass of fields, and what must hold between them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def problems(self) -> Iterable[Problem]:
        """Yield what is wrong between parameters; ``key`` names the parameter to mend."""
        ...


def param(field: Field[T], default: object = dataclasses.MISSING) -> Any:
    """Declare a parameter in a kind's dataclass."""
    metadata = {"field": field}
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def fields_of(params: type[Params]) -> dict[str, Field[Any]]:
    """Return the fields of a kind's parameters by name, in their order."""
    declared = dataclasses.fields(params)
    return {each.name: each.metadata["field"] for each in declared}


def defaults_of(params: type[Params]) -> dict[str, object]:
    """Return the defaults of those parameters that have one."""
    declared = dataclasses.fields(params)
    return {each.name: each.default for each in declared if each.default is not dataclasses.MISSING}


class Whole(Field[int]):
    """A whole number.

    >>> Whole("cells", least=1).parse("3")
    3
    """

    metavar = "N"

    def __init__(self, help: str, *, least: int, most: int = MANY) -> None:  # noqa: A002
        super().__init__(help)
        self.least = least
        self.most = most

    def parse(self, value: object) -> int:
        """Read a whole number within the bounds."""
        return whole(value, self.least, self.most)

    def show(self, value: int) -> object:
        """Show it as it is."""
        return value


class Real(Field[Number]):
    """Any exact number: ``-3``, ``0.25``, ``1/16``."""

    metavar = "NUMBER"

    def parse(self, value: object) -> Number:
        """Read an exact number."""
        return number(value)

    def show(self, value: Number) -> object:
        """Show it as the plainest thing that means it."""
        return plain(value)


class Flag(Field[bool]):
    """Yes or no."""

    metavar = ""
    WORDS: ClassVar[Mapping[str, bool]] = {
        "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False,
    }  # fmt: skip

    def parse(self, value: object) -> bool:
        """Read ``true`` or ``false``, and the words YAML has for them."""
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word not in self.WORDS:
            raise wrong(value, "true or false")
        return self.WORDS[word]

    def show(self, value: bool) -> object:
        """Show it as it is."""
        return value


class Choice(Field[str]):
    """One of a few words."""

    metavar = "WORD"

    def __init__(self, help: str, options: Sequence[str]) -> None:  # noqa: A002
        super().__init__(help)
        self.options = tuple(options)

    def parse(self, value: object) -> str:
        """Read one of the options."""
        if not isinstance(value, str) or value not in self.options:
            near = unknown("word", str(value), self.options).hint
            hint = near if near.startswith("did") else ""
            raise wrong(value, "one of " + ", ".join(self.options), hint=hint)
        return value

    def show(self, value: str) -> object:
        """Show it as it is."""
        return value


class Text(Field[str]):
    """A line of text, whatever it says."""

    metavar = "TEXT"

    def __init__(self, help: str, *, most: int = 120) -> None:  # noqa: A002
        super().__init__(help)
        self.most = most

    def parse(self, value: object) -> str:
        """Read a line of printable text."""
        if isinstance(value, (list, tuple, dict)) or value is None:
            raise wrong(value, "a line of text")
        text = " ".join(str(value).split())
        if len(text) > self.most:
            raise wrong(text, f"at most {self.most} characters")
        if not text.isprintable():
            raise wrong(text.encode("unicode_escape").decode(), "printable text")
        return text

    def show(self, value: str) -> object:
        """Show it as it is."""
        return value


class Seed(Field[str]):
    """A word or a number from which draws are made."""

    metavar = "SEED"

    def parse(self, value: object) -> str:
        """Read a short printable word."""
        text = str(value).strip()
        if not text or listed(value) is not None or len(text) > 60 or not text.isprintable():
            raise wrong(value, "a seed: a word or a number, such as fern-12")
        return text

    def show(self, value: str) -> object:
        """Show it as it is."""
        return value


class Pair(Field[tuple[int, int]]):
    """One whole number for both axes, or two: rows, columns.

    >>> Pair("cells", least=1).parse("2"), Pair("cells", least=1).parse([2, 1])
    ((2, 2), (2, 1))
    """

    metavar = "N|[N,N]"

    def __init__(self, help: str, *, least: int, most: int = MANY) -> None:  # noqa: A002
        super().__init__(help)
        self.least = least
        self.most = most

    def parse(self, value: object) -> tuple[int, int]:
        """Read one number or two."""
        items = listed(value)
        if items is None:
            both = whole(value, self.least, self.most)
            return both, both
        if len(items) != 2:
            raise wrong(value, "one whole number, or two: rows, columns")
        first, second = gather(
            ((name, item) for name, item in zip(("rows", "columns"), items, strict=True)),
            lambda item: whole(item, self.least, self.most),
        )
        return first, second

    def show(self, value: tuple[int, int]) -> object:
        """Show one number where both are equal."""
        return value[0] if value[0] == value[1] else list(value)


def whole(value: object, least: int, most: int = MANY) -> int:
    """Return `value` as a whole number from `least` to `most`.

    >>> whole("7", 1)
    7
    """
    wanted = f"a whole number of at least {least}"
    if most < MANY:
        wanted = f"a whole number from {least} to {most}"
    try:
        found = exact(value)
    except ValueError:
        raise wrong(value, wanted) from None
    if not isinstance(found, int) or found < least:
        raise wrong(value, wanted)
    if found > most:
        raise wrong(value, f"a whole number from {least} to {most}")
    return found


def number(value: object) -> Number:
    """Return `value` as an exact number.

    >>> number("1/16")
    Fraction(1, 16)
    """
    try:
        return exact(value)
    except ValueError as error:
        raise wrong(value, str(error)) from None


def listed(value: object) -> list[object] | None:
    """Return `value` as a list if it is one of any sort (arrays too), else ``None``.

    >>> listed((1, 2)), listed("1")
    ([1, 2], None)
    """
    tolist = getattr(value, "tolist", None)
    if callable(tolist):
        value = tolist()
    return list(value) if isinstance(value, (list, tuple)) else None


def gather(items: Iterable[tuple[str, object]], parse: Any) -> list[Any]:
    """Parse every item; raise the problems of all of them together, each under its own name."""
    values: list[Any] = []
    problems: list[Problem] = []
    for name, item in items:
        try:
            values.append(parse(item))
        except UserError as error:
            problems += under(name, error.problems)
    if problems:
        raise UserError(problems)
    return values


def under(name: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Put `name` in front of the keys of `problems`.

    >>> [str(p) for p in under("kernel", [Problem("", "row 2", "x", "a number")])]
    ['kernel, row 2: got x, wanted a number']
    """
    for each in problems:
        key = f"{name}, {each.key}" if each.key else name
        yield dataclasses.replace(each, key=key)
