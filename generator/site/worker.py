"""The process that runs the code of pages: a line of JSON in for each page, one out for each cell.

It is a process of its own, so that what does not end can be ended (``runner.py``).
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from generator.site.cell import execute, value_of

#: Nobody reads more on a page; and what prints without end is stopped before it fills the memory.
MOST = 10_000


class Paper(StringIO):
    """Takes what is printed, up to a limit."""

    def write(self, text: str) -> int:
        """Take a text."""
        if self.tell() + len(text) > MOST:
            raise ValueError(f"more than {MOST:,} characters are printed")
        return super().write(text)


def main() -> None:
    """Answer until nobody asks any more."""
    # What the code, or a library below it, prints by itself must not stand between the answers.
    questions, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    import numpy as np

    print("ready", file=answers, flush=True)
    for question in questions:
        for answer in run(json.loads(question), {"np": np}):
            print(json.dumps(answer), file=answers, flush=True)


def run(sources: list[str], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    r"""Yield what each cell of a page prints and is worth; the first that fails is the last.

    >>> list(run(["a = 1\nprint(a)"], {}))
    [{'prints': '1\n', 'shape': [], 'numbers': ['1']}]
    >>> list(run(["a = 1\na.b", "a"], {}))
    [{'line': 2, 'wrong': "AttributeError: 'int' object has no attribute 'b'"}]
    """
    namespace = {"__name__": "__main__", **given}
    for number, source in enumerate(sources):
        name, paper = f"<cell {number}>", Paper()
        try:
            with redirect_stdout(paper):
                value = value_of(execute(source, namespace, name))
        except BaseException as error:  # whatever it is, its page is told
            yield {"line": _line(error, name), "wrong": _said(error)}
            return
        answer: dict[str, Any] = {"prints": paper.getvalue()}
        if value:
            answer |= {"shape": value.shape, "numbers": value.numbers}
        yield json.loads(json.dumps(answer))


def _line(error: BaseException, name: str) -> int:
    """Return the line of the cell that went wrong, or 1 for one that began in another cell."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == name), 1)


def _said(error: BaseException) -> str:
    text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


if __name__ == "__main__":
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - warnings; it stays open to the end
    main()
