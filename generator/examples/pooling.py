"""Pooling: a window slides over an input and keeps one number of each stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, PaddingMode, Plane
from generator.engine.trace import WRITTEN, PoolMode, pool
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._window import Sliding
from generator.examples._words import count, spoken
from generator.examples._zoom import film
from generator.model import Example, Step
from generator.numerals import factor, shown, total
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.parts import Chunk
from generator.spec.fields import Choice, Pair, param
from generator.spec.matrix import LARGEST, Matrix, MatrixField
from generator.spec.padding import NONE, Padding, PaddingField, axis


@dataclass(frozen=True, slots=True)
class Params:
    """What pooling needs."""

    input: Matrix = param(MatrixField("the numbers the window reads", line=False, widest=LARGEST))
    mode: PoolMode = param(Choice("what is kept of a window", ("max", "average")), "max")
    size: tuple[int, int] = param(Pair("side of the window", least=1), (2, 2))
    stride: tuple[int, int] | None = param(
        Pair("cells the window moves at a time; as many as it is wide if not given", least=1), None
    )
    padding: Padding = param(
        PaddingField("cells around the input; zeros in an average, never a maximum"), NONE
    )

    def _axes(self) -> list[Axis | Problem]:
        sizes = (self.input.height, self.input.width)
        stride = self.stride or self.size
        return [axis(i, sizes[i], self.size[i], stride[i], self.padding, 1) for i in (0, 1)]

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        rows, columns = (found for found in self._axes() if isinstance(found, Axis))
        return Plane(rows, columns)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for which, (found, word) in enumerate(zip(self._axes(), ("rows", "columns"), strict=True)):
            if isinstance(found, Problem):
                yield replace(found, key="size")
            # As in torch: otherwise a window could lie in the padding alone and have no maximum.
            elif max(found.before, found.after) > self.size[which] // 2:
                got = f"{max(found.before, found.after)} {word}"
                half = self.size[which] // 2
                yield Problem("", "padding", got, f"at most {half}, half the window's {word}")


def solve(p: Params) -> Solved:
    """Slide and keep the largest number, or the average."""
    rows, steps = pool(p.input.rows, p.plane, p.mode)
    size = f"{len(rows)} × {len(rows[0])}"
    kept = {"max": "largest number", "average": "average"}[p.mode]
    window = f"{p.size[0]} × {p.size[1]}"
    before, after = p.input.height * p.input.width, len(steps)
    says = (
        f"The {window} window stops {count(after, 'time')} and keeps the {kept} of what it reads:"
        f" {count(before, 'number')} become {after:,}. There is no weight in it."
    )
    alt = (
        f"{p.mode.capitalize()} pooling of a {p.input.size} input with a {window} window:"
        f" input {spoken(p.input.rows)}. Output, {size}: {spoken(rows)}."
    )
    return Solved(rows, steps, alt, says)


def chunks(mode: PoolMode, step: Step) -> list[Chunk]:
    """Return what happens to a window in pieces that stay together on a line.

    >>> from generator.model import Term
    >>> step = Step(1, (0, 0), None, (Term(1, 0, (0, 0)), Term(4, 1, (0, 1))), 4, "")
    >>> ["".join(text for text, _, _ in chunk) for chunk in chunks("max", step)]
    ['max(1,', '4)', '= 4']
    """
    opening, joint, closing = {
        "max": ("max(", ",", ")"),
        "average": ("(", " +", f") / {len(step.terms)}"),
    }[mode]
    result: Chunk = [("=", "muted", "regular"), (" " + shown(step.value), "result-ink", "bold")]
    if len(step.terms) > WRITTEN:
        return [*_folded(mode, step), result]
    found: list[Chunk] = []
    last = len(step.terms) - 1
    for i, term in enumerate(step.terms):
        counts = mode == "average" or term.w == 1
        text = factor(term.x) if mode == "average" else shown(term.x)
        number: Chunk = [(text, "window-ink", "bold") if counts else (text, "muted", "regular")]
        before: Chunk = [(opening, "muted", "regular")] if i == 0 else []
        after: Chunk = [(closing if i == last else joint, "muted", "regular")]
        found.append([*before, *number, *after])
    return [*found, result]


def _folded(mode: PoolMode, step: Step) -> list[Chunk]:
    """Return what happens to more numbers than can be read."""
    many = f"{len(step.terms):,}"
    if mode == "max":
        return [[("largest of ", "muted", "regular"), (f"{many} numbers", "window-ink", "bold")]]
    whole = shown(total([term.x for term in step.terms]))
    return [
        [(f"sum of {many} numbers ", "muted", "regular"), (whole, "window-ink", "bold")],
        [(f"/ {many}", "muted", "regular")],
    ]


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw input and output, with the window at every stop."""
    mode: PaddingMode | None = "zeros" if p.mode == "average" else None
    story = Sliding(
        p.input.rows, p.plane, mode, False, None, "output", lambda step: chunks(p.mode, step)
    )
    return film(story, example, title, canvas)


KIND = Kind(
    title="Pooling",
    says="a window slides over a matrix and keeps its largest number or its average",
    params=Params,
    solve=solve,
    draw=draw,
)
