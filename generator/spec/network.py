"""Networks as a reader writes them: an input shape and layers, in YAML or as a Python mapping.

::

    title: Two convolutions and a shortcut
    year: 2026                    # these three may be left out
    about: Made up for this text. # paragraphs, an empty line between two
    sources: [{title: This file, url: https://example.org}]
    input: 3x32x32                # channels x rows x columns
    blocks:
      unit:                       # $width is filled in where the block is used
        - conv: {out_channels: $width, kernel_size: 3, padding: 1, bias: false}
        - batch_norm
    layers:
      - unit: 16                  # a block; one value alone is its first blank
      - relu
      - name: body                # its layers are body.main.conv1, …, body
        branches:
          main: [unit: 16, relu, unit: 16]
          shortcut: []            # the input as it is
        join: add                 # or concat
      - global_avg_pool
      - flatten
      - linear: 10

Every entry is one word (a layer, a block, ``branches``, or ``layers`` for a group) and its
arguments; beside it may stand ``name``, ``repeat: 3``, and ``inputs`` with the names of what it
reads, if that is not the entry above it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from generator.engine.network import report
from generator.engine.network_op import COUNTS, PADDING_RULES, ROUNDINGS, Conventions, Shape
from generator.engine.network_report import Layer, Report, Total
from generator.errors import Problem, UserError, shorten, unknown, wrong
from generator.spec.fields import Choice, Field, Text, listed, under, whole
from generator.spec.network_card import KEYS as ABOUT
from generator.spec.network_card import card
from generator.spec.network_names import resolved
from generator.spec.network_nodes import Nodes
from generator.spec.network_tree import Items, Keys, Tree, from_python, from_yaml, line_of
from generator.spec.yaml import compose

__all__ = ["CONVENTIONS", "INPUT", "Layer", "Report", "Total", "about", "names", "network"]

T = TypeVar("T")
_HOME = Path(__file__).parents[1] / "networks"
_KEYS = ("title", *ABOUT, "input", "conventions", "blocks", "layers")
#: The largest side of an input.
_LARGEST = 100_000


class InputField(Field[Shape]):
    """The shape of one input.

    >>> InputField("shape").parse("3x224x224"), InputField("shape").parse([1, 28, 28])
    ((3, 224, 224), (1, 28, 28))
    """

    metavar = "CxHxW"
    WANTED = "channels x rows x columns, such as 3x224x224"

    def parse(self, value: object) -> Shape:
        """Read three numbers, or one for a flat input."""
        items = listed(value)
        if items is None:
            items = list(re.split(r"\s*[x×]\s*", str(value).strip()))
        try:
            sizes = tuple(whole(item, 1, _LARGEST) for item in items)
        except UserError:
            sizes = ()
        if len(sizes) not in (1, 3):
            raise wrong(value, self.WANTED)
        return sizes

    def show(self, value: Shape) -> object:
        """Show it as it is written."""
        return "x".join(map(str, value))


INPUT = InputField("channels x rows x columns of one input, such as 3x224x224")
#: The switches by name, as options and as keys of ``conventions``.
CONVENTIONS: dict[str, Choice] = {
    "rounding": Choice("how a pooling layer rounds its size without a ceil_mode", ROUNDINGS),
    "padding": Choice(
        "per-side: padding as written; tf-same: every layer that pads does as TensorFlow's SAME",
        PADDING_RULES,
    ),
    "count": Choice("FLOPs a multiply-add counts as: mac, one; flop, two", COUNTS),
}


@cache
def names() -> tuple[str, ...]:
    """Return the names of the networks that are shipped; nothing is read."""
    return tuple(sorted(file.stem for file in _HOME.glob("*.yaml")))


def about(name: str) -> str:
    """Return the title of a shipped network, from the first line of its file.

    >>> about("lenet5")
    'LeNet-5 as it is taught today'
    """
    with (_HOME / f"{name}.yaml").open(encoding="utf-8") as file:
        return file.readline().partition("title: ")[2].strip()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a network is written."""

    name: str
    where: str
    tree: Tree

    def at(self, part: object) -> str:
        """Return the place of a part of it."""
        return f"{self.where}:{line_of(part) or 1}" if self.where else ""


