"""A network as a parameter: a name, a YAML file, or the network itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator.engine.network_op import Shape
from generator.engine.network_report import Report
from generator.errors import UserError, wrong
from generator.spec.fields import Field, listed
from generator.spec.network import names, network


@dataclass(frozen=True, slots=True)
class Asked:
    """A network as it was asked for.

    Parameters
    ----------
    text
        A name, a file, or JSON of what such a file would hold.
    inline
        Whether it is JSON.
    stamp
        Tells two states of a file apart.
    """

    text: str
    inline: bool = False
    stamp: int = 0

    @property
    def file(self) -> Path | None:
        """Return the file it is read from, if it is a file of one's own."""
        return Path(self.text) if self.stamp else None

    def report(self, shape: Shape | None = None) -> Report:
        """Return everything about it, with another input if one is given."""
        return _report(self, shape)


@lru_cache(maxsize=64)
def _report(asked: Asked, shape: Shape | None) -> Report:
    source: object = json.loads(asked.text) if asked.inline else asked.text
    return network(source, {"input": shape})


class NetworkField(Field[Asked]):
    """A network by name, by file, or written out.

    >>> asked = NetworkField("a network").parse({"input": "1x4x4", "layers": ["relu"]})
    >>> asked.report().layers[0].output, NetworkField("a network").show(asked)
    ((1, 4, 4), {'input': '1x4x4', 'layers': ['relu']})
    """

    metavar = "NAME|FILE.yaml|{…}"

    def parse(self, value: object) -> Asked:
        """Read it, and build it once, so that everything wrong with it is said here."""
        if isinstance(value, Asked):
            return value
        if isinstance(value, Mapping):
            asked = Asked(json.dumps(_words(value), ensure_ascii=False), inline=True)
        elif isinstance(value, str | Path) and str(value).strip():
            path = Path(value)
            stamp = path.stat().st_mtime_ns if path.suffix and path.is_file() else 0
            asked = Asked(str(value), stamp=stamp)
        else:
            hint = f"there are: {', '.join(names())}"
            raise wrong(value, "a network: a name, a YAML file, or its layers", hint=hint)
        try:
            asked.report()
        except UserError as error:
            # The parameter's place is put in front later: the line of the file goes to the key.
            raise UserError(
                replace(each, key=", ".join(filter(None, (each.where, each.key))), where="")
                for each in error.problems
            ) from None
        return asked

    def show(self, value: Asked) -> object:
        """Show it as it was asked for."""
        return _plain(json.loads(value.text)) if value.inline else value.text


def _words(value: object) -> object:
    """Return YAML's words, Python's numbers and arrays as one thing: words, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): _words(each) for key, each in value.items()}
    items = listed(value)
    if items is not None:
        return [_words(each) for each in items]
    if value is None or value in ("null", "~", ""):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(value: object) -> object:
    """Return numbers as numbers again, for the eye."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, str) and value.isascii() and value.isdigit() and str(int(value)) == value:
        return int(value)
    return value
