"""HTML: a figure to walk through, or an exercise sheet, as one page that needs nothing else."""

from __future__ import annotations

import re

from generator.export._export import Export
from generator.export._figure_html import ASSETS, figure_html
from generator.export._sheet_html import sheet_html

_CARRIED = re.compile(rb'<script type="application/json" id="convbook">([^<]*)</script>')


def carried(data: bytes) -> str | None:
    """Return what the page carries for us."""
    found = _CARRIED.search(data)
    return found[1].decode(errors="replace") if found else None


EXPORT = Export(
    "html",
    "one page for phone, desk and paper that needs nothing else",
    figure_html,
    sheet_html,
    carried=carried,
    draws=True,
    reads=ASSETS,
    takes=frozenset({"steps"}),
)
