"""The text twin of a figure: everything the picture says, in Markdown."""

from __future__ import annotations

from generator.export._export import Drawing
from generator.model import Result, Step
from generator.numerals import Number, shown

#: More columns than this are no table any more.
_WIDEST = 40


def figure_md(drawing: Drawing) -> bytes:
    """Write the heading, the caption, the steps and the result as tables."""
    example = drawing.example
    parts = [f"# {_cell(drawing.title)}", example.says]
    header = "| step | at | sum | value |\n| ---: | :--- | :--- | ---: |"
    rows = [
        f"| {s.index} | {_at(s)} | {_cell(s.sum or s.says)} | {shown(s.value)} |"
        for s in example.steps
    ]
    parts.append("\n".join([header, *rows]))
    parts += ["## Result", _result(example.result)]
    parts.append("Made by:\n\n```sh\n" + drawing.command + "\n```")
    return ("\n\n".join(parts) + "\n").encode()


def _at(step: Step) -> str:
    names = ("row", "column") if len(step.at) == 2 else ("position",)
    return ", ".join(f"{name} {i + 1}" for name, i in zip(names, step.at, strict=True))


def _result(result: Result) -> str:
    if not isinstance(result, tuple):
        return shown(result)
    rows = [row if isinstance(row, tuple) else None for row in result]
    if any(row is None for row in rows):
        return _table([result])
    full = [row for row in rows if row is not None]
    if len(full[0]) > _WIDEST:
        return f"{len(full)} × {len(full[0])} numbers; the JSON file has them all."
    return _table(full)


def _table(rows: list[tuple[Result, ...]]) -> str:
    width = len(rows[0])
    header = "| " + " | ".join(str(i + 1) for i in range(width)) + " |\n|" + " ---: |" * width
    lines = ["| " + " | ".join(shown(_number(each)) for each in row) + " |" for row in rows]
    return "\n".join([header, *lines])


def _number(value: Result) -> Number:
    if isinstance(value, tuple):
        raise TypeError("a table has numbers in its cells")
    return value


def _cell(text: str) -> str:
    for sign in "\\`*_{}[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return text
