"""Where the parameters of a network are, or its multiply-adds, or its memory: a bar a stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from generator.engine.network_counts import WHATS, What, amount, running
from generator.engine.network_op import Shape
from generator.engine.network_report import Report
from generator.engine.network_stages import Stage, stages
from generator.errors import Problem, UserError
from generator.examples._kind import Kind, Solved
from generator.examples._network_words import name_of, share, unit_of
from generator.examples._page import headed, page, same_size
from generator.examples._words import count
from generator.model import Example, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, Part, row, sheet
from generator.scene.marks import Line, Poly, Rect, Role
from generator.scene.parts import Chunk, arithmetic, words
from generator.spec.fields import Choice, Flag, param
from generator.spec.network import INPUT
from generator.spec.network_field import Asked, NetworkField

Sort: TypeAlias = Literal["conv", "dense", "other"]
#: A hatch line every so many px tells a dense layer's bar.
_HATCH = 7


@dataclass(frozen=True, slots=True)
class Params:
    """Which network, and what is counted."""

    network: Asked = param(
        NetworkField("a shipped network by name, a YAML file, or its layers"), Asked("lenet5")
    )
    input: Shape | None = param(INPUT, None)
    what: What = param(
        Choice("what is counted; memory is weights and outputs as float32", WHATS), "params"
    )
    fold: bool = param(Flag("one bar for groups and repeats of the file"), True)

    @property
    def report(self) -> Report:
        """Everything about the network."""
        return self.network.report(self.input)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that cost anything."""
        found = stages(self.report, fold=self.fold)
        return tuple(stage for stage in found if amount(stage.layers, self.what))

    def problems(self) -> Iterable[Problem]:
        """Yield what the network says of another input, or that there is nothing to count."""
        try:
            free = not self.stages
        except UserError as error:
            for each in error.problems:
                yield Problem("", f"input, {each.key}", each.got, each.wanted, each.hint)
            return
        if free:
            yield Problem("", "what", self.what, f"something it has: no {unit_of(self.what)} here")


def sort_of(stage: Stage) -> Sort:
    """Return what does the work of a stage.

    >>> from generator.spec.network import network
    >>> [sort_of(stage) for stage in stages(network("lenet5", {}))]
    ['conv', 'other', 'conv', 'other', 'conv', 'dense', 'dense']
    """
    heaviest = max(stage.layers, key=lambda layer: layer.macs)
    if not heaviest.macs or heaviest.op == "subsample":
        return "other"
    return "dense" if len(heaviest.output) == 1 else "conv"


def solve(p: Params) -> Solved:
    """Count and add up."""
    found = p.stages
    numbers = [amount(stage.layers, p.what) for stage in found]
    total, unit = sum(numbers), unit_of(p.what)
    steps: list[Step] = []
    for i, (stage, number) in enumerate(zip(found, numbers, strict=True)):
        before = steps[-1].value if steps else 0
        terms = running([number] if not steps else [int(before), number])
        says = (
            f"{name_of(stage)} has {number:,} of the {total:,} {unit}, {share(number, total)};"
            f" so far {before + number:,}."
        )
        steps.append(Step(i + 1, (i,), None, terms, before + number, says))
    most = max(range(len(found)), key=numbers.__getitem__)
    dense = sum(n for n, each in zip(numbers, found, strict=True) if sort_of(each) == "dense")
    says = (
        f"{p.report.title}: of {total:,} {unit}, {share(numbers[most], total)} are in"
        f" {name_of(found[most])}, {share(dense, total)} in dense layers."
    )
    told = " ".join(
        f"{name_of(stage)} ({_SAID[sort_of(stage)]}): {number}, {share(number, total)},"
        f" so far {shown(step.value)}."
        for stage, number, step in zip(found, numbers, steps, strict=True)
    )
    alt = f"{says} A bar for {count(len(found), 'stage')}. {told}"
    return Solved(tuple(step.value for step in steps), tuple(steps), alt, says)


