"""Softmax: logits become exponentials, and those become shares that add up to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.engine.trace_softmax import Softmax, raised, softmax
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, film
from generator.examples._words import count
from generator.model import Example, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Line, Mark, Rect, Role
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, words
from generator.spec.fields import Real, Whole, param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.volume import NamesField

#: So many classes can be read.
_MOST = 12
#: A share of a thousandth is still a hair of green [px].
_LEAST = 1.0
#: Between the head of a column and its cells [px].
_UNDER = 4
#: Logits further apart than this leave nothing to see.
_FAR = 1000


@dataclass(frozen=True, slots=True)
class Params:
    """The logits, what they stand for, and how sharply they are told apart."""

    logits: Matrix = param(
        MatrixField("a list with a number for every class", column=True),
        Matrix(((2, 1, 0, -1),), line=True),
    )
    names: tuple[str, ...] = param(NamesField("what the classes are called"), ())
    temperature: Number = param(Real("T: every logit is divided by it"), 1)
    digits: int = param(Whole("digits behind the point of what is rounded", least=1, most=3), 3)

    @property
    def classes(self) -> tuple[str, ...]:
        """What the classes are called."""
        return self.names or tuple(f"class {i}" for i in range(1, self.logits.width + 1))

    @property
    def made(self) -> Softmax:
        """The shares and the way to them."""
        return softmax(self.logits.rows[0], self.temperature, self.digits, self.classes)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        logits = self.logits
        if not logits.line:
            yield Problem("", "logits", f"a {logits.size} matrix", "a list of numbers")
        elif logits.width > _MOST:
            yield Problem("", "logits", count(logits.width, "number"), f"at most {_MOST}")
        else:
            for place, z in enumerate(logits.rows[0], 1):
                if not -_FAR <= z <= _FAR:
                    wanted = f"between −{_FAR:,} and {_FAR:,}"
                    yield Problem("", f"logits, column {place}", shown(z), wanted)
        if self.names and len(self.names) != logits.width:
            got = count(len(self.names), "name")
            yield Problem("", "names", got, f"{logits.width}, one for every logit")
        if self.temperature <= 0 or self.temperature > _FAR:
            wanted = f"above 0, at most {_FAR:,}"
            yield Problem("", "temperature", shown(self.temperature), wanted)


def solve(p: Params) -> Solved:
    """Raise, add, divide."""
    made, names = p.made, p.classes
    together = "1" if made.together == 1 else f"{shown(made.together)}; unrounded, to 1"
    best = max(range(len(names)), key=lambda i: p.logits.rows[0][i])
    warm = "" if p.temperature == 1 else f" at temperature {shown(p.temperature)}"
    says = (
        f"The largest logit, {shown(made.largest)}, is taken from each{warm};"
        f" {names[best]} gets {shown(made.shares[best])}. The shares, rounded to"
        f" {count(p.digits, 'digit')}, add up to {together}."
    )
    lines = [
        f"{name}: logit {shown(z)}, exponential {shown(e)}, share {shown(share)}"
        for name, z, e, share in zip(
            names, p.logits.rows[0], made.exponentials, made.shares, strict=True
        )
    ]
    alt = (
        f"Softmax of {count(len(names), 'logit')}{warm}. {'; '.join(lines)}."
        f" The exponentials add up to {shown(made.sum)}. {says}"
    )
    return Solved(made.shares, made.steps, alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw a line for every class, from its logit to the bar of its share."""
    look = _Look(p, p.made, canvas)
    return film(Story(look.body, look.foot), example, title, canvas)


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that does not change from step to step."""

    p: Params
    made: Softmax
    canvas: Canvas

    @property
    def side(self) -> float:
        return min(self.canvas.cell * 0.8, 40)

    def body(self, step: Step | None) -> Box:
        """Draw the columns as far as they are known at a step."""
        n, made, canvas = len(self.p.classes), self.made, self.canvas
        done = step.index if step else 2 * n + 1
        temperature = "" if self.p.temperature == 1 else f" / {shown(self.p.temperature)}"
        wide = {"slide": 96.0, "page": 80.0, "narrow": 58.0}[canvas.name]
        gap = {"slide": 20.0, "page": 12.0, "narrow": 5.0}[canvas.name]
        names = self._names()
        far = f"z − {shown(made.largest)}" if made.largest >= 0 else f"z + {shown(-made.largest)}"
        power = f"({far}){temperature}" if temperature else far
        now = done if step else 0
        given = self._column(
            "logit z", self.p.logits.rows[0], ("cell", "ink"), n, now % (n + 1), wide, n, "window"
        )
        powers = self._column(power, made.powers, ("cell", "ink"), n, 0, wide, n, "window")
        exponentials = self._column(
            "e to that", (*made.exponentials, made.sum), ("kernel-cell", "kernel-ink"), done, now,
            wide, n + 1, "kernel",
        )  # fmt: skip
        shares = self._column(
            "share", (*made.shares, made.together), ("result-cell", "result-ink"), done - n - 1,
            now - n - 1, wide, n + 1, "result", last=step is None or done == 2 * n + 1,
        )  # fmt: skip
        columns = [names, given, powers, exponentials, shares]
        table = row([replace(box, axis=0) for box in columns], gap)
        if canvas.name == "narrow":
            bars = row([names_only(self.p.classes, self.side, canvas), self._bars(done, 200)], 8)
            return column([table, replace(bars, axis=0)], 4)
        room = canvas.width - table.width - gap
        head = space(height=self._head("share", wide).height)
        bars = column([head, self._bars(done, room)], _UNDER)
        return row([replace(table, axis=0), replace(bars, axis=0)], gap)

    def _head(self, text: str, wide: float) -> Box:
        label = words(text, self.canvas.note, "muted", room=wide)
        return Box(max(label.width, wide), self.canvas.note * 1.4 * self._lines(wide), label.parts)

    def _lines(self, wide: float) -> int:
        """Return how many lines the longest heading takes."""
        made = self.made
        far = f"z − {shown(made.largest)}" if made.largest >= 0 else f"z + {shown(-made.largest)}"
        power = far if self.p.temperature == 1 else f"({far}) / {shown(self.p.temperature)}"
        heads = ["logit z", power, "e to that", "share"]
        height = max(words(text, self.canvas.note, room=wide).height for text in heads)
        return round(height / (self.canvas.note * 1.4))

    def _names(self) -> Box:
        wide = {"slide": 96.0, "page": 80.0, "narrow": 58.0}[self.canvas.name]
        names = names_only((*self.p.classes, "together"), self.side, self.canvas)
        return column([space(height=self._head("share", wide).height), names], _UNDER)

    def _column(
        self,
        head: str,
        numbers: Sequence[Number],
        look: tuple[Role, Role],
        done: int,
        now: int,
        wide: float,
        rows: int,
        frame: Role,
        *,
        last: bool = True,
    ) -> Box:
        """Draw a column of numbers up to `done`; `now` is framed, counted from 1."""

        def cell(place: int, number: Number) -> Cell:
            hidden = place > done if place < rows or rows == len(self.p.classes) else (
                not last if frame == "result" else place > done
            )  # fmt: skip
            if hidden:
                return Cell(role="empty")
            here = place == now
            role, ink = look
            return Cell(shown(number), role, ink, "bold" if here else "regular")

        cells = [[cell(place, number)] for place, number in enumerate(numbers, 1)]
        frames = [Frame(frame, now - 1, 0, 1, 1)] if 0 < now <= len(numbers) else []
        body = grid(cells, self.side, frames, map(shown, numbers), wide)
        return column([self._head(head, wide), body], _UNDER)

    def _bars(self, done: int, room: float) -> Box:
        """Draw the shares as bars; a full one would be all of the room."""
        n, side = len(self.p.classes), self.side
        marks: list[Mark] = [Line(0, 0, 0, n * side, "muted")]
        for place, share in enumerate(self.made.shares):
            if place + n + 2 > done:
                continue
            wide = max(float(share) * room, _LEAST)
            marks.append(Rect(0, place * side + side * 0.2, wide, side * 0.6, "result-ink"))
        return Box(room, n * side, tuple(marks))

    def foot(self, step: Step | None) -> Box:
        """Draw the arithmetic of a step; of the whole, that the shares add up."""
        n, made = len(self.p.classes), self.made
        size, room = self.canvas.text * 1.2, self.canvas.width
        if step is None or step.index == n + 1:
            numbers = made.shares if step is None else made.exponentials
            summed = made.together if step is None else made.sum
            ink: Role = "result-ink" if step is None else "kernel-ink"
            found: list[Chunk] = [
                [(shown(each), ink, "bold"), (" +" if i < n - 1 else "", "muted", "regular")]
                for i, each in enumerate(numbers)
            ]
            same = step is None or sum(numbers) == summed
            found.append([("= " if same else "≈ ", "muted", "regular"),
                          (shown(summed), ink, "bold")])  # fmt: skip
            if not same:
                found.append([("(the sum before rounding)", "muted", "regular")])
            elif step is None and summed != 1:
                found.append([("(before rounding: 1)", "muted", "regular")])
            return arithmetic(found, size, room)
        i = (step.index - 1) % (n + 1)
        if step.index <= n:
            power = raised(self.p.logits.rows[0][i], made.largest, self.p.temperature)
            found = [
                [(power, "window-ink", "bold")],
                [("= ", "muted", "regular"), (shown(step.value), "kernel-ink", "bold")],
            ]
            exact = made.powers[i] == 0
        else:
            found = [
                [(shown(made.exponentials[i]), "kernel-ink", "bold"), (" / ", "muted", "regular"),
                 (shown(made.sum), "kernel-ink", "bold")],
                [("= ", "muted", "regular"), (shown(step.value), "result-ink", "bold")],
            ]  # fmt: skip
            exact = False
        if not exact:
            found.append([("rounded", "muted", "regular")])
        return arithmetic(found, size, room)


def names_only(names: Sequence[str], side: float, canvas: Canvas) -> Box:
    """Set names below each other, one for every line of cells."""
    room = {"slide": 150.0, "page": 110.0, "narrow": 66.0}[canvas.name]
    boxes = []
    for name in names:
        text = words(name, canvas.note, "ink")
        short = name
        while text.width > room and len(short) > 1:
            short = short[:-1]
            text = words(short.rstrip() + "…", canvas.note, "ink")
        marks = text.moved(0, (side - text.height) / 2)
        boxes.append(Box(text.width, side, marks))
    return column(boxes)


KIND = Kind(
    title="Softmax",
    says="logits become exponentials, and those become shares that add up to 1",
    params=Params,
    solve=solve,
    draw=draw,
)
