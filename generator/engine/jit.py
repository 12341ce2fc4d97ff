"""The door for numba: how loops are compiled, and where the compiled code is kept.

Compiling takes a second or two, reading compiled code back a tenth of one; so it is kept on disk.
numba notices when the file of a loop changes, but not when another file that the loop depends on
does, and then runs the old code. So the folder is named after all the engine's sources: whatever
changes, the code is compiled anew.

Import this module only where a loop is about to run: numba takes a third of a second to import.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
from llvmlite import binding

from generator import caches
from generator.engine import helpers
from generator.engine.helpers import Run

P = ParamSpec("P")
T = TypeVar("T")

#: Cells of a picture that keep one core busy for longer than it takes to call another for help.
_WORTH = 1 << 18


def compiled(loop: Callable[P, None]) -> Callable[P, None]:
    """Compile a loop for one core; Python's other threads go on while it runs."""
    with _caching_in(FOLDER):
        decorate = numba.njit(cache=FOLDER is not None, nogil=True, error_model="numpy")
        return cast("Callable[P, None]", decorate(loop))


def inlined(loop: Callable[P, T]) -> Callable[P, T]:
    """Compile a part of a loop: where it is called, the compiler sees it whole."""
    with _caching_in(FOLDER):
        decorate = numba.njit(nogil=True, error_model="numpy", forceinline=True)
        return cast("Callable[P, T]", decorate(loop))


def in_bands(run: Run, rows: int, width: int) -> None:
    """Call ``run(top, bottom)`` for bands of rows that make up all of them, one on every core.

    numba's own parallel loops would be shorter to write. But they take two to eight times as long
    to compile; where their threads come from OpenMP, a process forked later hangs in its first
    loop; and where they do not, two threads that filter at the same time end the program.

    Here, if another thread has called the helpers already, nobody waits for them: the one that
    asks does their bands as well. So `run` may itself call this function.

    Parameters
    ----------
    run
        Does the rows from `top` up to, but not including, `bottom`; touches no others. It spends
        its time in compiled loops: while it is in Python, all others wait.
    rows, width
        Height and width of the result [cells]. A cell stands for a third of a nanosecond of work;
        where it takes longer than that, let `width` be larger.

    Raises
    ------
    BaseException
        The first that `run` raised, when all bands have come to an end.

    Examples
    --------
    >>> done = []
    >>> in_bands(lambda top, bottom: done.extend(range(top, bottom)), 6, 1_000_000)
    >>> sorted(done)
    [0, 1, 2, 3, 4, 5]
    """
    bands = rows * width // _WORTH
    if bands > 1:
        bands = min(bands, cores(), rows)
    if bands < 2:
        run(0, rows)
        return
    called = helpers.call(bands - 1)
    jobs: list[helpers.Job] = []
    try:
        bands = len(called) + 1
        edges = [rows * band // bands for band in range(bands + 1)]
        # The first band is for the thread that asks; it would only wait otherwise.
        jobs += (called.pop().start(run, *band) for band in pairwise(edges[1:]))
        run(0, edges[1])
    finally:
        helpers.dismiss(called)
        errors = helpers.results(jobs)
    for error in errors:
        raise error


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextmanager
def _caching_in(folder: Path | None) -> Iterator[None]:
    """Let numba keep what is decorated here in `folder`.

    The environment variable ``NUMBA_CACHE_DIR`` would do the same, but only if numba was not yet
    imported, and it would drag along the caches of other packages and of programs that we start.
    """
    settings: Any = numba.config  # made at run time, so a type checker knows none of them
    before = settings.CACHE_DIR
    settings.CACHE_DIR = "" if folder is None else str(folder)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


def fingerprint(folder: Path = Path(__file__).parent) -> str:
    """Return 16 hexadecimal digits that change whenever a Python file of `folder` does.

    They also differ between processors with registers of different width, for which loops are
    written differently: numba does not see that where it is told to compile for any processor.
    """
    features = binding.get_host_cpu_features()
    wide = [word for word in ("avx2", "avx512f", "avx512bw") if features.get(word)]
    digest = sha256(repr(wide).encode())
    for file in sorted(folder.glob("*.py")):
        # Name and length go in as well, or text moved from one file to the next would not show.
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def cache_folder() -> Path | None:
    """Return a writable folder for compiled code; ``None`` if there is none, so nothing is kept.

    The first of: ``<fingerprint>`` in ``NUMBA_CACHE_DIR``, if the user set it;
    ``convbook/<fingerprint>`` in the user's cache folder; the same in a temporary folder that
    belongs to this user alone. numba by itself would raise at import if the package and the home
    folder are both read-only.
    """
    for find in (_chosen, _user, _own):
        # RuntimeError: this user has no home folder.
        with suppress(OSError, RuntimeError):
            folder = find()
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            return folder
    return None


def _chosen() -> Path:
    """Return the folder that the user chose."""
    if not (chosen := os.environ.get("NUMBA_CACHE_DIR")):
        raise FileNotFoundError("nothing was chosen")
    return Path(chosen, fingerprint())


def _user() -> Path:
    """Return our folder among the caches of this user."""
    return caches.user() / fingerprint()


def _own() -> Path:
    """Return a temporary folder of this user's own, the same in every run.

    Compiled code is loaded and run, so a folder that somebody else could have filled is no good.
    """
    if sys.platform == "win32":  # the temporary folder there belongs to the user
        return Path(tempfile.gettempdir(), "convbook", fingerprint())
    folder = Path(tempfile.gettempdir(), f"convbook-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder / fingerprint()


#: Where this process keeps compiled code.
FOLDER = cache_folder()
