"""The sums of a receptive field: a line for every layer."""

from __future__ import annotations

from collections.abc import Sequence

from generator.engine.trace_field import Stage
from generator.examples._field_seen import Seen
from generator.model import Step
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Role, Weight
from generator.scene.parts import words

#: More layers than these are folded: the first, and those around the one that is told.
_LINES = 18


def lines_of(seen: Seen, step: Step | None, canvas: Canvas) -> Box:
    """Draw a line for every layer: its window, what a unit sees, how far it is to the next one."""
    now = step.index - 1 if step else None
    kept = folded(len(seen.stages), now)
    told = [i for i in kept if i is not None]
    named = [_name(seen.stages[i], i == now, canvas) for i in told]
    fields = [_sum(seen.stages[i], i, now, canvas) for i in told]
    jumps = [_jump(seen.stages[i], i, now, canvas) for i in told]
    heads = [words(text, canvas.note, "muted") for text in ("layer", "sees r", "next j")]
    gap = canvas.note * (0.7 if canvas.name == "narrow" else 1)
    # The widths are those of all layers, so that nothing moves from frame to frame.
    wide = [
        max(box.width for box in (head, *boxes))
        for head, boxes in zip(
            heads,
            (
                [_name(stage, True, canvas) for stage in seen.stages],
                [_sum(stage, 0, 0, canvas) for stage in seen.stages],
                [_jump(stage, 0, 0, canvas) for stage in seen.stages],
            ),
            strict=True,
        )
    ]
    lines = [_line(heads, wide, gap)]
    cells = iter(zip(named, fields, jumps, strict=True))
    for i in kept:
        dots = words("…", canvas.note, "muted")
        lines.append(dots if i is None else _line(next(cells), wide, gap))
    return column(lines, leading(seen))


def leading(seen: Seen) -> float:
    return 1 if len(seen.stages) > 9 else 6


def folded(total: int, now: int | None) -> list[int | None]:
    """Return the layers that have a line: all, or the first and those up to the one told.

    >>> folded(3, None), folded(40, 20)[:5], folded(40, 20)[-1], len(folded(40, 39))
    ([0, 1, 2], [0, 1, None, 11, 12], 25, 18)
    """
    if total <= _LINES:
        return list(range(total))
    around = _LINES - 3
    first = min(max((total - 1 if now is None else now) - around + 6, 3), total - around)
    return [0, 1, 2 if first == 3 else None, *range(first, first + around)]


def _line(cells: Sequence[Box], widths: Sequence[float], gap: float) -> Box:
    boxes = [Box(wide, cell.height, cell.parts) for cell, wide in zip(cells, widths, strict=True)]
    return row(boxes, gap)


def _name(stage: Stage, now: bool, canvas: Canvas) -> Box:
    weight: Weight = "bold" if now else "regular"
    if canvas.name != "narrow":
        name = words(stage.name, canvas.note, "ink", weight)
        return row([name, words(stage.says, canvas.note, "muted")], canvas.note * 0.5)
    name = words(_short(stage.name), canvas.note, "ink", weight)
    says = stage.says
    for word in ("stride", "dilation", "padding"):
        says = says.replace(word, word[0].upper())
    note = words(says, canvas.note, "muted")
    if len(stage.name + says) <= 18:
        return row([name, note], canvas.note * 0.5)
    # Own layers have long words and are few; those of a network have long names and are many.
    return column([name, note]) if " " in stage.name else name


def _short(name: str) -> str:
    """Return where a layer stands and what it is, without what lies between.

    >>> _short("stage4-wide.main.conv2"), _short("stage5.2.main.conv2"), _short("conv1")
    ('stage4-wide…conv2', 'stage5.2…conv2', 'conv1')
    """
    first, *middle = name.split(".")
    if len(name) <= 16 or len(middle) < 2:
        return name
    numbered = f".{middle[0]}" if middle[0].isdigit() else ""
    return f"{first}{numbered}…{middle[-1]}"


def _sum(stage: Stage, index: int, now: int | None, canvas: Canvas) -> Box:
    if now is not None and index > now:
        return space(height=canvas.note * 1.4)
    here = now is None or index == now
    before, after = stage.before[1], stage.length
    pieces: list[tuple[str, Role]] = []
    if before.stride and (after - before.length) % before.stride == 0:
        windows = (after - before.length) // before.stride
        pieces = [
            (f"{before.length:,}", "window-ink"),
            (" + ", "muted"),
            (f"{windows}", "kernel-ink"),
            (f"·{before.stride}", "muted"),
            (" = ", "muted"),
        ]
    pieces.append((f"{after:,}", "result-ink"))
    return row([
        words(text, canvas.note, ink if here else "muted", "bold" if here else "regular")
        for text, ink in pieces
    ])  # fmt: skip


def _jump(stage: Stage, index: int, now: int | None, canvas: Canvas) -> Box:
    if now is not None and index > now:
        return space(height=canvas.note * 1.4)
    here = now is None or index == now
    text = "–" if stage.stride is None else f"{stage.stride}"
    return words(
        text, canvas.note, "ink" if here else "muted", "bold" if index == now else "regular"
    )
