"""A file of one's own where a parameter wants numbers.

The spec keeps the numbers that were read, not the file's name: the caption's command, the fence
and ``--from`` make the same picture where the file is not, and after it has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator import tables
from generator.errors import Problem, wrong
from generator.spec.build import build
from generator.spec.fields import Field, Whole, param
from generator.tables import Bounds, Table


class FileField(Field[str]):
    """The name of a file.

    >>> FileField("a file").parse("data.csv")
    'data.csv'
    """

    metavar = "FILE"

    def parse(self, value: object) -> str:
        """Read a name that ends in a suffix."""
        name = tables.named(value)
        if name is None:
            raise wrong(value, "the name of a file, such as data.csv or photo.jpg")
        return name

    def show(self, value: str) -> object:
        """Show it as it is."""
        return value


@dataclass(frozen=True, slots=True)
class Reduced:
    """A picture file, and the columns it is reduced to: ``{file: photo.jpg, columns: 12}``."""

    file: str = param(FileField("a picture file"))
    columns: int | None = param(Whole("columns the picture is reduced to", least=1), None)

    def problems(self) -> Iterable[Problem]:
        """Yield nothing: the file itself is judged when it is read."""
        return ()


def from_file(value: object, bounds: Bounds) -> Table | None:
    """Return what a file holds if `value` names one, else ``None``.

    Raises
    ------
    UserError
        If the file cannot be read, or with everything that is wrong in it.
    """
    if isinstance(value, Mapping) and "file" in value:
        asked = build(Reduced, value)
        if asked.columns is not None and asked.columns > bounds.widest:
            wanted = f"at most {bounds.widest}, so that every number can be read"
            raise wrong(asked.columns, wanted, key="columns")
        return tables.read(asked.file, replace(bounds, columns=asked.columns))
    name = tables.named(value)
    return None if name is None else tables.read(name, bounds)