def network(source: object, given: Mapping[str, object]) -> Report:
    """Return the report of a network.

    Parameters
    ----------
    source
        A name, a YAML file, or a mapping.
    given
        ``input`` and conventions that win over those of the file; ``None`` is not given.

    Raises
    ------
    UserError
        With everything that is wrong.

    Examples
    --------
    >>> network("lenet5", {}).total.params
    61706
    """
    try:
        found = _source(source)
        return _report(found, given)
    except RecursionError:
        where = "" if isinstance(source, Mapping) else str(source)
        raise UserError([Problem(where, "", "", "the blocks are nested too deeply")]) from None


def _report(found: Source, given: Mapping[str, object]) -> Report:
    """Read everything, judge everything, and only then raise what is wrong."""
    problems: list[Problem] = []

    def read(field: Field[T], key: str, tree: Mapping[Any, object], default: T | None) -> T | None:
        """Return what was asked for, else what the file says, else the default."""
        value = given.get(key)
        asked = value is not None
        value = value if asked else tree.get(key)
        if value is None:
            if default is None:
                problems.append(Problem(found.at(tree), key, "", f"is missing: {field.help}"))
            return default
        try:
            return field.parse(value)
        except UserError as error:
            where = "" if asked else found.at(value)
            problems.extend(each.at(where) for each in under(key, error.problems))
            return default

    tree = found.tree
    if not isinstance(tree, Keys):
        raise UserError([Problem(found.at(tree), "", "", "wanted lines such as 'input: 3x32x32'")])
    problems += [unknown("key", key, _KEYS, found.at(key)) for key in tree if key not in _KEYS]
    title = read(Text("a title"), "title", tree, found.name) or ""
    said, told = card(tree, found.at)
    problems += told
    shape = read(INPUT, "input", tree, None)
    switches = tree.get("conventions")
    switches = Keys() if switches is None else switches
    if not isinstance(switches, Keys):
        wanted = "lines such as 'rounding: ceil'"
        problems.append(Problem(found.at(switches), "conventions", shorten(switches), wanted))
        switches = Keys()
    problems += [
        unknown("convention", key, CONVENTIONS, found.at(key))
        for key in switches
        if key not in CONVENTIONS
    ]
    usual = Conventions()
    chosen: dict[str, Any] = {
        key: read(field, key, switches, getattr(usual, key)) for key, field in CONVENTIONS.items()
    }
    nodes = Nodes(found.at, tree.get("blocks"))
    layers = tree.get("layers")
    if not isinstance(layers, Items) or not layers:
        got = shorten(layers) if layers else ""
        wanted = "a list of layers" if got else "is missing: a list of layers"
        problems.append(Problem(found.at(layers or tree), "layers", got, wanted))
    else:
        nodes.read(layers)
    found_nodes, misnamed = resolved(nodes.drafts, found.at)
    problems += nodes.problems + misnamed
    made = None
    if shape is not None:
        # Layers that can be read are judged even if others cannot: all problems are told at once.
        try:
            made = report(found.name, title, shape, found_nodes, Conventions(**chosen))
        except UserError as error:
            problems += error.problems
    if problems or made is None:
        raise UserError(sorted(dict.fromkeys(problems), key=_line))
    return replace(made, card=said)


def _line(problem: Problem) -> int:
    _, _, line = problem.where.rpartition(":")
    return int(line) if line.isdigit() else 0


def _source(source: object) -> Source:
    if isinstance(source, Mapping):
        return Source("network", "", from_python(source))
    text = str(source)
    path = Path(text)
    if not isinstance(source, Path) and not path.suffix and path.name == text:
        if text not in names():
            raise UserError([unknown("network", text, names())])
        path = _HOME / f"{text}.yaml"
    try:
        # The file's own place is no reader's business if it is one of ours.
        where = text if path.parent != _HOME else f"networks/{path.name}"
        root = compose(path.read_text("utf-8"), where, 1)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UserError([Problem(text, "", "", f"cannot be read: {reason}")]) from None
    return Source(path.stem, where, from_yaml(root, where) if root else Keys())
