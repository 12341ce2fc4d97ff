"""What is told of one stage below the picture of its network."""

from __future__ import annotations

from collections.abc import Sequence

from generator.engine.network_counts import What, amount, terms
from generator.engine.network_op import Shape
from generator.engine.network_stages import Stage, Unit
from generator.examples._branches import Tile, lanes
from generator.examples._network_words import called, hwc, name_of, square
from generator.model import Term
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Chunk, arithmetic, words

#: Sums stand beside a block where they have this much room, this far from it [px]; where they have
#: less than the last, their names stand above them.
_LEAST, _BETWEEN, _EASY = 240, 32, 300
#: A bracket longer than this may go on in the next line.
_BRACKET = 20


def panel(
    stages: Sequence[Stage], step: int, shape: Shape, canvas: Canvas, *, brief: bool = False
) -> Box:
    """Draw what a stage is made of and how its numbers are counted; `brief`: only the former."""
    stage = stages[step - 1]
    name = f"Inside {name_of(stage)}:" if brief else name_of(stage)
    reads: Chunk = [(hwc(stage.input), "window-ink", "semibold"), (" →", "muted", "regular")]
    heading = arithmetic(
        [
            [(name, "ink", "semibold")],
            reads,
            [(hwc(stage.output), "result-ink", "semibold")],
        ],
        canvas.text,
        canvas.width,
    )
    drawn = block(stage, canvas, costs=None if brief else "params") if stage.branches else space()
    if brief:
        return column([heading, drawn], gap=10)
    beside = canvas.width - drawn.width - _BETWEEN
    if stage.branches and beside >= _LEAST:
        counts = column(_counts(stages, step, canvas, beside), gap=10)
        return column([heading, row([drawn, counts], gap=_BETWEEN)], gap=10)
    counts = column(_counts(stages, step, canvas, canvas.width), gap=6)
    return column([part for part in (heading, drawn, counts) if part.height], gap=10)


def block(stage: Stage, canvas: Canvas, costs: What | None) -> Box:
    """Draw the branches of a stage, every layer with its output and what it costs."""
    sign = {"add": "+", "concat": "concat"}.get(stage.chain[0].head.op, "join")
    branches = []
    for lane in stage.branches:
        tiles, shape = [], stage.input
        for unit in lane:
            tiles.append(_tile(unit, shape, costs))
            shape = unit.output
        branches.append(tiles)
    return lanes(branches, sign, canvas.note, canvas.width)


def _tile(unit: Unit, shape: Shape, costs: What | None) -> Tile:
    nested = any(len(layer.inputs) > 1 for layer in unit.layers)
    lines = [f"{len(unit.layers)} layers" if nested else called(unit.head, shape)]
    lines.append(hwc(unit.output))
    cost = amount(unit.layers, costs) if costs else 0
    lines += [f"{cost:,}"] if cost else []
    return Tile(tuple(lines), "kernel-cell" if unit.params else "cell", "ink")


def _counts(stages: Sequence[Stage], step: int, canvas: Canvas, wide: float) -> list[Box]:
    """Return lines of arithmetic: parameters, multiply-adds, receptive field."""
    stage = stages[step - 1]
    heads = ("parameters", "multiply-adds", "sees")
    labels = [words(text, canvas.note, "muted") for text in heads]
    side = max(label.width for label in labels) + 12
    room = wide - side
    sums = [_summed(stage, "params"), _summed(stage, "macs"), _seen(stages, step)]
    if wide < _EASY and wide < canvas.width:
        named = zip(labels, sums, strict=True)
        return [
            column([label, arithmetic(chunks, canvas.note, wide)], gap=2) for label, chunks in named
        ]
    lines = []
    for label, chunks in zip(labels, sums, strict=True):
        body = arithmetic(chunks, canvas.text, room)
        drop = max(0.0, (canvas.text - canvas.note) * 0.7)
        head = (*label.moved(0, drop), *body.moved(side, 0))
        lines.append(Box(side + body.width, max(body.height, label.height + drop), head))
    return lines


def _summed(stage: Stage, what: What) -> list[Chunk]:
    """Return how a cost is counted: the formula of its only layer, else the sum of its parts."""
    layers = [layer for layer in stage.layers if amount([layer], what)]
    value = amount(stage.layers, what)
    if not value:
        return [[("none", "muted", "regular")]]
    result: Chunk = [("=", "muted", "regular"), (f" {value:,}", "result-ink", "bold")]
    if len(layers) == 1:
        formula = layers[0].params_formula if what == "params" else layers[0].macs_formula
        left = formula.rpartition(" = ")[0].split(" + ")
        # A bracket stays on one line.
        return [*_joined(_whole(left)), result]
    return [*_joined([_product(term) for term in terms(stage, what)]), result]


def _whole(parts: list[str]) -> list[str]:
    """Put together what was cut inside a bracket, unless that is too long for a phone.

    >>> _whole(["(5·5·1", "1)·6", "(2", "1)·3"])
    ['(5·5·1 + 1)·6', '(2 + 1)·3']
    """
    found: list[str] = []
    for part in parts:
        open_ = found and found[-1].count("(") > found[-1].count(")")
        if open_ and len(found[-1]) + len(part) <= _BRACKET:
            found[-1] += f" + {part}"
        else:
            found.append(part)
    return found


def _product(term: Term) -> str:
    return f"{term.w:,}" if term.bias else f"{term.x:,}·{term.w:,}"


def _joined(parts: Sequence[str]) -> list[Chunk]:
    return [
        [(f"+ {part}" if i else part, "kernel-ink", "semibold")] for i, part in enumerate(parts)
    ]


def _seen(stages: Sequence[Stage], step: int) -> list[Chunk]:
    """Return how the receptive field came about, where one window made it."""
    stage = stages[step - 1]
    result: Chunk = [("=", "muted", "regular"), (f" {square(stage.field)}", "result-ink", "bold")]
    before = stages[step - 2].turns[-1][-1] if step > 1 else None
    field = before.receptive_field if before else (1, 1)
    stride = before.effective_stride if before else (1, 1)
    grown = stage.field[0] - field[0]
    single = not stage.branches and stage.times == 1 and len(stage.chain) == 1
    if single and stride and field[0] == field[1] and stage.field[0] == stage.field[1] and grown:
        steps = grown // stride[0]
        left = f"{field[0]} + ({steps + 1} − 1)·{stride[0]}"
        return [[(left, "window-ink", "semibold")], result]
    return [[(square(stage.field), "result-ink", "bold")]]
