"""A network as Markdown tables."""

from __future__ import annotations

from generator.export._export import NetworkTable
from generator.export._network_values import notes, sign, square, sums, what

_HEAD = (
    "layer", "what", "output", "parameters", "how they are counted", "multiply-adds", "sees", "step"
)  # fmt: skip
_SIDES = (":---", ":---", "---:", "---:", ":---", "---:", "---:", "---:")


def network_md(table: NetworkTable) -> bytes:
    """Write the heading, the layers, the sums and the conventions."""
    lines = [_row(_HEAD), _row(_SIDES)]
    for layer in table.layers:
        formula = str(layer["params_formula"]).rpartition(" = ")[0]
        cells = (
            _safe(str(layer["name"])),
            _safe(what(layer)),
            sign(layer["output"]),
            sign(layer["params"]),
            formula,
            sign(layer["macs"]),
            square(layer["receptive_field"]),
            square(layer["effective_stride"]),
        )
        lines.append(_row(cells))
    parts = [f"# {_safe(table.title)}", f"Input {sign(table.input)}.", "\n".join(lines)]
    total = [_row(("total", "")), _row((":---", ":---"))]
    parts.append("\n".join([*total, *(_row(pair) for pair in sums(table))]))
    chosen = table.conventions.items()
    parts.append("\n".join(f"- {name} {setting}: {says}" for name, (setting, says) in chosen))
    parts += [f"{_safe(name)}: {_safe(note)}." for name, note in notes(table)]
    return ("\n\n".join(parts) + "\n").encode()


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _safe(text: str) -> str:
    for mark in "\\`*_{}[]<>#|":
        text = text.replace(mark, "\\" + mark)
    return text
