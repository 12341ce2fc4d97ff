"""TeX to MathML, at build time: no script, no request, and a mistake is a problem with a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from generator.errors import Problem, UserError, shorten

if TYPE_CHECKING:
    from math_core import LatexToMathML


def mathml(tex: str, *, display: bool = False) -> str:
    r"""Return a formula as MathML.

    Parameters
    ----------
    tex
        The formula, without dollars.
    display
        Whether it stands on a line of its own.

    Raises
    ------
    UserError
        With one problem, whose ``where`` is the line inside the formula, counted from 1.

    Examples
    --------
    >>> mathml("k = 3")
    '<math><mi>k</mi><mo>=</mo><mn>3</mn></math>'
    >>> mathml(r"\fraz{1}{2}")
    Traceback (most recent call last):
    generator.errors.UserError: 1: formula \fraz{1}{2}: Unknown command "\fraz".
    """
    from math_core import LatexError

    try:
        return _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        # The message begins with the offset: '0: Unknown command "\\fraz".'
        offset, _, said = str(error.args[0]).partition(": ")
        before = tex[: int(offset)] if offset.isdigit() else ""
        said = said.replace("\\\\", "\\") or offset
        line = str(before.count("\n") + 1)
        raise UserError([Problem(line, f"formula {shorten(tex)}", "", said)]) from None


def formula_html(tex: str, *, display: bool = False) -> str:
    """Return a formula as a piece of a page; raise as :func:`mathml` does.

    >>> formula_html("k")
    '<span class="cb-math"><math><mi>k</mi></math></span>'
    """
    # A span even for an equation: inside a paragraph nothing else is valid, and CSS makes it a
    # block that scrolls.
    name = "cb-equation" if display else "cb-math"
    return f'<span class="{name}">{mathml(tex, display=display)}</span>'


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)
