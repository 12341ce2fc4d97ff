"""Exercises: variants a second, sheets for a class, and a very large class in little memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator import api
from generator.exercises._families import FAMILIES
from generator.exercises._make import name_of, write
from generator.exercises._settle import settle
from generator.exercises._workers import processes

ROOT = Path(__file__).parents[2]
_VARIANTS = 60
_CLASS = 100
_STREAM = 100_000
_GOAL, _PDF_GOAL = 2000, 3.0
#: R/exams 2.4 on the machine on which this project began (two cores), measured before the start.
R_EXAMS = "100 Moodle items 3.7–4.2 s, 20 PDF sheets 9.0–9.3 s, 100 QTI 2.1 items 4.7 s"


def rates() -> dict[str, float]:
    """Return how many variants a second of one core each family makes, mistakes and steps too."""
    found = {}
    for name in FAMILIES:
        family = FAMILIES[name]
        seconds = 0.0
        for level in family.levels:
            write(family, settle(family, name_of(family, level, "warm")))
            began = time.process_time()
            for seed in range(_VARIANTS):
                write(family, settle(family, name_of(family, level, f"bench-{seed}")))
            seconds += time.process_time() - began
        found[name] = _VARIANTS * len(family.levels) / seconds
    return found


def sheets() -> tuple[float, int]:
    """Return how long 100 PDF sheets with their keys take, in all processes, and how many files."""
    exam = api.exam(["output-size", "convolution-cell", "pooling-max"], 6, "bench", level=2)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        api.hand_out(exam, api.students(str(_CLASS)), ["pdf"], folder, parts=("sheet", "key"))
        return time.perf_counter() - began, len(list(Path(folder).rglob("*.pdf")))


def streamed(count: int) -> tuple[float, float]:
    """Return how long so many students take as JSON, and the first process's memory [MB]."""
    program = (
        "import resource, sys, tempfile\n"
        "from generator import api\n"
        "if __name__ == '__main__':\n"
        "    exam = api.exam(['convolution-map'], 1, 'bench')\n"
        "    with tempfile.TemporaryDirectory() as folder:\n"
        f"        api.hand_out(exam, api.students('{count}'), ['json'], folder)\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "stream.py"
        script.write_text(program)
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return time.perf_counter() - began, float(done.stdout)


def section() -> str:
    """Return the section of the page."""
    found = rates()
    lines = [f"{name}: {rate:,.0f}" for name, rate in sorted(found.items(), key=lambda e: e[1])]
    print("variants a second and core:", ", ".join(lines), flush=True)
    both = {name: rate * processes() for name, rate in found.items()}
    slow = [name for name, rate in both.items() if rate < _GOAL]
    seconds, files = sheets()
    print(f"{files} PDF files {seconds:.2f} s", flush=True)
    small, few = streamed(_STREAM // 10)
    large, many = streamed(_STREAM)
    print(f"streamed: {small:.1f} s, {few:.0f} MB; {large:.1f} s, {many:.0f} MB", flush=True)
    met = "met" if seconds <= _PDF_GOAL else "missed"
    short = ", ".join(lines[:8])
    return f"""## Exercises

{len(found)} families, all levels, with mistakes, hints and steps: a core makes
{statistics.median(found.values()):,.0f} variants a second of the median family (goal: {_GOAL:,} on
{processes()} cores; {"all families meet it" if not slow else "missed by " + ", ".join(slow)}). The
slowest: {short}.

| what | time | goal |
| --- | ---: | ---: |
| {_CLASS} PDF sheets of six exercises and their keys ({files} files), {processes()} processes | \
{seconds:.2f} s | {_PDF_GOAL:.0f} s, {met} |
| {_STREAM:,} students, one exercise each, dealt, written as JSON and certified | {large:.0f} s | |

The first process needed {many:.0f} MB for {_STREAM:,} students and {few:.0f} MB for a tenth of
them. R/exams, the generator that lecturers know, took on a machine like this: {R_EXAMS}."""
