"""Prose as HTML: for the sheets, which stand alone, and for the pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from generator.model import Spec
from generator.numerals import Number, shown
from generator.prose import (
    Blank,
    Block,
    Code,
    Equation,
    Figure,
    Grid,
    Math,
    Node,
    Prose,
    Strong,
    Text,
    Value,
    blocks,
)

#: Wider grids get smaller cells, so that a phone shows them whole.
_WIDE = 7
#: Rows and columns of larger grids are numbered.
_MANY = 4


def _as_code(tex: str, display: bool) -> str:
    code = f"<code>{escape(tex)}</code>"
    return f'<p class="equation">{code}</p>' if display else code


@dataclass(frozen=True, slots=True)
class ProseHtml:
    """Writes prose as HTML.

    Parameters
    ----------
    figure
        Writes a picture.
    formula
        Writes a formula in TeX, inside the line or on one of its own; the source if not given.
    site
        Whether it stands in a page of a site: then classes carry the site's prefix, nothing has a
        style of its own, which a strict policy would not allow, and large grids are numbered at
        their edges.

    Examples
    --------
    >>> ProseHtml(figure=lambda spec: "").blocks((Text("1 < "), Value(2)))
    '<p>1 &lt; 2</p>'
    """

    figure: Callable[[Spec], str]
    formula: Callable[[str, bool], str] = _as_code
    site: bool = False

    def blocks(self, prose: Prose) -> str:
        """Return prose as paragraphs, grids, pictures, one below the other."""
        return "".join(self._blocks(prose))

    def _blocks(self, prose: Prose) -> Iterator[str]:
        for block in blocks(prose):
            if isinstance(block[0], Grid):
                # Matrices that follow each other stand side by side where there is room.
                yield f'<div class="{self._p}grids">{"".join(map(self._block, block))}</div>'
            elif isinstance(block[0], Block):
                yield from map(self._block, block)
            else:
                yield f"<p>{''.join(map(self._inline, block)).strip()}</p>"

    @property
    def _p(self) -> str:
        return "cb-" if self.site else ""

    def _block(self, node: Node) -> str:
        match node:
            case Grid():
                return self._numbered(node) if self.site else _grid(node)
            case Figure(spec):
                return self.figure(spec)
            case Code((only,)) if not self.site:
                # Nobody has to say which line is meant.
                return f'<p class="code one"><code>{escape(only)}</code></p>'
            case Code(lines):
                items = "".join(f"<li><code>{escape(text) or ' '}</code></li>" for text in lines)
                return f'<ol class="{self._p}code">{items}</ol>'
            case Equation(tex):
                return self.formula(tex, True)
            case _:
                raise TypeError(f"{node} stands on no line of its own")

    def _inline(self, node: Node) -> str:
        match node:
            case Text(text):
                return escape(text, quote=not self.site)
            case Strong(text):
                return f"<strong>{escape(text, quote=not self.site)}</strong>"
            case Value(number):
                return shown(number)
            case Math(tex):
                return self.formula(tex, False)
            case Blank(label, width):
                room = "" if self.site else f' style="width: {width}ch"'
                line = f'class="{self._p}blank"{room} role="img" aria-label="blank"'
                return f"{escape(label)} <span {line}></span>".lstrip()
            case _:
                raise TypeError(f"{node} is no part of a line")

    def _numbered(self, grid: Grid) -> str:
        """Write a grid; rows and columns that are hard to count are numbered as questions do."""
        rows = grid.rows
        sides = len(rows), len(rows[0])
        asked = sum(number is None for row in rows for number in row) == 1
        numbered = min(sides) > 1 and max(sides) >= _MANY
        columns = "".join(f"<th>{column}</th>" for column in range(1, sides[1] + 1))
        head = f"<thead><tr><td></td>{columns}</tr></thead>" if numbered else ""
        body = "".join(
            f"<tr>{f'<th>{place}</th>' if numbered else ''}"
            f"{''.join(_site_cell(number, asked) for number in row)}</tr>"
            for place, row in enumerate(rows, 1)
        )
        tight = " cb-tight" if sides[1] > _WIDE else ""
        return f'<table class="cb-grid{tight}">{_caption(grid)}{head}<tbody>{body}</tbody></table>'


def _site_cell(number: Number | None, asked: bool) -> str:
    """Write a cell; the only empty one is the one that is asked for."""
    if number is None:
        return '<td class="cb-asked">?</td>' if asked else "<td></td>"
    return f"<td>{shown(number)}</td>"


def _caption(grid: Grid) -> str:
    size = f"{len(grid.rows)} × {len(grid.rows[0])}"
    return f"<caption><span>{escape(grid.name)}</span> <small>{size}</small></caption>"


def _grid(grid: Grid) -> str:
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in grid.rows)
    return f'<table class="grid">{_caption(grid)}<tbody>{body}</tbody></table>'


def _cell(number: Number | None) -> str:
    return "<td></td>" if number is None else f"<td>{shown(number)}</td>"
