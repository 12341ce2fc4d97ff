"""Plain text: what the picture says, for mails, terminals and speech."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import fill

from generator.export._carried import line_in, tucked
from generator.export._export import Drawing, Export
from generator.export._text import place
from generator.model import Result, Step, depth
from generator.numerals import shown

_WIDTH = 80
#: More numbers in a row are no table any more.
_WIDEST = 40


def figure(drawing: Drawing) -> bytes:
    """Write the heading, the caption, every step and the result."""
    example = drawing.example
    title = drawing.title
    parts = [f"{title}\n{'=' * len(title)}", fill(example.says, _WIDTH)]
    parts.append("\n".join(_steps(example.steps)))
    parts.append(f"Result\n------\n{_result(example.result)}")
    parts.append(f"Made by:\n{drawing.command}")
    parts.append(f"convbook: {tucked(drawing)}")
    return ("\n\n".join(parts) + "\n").encode()


def _steps(steps: tuple[Step, ...]) -> list[str]:
    places = [place(step) for step in steps]
    wide = len(str(len(steps))), max(map(len, places))
    return [
        f"{step.index:>{wide[0]}}  {where:<{wide[1]}}  {step.sum or step.says}"
        for step, where in zip(steps, places, strict=True)
    ]


def _result(result: Result) -> str:
    if not isinstance(result, tuple):
        return shown(result)
    if depth(result) > 2:
        return "\n\n".join(f"Map {i}:\n{_result(each)}" for i, each in enumerate(result, 1))
    rows = [each if isinstance(each, tuple) else (each,) for each in result]
    if depth(result) == 1:
        rows = [result]
    widest = max(map(len, rows))
    if widest > _WIDEST:
        return f"{len(rows)} × {widest} numbers; the JSON file has them all."
    words = [[shown(each) for each in row if not isinstance(each, tuple)] for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*words, fillvalue="")]
    return "\n".join("  ".join(map(str.rjust, row, widths)) for row in words)


EXPORT = Export("txt", "the same in plain text, for mails and terminals", figure, carried=line_in)
