"""How long things take, in turn and often enough."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

#: Between two contenders: helpers of the one that wait actively for more work [s] have stopped.
PAUSE = 0.02
#: How long one contender runs in a round [s], and how many rounds there are.
TURN, ROUNDS = 0.03, 7

Call = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """One piece of work, ours and others' ways of doing it.

    Parameters
    ----------
    work
        What is done.
    ours, peers
        Calls without arguments, the peers by name.
    goals
        For a peer, the largest ratio ours / peer that was promised; ``None`` where none was.
    flops
        Floating-point operations that the definition needs; 0 if that says nothing.
    """

    work: str
    ours: Call
    peers: Mapping[str, Call]
    goals: Mapping[str, float | None] = field(default_factory=dict)
    flops: int = 0


@dataclass(frozen=True)
class Found:
    """What came out: medians [s] of ours and of every peer, and the ratio to each."""

    case: Case
    ours: float
    peers: Mapping[str, float]
    ratios: Mapping[str, float]


def measured(case: Case) -> Found:
    """Run the contenders of a case in turn."""
    calls = {"": case.ours, **case.peers}
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            time.sleep(PAUSE)
            rounds[name].append(_turn(call))
    ratios = {
        # Round by round, so that a slower minute of the machine is one for both.
        name: median(a / b for a, b in zip(rounds[""], rounds[name], strict=True))
        for name in case.peers
    }
    medians = {name: median(times) for name, times in rounds.items()}
    ours = medians.pop("")
    return Found(case, ours, medians, ratios)


def _turn(call: Call) -> float:
    """Return the median time of a call, over at least three, for about as long as a turn is."""
    call()
    times: list[float] = []
    end = time.perf_counter() + TURN
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times)


def slope(sizes: list[float], times: list[float]) -> float:
    """Return the slope of log time against log size: 1 where twice the work takes twice as long.

    >>> slope([1, 2, 4], [3, 6, 12])
    1.0
    """
    from math import log

    xs, ys = [log(size) for size in sizes], [log(value) for value in times]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return round(over / sum((x - mx) ** 2 for x in xs), 2)
