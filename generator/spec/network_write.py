"""A network's report in plain values, for whoever writes it to a file."""

from __future__ import annotations

from dataclasses import asdict

from generator.engine.network_report import Layer, Report

#: What a file says of a layer, in this order.
KEYS = (
    "name", "op", "inputs", "output", "params", "params_formula", "macs", "macs_formula", "flops",
    "buffers", "activation_bytes", "weight_bytes", "receptive_field", "effective_stride",
    "effective_padding", "says", "note",
)  # fmt: skip


def plain_layer(layer: Layer) -> dict[str, object]:
    """Return a layer as numbers, words, lists and ``None``."""
    values = {key: getattr(layer, key) for key in KEYS}
    return {key: list(each) if isinstance(each, tuple) else each for key, each in values.items()}


def plain_total(report: Report) -> dict[str, object]:
    """Return the sums likewise."""
    values = asdict(report.total)
    return {key: list(each) if isinstance(each, tuple) else each for key, each in values.items()}


def conventions(report: Report) -> dict[str, tuple[str, str]]:
    """Return for each switch its setting and what that means."""
    settings, says = asdict(report.conventions), report.conventions.says
    return {key: (settings[key], says[key]) for key in says}
