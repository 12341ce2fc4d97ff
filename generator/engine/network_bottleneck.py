"""What the 1×1 convolutions of a block save: its weights and products with them and without."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from generator.engine.network_report import Layer
from generator.engine.network_stages import Stage
from generator.model import Term


@dataclass(frozen=True, slots=True)
class Priced:
    """A convolution of a branch, and what it costs.

    Parameters
    ----------
    lane
        The branch, counted from 0.
    layer
        The convolution.
    fan
        Weights of one kernel.
    squeezes
        Whether it only makes the maps fewer for a larger convolution behind it.
    """

    lane: int
    layer: Layer
    fan: int
    squeezes: bool = False

    def term(self, what: str) -> Term:
        """Return its weights as a product, or with ``macs`` its multiply-adds."""
        kernels, *places = self.layer.output
        if what == "macs":
            return Term(self.fan * kernels, prod(places))
        return Term(self.fan, kernels)


def convolutions(stage: Stage) -> tuple[Priced, ...]:
    """Return the convolutions of a block as it is, branch by branch.

    >>> from generator.engine.network_stages import stages
    >>> from generator.spec.network import network
    >>> block = next(stage for stage in stages(network("googlenet", {})) if stage.name == "3a")
    >>> [(str(each.term("params")), each.squeezes) for each in convolutions(block)][:3]
    [('192·64', False), ('192·96', True), ('864·128', False)]
    """
    found = []
    for index, lane in enumerate(stage.branches):
        heads = [unit.head for unit in lane]
        for place, head in enumerate(heads):
            if head.op == "conv" and len(head.weights) == 1:
                after = heads[place + 1] if place + 1 < len(heads) else None
                small = head.says == "1×1"
                larger = after is not None and after.op == "conv" and _is_plain(after, head)
                found.append(Priced(index, head, head.weights[0][0], small and larger))
    return tuple(found)


def _is_plain(layer: Layer, before: Layer) -> bool:
    """Say whether a convolution is wider than 1×1 and reads all maps of the one before."""
    grouped = any(part.startswith("g") for part in layer.says.split())
    return layer.weights[0][0] > before.output[0] and not grouped


def direct(stage: Stage) -> tuple[Priced, ...]:
    """Return the convolutions that are left if the large ones read the block's input themselves.

    >>> from generator.engine.network_stages import stages
    >>> from generator.spec.network import network
    >>> block = next(stage for stage in stages(network("googlenet", {})) if stage.name == "3a")
    >>> [str(each.term("params")) for each in direct(block)]
    ['192·64', '1728·128', '1728·32', '192·32']
    """
    found: list[Priced] = []
    before: Priced | None = None
    for each in convolutions(stage):
        if not each.squeezes:
            fan = each.fan
            if before and before.squeezes and before.lane == each.lane:
                fan = fan // before.layer.output[0] * stage.input[0]
            found.append(Priced(each.lane, each.layer, fan))
        before = each
    return tuple(found)
