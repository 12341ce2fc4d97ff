"""Runs the code of pages, once however often it is asked, and ends what does not end by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from weakref import finalize

from generator.site.cell import Value

#: How long the code of one fence may take, and the start of Python before it [s].
SECONDS, START = 15.0, 60.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a cell.

    Parameters
    ----------
    prints
        What it printed.
    value
        Of its last line; ``None`` if it is no array.
    wrong
        What went wrong; empty if nothing did.
    line
        In which line of the cell.
    """

    prints: str = ""
    value: Value | None = None
    wrong: str = ""
    line: int = 1


class Runner:
    """Runs code in a process that it starts when it is needed."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._done: dict[tuple[str, ...], tuple[Ran, ...]] = {}
        self._process: subprocess.Popen[str] | None = None

    def run(self, sources: Sequence[str]) -> tuple[Ran, ...]:
        r"""Return what became of the cells of a page, up to the first that fails.

        Examples
        --------
        >>> first, second = Runner().run(["a = np.arange(3)", "print(a.sum())"])
        >>> second
        Ran(prints='3\n', value=Value(shape=(), numbers=('3',)), wrong='', line=1)
        """
        key = tuple(sources)
        if key and key not in self._done:
            self._done[key] = self._run(key)
        return self._done.get(key, ())

    def close(self) -> None:
        """End the process; what it found is kept."""
        if self._process:
            _end(self._process)
            self._process = None

    def _run(self, sources: tuple[str, ...]) -> tuple[Ran, ...]:
        process = self._process or self._started()
        assert process.stdin
        print(json.dumps(sources), file=process.stdin, flush=True)
        found: list[Ran] = []
        while len(found) < len(sources) and not (found and found[-1].wrong):
            answer = _answer(process, SECONDS)
            if not answer:
                late = process.poll() is None
                said = f"does not end within {SECONDS:g} seconds" if late else "ended Python itself"
                self.close()
                found.append(Ran(wrong=f"the code {said}"))
                break
            found.append(_ran(json.loads(answer)))
        return tuple(found)

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.site.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
            # Two builds must print the same sets; and the package must be found from any folder.
            env={
                **os.environ,
                "PYTHONHASHSEED": "0",
                "PYTHONIOENCODING": "utf-8",
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
            text=True,
            encoding="utf-8",
        )
        finalize(self, _end, process)
        self._process = process
        if not _answer(process, START):
            self.close()
            raise RuntimeError("the process that runs the code of pages did not start")
        return process


def _answer(process: subprocess.Popen[str], seconds: float) -> str:
    """Return the next line; empty if there is none in time."""
    lines: list[str] = []
    assert process.stdout
    reader = Thread(target=lambda out=process.stdout: lines.append(out.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    if not lines and process.poll() is None:
        return ""
    reader.join()
    if not lines[0]:
        process.wait()  # its last word is that there is none: it has ended
    return lines[0]


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _ran(answer: dict[str, object]) -> Ran:
    value = None
    if "numbers" in answer:
        value = Value(tuple(answer["shape"]), tuple(answer["numbers"]))  # type: ignore[arg-type]
    return Ran(
        str(answer.get("prints", "")),
        value,
        str(answer.get("wrong", "")),
        int(str(answer.get("line", 1))),
    )
