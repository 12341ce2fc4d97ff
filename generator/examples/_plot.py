"""A curve in its axes, with the points that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.engine.trace_activation import Curve
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.layout import Box, Part
from generator.scene.marks import Disc, Line, Poly, Role
from generator.scene.parts import words

#: A curve is drawn through so many points.
_POINTS = 96


def plotted(
    curve: Curve,
    reach: int,
    points: Sequence[Number],
    now: Number | None,
    size: tuple[float, float],
    canvas: Canvas,
) -> Box:
    """Draw a function, its slope dashed, and points on it.

    Parameters
    ----------
    curve
        The function.
    reach
        It is drawn from −reach to reach.
    points
        Where it is applied.
    now
        The number looked at; ``None`` for all of them at once.
    size
        Width and height of the plot without its labels [px].
    canvas
        For the sizes of the words.
    """
    width, height = size
    samples = [reach * (2 * i / _POINTS - 1) for i in range(_POINTS + 1)]
    heights = [f(x) for f in (curve.value, curve.slope) for x in samples]
    low, high = min(0, *heights), max(1, *heights)
    # Room for the thick line and the discs at the ends.
    margin = (high - low) * 0.06
    low, high = low - margin, high + margin
    top = words(_tick(high - margin), canvas.note, "muted")
    left = top.width + 8

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (x + reach) / (2 * reach) * width, (high - y) / (high - low) * height

    zero = at(0, 0)
    marks: list[Part] = [
        Line(left, zero[1], left + width, zero[1], "muted"),
        Line(zero[0], 0, zero[0], height, "line"),
    ]
    crown = at(0, high - margin)[1]
    marks.append(Line(left, crown, left + width, crown, "line"))
    marks += top.moved(0, min(max(crown - top.height / 2, 0), height))
    ticks = [words(_tick(x), canvas.note, "muted") for x in (-reach, 0, reach)]
    for tick, x in zip(ticks, (-reach, 0, reach), strict=True):
        middle = min(max(at(x, 0)[0], left + tick.width / 2), left + width - tick.width / 2)
        marks += tick.moved(middle - tick.width / 2, height + 2)
    marks += _runs(curve.slope, samples, at, "kernel-dash")
    marks += _runs(curve.value, samples, at, "result")
    if now is not None:
        here, y = at(float(now), curve.value(float(now)))
        marks += [Line(here, zero[1], here, y, "window-line"), Disc(here, zero[1], 5, "window-ink")]
        marks.append(Disc(*at(float(now), curve.slope(float(now))), 4, "kernel-ink"))
        marks.append(Disc(here, y, 6, "result-ink"))
    else:
        for each in sorted(set(points)):
            marks.append(Disc(*at(float(each), curve.value(float(each))), 5, "result-ink"))
    return Box(left + width + 6, height + ticks[0].height, tuple(marks))


def _tick(value: float) -> str:
    return shown(round(value)) if abs(value - round(value)) < 1e-2 else f"{value:.1f}"


def _runs(
    curve: Callable[[float], float],
    samples: Sequence[float],
    at: Callable[[float, float], tuple[float, float]],
    role: Role,
) -> list[Part]:
    """Draw a curve; where it jumps, it is broken."""
    runs: list[list[tuple[float, float]]] = [[]]
    step = samples[1] - samples[0]
    for i, x in enumerate(samples):
        if i and abs(curve(x) - curve(samples[i - 1])) > 6 * step:
            runs.append([])
        runs[-1].append(at(x, curve(x)))
    return [Poly(tuple(run), role) for run in runs if len(run) > 1]
