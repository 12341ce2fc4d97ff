"""What the layers of a network cost, as sums that can be added up with a pencil."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import prod
from typing import Literal, TypeAlias, get_args

from generator.engine.network import FLOAT
from generator.engine.network_report import Layer
from generator.engine.network_stages import Stage
from generator.model import Term

What: TypeAlias = Literal["params", "macs", "memory"]
WHATS: tuple[What, ...] = get_args(What)
#: A longer sum is told in parts.
_READ = 8


def amount(layers: Iterable[Layer], what: What) -> int:
    """Return parameters, multiply-adds, or bytes of weights and outputs, of some layers.

    >>> from generator.spec.network import network
    >>> [amount([network("lenet5", {})["C1"]], what) for what in WHATS]
    [156, 117600, 19440]
    """
    if what == "memory":
        return sum(layer.weight_bytes + layer.activation_bytes for layer in layers)
    return sum(layer.params if what == "params" else layer.macs for layer in layers)


def products(layer: Layer, what: What) -> list[Term]:
    """Return what a layer costs, product by product; a bias for each kernel stands alone.

    >>> from generator.spec.network import network
    >>> layer = network("lenet5", {})["C1"]
    >>> [" + ".join(map(str, products(layer, what))) for what in WHATS]
    ['25·6 + 6', '150·784', '156·4 + 4704·4']
    """
    if what == "params":
        found = [Term(fan, count) for fan, count in layer.weights if layer.params]
        return found + ([Term(1, layer.biases, bias=True)] if layer.biases else [])
    if what == "memory":
        sizes = (layer.params, layer.activation_bytes // FLOAT)
        return [Term(size, FLOAT) for size in sizes if size]
    if not layer.macs:
        return []
    if len(layer.output) == 1:
        return [Term(fan, count) for fan, count in layer.weights]
    places = prod(layer.output[1:])
    return [Term(layer.macs // places, places)]


def terms(stage: Stage, what: What) -> tuple[Term, ...]:
    """Return what a stage costs: every product if they are few, else unit by unit or turn by turn.

    >>> from generator.engine.network_stages import stages
    >>> from generator.spec.network import network
    >>> found = stages(network("vgg16", {}))[0], stages(network("resnet50", {}))[3]
    >>> [" + ".join(map(str, terms(stage, "params"))) for stage in found]
    ['27·64 + 64 + 576·64 + 64', '70400·2']
    """
    if what == "memory":
        sizes = [sum(layer.activation_bytes for layer in stage.layers) // FLOAT]
        sizes.insert(0, sum(layer.params for layer in stage.layers))
        return tuple(Term(size, FLOAT) for size in sizes if size)
    every = tuple(term for layer in stage.layers for term in products(layer, what))
    turns = [amount(turn, what) for turn in stage.turns]
    if len(every) <= _READ or not sum(turns):
        return every
    if stage.times > 1:
        runs = [(each, len(list(run))) for each, run in groupby(turns)]
        return tuple(Term(each, count) for each, count in runs)
    units = [unit for lane in (*stage.branches, stage.chain) for unit in lane]
    return running([each for unit in units if (each := amount(unit.layers, what))])


def running(numbers: Sequence[int]) -> tuple[Term, ...]:
    """Return numbers as they are added up.

    >>> " + ".join(map(str, running([156, 2416])))
    '156 + 2416'
    """
    return tuple(Term(1, number, bias=True) for number in numbers)
