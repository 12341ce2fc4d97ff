"""A network as a table for a terminal, at most 100 columns wide."""

from __future__ import annotations

from textwrap import wrap

from generator.export._export import NetworkTable
from generator.export._network_values import notes, sign, square, sums, what

_WIDTH = 100
_HEAD = ("layer", "what", "output", "parameters", "multiply-adds", "sees", "step", "counted as")
#: The columns that hold words and stand at the left.
_WORDS = (0, 1, 7)
_LEGEND = (
    ("sees", "receptive field: rows and columns of the input that one unit sees, padding too"),
    ("step", "effective stride: cells of the input from one unit's view to the next one's"),
)


def network_text(table: NetworkTable) -> str:
    """Return the table, the sums, the conventions and the notes."""
    rows = [
        (
            str(layer["name"]),
            what(layer),
            sign(layer["output"]),
            sign(layer["params"]),
            sign(layer["macs"]),
            square(layer["receptive_field"]),
            square(layer["effective_stride"]),
            str(layer["params_formula"]).rpartition(" = ")[0],
        )
        for layer in table.layers
    ]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > _WIDTH:
        # Formulas are for small networks; the other formats have them for all.
        widths.pop()
    # Only names can be as long as a person likes; the rest has its bounds.
    widths[0] = max(8, min(widths[0], _WIDTH - sum(widths[1:]) - 2 * (len(widths) - 1)))
    lines = [f"{table.name}: {table.title}, input {sign(table.input)}", ""]
    lines += [_line(_HEAD, widths), "─" * (sum(widths) + 2 * (len(widths) - 1))]
    lines += [_line(row, widths) for row in rows]
    lines.append("")
    lines += [f"{name:<16}{text}" for name, text in sums(table)]
    lines.append("")
    lines += [
        f"{name:<16}{setting}: {meaning}" for name, (setting, meaning) in table.conventions.items()
    ]
    lines += [f"{name:<16}{text}" for name, text in _LEGEND]
    for name, note in notes(table):
        lines += ["", *wrap(f"{name}: {note}", _WIDTH)]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    placed = [
        _cut(cell, width).ljust(width) if i in _WORDS else cell.rjust(width)
        # The last column may have been left out.
        for i, (cell, width) in enumerate(zip(cells, widths, strict=False))
    ]
    return "  ".join(placed).rstrip()


def _cut(name: str, width: int) -> str:
    """Return a name, without its middle if it is too long: both ends tell names apart."""
    if len(name) <= width:
        return name
    tail = (width - 1) * 2 // 3
    return name[: width - 1 - tail] + "…" + name[-tail:]
