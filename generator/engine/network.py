"""A network, layer by layer: shapes, parameters, multiply-adds, memory, and what each unit sees.

A network is a list of nodes, each reading the output of nodes before it. :func:`report` walks the
list once. All counts are whole numbers; nothing is estimated and nothing is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from generator.engine.network_op import Conventions, Effect, Node, Shape
from generator.engine.network_ops import Join, Linear, Unflatten
from generator.engine.network_report import Layer, Report, Total
from generator.engine.network_view import INPUT, View, joined, misaligned
from generator.engine.network_window import planes
from generator.engine.shapes import Axis
from generator.errors import Problem, UserError, wrong

#: Bytes of a float32.
FLOAT = 4


@dataclass(frozen=True, slots=True)
class _Map:
    """What a node hands on."""

    name: str
    shape: Shape
    views: tuple[View, View]
    grid: tuple[int, int]


def report(
    name: str, title: str, shape: Shape, nodes: Sequence[Node], conventions: Conventions
) -> Report:
    """Return the report of a network.

    Raises
    ------
    UserError
        With every layer that does not fit what it reads. A layer that reads such a layer is not
        judged: nobody knows its input.

    Examples
    --------
    >>> from generator.engine.network_ops import Conv
    >>> made = report("one", "", (1, 32, 32), [Node("c", "conv", Conv(6, (5, 5)), (-1,))],
    ...               Conventions())
    >>> made.layers[0].output, made.total.params, made.total.macs
    ((6, 28, 28), 156, 117600)
    """
    grid = (shape[1], shape[2]) if len(shape) == 3 else (1, 1)
    start = _Map("input", shape, (INPUT, INPUT), grid)
    maps: list[_Map | None] = []
    layers: list[Layer] = []
    problems: list[Problem] = []
    for node in nodes:
        sources = [start if index < 0 else maps[index] for index in node.inputs]
        known = tuple(source for source in sources if source)
        made = None
        if len(known) == len(sources):
            try:
                made, layer = _layer(node, known, conventions)
                layers.append(layer)
            except UserError as error:
                problems += [_named(each, node) for each in error.problems]
        maps.append(made)
    if problems:
        raise UserError(problems)
    return Report(name, title, shape, tuple(layers), _total(layers), conventions, tuple(nodes))


def _named(problem: Problem, node: Node) -> Problem:
    key = f"{node.name}, {problem.key}" if problem.key else node.name
    return replace(problem, key=key, where=node.where)


def _layer(node: Node, sources: tuple[_Map, ...], conventions: Conventions) -> tuple[_Map, Layer]:
    _check(node, sources)
    effect = node.op.on(tuple(source.shape for source in sources), conventions)
    if node.shares:
        effect = replace(effect, params=0, params_formula="", buffers=0)
    views, grid = _views(node, sources, effect)
    names = tuple(source.name for source in sources)
    dense = isinstance(node.op, Linear) or len(sources[0].shape) == 1
    rows, columns = views
    layer = Layer(
        name=node.name,
        op=node.word,
        says=node.op.says,
        inputs=names,
        output=effect.output,
        params=effect.params,
        params_formula=effect.params_formula,
        macs=effect.macs,
        macs_formula=effect.macs_formula,
        flops=effect.macs * (2 if conventions.count == "flop" else 1),
        buffers=effect.buffers,
        activation_bytes=FLOAT * prod(effect.output),
        weight_bytes=FLOAT * effect.params,
        receptive_field=(rows.length, columns.length),
        effective_stride=None if dense else _both(rows.stride, columns.stride),
        effective_padding=None if dense else _both(rows.padding, columns.padding),
        note=_note(node, sources, names),
        views=views,
        grid=grid,
        weights=effect.weights,
    )
    return _Map(node.name, effect.output, views, grid), layer


def _check(node: Node, sources: tuple[_Map, ...]) -> None:
    """Raise if the number of inputs is wrong, or if a map is wanted and a list is there."""
    least, most = node.op.reads
    if not least <= len(sources) <= most:
        got = "1 input" if len(sources) == 1 else f"{len(sources)} inputs"
        wanted = "1, since only add, mul and concat read several" if most == 1 else "at least 2"
        raise wrong(got, wanted, key="inputs")
    for source in sources:
        if len(source.shape) not in node.op.ranks:
            wanted = "channels×rows×columns" if 3 in node.op.ranks else "a flat input"
            hint = "" if 3 in node.op.ranks else "put flatten before it"
            raise wrong(planes(source.shape), wanted, hint=hint)


def _views(
    node: Node, sources: tuple[_Map, ...], effect: Effect
) -> tuple[tuple[View, View], tuple[int, int]]:
    """Return what the new units see, and the rows and columns they stand in."""
    if isinstance(node.op, Join) and len(effect.output) == 3:
        return _joined(sources, effect.output)
    if isinstance(node.op, Unflatten):
        # What stood where in the list, nobody knows: every unit may have read all of it.
        rows, columns = _whole(sources[0])
        return (rows.still(), columns.still()), (effect.output[1], effect.output[2])
    grid = sources[0].grid
    if any(source.grid != grid for source in sources):
        # Lists made of maps of different sizes: their numbers no longer stand at places in common.
        whole = [_whole(source) for source in sources]
        return (joined(rows for rows, _ in whole), joined(columns for _, columns in whole)), (1, 1)
    rows = joined(source.views[0] for source in sources)
    columns = joined(source.views[1] for source in sources)
    if isinstance(node.op, Linear):
        return _whole(sources[0]), (1, 1)
    if effect.axes is None:
        return (rows, columns), grid
    along, across = effect.axes
    return (rows.through(along), columns.through(across)), (along.output, across.output)


def _joined(sources: tuple[_Map, ...], output: Shape) -> tuple[tuple[View, View], tuple[int, int]]:
    """Return what the units of joined maps see; a gate is the same for all rows and columns."""
    grid = (output[1], output[2])
    views = [
        joined(
            source.views[axis].still() if source.grid[axis] < grid[axis] else source.views[axis]
            for source in sources
        )
        for axis in (0, 1)
    ]
    return (views[0], views[1]), grid


def _whole(source: _Map) -> tuple[View, View]:
    """Return what a unit sees that reads every place of a map, as a window of its size does."""
    (rows, columns), (height, width) = source.views, source.grid
    return rows.through(Axis(height, height)), columns.through(Axis(width, width))


def _note(node: Node, sources: tuple[_Map, ...], names: tuple[str, ...]) -> str:
    """Say whose weights it has, and how branches do not lie on each other."""
    shared = f"its weights are those of {node.shares} and are counted there" if node.shares else ""
    return "; ".join(text for text in (shared, _misaligned(sources, names)) if text)


def _misaligned(sources: tuple[_Map, ...], names: tuple[str, ...]) -> str:
    """Say how branches do not lie on each other: along both axes, or along one."""
    largest = [max(source.grid[axis] for source in sources) for axis in (0, 1)]
    said = []
    for axis in (0, 1):
        # A gate lies on nothing.
        maps = [i for i, source in enumerate(sources) if source.grid[axis] == largest[axis]]
        views = [sources[i].views[axis] for i in maps]
        said.append(misaligned(views, [names[i] for i in maps]))
    if said[0] == said[1]:
        return said[0]
    axes = zip(("along rows", "along columns"), said, strict=True)
    return "; ".join(f"{axis}, {text}" for axis, text in axes if text)


def _both(rows: int | None, columns: int | None) -> tuple[int, int] | None:
    return None if rows is None or columns is None else (rows, columns)


def _total(layers: Sequence[Layer]) -> Total:
    return Total(
        layers=len(layers),
        params=sum(layer.params for layer in layers),
        macs=sum(layer.macs for layer in layers),
        flops=sum(layer.flops for layer in layers),
        buffers=sum(layer.buffers for layer in layers),
        activation_bytes=sum(layer.activation_bytes for layer in layers),
        weight_bytes=sum(layer.weight_bytes for layer in layers),
        receptive_field=layers[-1].receptive_field if layers else (1, 1),
    )
