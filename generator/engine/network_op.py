"""What a layer is, what it has to say, and the conventions under which it says it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, get_args

from generator.engine.shapes import Axis

Shape: TypeAlias = tuple[int, ...]
Rounding: TypeAlias = Literal["floor", "ceil"]
PaddingRule: TypeAlias = Literal["per-side", "tf-same"]
Count: TypeAlias = Literal["mac", "flop"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
PADDING_RULES: tuple[PaddingRule, ...] = get_args(PaddingRule)
COUNTS: tuple[Count, ...] = get_args(Count)


@dataclass(frozen=True, slots=True)
class Conventions:
    """What textbooks differ in.

    Parameters
    ----------
    rounding
        Whether a pooling layer without a `ceil_mode` of its own rounds its size down or up.
    padding
        ``per-side``: padding is added to every side as written. ``tf-same``: a layer that pads at
        all pads as TensorFlow's SAME does: ⌈W / S⌉ positions, an odd cell behind.
    count
        Whether one multiply-add counts as one FLOP (``mac``) or as two (``flop``).
    """

    rounding: Rounding = "floor"
    padding: PaddingRule = "per-side"
    count: Count = "mac"

    @property
    def says(self) -> dict[str, str]:
        """Each switch in a sentence."""
        return {
            "rounding": {
                "floor": "a pooling window that hangs over the edge is left out",
                "ceil": "a pooling window that hangs over the edge is kept",
            }[self.rounding],
            "padding": {
                "per-side": "padding is added to every side as written",
                "tf-same": "a layer that pads has ⌈size / stride⌉ positions, an odd cell behind",
            }[self.padding],
            "count": {
                "mac": "a multiply-add is 1 FLOP; counted are products with weights, not biases",
                "flop": "a multiply-add is 2 FLOPs; counted are products with weights, not biases",
            }[self.count],
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """What a layer makes of its input.

    Parameters
    ----------
    output
        The shape it makes.
    params, params_formula
        Numbers that are learned, and how they are counted.
    macs, macs_formula
        Multiplications by a weight, each with its addition.
    buffers
        Numbers that are kept and not learned: running statistics, fixed weights.
    axes
        The walk of its window over rows and columns; ``None`` if it reads each cell by itself.
    weights
        (weights of one kernel, kernels that have so many); what `params` has besides are biases.
    """

    output: Shape
    params: int = 0
    params_formula: str = ""
    macs: int = 0
    macs_formula: str = ""
    buffers: int = 0
    axes: tuple[Axis, Axis] | None = None
    weights: tuple[tuple[int, int], ...] = ()


class Op(ABC):
    """One kind of layer."""

    #: How many maps it reads, at least and at most.
    reads: ClassVar[tuple[int, int]] = (1, 1)
    #: The shapes it reads: maps (3 axes), flat (1), or both.
    ranks: ClassVar[tuple[int, ...]] = (1, 3)

    @property
    def says(self) -> str:
        """The arguments in a few signs, for a table: ``5×5 /2``."""
        return ""

    @abstractmethod
    def on(self, inputs: tuple[Shape, ...], conventions: Conventions) -> Effect:
        """Return what it makes of inputs whose number and ranks are right."""


@dataclass(frozen=True, slots=True)
class Node:
    """One layer as it was asked for.

    Parameters
    ----------
    name
        Unlike any other in the network.
    word
        The word it was asked for with: ``conv``, ``relu``.
    op
        What it does.
    inputs
        Indices of the nodes it reads, all smaller than its own; −1 is the input of the network.
    where
        Where it was asked for, for errors.
    shares
        The layer above whose weights it has too, where they are counted; empty if they are its own.
    """

    name: str
    word: str
    op: Op
    inputs: tuple[int, ...]
    where: str = ""
    shares: str = ""
