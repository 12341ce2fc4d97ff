"""One module is one entry: what a package holds is what its files say.

A file ``examples/output_size.py`` with an attribute ``KIND`` *is* the kind ``output-size``; there
is no list to edit. Names come from file names, so that listing them imports nothing; an entry is
imported when it is first asked for. Files that start with ``_`` are helpers, not entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class Catalogue(Mapping[str, T], Generic[T]):
    """The entries of a package by name, in alphabetical order, loaded when asked for.

    Parameters
    ----------
    package
        Dotted name of the package whose modules are the entries.
    attribute
        What each module exposes, for example ``KIND``.

    Examples
    --------
    >>> kinds = Catalogue("generator.examples", "KIND")
    >>> "output-size" in kinds, "no-such-kind" in kinds
    (True, False)
    """

    def __init__(self, package: str, attribute: str) -> None:
        self.package = package
        self.attribute = attribute

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all entries; read from the folder, nothing is imported."""
        folder = Path(__file__).parent.joinpath(*self.package.split(".")[1:])
        stems = (file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))
        return tuple(sorted(stem.replace("_", "-") for stem in stems))

    def __getitem__(self, name: str) -> T:
        if name not in self.names:
            raise KeyError(name)
        module = import_module(f"{self.package}.{name.replace('-', '_')}")
        return cast(T, getattr(module, self.attribute))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
