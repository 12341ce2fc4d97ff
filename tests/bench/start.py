"""The first picture of a day: how long a cold start takes, with nothing compiled and from cache."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

FILTER = """
import numpy as np
from generator.engine.ops import filter2d
filter2d(np.zeros((512, 512), np.float32), ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)))
"""
#: What is started, and the goal [s] in an empty cache and in a full one.
STARTS = {
    "the first picture filter of a process": ([sys.executable, "-c", FILTER], 3.0, 0.5),
    "`convbook --help`": ([sys.executable, "-m", "generator.cli.main", "--help"], None, None),
}


def starts() -> list[tuple[str, float, float | None, float, float | None]]:
    """Return for each start: what, cold [s] and its goal, warm [s] and its goal."""
    found = []
    for what, (command, cold_goal, warm_goal) in STARTS.items():
        with tempfile.TemporaryDirectory() as folder:
            # No machine code is there yet; the packages' bytecode is, as pip leaves it.
            place = {"NUMBA_CACHE_DIR": folder, "PYTHONDONTWRITEBYTECODE": ""}
            cold = _run(command, place)
            warm = median(_run(command, place) for _ in range(5))
        found.append((what, cold, cold_goal, warm, warm_goal))
    return found


def _run(command: list[str], more: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
