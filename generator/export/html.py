"""HTML: an exercise sheet as one page that needs nothing else."""

from __future__ import annotations

from generator.export._export import Export
from generator.export._sheet_html import sheet_html

EXPORT = Export("html", "one page for paper and phone that needs nothing else", sheet=sheet_html)
