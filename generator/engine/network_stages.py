"""A network in stages, as people draw it: layers that belong together are one, repeats are folded.

A :class:`Unit` is a layer that reads a window or everything, together with those that only touch up
its numbers: convolution, batch normalisation, ReLU. A :class:`Stage` is one unit, or a few that the
file names together, or a block whose branches join again; the same block again and again is one
stage that says how many times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.engine.network_op import Shape
from generator.engine.network_report import Layer, Report

#: Units in a row.
Lane: TypeAlias = "tuple[Unit, ...]"


@dataclass(frozen=True, slots=True)
class Unit:
    """A layer, what reshapes its input before it, and what touches up its numbers after it.

    Parameters
    ----------
    layers
        In their order.
    head
        The one the others belong to.
    """

    layers: tuple[Layer, ...]
    head: Layer

    @property
    def output(self) -> Shape:
        """The shape it makes."""
        return self.layers[-1].output

    @property
    def after(self) -> tuple[Layer, ...]:
        """What touches up its numbers."""
        return self.layers[self.layers.index(self.head) + 1 :]

    @property
    def params(self) -> int:
        """Numbers that are learned."""
        return sum(layer.params for layer in self.layers)

    @property
    def looks(self) -> tuple[object, ...]:
        """What makes two units look alike: their layers, arguments and shapes."""
        return tuple((layer.op, layer.says, layer.output) for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Stage:
    """Units in a row, or branches that join.

    Parameters
    ----------
    name
        What the file calls it.
    input
        The shape it reads.
    chain
        Its units; the joining one alone if it has branches.
    branches
        The units of each branch; a branch may be empty. No branches: a plain row of units.
    turns
        Its layers, once for every time it stands in the network.
    """

    name: str
    input: Shape
    chain: Lane
    branches: tuple[Lane, ...]
    turns: tuple[tuple[Layer, ...], ...]

    @property
    def times(self) -> int:
        """How many times in a row it stands in the network."""
        return len(self.turns)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All layers of all turns."""
        return tuple(layer for turn in self.turns for layer in turn)

    @property
    def output(self) -> Shape:
        """The shape it makes."""
        return self.turns[-1][-1].output

    @property
    def field(self) -> tuple[int, int]:
        """Rows and columns of the input that one of its numbers sees."""
        return self.turns[-1][-1].receptive_field

    @property
    def looks(self) -> tuple[object, ...]:
        """What makes two stages look alike."""
        lanes = (*self.branches, self.chain)
        return tuple(tuple(unit.looks for unit in lane) for lane in lanes)


def stages(report: Report, *, fold: bool = True) -> tuple[Stage, ...]:
    """Return the stages of a network, in their order.

    Parameters
    ----------
    report
        The network.
    fold
        Whether units that the file names together, and stages that look alike, become one.

    Examples
    --------
    >>> from generator.spec.network import network
    >>> [(stage.name, stage.times) for stage in stages(network("resnet18", {}))][:4]
    [('conv1', 1), ('max_pool1', 1), ('stage2', 2), ('stage3-wide', 1)]
    """
    shapes = {"input": report.input} | {layer.name: layer.output for layer in report.layers}
    found = [
        stage
        for piece in _pieces(report)
        for stage in (_block(piece, shapes) if isinstance(piece, tuple) else _plain(piece, shapes))
    ]
    found = _with_touches(found)
    return tuple(_folded(_grouped(found))) if fold else tuple(found)


def _pieces(report: Report) -> Iterator[tuple[Layer, ...] | list[Layer]]:
    """Yield rows of layers (lists) and blocks (tuples): what lies between two meeting points.

    Everything a layer makes passes through the next meeting point, so that nothing is read across.
    """
    index = {layer.name: i for i, layer in enumerate(report.layers)}
    furthest = [-1] * (len(report.layers) + 1)
    for i, layer in enumerate(report.layers):
        for name in layer.inputs:
            furthest[index.get(name, -1)] = i
    start, open_until, row = 0, furthest[-1], list[Layer]()
    for i, layer in enumerate(report.layers):
        if open_until <= i:
            if start == i:
                row.append(layer)
            else:
                yield row
                row = []
                yield report.layers[start : i + 1]
            start = i + 1
        open_until = max(open_until, furthest[i])
    yield row
    if start < len(report.layers):
        yield report.layers[start:]


def _touches(layer: Layer, before: Layer | None) -> bool:
    """Say whether a layer looks at every number by itself, and keeps the shape."""
    return before is not None and (layer.macs, layer.output, layer.views) == (
        0,
        before.output,
        before.views,
    )


