"""The text twin of a figure: everything the picture says, in Markdown."""

from __future__ import annotations

from typing import cast

from generator.export._carried import tucked
from generator.export._export import Drawing
from generator.model import Result, Step, depth
from generator.numerals import Number, shown

#: More columns than this are no table any more.
_WIDEST = 40
#: What the numbers of a place count.
_NAMES = ((), ("position",), ("row", "column"), ("map", "row", "column"))


def figure_md(drawing: Drawing) -> bytes:
    """Write the heading, the caption, the steps and the result as tables."""
    example = drawing.example
    parts = [f"# {_cell(drawing.title)}", example.says]
    header = "| step | at | sum | value |\n| ---: | :--- | :--- | ---: |"
    rows = [
        f"| {s.index} | {place(s)} | {_cell(s.sum or s.says)} | {shown(s.value)} |"
        for s in example.steps
    ]
    parts.append("\n".join([header, *rows]))
    parts += ["## Result", _result(example.result)]
    parts.append("Made by:\n\n```sh\n" + drawing.command + "\n```")
    parts.append(f"<!-- convbook: {tucked(drawing)} -->")
    return ("\n\n".join(parts) + "\n").encode()


def place(step: Step) -> str:
    """Return where a step's number stands, counted from 1."""
    names = _NAMES[len(step.at)]
    return ", ".join(f"{name} {i + 1}" for name, i in zip(names, step.at, strict=True))


def _result(result: Result) -> str:
    if not isinstance(result, tuple):
        return shown(result)
    if depth(result) == 1:
        return _matrix((result,))
    if depth(result) == 2:
        return _matrix(cast(tuple[tuple[Result, ...], ...], result))
    maps = (f"Map {i}:\n\n{_result(part)}" for i, part in enumerate(result, 1))
    return "\n\n".join(maps)


def _matrix(rows: tuple[tuple[Result, ...], ...]) -> str:
    widest = max(map(len, rows))
    if widest > _WIDEST:
        return f"{len(rows)} × {widest} numbers; the JSON file has them all."
    return _table(rows, widest)


def _table(rows: tuple[tuple[Result, ...], ...], width: int) -> str:
    header = "| " + " | ".join(str(i + 1) for i in range(width)) + " |\n|" + " ---: |" * width
    lines = ["| " + " | ".join(_padded(row, width)) + " |" for row in rows]
    return "\n".join([header, *lines])


def _padded(row: tuple[Result, ...], width: int) -> list[str]:
    return [shown(_number(each)) for each in row] + [""] * (width - len(row))


def _number(value: Result) -> Number:
    if isinstance(value, tuple):
        raise TypeError("a table has numbers in its cells")
    return value


def _cell(text: str) -> str:
    for sign in "\\`*_{}[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return text
