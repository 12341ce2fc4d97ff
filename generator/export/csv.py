"""CSV: a line for each layer of a network, for spreadsheets.

The columns are the keys of the JSON file; shapes and pairs are written ``6x28x28``.
"""

from __future__ import annotations

import csv
from io import StringIO

from generator.export._export import Export, NetworkTable


def network(table: NetworkTable) -> bytes:
    """Write the layers; the sums are the spreadsheet's own work."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.layers[0])
    writer.writerows(map(_cell, layer.values()) for layer in table.layers)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, list):
        words = all(isinstance(each, str) for each in value)
        return (" " if words else "x").join(map(str, value))
    return "" if value is None else value


EXPORT = Export("csv", "a line for each layer of a network, for spreadsheets", network=network)
