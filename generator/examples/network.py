"""A network, stage by stage: every map to scale, what it learns, multiplies and sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.engine.network_counts import WHATS, What, amount, terms
from generator.engine.network_op import Shape
from generator.engine.network_report import Report
from generator.engine.network_stages import Stage, stages
from generator.errors import Problem, UserError
from generator.examples._kind import Kind, Solved
from generator.examples._network_map import Atlas
from generator.examples._network_panel import panel
from generator.examples._network_words import hwc, name_of, square, unit_of, work
from generator.examples._page import headed, page, same_size
from generator.examples._volume import SCALES, Scale, ScaleWord, scale
from generator.model import Example, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, sheet, space
from generator.spec.fields import Choice, Flag, param
from generator.spec.network import INPUT
from generator.spec.network_field import Asked, NetworkField


@dataclass(frozen=True, slots=True)
class Params:
    """Which network, and what is told of it."""

    network: Asked = param(
        NetworkField("a shipped network by name, a YAML file, or its layers"), Asked("lenet5")
    )
    input: Shape | None = param(INPUT, None)
    what: What = param(Choice("what is counted", WHATS), "params")
    scale: ScaleWord = param(Choice("how lengths are drawn", SCALES), "auto")
    fold: bool = param(Flag("draw groups and repeats of the file as one"), True)

    @property
    def report(self) -> Report:
        """Everything about the network."""
        return self.network.report(self.input)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What is drawn."""
        return stages(self.report, fold=self.fold)

    def problems(self) -> Iterable[Problem]:
        """Yield what the network says of another input."""
        try:
            self.report  # noqa: B018 - it raises what is wrong
        except UserError as error:
            for each in error.problems:
                yield Problem("", f"input, {each.key}", each.got, each.wanted, each.hint)


def solve(p: Params) -> Solved:
    """Count, stage by stage."""
    report, found = p.report, p.stages
    steps = tuple(_step(p, index, stage) for index, stage in enumerate(found))
    total = report.total
    costs = {"params": total.params, "macs": total.macs}.get(
        p.what, total.weight_bytes + total.activation_bytes
    )
    says = (
        f"{report.title}: {hwc(report.input)} in, {hwc(found[-1].output)} out, {costs:,}"
        f" {unit_of(p.what)}. {_measure(p).says}"
    )
    told = " ".join(
        f"{name_of(stage)}: {work(stage)}, output {hwc(stage.output)}, {shown(step.value)}"
        f" {unit_of(p.what)}."
        for stage, step in zip(found, steps, strict=True)
    )
    alt = f"{report.title}, drawn as a row of feature maps. Input {hwc(report.input)}. {told}"
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def _measure(p: Params) -> Scale:
    return scale([p.report.input, *(stage.output for stage in p.stages)], p.scale)


def _step(p: Params, index: int, stage: Stage) -> Step:
    found = terms(stage, p.what)
    value = amount(stage.layers, p.what)
    learned = amount(stage.layers, "params")
    macs = amount(stage.layers, "macs")
    costs = [f"learns {learned:,} parameters" if learned else "learns nothing"]
    if macs:
        costs.append(f"takes {macs:,} multiply-adds")
    if p.what == "memory":
        costs.append(f"keeps {value:,} bytes")
    says = (
        f"{name_of(stage)} ({work(stage)}) makes {hwc(stage.output)} of {hwc(stage.input)}."
        f" It {' and '.join(costs)}. One of its numbers sees {square(stage.field)} of the input."
    )
    return Step(index + 1, (index,), None, found, value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the network, and one frame for every stage."""
    found = p.stages
    # A figure without a heading of its own has the network's.
    title = p.report.title if title == KIND.title else title
    atlas = Atlas(p.report.input, found, p.what, _measure(p), canvas)
    room = canvas.width

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        heads = [
            headed(
                f"{title}: {name_of(stage)}, step {i} of {len(found)}", _short(stage), room, canvas
            )
            for i, stage in enumerate(found, 1)
        ]
        feet = [panel(found, i, p.report.input, canvas) for i in range(1, len(found) + 1)]
        return same_size(heads), same_size(feet)

    def frame(number: int) -> Scene:
        heads, feet = around()
        parts = [heads[number - 1], atlas.drawn(number), feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        says = example.says.removeprefix(f"{p.report.title}: ")
        head = headed(title, says, room, canvas)
        first = next((i for i, stage in enumerate(found, 1) if stage.branches), None)
        inside = panel(found, first, p.report.input, canvas, brief=True) if first else space()
        return sheet(page([head, atlas.drawn(None), inside], canvas), canvas.margin)

    return Film(title, example.alt, poster, frame, len(found))


def _short(stage: Stage) -> str:
    said = work(stage)
    return f"{said[0].upper()}{said[1:]}."


KIND = Kind(
    title="A network",
    says="every map of a network to scale, with its parameters, multiply-adds and what it sees",
    params=Params,
    solve=solve,
    draw=draw,
)
