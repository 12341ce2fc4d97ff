"""What the benchmark prints, and the page of the site that it writes."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.measure import Found


def machine() -> str:
    """Return processor, cores and system in a line."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = (line.split(":", 1) for line in info.read_text().splitlines() if ":" in line)
        found = {key.strip(): value.strip() for key, value in lines}
        name = found.get("model name", name)
        wide = "AVX-512" if "avx512f" in found.get("flags", "") else "AVX2"
        name += f" with {wide}" if "avx2" in found.get("flags", "") else ""
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    )


def versions(names: Sequence[str]) -> str:
    """Return the versions of what was compared."""
    return ", ".join(f"{name} {version(name).split('+')[0]}" for name in names)


def seconds(value: float) -> str:
    r"""Return a time in three digits.

    >>> [seconds(value).replace("\u00a0", " ") for value in (0.0000123, 0.00123, 1.234)]
    ['12.3 µs', '1.23 ms', '1.23 s']
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if value >= size:
            return f"{value / size:.3g}\u00a0{unit}"
    return f"{value * 1e6:.3g}\u00a0µs"


def table(found: Sequence[Found], peak: float = 0) -> str:
    """Return a Markdown table: a row for every piece of work and peer."""
    rates = peak > 0
    head = "| work | ours | peer | theirs | ours / theirs | goal |"
    head += " ours, GFLOP/s | of the peak |" if rates else ""
    lines = [head, "|---|--:|---|--:|--:|--:|" + ("--:|--:|" if rates else "")]
    for each in found:
        for peer, theirs in each.peers.items():
            goal = each.case.goals.get(peer)
            ratio = each.ratios[peer]
            shown = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"
            promised = "" if goal is None else f"≤ {goal:g}" + ("" if ratio <= goal else ", missed")
            line = f"| {each.case.work} | {seconds(each.ours)} | {peer} | {seconds(theirs)} "
            line += f"| {shown} | {promised} |"
            if rates:
                rate = each.case.flops / each.ours
                line += f" {rate / 1e9:.0f} | {rate / peak:.0%} |"
            lines.append(line)
    return "\n".join(lines)


def met(found: Sequence[Found]) -> str:
    """Return how many of the goals were met, in a sentence."""
    pairs = [
        (each.ratios[peer], goal)
        for each in found
        for peer, goal in each.case.goals.items()
        if goal is not None
    ]
    return f"{sum(ratio <= goal for ratio, goal in pairs)} of {len(pairs)} goals are met."
