"""How the plain values of a network are written in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.export._export import NetworkTable


def sign(value: object) -> str:
    """Return a value as a reader sees it.

    >>> sign(61706), sign([6, 28, 28]), sign(None), sign("C1")
    ('61,706', '6×28×28', '–', 'C1')
    """
    if value is None:
        return "–"
    if isinstance(value, list):
        return "×".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def square(value: object) -> str:
    """Return rows and columns, as one number where they are equal.

    >>> square([5, 5]), square([1, 7]), square(None)
    ('5', '1×7', '–')
    """
    alike = isinstance(value, list) and len(set(value)) == 1
    return str(value[0]) if isinstance(value, list) and alike else sign(value)


def size(count: object) -> str:
    """Return a number of bytes for the eye, in powers of 1,000.

    >>> size(840), size(246_824), size(102_228_128)
    ('840 bytes', '246.8 kB', '102.2 MB')
    """
    number = count if isinstance(count, int) else 0
    for unit, word in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if number >= unit:
            # Tenths in whole numbers: a float would round some of them otherwise.
            tenths = (number * 10 + unit // 2) // unit
            return f"{tenths // 10:,}.{tenths % 10} {word}"
    return f"{number} bytes"


def what(layer: Mapping[str, object]) -> str:
    """Return the word of a layer with its arguments in signs: ``conv 5×5``."""
    return f"{layer['op']} {layer['says']}".rstrip()


def sums(table: NetworkTable) -> list[tuple[str, str]]:
    """Return the totals, a line each."""
    total = table.total
    found = [
        ("parameters", f"{sign(total['params'])}, {size(total['weight_bytes'])} as float32"),
        ("multiply-adds", f"{sign(total['macs'])}, {sign(total['flops'])} FLOPs"),
        ("activations", f"{size(total['activation_bytes'])}, every output kept, one input"),
        ("receptive field", f"{sign(total['receptive_field'])} of the last layer"),
    ]
    if total["buffers"]:
        found.insert(1, ("not learned", f"{sign(total['buffers'])} numbers"))
    return found


def notes(table: NetworkTable) -> Iterator[tuple[str, str]]:
    """Yield what a reader should know of single layers."""
    for layer in table.layers:
        if layer["note"]:
            yield str(layer["name"]), str(layer["note"])