_ROLES: dict[Sort, Role] = {"conv": "result-cell", "dense": "kernel-cell", "other": "cell"}
_SAID: dict[Sort, str] = {"conv": "convolution", "dense": "dense", "other": "neither"}


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the bars, and one frame for every one of them."""
    found, room = p.stages, canvas.width
    numbers = [amount(stage.layers, p.what) for stage in found]
    title = f"{_TITLES[p.what]} of {p.report.name}" if title == KIND.title else title

    def foot(step: Step) -> Box:
        chunks: list[Chunk] = []
        for i, term in enumerate(step.terms):
            now = i == len(step.terms) - 1
            plus: Chunk = [("+ ", "muted", "regular")] if i else []
            role: Chunk = [(f"{term.w:,}", "kernel-ink" if now else "ink", "semibold")]
            chunks.append([*plus, *role])
        chunks.append([("=", "muted", "regular"), (f" {step.value:,}", "result-ink", "bold")])
        return arithmetic(chunks, canvas.text * 1.15, room)

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        heads = [
            headed(f"{title}, step {step.index} of {len(found)}", step.says, room, canvas)
            for step in example.steps
        ]
        return same_size(heads), same_size([foot(step) for step in example.steps])

    def frame(number: int) -> Scene:
        heads, feet = around()
        parts = [heads[number - 1], _chart(found, numbers, number, canvas), feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        head = headed(title, example.says, room, canvas)
        chart = _chart(found, numbers, None, canvas)
        return sheet(page([head, chart], canvas), canvas.margin)

    return Film(title, example.alt, poster, frame, len(found))


_TITLES: dict[What, str] = {
    "params": "The parameters",
    "macs": "The multiply-adds",
    "memory": "The memory",
}


def _chart(found: Sequence[Stage], numbers: Sequence[int], step: int | None, canvas: Canvas) -> Box:
    """Draw a line for every stage: name, bar, number, share; later ones are pale."""
    size, total = canvas.note, sum(numbers)
    narrow = canvas.name == "narrow"
    names = [words(name_of(stage), size, weight="semibold") for stage in found]
    counts = [words(f"{number:,}", size) for number in numbers]
    shares = [words(share(number, total), size, "muted") for number in numbers]
    side, wide, last = (max(b.width for b in boxes) for boxes in (names, counts, shares))
    tall = size * 1.3
    pitch = names[0].height + tall + 14 if narrow else tall + 12
    left = 0.0 if narrow else side + 16
    bars = canvas.width - left - (0 if narrow else wide + last + 32)
    marks: list[Part] = []
    for i, stage in enumerate(found):
        y = i * pitch
        later, now = step is not None and i >= step, step == i + 1
        name, number, part = names[i], counts[i], shares[i]
        if now:
            name = words(name_of(stage), size, "result-ink", "bold")
        at = y + (names[0].height + 2 if narrow else 0)
        text = y if narrow else y + (tall - name.height) / 2
        marks += name.moved(0, text)
        marks += number.moved(canvas.width - last - 14 - number.width, text)
        marks += part.moved(canvas.width - part.width, text)
        length = max(2.0, bars * numbers[i] / max(numbers))
        marks += _bar(left, at, length, tall, sort_of(stage), later=later, now=now)
    body = Box(canvas.width, len(found) * pitch - (12 if not narrow else 14), tuple(marks))
    key = _key({sort_of(stage) for stage in found}, canvas)
    shifted = body.moved(0, key.height + 14)
    return Box(canvas.width, key.height + 14 + body.height, (*key.parts, *shifted))


def _bar(
    x: float, y: float, length: float, tall: float, sort: Sort, *, later: bool, now: bool
) -> list[Part]:
    """Draw a bar; dense layers are hatched, what is neither is empty, later ones have no edge."""
    marks: list[Part] = [Rect(x, y, length, tall, _ROLES[sort])]
    if sort == "dense":
        at = _HATCH / 2 - tall
        while at < length:
            start, end = max(at, 0.0), min(at + tall, length)
            rise = (y + tall - (start - at), y + tall - (end - at))
            marks.append(Line(x + start, rise[0], x + end, rise[1], "line" if later else "muted"))
            at += _HATCH
    if later:
        return marks
    corners = ((x, y), (x + length, y), (x + length, y + tall), (x, y + tall), (x, y))
    if now:
        marks.append(Rect(x, y, length, tall, "result"))
    else:
        marks.append(Poly(corners, "muted"))
    return marks


def _key(sorts: set[Sort], canvas: Canvas) -> Box:
    """Say how the bars are told apart."""
    said = {"conv": "convolution", "dense": "dense", "other": "other"}
    parts = []
    for sort, text in said.items():
        if sort in sorts:
            swatch = Box(26, 14, tuple(_bar(0, 0, 26, 14, sort, later=False, now=False)))
            parts.append(row([swatch, words(text, canvas.note, "muted")], gap=8))
    return row(parts, gap=22)


KIND = Kind(
    title="Where the parameters are",
    says="a bar for every layer of a network: its parameters, multiply-adds or memory",
    params=Params,
    solve=solve,
    draw=draw,
)
