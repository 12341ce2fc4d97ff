"""How layers, shapes and costs of a network are said, in a cell and in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.engine.network_counts import What
from generator.engine.network_op import Shape
from generator.engine.network_report import Layer
from generator.engine.network_stages import Stage, Unit
from generator.examples._words import count

#: From here on a cell says millions; the exact number stands in the step.
_MILLIONS = 10_000_000

_SPOKEN = {
    "linear": "dense layer", "rbf": "comparison with fixed pictures", "max_pool": "max pooling",
    "avg_pool": "average pooling", "global_avg_pool": "global average pooling",
    "subsample": "subsampling", "conv": "convolution", "batch_norm": "batch normalisation",
    "relu": "ReLU", "leaky_relu": "leaky ReLU", "gelu": "GELU", "lrn": "local normalisation",
    "add": "addition", "concat": "concatenation",
}  # fmt: skip
_SHORT = {
    "linear": "dense", "max_pool": "max", "avg_pool": "average", "global_avg_pool": "global mean",
}  # fmt: skip
_NAMES = {
    "max_pool": "pool", "avg_pool": "pool", "global_avg_pool": "mean", "linear": "dense",
}  # fmt: skip
_MADE = re.compile(f"({'|'.join(_NAMES)})([0-9]+)")
_UNITS: dict[What, str] = {"params": "parameters", "macs": "multiply-adds", "memory": "bytes"}


def hwc(shape: Shape) -> str:
    """Return a shape as rows × columns × channels, the order of pictures.

    >>> hwc((6, 28, 28)), hwc((84,))
    ('28×28×6', '84')
    """
    return "×".join(map(str, (*shape[1:], shape[0])))


def unit_of(what: What) -> str:
    """Return what is counted, in the plural."""
    return _UNITS[what]


def short(number: int) -> str:
    """Return a count for a narrow cell.

    >>> short(61_706), short(102_764_544), short(11_511_000_000), short(0)
    ('61,706', '102.8 M', '11.5 G', '0')
    """
    for unit, sign in ((10**9, "G"), (10**6, "M")):
        if number >= max(unit, _MILLIONS):
            tenths = (number * 10 + unit // 2) // unit
            return f"{tenths // 10:,}.{tenths % 10} {sign}"
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """Return a share in per cent, small ones as such.

    >>> share(48_120, 61_706), share(1, 10_000), share(0, 5)
    ('78.0 %', '< 0.1 %', '0 %')
    """
    if not part:
        return "0 %"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %" if tenths else "< 0.1 %"


def called(layer: Layer, source: Shape) -> str:
    """Return a layer in the few signs of a cell: ``conv 5×5 /2``, ``depthwise 3×3``."""
    word, parts = _SHORT.get(layer.op, layer.op.replace("_", " ")), layer.says.split()
    if _is_depthwise(layer, source):
        word, parts = "depthwise", parts[:-1]
    return " ".join([word, *parts])


def _is_depthwise(layer: Layer, source: Shape) -> bool:
    """Say whether a convolution has a group for every map it reads."""
    return layer.op == "conv" and source[0] > 1 and layer.says.endswith(f" g{source[0]}")


def name_of(stage: Stage) -> str:
    """Return what a stage is called in a picture: a name that nobody gave is made shorter.

    >>> _MADE.fullmatch("global_avg_pool1").groups()
    ('global_avg_pool', '1')
    """
    match = _MADE.fullmatch(stage.name)
    head = stage.chain[0].head.op
    short = f"{_NAMES[match[1]]}{match[2]}" if match and match[1] == head else stage.name
    return f"{short} ×{stage.times}" if stage.times > 1 else short


def spelled(unit: Unit, source: Shape) -> str:
    """Return a unit in words: ``5×5 convolution with stride 2, ReLU``."""
    head = unit.head
    size, *rest = head.says.split() or [""]
    deep = _is_depthwise(head, source)
    rest = rest[:-1] if deep else rest
    arguments = []
    for each in rest:
        word = {"/": "stride", "d": "dilation", "g": "groups"}[each[0]]
        value = each[1:]
        arguments.append(f"{value} groups" if word == "groups" else f"{word} {value}")
    name = _SPOKEN.get(head.op, head.op.replace("_", " "))
    name = f"depthwise {name}" if deep else name
    said = f"{size} {name}".lstrip()
    if arguments:
        said += " with " + " and ".join(arguments)
    after = [_SPOKEN.get(each.op, each.op.replace("_", " ")) for each in unit.after]
    return ", ".join([said, *after])


def work(stage: Stage) -> str:
    """Return what a stage does, in words."""
    if not stage.branches:
        shapes = [stage.input, *(unit.output for unit in stage.chain)]
        said = ", then ".join(map(spelled, stage.chain, shapes))
    else:
        joined = {"add": "added", "concat": "put on top of each other"}
        how = joined.get(stage.chain[0].head.op, "joined")
        shortcut = any(not lane for lane in stage.branches)
        said = f"{count(len(stage.branches), 'branch').replace('branchs', 'branches')}, {how}"
        said += ", one of them the input as it is" if shortcut else ""
    return f"{said}, {stage.times} times" if stage.times > 1 else said


def square(field: Sequence[int]) -> str:
    """Return rows and columns.

    >>> square((5, 5))
    '5×5'
    """
    return "×".join(map(str, field))
