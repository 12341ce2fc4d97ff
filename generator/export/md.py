"""Markdown: readable as it stands, and by every wiki, forge and notebook."""

from __future__ import annotations

from generator.export._carried import line_in
from generator.export._export import Export
from generator.export._network_md import network_md
from generator.export._sheet_md import sheet_md
from generator.export._text import figure_md

EXPORT = Export(
    "md",
    "text and tables, readable as they stand",
    figure_md,
    sheet_md,
    network_md,
    carried=line_in,
)
