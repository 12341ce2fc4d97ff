"""A block of branches: what it costs with its 1×1 convolutions, and what without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from generator.engine.network_bottleneck import Priced, convolutions, direct
from generator.engine.network_counts import running
from generator.engine.network_stages import Stage, stages
from generator.errors import Problem, unknown
from generator.examples._branches import Tile, lanes
from generator.examples._kind import Kind, Solved
from generator.examples._network_words import called, hwc
from generator.examples._page import headed, page, same_size
from generator.model import Example, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, sheet, space
from generator.scene.marks import Role
from generator.scene.parts import Chunk, arithmetic, words
from generator.spec.fields import Choice, Text, param
from generator.spec.network_field import Asked, NetworkField

Count: TypeAlias = Literal["params", "macs"]
_WORDS: dict[Count, str] = {"params": "weights", "macs": "multiply-adds"}


@dataclass(frozen=True, slots=True)
class Params:
    """Which block of which network."""

    network: Asked = param(
        NetworkField("a shipped network by name, a YAML file, or its layers"), Asked("googlenet")
    )
    block: str = param(Text("the name of a block with branches"), "3a")
    what: Count = param(Choice("what is counted", tuple(_WORDS)), "params")

    def _blocks(self) -> dict[str, Stage]:
        found = stages(self.network.report(), fold=False)
        return {stage.name: stage for stage in found if stage.branches}

    @property
    def stage(self) -> Stage:
        """The block."""
        return self._blocks()[self.block]

    def problems(self) -> Iterable[Problem]:
        """Yield what is wrong with the block's name, or with the block."""
        blocks = self._blocks()
        if not blocks:
            yield Problem("", "network", self.network.report().name, "a network with branches")
        elif self.block not in blocks:
            near = unknown("block", self.block, blocks)
            yield Problem("", "block", "", near.wanted, near.hint)
        elif not any(each.squeezes for each in convolutions(self.stage)):
            wanted = "a block in which a 1×1 convolution stands before a larger one"
            yield Problem("", "block", self.block, wanted)


def solve(p: Params) -> Solved:
    """Count every convolution, as it is and without the 1×1 before it; add up both."""
    stage, unit = p.stage, _WORDS[p.what]
    steps: list[Step] = []
    totals: list[int] = []
    for plain, found in enumerate((convolutions(stage), direct(stage))):
        values = []
        for each in found:
            term = each.term(p.what)
            values.append(int(term.product))
            where = "without the 1×1 before it" if plain else "as it is"
            says = (
                f"Branch {each.lane + 1}, {_name(stage, each)}, {where}: {term.x:,} × {term.w:,} ="
                f" {values[-1]:,} {unit}."
            )
            steps.append(Step(len(steps) + 1, (len(steps),), None, (term,), values[-1], says))
        totals.append(sum(values))
        which = "Without the 1×1 convolutions in front" if plain else "As it is"
        says = f"{which}, the block has {totals[-1]:,} {unit}."
        steps.append(Step(len(steps) + 1, (len(steps),), None, running(values), totals[-1], says))
    tenths = (20 * totals[1] + totals[0]) // (2 * totals[0])
    says = (
        f"{stage.name} of {p.network.report().name} makes {hwc(stage.output)} of"
        f" {hwc(stage.input)}: with 1×1 convolutions in front of the larger ones {totals[0]:,}"
        f" {unit}, without them {totals[1]:,}, {tenths // 10}.{tenths % 10} times as many."
    )
    told = " ".join(f"{step.says} ({shown(step.value)})" for step in steps)
    return Solved(tuple(step.value for step in steps), tuple(steps), f"{says} {told}", says)


def _name(stage: Stage, each: Priced) -> str:
    return called(each.layer, stage.input)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the block twice, and walk through its convolutions."""
    stage, steps = p.stage, example.steps
    title = f"{title}, {stage.name}" if title == KIND.title else title
    room = canvas.width

    def foot(step: Step) -> Box:
        chunks: list[Chunk] = []
        for i, term in enumerate(step.terms):
            text = f"{term.w:,}" if term.bias else f"{term.x:,}·{term.w:,}"
            chunks.append([(f"+ {text}" if i else text, "kernel-ink", "semibold")])
        chunks.append([("=", "muted", "regular"), (f" {step.value:,}", "result-ink", "bold")])
        return arithmetic(chunks, canvas.text * 1.1, room)

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        heads = [
            headed(f"{title}, step {step.index} of {len(steps)}", step.says, room, canvas)
            for step in steps
        ]
        return same_size(heads), same_size([foot(step) for step in steps])

    def frame(number: int) -> Scene:
        heads, feet = around()
        parts = [heads[number - 1], _both(p, steps, number, canvas), feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        head = headed(title, example.says, room, canvas)
        return sheet(page([head, _both(p, steps, len(steps), canvas, whole=True)], canvas),
                     canvas.margin)  # fmt: skip

    return Film(title, example.alt, poster, frame, len(steps))


def _both(
    p: Params, steps: Sequence[Step], number: int, canvas: Canvas, *, whole: bool = False
) -> Box:
    """Draw the block as it is, and without what only makes the maps fewer."""
    stage, unit = p.stage, _WORDS[p.what]
    drawn = []
    place = 0
    for name, found in (("with 1×1", convolutions(stage)), ("without", direct(stage))):
        costs = {
            each.layer.name: (place + i + 1, steps[place + i].value) for i, each in enumerate(found)
        }
        place += len(found) + 1
        tiles = [
            list(_tiles(stage, lane, costs, number, whole=whole))
            for lane in range(len(stage.branches))
        ]
        sign = {"add": "+", "concat": "concat"}.get(stage.chain[0].head.op, "join")
        block = lanes(tiles, sign, canvas.note, canvas.width)
        total = f"{name}: {steps[place - 1].value:,} {unit}"
        ink: Role = "result-ink" if number == place and not whole else "ink"
        head = words(total, canvas.text, ink, "semibold")
        drawn.append(column([head, space(height=8), block]))
    side = canvas.cell * 0.6
    if drawn[0].width + drawn[1].width + side <= canvas.width:
        marks = (*drawn[0].parts, *drawn[1].moved(drawn[0].width + side, 0))
        width = drawn[0].width + side + drawn[1].width
        return Box(width, max(each.height for each in drawn), marks)
    return column(drawn, gap=canvas.cell * 0.5)


def _tiles(
    stage: Stage, lane: int, costs: Mapping[str, tuple[int, Number]], number: int, *, whole: bool
) -> Iterator[Tile]:
    """Yield the tiles of a branch; a convolution that is not counted is not there."""
    shape = stage.input
    for unit in stage.branches[lane]:
        head = unit.head
        step, cost = costs.get(head.name, (0, 0))
        if head.op == "conv" and not step:
            continue
        lines = [called(head, shape), hwc(unit.output)]
        lines += [f"{cost:,}"] if step else []
        now = step == number and not whole
        yield Tile(
            tuple(lines), "kernel-cell" if step else "cell", "kernel-ink" if now else "ink",
            "kernel" if now else None,
        )  # fmt: skip
        shape = unit.output


KIND = Kind(
    title="A block of branches",
    says="a block of branches with 1×1 convolutions and without: weights or multiply-adds",
    params=Params,
    solve=solve,
    draw=draw,
)
