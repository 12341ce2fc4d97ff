"""Numbers in the running text, taken from the figures, so that no page can contradict itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from generator import api
from generator.errors import Problem, UserError, unknown
from generator.model import Result, Step, depth, shape
from generator.numerals import MINUS, Number, exact, shown

#: How signs that mean something to TeX are written to be only seen.
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$%&#_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)
#: Whole parts that are hard to read without commas; digits behind a point stay together.
_LONG = re.compile(r"(?<![\d.])\d{4,}")
SUCH = "a word such as result, shape or step 1"


@dataclass(frozen=True, slots=True)
class Inline:
    """One thing to be said in a line of text, and in a formula."""

    text: str
    tex: str


def ask(figure: api.Figure, words: str) -> Inline:
    r"""Return what a page asks of a figure.

    Parameters
    ----------
    figure
        The worked example.
    words
        ``result``, ``shape``, ``steps``, ``step 5``, ``sum 5``, ``says 5``, or a parameter's name.

    Raises
    ------
    UserError
        If there is no such thing, with the nearest one there is.

    Examples
    --------
    >>> import generator.api
    >>> figure = generator.api.figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1, -1]])
    >>> ask(figure, "result").text, ask(figure, "sum 2").text, ask(figure, "kernel").text
    ('−1; −1', '3·1 + 4·(−1) = −1', '1\xa0×\xa02')
    >>> ask(generator.api.figure("bottleneck"), "sum 1").text
    '25,088·4,800 = 120,422,400'
    >>> ask(figure, "result").tex
    '\\begin{pmatrix}-1\\\\-1\\end{pmatrix}'
    """
    if not words.strip():
        raise UserError([Problem("", "", "", f"{SUCH} is missing")])
    name, *rest = words.split()
    if name in _WHOLE and not rest:
        return _WHOLE[name](figure)
    if name in _OF_STEP and len(rest) == 1:
        return _OF_STEP[name](_step(figure, rest[0]))
    fields = api.fields_of(type(figure.spec.params))  # type: ignore[arg-type]
    if name in fields and not rest:
        value = getattr(figure.spec.params, name)
        if value is None or value == ():
            raise UserError([Problem("", "", "", f"{name} is not given")])
        return _parameter(fields[name].show(value), figure, name)
    known = [*_WHOLE, *(f"{each} 1" for each in _OF_STEP), *fields]
    if name in _OF_STEP:
        raise UserError([Problem("", "", "", f"wanted a step, such as '{name} 1'")])
    raise UserError([unknown("value", words, known)])


def _step(figure: api.Figure, word: str) -> Step:
    count = len(figure.steps)
    if not (word.isascii() and word.isdigit() and 1 <= int(word) <= count):
        raise UserError([Problem("", "", word, f"a step from 1 to {count}")])
    return figure.steps[int(word) - 1]


def _said(text: str) -> Inline:
    return Inline(text, rf"\text{{{text.translate(_TEX)}}}")


def _number(number: Number) -> Inline:
    """Write a number of a list or a matrix, where a comma would look like the end of it."""
    text = shown(number)
    return Inline(text, text.replace(MINUS, "-"))


def _alone(number: Number) -> Inline:
    """Write a number that stands by itself.

    >>> _alone(150529)
    Inline(text='150,529', tex='150{,}529')
    """
    return _sum(shown(number))


def _sum(text: str) -> Inline:
    """Group long numbers with commas, as the figures' sentences do."""
    text = _LONG.sub(lambda digits: f"{int(digits[0]):,}", text)
    tex = text.replace(",", "{,}").replace("·", r" \cdot ").replace(MINUS, "-")
    return Inline(text, tex)


def _sizes(sizes: Sequence[int]) -> Inline:
    if not sizes:
        raise UserError([Problem("", "shape", "", "there is none: the result is one number")])
    words = [str(size) for size in sizes]
    return Inline("\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(words), r" \times ".join(words))


def _result(result: Result) -> Inline:
    """Write a line as a list, a matrix row by row, the way MATLAB does."""
    if not isinstance(result, tuple):
        return _alone(result)
    if depth(result) == 1:
        cells = [_number(cast(Number, cell)) for cell in result]
        return Inline(", ".join(c.text for c in cells), ",\\, ".join(c.tex for c in cells))
    if depth(result) > 2 or len(shape(result)) < 2:
        raise UserError([Problem("", "result", "", "has too many axes for a line of text")])
    rows = [[_number(cast(Number, cell)) for cell in cast(tuple[Result, ...], r)] for r in result]
    text = "; ".join(" ".join(cell.text for cell in row) for row in rows)
    tex = r"\\".join(" & ".join(cell.tex for cell in row) for row in rows)
    return Inline(text, rf"\begin{{pmatrix}}{tex}\end{{pmatrix}}")


def sum_of(step: Step) -> Inline:
    """Return the sum of a step with all its terms."""
    if not step.terms:
        raise UserError([Problem("", f"sum {step.index}", "", "this step sums nothing")])
    return _sum(step.sum)


def _parameter(value: object, figure: api.Figure, name: str) -> Inline:
    """Show a parameter plainly; of a matrix its size, for the figure shows its numbers."""
    size = getattr(getattr(figure.spec.params, name), "size", None)
    if isinstance(size, str):
        return Inline(size.replace(" ", "\N{NO-BREAK SPACE}"), size.replace("×", r"\times"))
    if isinstance(value, list) and all(isinstance(each, int) for each in value):
        return _sizes(value)
    if isinstance(value, bool):
        return _said("yes" if value else "no")
    try:
        return _alone(exact(value))
    except ValueError:
        return _said(str(value))


_WHOLE: dict[str, Callable[[api.Figure], Inline]] = {
    "result": lambda figure: _result(figure.result),
    "shape": lambda figure: _sizes(shape(figure.result)),
    "steps": lambda figure: _alone(len(figure.steps)),
}
_OF_STEP: dict[str, Callable[[Step], Inline]] = {
    "step": lambda step: _alone(step.value),
    "sum": sum_of,
    "says": lambda step: _said(step.says),
}
