"""What is said of a network: a record for each layer, the sums, the conventions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.engine.network_op import Conventions, Node, Shape
from generator.engine.network_view import View
from generator.engine.network_window import planes
from generator.errors import wrong
from generator.model import Region


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as it turns out.

    Parameters
    ----------
    name, op
        The name, and the word for what it does.
    says
        Its arguments in a few signs: ``5×5 /2``.
    inputs
        The layers it reads; ``input`` for the input of the network.
    output
        (channels, rows, columns), or (features,).
    params, params_formula
        Numbers that are learned, and how they are counted; empty if there are none.
    macs, macs_formula
        Multiplications by a weight, each with its addition, for one picture.
    flops
        The same under the convention for counting.
    buffers
        Numbers that are kept and not learned.
    activation_bytes, weight_bytes
        Memory of the output and of the parameters as float32 [bytes].
    receptive_field
        Rows and columns of the input that one unit sees, padding included [cells].
    effective_stride
        From one unit's view to the next one's [cells]; ``None`` where branches of different strides
        joined, behind a gate that sees the whole input, or where the output is no map.
    effective_padding
        Cells above and to the left of the input that the first unit sees; ``None`` likewise.
    note
        What a reader should know of it; mostly empty.
    views
        What the units see, along rows and along columns.
    grid
        Rows and columns of the map that the units stand in, even where it was flattened.
    weights
        (weights of one kernel, kernels that have so many); see `biases`.
    """

    name: str
    op: str
    says: str
    inputs: tuple[str, ...]
    output: Shape
    params: int
    params_formula: str
    macs: int
    macs_formula: str
    flops: int
    buffers: int
    activation_bytes: int
    weight_bytes: int
    receptive_field: tuple[int, int]
    effective_stride: tuple[int, int] | None
    effective_padding: tuple[int, int] | None
    note: str
    views: tuple[View, View]
    grid: tuple[int, int]
    weights: tuple[tuple[int, int], ...] = ()

    @property
    def biases(self) -> int:
        """Parameters that are added and multiply nothing."""
        return max(0, self.params - sum(fan * count for fan, count in self.weights))

    def region(self, unit: Sequence[int]) -> Region:
        """Return what a unit sees of the input; the region may reach into the padding.

        Parameters
        ----------
        unit
            (row, column) or (channel, row, column), counted from 0; (index,) where it is flat.

        Raises
        ------
        UserError
            If there is no such unit.
        """
        shape = self.output if len(unit) != 2 else self.output[1:]
        if len(unit) != len(shape) or not all(
            0 <= place < size for place, size in zip(unit, shape, strict=True)
        ):
            raise wrong(
                str(tuple(unit)), f"a unit of {planes(self.output)}, counted from 0", key="unit"
            )
        height, width = self.grid
        index = unit[0] % (height * width) if len(shape) == 1 else 0
        row, column = divmod(index, width) if len(shape) == 1 else unit[-2:]
        (top, bottom), (left, right) = self.views[0].of(row), self.views[1].of(column)
        return Region(top, left, bottom - top + 1, right - left + 1)


@dataclass(frozen=True, slots=True)
class Total:
    """The sums over all layers, and the receptive field of the last one."""

    layers: int
    params: int
    macs: int
    flops: int
    buffers: int
    activation_bytes: int
    weight_bytes: int
    receptive_field: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Published:
    """Where something was published: who and what, and the address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """What people say of a network; no number depends on it.

    Parameters
    ----------
    year
        When it was published.
    about
        How it came about, in paragraphs.
    sources
        Where it was published.
    """

    year: int | None = None
    about: tuple[str, ...] = ()
    sources: tuple[Published, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that can be said of a network without running it.

    Parameters
    ----------
    name, title
        What it is called, and in a line what it is.
    input
        (channels, rows, columns), or (features,).
    layers
        In the order of the file.
    total
        The sums.
    conventions
        What was counted how.
    nodes
        The layers as they were asked for.
    card
        What people say of it.
    """

    name: str
    title: str
    input: Shape
    layers: tuple[Layer, ...]
    total: Total
    conventions: Conventions
    nodes: tuple[Node, ...] = ()
    card: Card = Card()

    def __getitem__(self, name: str) -> Layer:
        """Return the layer of this name."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)
