"""Lists and mappings that remember the line they stand in, and blanks that are filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import yaml

from generator.errors import Problem, UserError

#: ``$width``, or ``$stride=1`` where a value need not be given.
_BLANK = re.compile(r"\$([A-Za-z]\w*)(?:=(.*))?")


class Said(str):
    """A word, and the line it stands in (0 if there is none)."""

    line = 0


class Items(list["Tree"]):
    """A list, and the line it begins in."""

    line = 0


class Keys(dict[str, "Tree"]):
    """A mapping, and the line it begins in; its keys are :class:`Said`."""

    line = 0


Tree: TypeAlias = object


def line_of(tree: Tree) -> int:
    """Return the line of a part of a file; 0 where it comes from Python."""
    line: int = getattr(tree, "line", 0)
    return line


def said(text: object, line: int) -> Said:
    """Return a word with its line."""
    word = Said(text)
    word.line = line
    return word


def from_python(value: object) -> Tree:
    """Return a mapping written in Python as one read from a file.

    >>> from_python({"layers": ("flatten", {"linear": 10})})
    {'layers': ['flatten', {'linear': 10}]}
    """
    if isinstance(value, Mapping):
        return Keys({said(key, 0): from_python(each) for key, each in value.items()})
    if isinstance(value, (list, tuple)):
        return Items(from_python(each) for each in value)
    return said(value, 0) if isinstance(value, str) else value


def from_yaml(root: yaml.Node, where: str) -> Tree:
    """Return what a file holds; every word is a text.

    Raises
    ------
    UserError
        With every key that stands twice, and every alias: what is used twice is a block.
    """
    problems: list[Problem] = []
    seen: set[int] = set()

    def grown(node: yaml.Node) -> Tree:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            quoted = node.style in ("'", '"')
            return (
                None if node.value in ("", "null", "~") and not quoted else said(node.value, line)
            )
        if id(node) in seen:
            hint = "what is used twice is written once, under blocks"
            problems.append(Problem(f"{where}:{line}", "", "", "aliases are not read", hint))
            return None
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            items = Items(grown(each) for each in node.value)
            items.line = line
            return items
        keys = Keys()
        keys.line = line
        for key_node, value_node in node.value:
            key = said(getattr(key_node, "value", ""), key_node.start_mark.line + 1)
            if key in keys:
                problem = Problem(f"{where}:{key.line}", key, "", "stands twice")
                problems.append(problem)
            keys[key] = grown(value_node)
        return keys

    tree = grown(root)
    if problems:
        raise UserError(problems)
    return tree


def blanks(tree: Tree) -> dict[str, Said | None]:
    """Return the blanks of a block in their order, each with its default if it has one.

    >>> block = from_python([{"conv": {"out_channels": "$width", "stride": "$stride=1"}}])
    >>> blanks(block)
    {'width': None, 'stride': '1'}
    """
    found: dict[str, Said | None] = {}
    for word in _words(tree):
        if match := _BLANK.fullmatch(word):
            default = match[2] if match[2] is None else said(match[2], word.line)
            found[match[1]] = found.get(match[1]) or default
    return found


def _words(tree: Tree) -> Iterator[Said]:
    if isinstance(tree, Said):
        yield tree
    elif isinstance(tree, Items):
        for each in tree:
            yield from _words(each)
    elif isinstance(tree, Keys):
        for each in tree.values():
            yield from _words(each)


def filled(tree: Tree, values: Mapping[str, Tree]) -> Tree:
    """Return a block with its blanks filled in.

    >>> filled(from_python({"linear": "$classes"}), {"classes": "10"})
    {'linear': '10'}
    """
    if isinstance(tree, Said):
        match = _BLANK.fullmatch(tree)
        return values.get(match[1], tree) if match else tree
    if isinstance(tree, Items):
        items = Items(filled(each, values) for each in tree)
        items.line = tree.line
        return items
    if isinstance(tree, Keys):
        keys = Keys({key: filled(each, values) for key, each in tree.items()})
        keys.line = tree.line
        return keys
    return tree
