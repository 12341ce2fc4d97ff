"""A figure as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from generator import api
from generator.errors import Problem


def figure_html(
    figure: api.Figure,
    caption: str,
    name: str = "",
    download: str = "",
    photo: Callable[[bytes], str] | None = None,
) -> str:
    """Return a figure with everything around it.

    Parameters
    ----------
    figure
        The worked example.
    caption
        HTML of the sentence below.
    name
        Its anchor.
    download
        Address of the SVG file.
    photo
        Gives the address of a photograph's PNG; without it, photographs stand in the page.
    """
    anchor = f' id="{escape(name)}"' if name else ""
    wide, narrow = (figure.film_svg(canvas, photo) for canvas in ("page", "narrow"))
    shown = figure.shown
    pictures = f'<div class="cb-wide">{wide}</div><div class="cb-narrow">{narrow}</div>'
    return "".join(
        [
            f'<figure class="cb-figure"{anchor} data-search-exclude>',
            api.player(shown, pictures, of=len(figure.steps)) if shown else pictures,
            f"<figcaption>{caption}</figcaption>",
            api.steps_table(figure.steps) if len(figure.steps) > 1 else "",
            _uses(figure, name, download),
            "</figure>",
        ]
    )


def _uses(figure: api.Figure, name: str, download: str) -> str:
    link = (
        f'<p><a href="{escape(download)}" download>Download the picture (SVG)</a></p>'
        if download
        else ""
    )
    return (
        '<details class="cb-more cb-uses"><summary>Use this figure</summary>'
        f"<p>In a page:</p>{_code(f'```figure{chr(10)}{figure.yaml}```', name and f'{name}--page')}"
        f"<p>In a shell:</p>{_code(figure.command, name and f'{name}--shell')}{link}</details>"
    )


def _code(text: str, name: str) -> str:
    # The theme's copy button takes the nearest id for its own; without this one it took the
    # figure's for both blocks (test_every_page_is_sound).
    anchor = f' id="{escape(name)}"' if name else ""
    code = f"<code>{escape(text, quote=False)}</code>"
    return f'<div class="highlight"><pre{anchor}>{code}</pre></div>'


def problems_html(problems: Iterable[Problem], what: str = "figure") -> str:
    """Return a box that says what is wrong, where it is wrong.

    >>> problems_html([Problem("docs/x.md:3", "", "", "no <b>")])[-49:]
    '<ul><li>docs/x.md:3: no &lt;b&gt;</li></ul></div>'
    """
    items = "".join(f"<li>{escape(str(each), quote=False)}</li>" for each in problems)
    return f'<div class="cb-problem"><p>This {what} has problems:</p><ul>{items}</ul></div>'


def problem_html(problems: Iterable[Problem]) -> str:
    """Return the same within a line.

    >>> problem_html([Problem("docs/x.md:3", "", "", "unknown")])
    '<span class="cb-problem">docs/x.md:3: unknown</span>'
    """
    said = escape("; ".join(map(str, problems)), quote=False)
    return f'<span class="cb-problem">{said}</span>'
