"""Measure, print, and write the page: ``python -m bench [group …]``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench import measure, report

PAGE = Path(__file__).parents[2] / "docs" / "project" / "speed.md"


def main(wanted: Sequence[str]) -> None:
    """Run the groups that are asked for; all of them also write the page."""
    groups: dict[str, Callable[[], str]] = {
        "pictures": pictures,
        "pooling": pooling,
        "layers": layers,
        "lenet": lenet,
        "growth": growth,
        "start": start,
        "figures": figures,
        "exercises": exercises,
    }
    if unknown := [name for name in wanted if name not in groups]:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(groups)}")
    parts = [groups[name]() for name in wanted or groups]
    if not wanted:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text("\n\n".join([opening(), *parts]) + "\n", "utf-8")
        print(f"\nwrote {PAGE}")


def opening() -> str:
    """Return the top of the page."""
    peers = report.versions(
        ["opencv-python-headless", "scipy", "scikit-image", "torch", "matplotlib"]
    )
    return f"""# How fast it is

Ours beside what people would use instead, in turn and in one process, with the same cores on both
sides: the medians of {measure.ROUNDS} rounds, and the median of the rounds' ratios. Below 1, ours
is the faster. A goal that was missed says so.

Measured on: {report.machine()}; {peers}. Another machine gives other numbers: `make bench` measures
anew and writes this page."""


def exercises() -> str:
    """Exercises and sheets."""
    from bench import exercises as room

    return room.section()


def compared(title: str, said: str, cases: Iterable[measure.Case], peak: float = 0) -> str:
    """Measure cases, print each as it is done, and return a section."""
    found = []
    for case in cases:
        found.append(measure.measured(case))
        print(report.table(found[-1:], peak).splitlines()[-1], flush=True)
    counted = f" {report.met(found)}" if any(case.case.goals for case in found) else ""
    return f"## {title}\n\n{said}{counted}\n\n{report.table(found, peak)}"


def pictures() -> str:
    """Filters on whole pictures."""
    from bench import pictures as room

    said = "One kernel over a whole picture; both sides write into memory that is there already."
    return compared("Picture filters", said, room.filters())


def pooling() -> str:
    """Pooling."""
    from bench import pictures as room

    return compared("Pooling", "Both sides allocate their result.", room.pools())


def layers() -> str:
    """Convolution layers."""
    from bench import engine

    peak = engine.peak()
    said = (
        "Layers of AlexNet, VGG-16 and ResNet-50, one picture, float32; both sides allocate their "
        f"result. The peak, {peak / 1e9:.0f} GFLOP/s, is what a loop over numbers in the nearest "
        "cache reaches. Winograd's way needs fewer products than the definition, by whose count "
        "GFLOP/s are given."
    )
    return compared("Convolution layers", said, engine.layers(), peak)


def lenet() -> str:
    """A whole network."""
    from bench import engine

    return compared("A whole network", "From a picture to ten shares.", engine.lenet())


def growth() -> str:
    """How time grows with work."""
    from bench import engine

    lines = ["| what grows | sizes | times | slope |", "|---|---|---|--:|"]
    for what, sizes, calls in engine.growth():
        times = [measure._turn(call) for call in calls]
        shown = ", ".join(f"{size:g}" for size in sizes)
        took = ", ".join(map(report.seconds, times))
        lines.append(f"| {what} | {shown} | {took} | {measure.slope(sizes, times)} |")
        print(lines[-1], flush=True)
    said = "Twice the work should take twice the time: then the slope of the logarithms is 1."
    return f"## How time grows\n\n{said}\n\n" + "\n".join(lines)


def start() -> str:
    """The first call of a process."""
    from bench import start as room

    lines = ["| start | nothing compiled | goal | from cache | goal |", "|---|--:|--:|--:|--:|"]
    for what, cold, cold_goal, warm, warm_goal in room.starts():
        goals = ["" if goal is None else f"≤ {goal:g} s" for goal in (cold_goal, warm_goal)]
        took = report.seconds(cold), report.seconds(warm)
        lines.append(f"| {what} | {took[0]} | {goals[0]} | {took[1]} | {goals[1]} |")
        print(lines[-1], flush=True)
    return "## Start\n\nA new process each time.\n\n" + "\n".join(lines)


def figures() -> str:
    """Figures and films."""
    from bench import figures as room

    said = "Once everything is loaded; a figure alone is promised in 5 ms."
    text = compared("Figures", said, room.one())
    lines = ["| what | took | goal |", "|---|--:|--:|"]
    for what, took, goal in room.whole():
        lines.append(f"| {what} | {report.seconds(took)} | {goal} |")
        print(lines[-1], flush=True)
    text += "\n\n" + "\n".join(lines)
    lines = ["| figure as SVG | took | goal |", "|---|--:|--:|"]
    for kind, took in room.kinds():
        goal = "≤ 5 ms" if took <= 0.005 else "≤ 5 ms, missed"
        lines.append(f"| {kind} | {report.seconds(took)} | {goal} |")
        print(lines[-1], flush=True)
    return f"{text}\n\n" + "\n".join(lines)


main(sys.argv[1:])