def _units(layers: Sequence[Layer], shapes: dict[str, Shape]) -> Lane:
    """Group a row of layers; what comes first and does nothing by itself waits for the next."""
    found: list[Unit] = []
    waiting: list[Layer] = []
    before: Layer | None = None
    for layer in layers:
        source = shapes[layer.inputs[0]]
        reshapes = len(source) != len(layer.output) and not layer.macs
        if reshapes or (waiting and _touches(layer, before)):
            waiting.append(layer)
        elif found and _touches(layer, before):
            found[-1] = replace(found[-1], layers=(*found[-1].layers, layer))
        else:
            found.append(Unit((*waiting, layer), layer))
            waiting = []
        before = layer
    if waiting:
        found.append(Unit(tuple(waiting), waiting[0]))
    return tuple(found)


def _plain(row: list[Layer], shapes: dict[str, Shape]) -> Iterator[Stage]:
    """Yield a stage for every unit of a row."""
    for unit in _units(row, shapes):
        read = shapes[unit.layers[0].inputs[0]]
        yield Stage(unit.head.name, read, (unit,), (), (unit.layers,))


def _block(layers: tuple[Layer, ...], shapes: dict[str, Shape]) -> Iterator[Stage]:
    """Yield the stage of a block: one branch for every input of the layer that joins them."""
    own = {layer.name: layer for layer in layers}
    join = layers[-1]
    outside = [name for layer in layers for name in layer.inputs if name not in own]
    lanes = tuple(_lane(name, own, shapes) for name in join.inputs) if len(join.inputs) > 1 else ()
    chain = Unit((join,), join) if lanes else Unit(layers, join)
    scope = _scope(join.name)
    yield Stage(scope or join.name, shapes[outside[0]], (chain,), lanes, (layers,))


def _lane(name: str, own: dict[str, Layer], shapes: dict[str, Shape]) -> Lane:
    """Return the branch that ends at a layer; a branch with branches of its own is one unit."""
    needed = {name}
    for layer in reversed(own.values()):
        if layer.name in needed:
            needed.update(layer.inputs)
    row = [layer for layer in own.values() if layer.name in needed]
    if any(len(layer.inputs) > 1 for layer in row):
        return (Unit(tuple(row), row[-1]),)
    return _units(row, shapes)


def _with_touches(found: Sequence[Stage]) -> list[Stage]:
    """Give a block the layers behind it that only touch up its numbers."""
    made: list[Stage] = []
    for stage in found:
        before = made[-1] if made else None
        if before and before.branches and _touches(stage.chain[0].head, before.turns[0][-1]):
            layers = stage.chain[0].layers
            chain = (replace(before.chain[0], layers=(*before.chain[0].layers, *layers)),)
            made[-1] = replace(before, chain=chain, turns=((*before.turns[0], *layers),))
        else:
            made.append(stage)
    return made


def _scope(name: str) -> str:
    """Return what a layer stands in.

    >>> _scope("3a.concat1"), _scope("conv1")
    ('3a', '')
    """
    return name.rpartition(".")[0]


def _grouped(found: Sequence[Stage]) -> Iterator[Stage]:
    """Yield the stages; neighbours that stand in one named group become one."""
    held: Stage | None = None
    for stage in found:
        scope = "" if stage.branches else _scope(stage.chain[0].head.name)
        if scope:
            stage = replace(stage, name=scope)  # noqa: PLW2901 - the same stage, by its group's name
        if held and scope and held.name == scope and not held.branches:
            chain = (*held.chain, *stage.chain)
            held = replace(held, chain=chain, turns=((*held.turns[0], *stage.turns[0]),))
            continue
        if held:
            yield held
        held = stage
    if held:
        yield held


def _alike(stage: Stage) -> Iterator[Stage]:
    """Yield a row of units that all look alike one by one, so that they can be folded."""
    if len(stage.chain) > 1 and len({unit.looks for unit in stage.chain}) == 1:
        shape = stage.input
        for unit in stage.chain:
            yield replace(stage, input=shape, chain=(unit,), turns=(unit.layers,))
            shape = unit.output
    else:
        yield stage


def _folded(found: Iterator[Stage]) -> Iterator[Stage]:
    """Yield the stages; neighbours that look alike become one. Dense layers stay apart.

    Two that the file names one by one are told one by one; only of three does nobody want to hear.
    """
    run: list[Stage] = []
    for stage in (each for group in found for each in _alike(group)):
        dense = len(stage.output) == 1
        if run and (dense or run[0].looks != stage.looks):
            yield from _one(run)
            run = []
        run.append(stage)
    yield from _one(run)


def _one(run: list[Stage]) -> Iterator[Stage]:
    """Yield a run of stages that look alike as one, or as they are if they are few and named."""
    stems = {_scope(stage.name) or stage.name for stage in run}
    if len(stems) > 1 and len(run) < 3:
        yield from run
    elif run:
        stem = stems.pop() if len(stems) == 1 else f"{run[0].name} … {run[-1].name}"
        name = run[0].name if len(run) == 1 else stem
        yield replace(run[0], name=name, turns=tuple(turn for each in run for turn in each.turns))
