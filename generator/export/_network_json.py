"""A network as JSON.

``{"name", "input", "layers": [{"name", "op", "inputs", "output", "params", "params_formula",
"macs", …}, …], "total": {"params", "macs", …, "conventions"}}``. Shapes are [channels, rows,
columns] or [features]; pairs are [rows, columns]; memory is in bytes. What is not defined is null.
"""

from __future__ import annotations

from json import dumps

from generator.export._export import NetworkTable


def network_json(table: NetworkTable) -> bytes:
    """Write one layer a line, so that two files can be compared by eye."""
    layers = ",\n  ".join(_json(layer) for layer in table.layers)
    chosen = {name: setting for name, (setting, _) in table.conventions.items()}
    lines = [
        f'"name": {_json(table.name)}',
        f'"input": {_json(table.input)}',
        f'"layers": [\n  {layers}\n ]',
        f'"total": {_json({**table.total, "conventions": chosen})}',
    ]
    return ("{\n " + ",\n ".join(lines) + "\n}\n").encode()


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False)
