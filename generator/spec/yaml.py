"""YAML as the spec language reads it: text stays text, and every key knows its line.

YAML's own ideas of types are not asked (``010`` would be eight, ``1:30`` ninety, ``0.1`` a float):
scalars arrive as they were written, and the field that reads them knows what it wants.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from generator.errors import Problem, UserError

#: No spec is longer; a reader who pastes a whole data set gets a sentence instead of a long wait.
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds, and the line of every top-level key, counted from 1."""

    values: dict[str, object]
    lines: dict[str, int]


def load(text: str, where: str = "", first_line: int = 1) -> Document:
    r"""Read a mapping from YAML.

    Parameters
    ----------
    text
        The YAML.
    where
        The file it stands in, for errors.
    first_line
        The line in that file at which `text` begins.

    Raises
    ------
    UserError
        If it is no YAML, no mapping, or has a key twice.

    Examples
    --------
    >>> load("stride: 2\npadding: same").values
    {'stride': '2', 'padding': 'same'}
    """
    node = compose(text, where, first_line)
    if node is None:
        return Document({}, {})
    if not isinstance(node, yaml.MappingNode):
        problem = Problem(_place(where, first_line), "", "", "wanted lines such as 'stride: 2'")
        raise UserError([problem])
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    problems = []
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        key = str(_construct(key_node, where, line))
        if key in values:
            problems.append(
                Problem(_place(where, line), key, "", f"stands twice, first in line {lines[key]}")
            )
            continue
        # Quoted, these are words; bare, they are YAML's ways to say nothing.
        bare = isinstance(value_node, yaml.ScalarNode) and value_node.style is None
        value = _construct(value_node, where, line)
        values[key] = None if bare and value in ("", "null", "~") else value
        lines[key] = line
    if problems:
        raise UserError(problems)
    return Document(values, lines)


def value(text: str) -> object:
    """Read one value as the shell hands it over.

    Raises
    ------
    UserError
        If it is no YAML.

    Examples
    --------
    >>> value("[[1, 0], [0, 1/2]]"), value("same")
    ([['1', '0'], ['0', '1/2']], 'same')
    """
    node = compose(text, "", 1)
    if node is None:
        return None
    return _construct(node, "", 1)


def _construct(node: yaml.Node, where: str, line: int) -> object:
    try:
        return yaml.BaseLoader("").construct_object(node, deep=True)
    except yaml.YAMLError:
        said = "curly brackets hold names and values; a matrix has square ones: [[1, 2], [3, 4]]"
    except RecursionError:
        said = "the lists are nested too deeply"
    raise UserError([Problem(_place(where, line), "", "", said)])


def compose(text: str, where: str, first_line: int) -> yaml.Node | None:
    """Return YAML's own nodes, which know their lines; ``None`` for an empty text.

    Raises
    ------
    UserError
        If it is no YAML, or too long.
    """
    if len(text) > _LONGEST:
        found = f"{len(text):,} characters"
        raise UserError([Problem(where, "", found, f"at most {_LONGEST:,}")])
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        said = " ".join(part for part in (error.context, error.problem) if part)
        problem = Problem(_place(where, line), "", "", f"this is no YAML: {said}")
        raise UserError([problem]) from None
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        problem = Problem(_place(where, first_line), "", "", f"this is no YAML: {said}")
        raise UserError([problem]) from None
    except RecursionError:
        problem = Problem(_place(where, first_line), "", "", "the lists are nested too deeply")
        raise UserError([problem]) from None


def _place(where: str, line: int) -> str:
    return f"{where}:{line}" if where else ""
