"""All families by name: those of the package, those of plugins, and files of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.discover import Catalogue
from generator.errors import Problem, UserError
from generator.exercises._family import Family
from generator.exercises._sound import faults

#: The group of entry points in which a package may offer families: ``name = "module:FAMILY"``.
GROUP = "convbook.families"


class Families(Mapping[str, Family[Any]]):
    """Families by name; one is imported when it is asked for.

    >>> "output-size" in FAMILIES, "no-such-family" in FAMILIES
    (True, False)
    """

    def __init__(self) -> None:
        self._own: Catalogue[Family[Any]] = Catalogue("generator.exercises", "FAMILY")
        self._loaded: dict[str, tuple[Path, Family[Any]]] = {}
        self._imported: dict[str, Family[Any]] = {}

    def load(self, path: str | Path) -> str:
        """Read a file that exposes a ``FAMILY``, and return the family's name.

        Parameters
        ----------
        path
            A Python file; it is run, so it should be one's own.

        Raises
        ------
        UserError
            If there is no such file, it cannot be run, or its family is not sound.
        """
        file = Path(path).resolve()
        for name, (known, _) in self._loaded.items():
            if known == file:
                return name
        if not file.is_file():
            raise UserError([Problem("", "families", str(path), "a Python file that is there")])
        family = _sound(str(path), lambda: _module(file).FAMILY)
        if family.name in self._own or family.name in self._plugins:
            taken = "a name that no other family has"
            raise UserError([Problem(str(path), "name", family.name, taken)])
        self._loaded[family.name] = (file, family)
        return family.name

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, so that another process can read them too."""
        return tuple(str(file) for file, _ in self._loaded.values())

    @cached_property
    def _plugins(self) -> dict[str, EntryPoint]:
        found = entry_points(group=GROUP)
        return {each.name: each for each in found if each.name not in self._own}

    def __getitem__(self, name: str) -> Family[Any]:
        if name in self._own:
            return self._own[name]
        if name in self._loaded:
            return self._loaded[name][1]
        if name not in self._imported:
            plugin = self._plugins[name]
            self._imported[name] = _sound(f"plugin {plugin.value}", plugin.load)
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._own, *self._loaded, *self._plugins}))

    def __len__(self) -> int:
        return len(set(self))

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._loaded or name in self._plugins


def _sound(where: str, load: Callable[[], object]) -> Family[Any]:
    """Return a stranger's family, which may fail in every way there is."""
    try:
        family = load()
    except AttributeError:
        raise UserError([Problem(where, "", "", "no FAMILY in this file")]) from None
    except SyntaxError as error:
        place = f"{where}:{error.lineno}"
        raise UserError([Problem(place, "", "", f"no Python: {error.msg}")]) from None
    except Exception as error:
        said = f"stopped with {type(error).__name__}: {error}"
        raise UserError([Problem(f"{where}{_line(error, where)}", "", "", said)]) from None
    if problems := faults(family):
        raise UserError([problem.at(where) for problem in problems])
    assert isinstance(family, Family)
    return family


def _line(error: Exception, where: str) -> str:
    """Return the last line of a stranger's file on the way to an error."""
    found, trace = "", error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).name == Path(where).name:
            found = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _module(file: Path) -> ModuleType:
    # A name of its own, so that no file of the same name is in the way.
    name = f"convbook_families.{file.stem}_{sha256(str(file).encode()).hexdigest()[:8]}"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise UserError([Problem(str(file), "", "", "no Python file: its name ends in .py")])
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


FAMILIES = Families()
