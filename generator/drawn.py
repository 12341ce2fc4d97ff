"""What has been drawn is kept: the same picture is drawn once, whoever asks, and however often.

An entry is named after everything its bytes depend on: what is asked for, the files it reads, every
source of the rooms that draw, and the versions of the libraries that make pixels. So nothing is
ever out of date, and nothing has to be told: what changes gets another name, and what nobody asks
for any more goes when room is needed.

Entries are written beside each other under a name of their own and then renamed; they carry a
digest. Two builds at once, a full disk or a cut wire cost a drawing, never a wrong picture.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import sys
import time
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from generator import caches
from generator.errors import wrong

#: How much is kept if the user says nothing [MB].
USUAL = 500
SETTING = "CONVBOOK_CACHE"
#: Rooms that no drawing knows: changed, they change no picture. (Photographs are read by name.)
APART = frozenset({"album", "cli", "exercises", "readers", "site"})
_ROOT = Path(__file__).parent
_LIBRARIES = ("numpy", "pillow", "pydyf", "resvg-py")
_DIGEST = sha256().digest_size
#: What a writer that was stopped has left behind is no use after so long [s].
_ORPHANED = 3600
#: Room is made down to this share, so that it need not be made again at once.
_SPARE = 0.9


class Store:
    """A folder of entries, the least recently used of which go first.

    Parameters
    ----------
    folder
        Need not exist yet.
    most
        What all entries together may take [bytes]. Others may write there too: each of them
        counts what is there, and counts again when it has added a sixteenth.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = Store(Path(folder), most=1000)
    ...     store.put("ab12", b"a picture")
    ...     store.get("ab12"), store.get("cd34")
    (b'a picture', None)
    """

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.most = most
        self._taken: int | None = None
        self._added = 0

    def get(self, key: str) -> bytes | None:
        """Return an entry; ``None`` if it is not there, or not as it was written."""
        path = self._path(key)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, data = found[:_DIGEST], found[_DIGEST:]
        if sha256(data).digest() != digest:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):  # it is in use: it is not the next to go
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry, if there is room for it and the folder can be written."""
        if len(data) + _DIGEST > self.most:
            return
        path = self._path(key)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(exist_ok=True)
            try:
                temporary.write_bytes(sha256(data).digest() + data)
                # Windows refuses while somebody reads the old one: which is as good.
                temporary.replace(path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
        except OSError:
            return
        self._added += len(data) + _DIGEST
        full = self._taken is None or self._taken + self._added > self.most
        if full or self._added > self.most // 16:
            self.prune()

    def prune(self) -> None:
        """Let the entries go that were not used for longest, until there is room again."""
        entries, now = [], time.time()
        for name, found in _files(self.folder):
            path = Path(name)
            if path.name.startswith("."):
                if now - found.st_mtime > _ORPHANED:
                    with suppress(OSError):
                        path.unlink()
                continue
            entries.append((found.st_mtime_ns, found.st_size, path))
        taken = sum(size for _, size, _ in entries)
        if taken > self.most:
            for _, size, path in sorted(entries):
                if taken <= self.most * _SPARE:
                    break
                # Gone already, by another process: it is not there any more either way.
                with suppress(OSError):
                    path.unlink()
                taken -= size
        self._taken, self._added = taken, 0

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def kept(asked: object, draw: Callable[[], bytes], files: Sequence[Path] = ()) -> bytes:
    """Return what `draw` returns, from the store if it has been drawn before.

    Parameters
    ----------
    asked
        Everything that is asked for, in JSON's own types.
    draw
        Draws it.
    files
        What is read besides our sources; their bytes count, not their names.

    Raises
    ------
    UserError
        If the environment variable ``CONVBOOK_CACHE`` cannot be read.
    """
    store = _store()
    if store is None:
        return draw()
    try:
        sources, state = _sources()
        name = key(asked, [sources, *map(_digest, files)])
    except OSError:  # what cannot be read has no name; who draws has a sentence for it
        return draw()
    if not state:  # we are run from an archive, and cannot see our sources
        return draw()
    found = store.get(name)
    if found is None:
        found = draw()
        # Sources that change while we run are not those that drew this.
        if _state() == state:
            store.put(name, found)
    return found


def key(asked: object, digests: Iterable[str]) -> str:
    """Return the name of an entry.

    >>> len({key("a", ["b"]), key("a", ["b"]), key("ab", []), key("a", ["c"])})
    3
    """
    # Not sorted: two orders of the same words may be written into a file as they are.
    text = json.dumps([asked, *digests])
    return sha256(text.encode()).hexdigest()


def sources(root: Path = _ROOT) -> str:
    """Return a digest of all that draws: our sources, and the libraries that make the pixels."""
    versions = [*map(version, _LIBRARIES), platform.python_version(), zlib.ZLIB_RUNTIME_VERSION]
    digest = sha256(json.dumps([*versions, sys.platform, platform.machine()]).encode())
    for path in sorted(Path(name) for name, _ in _drawing(root)):
        content = path.read_bytes()
        # Name and length go in as well, or text moved from one file to the next would not show.
        digest.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def setting() -> int:
    """Return how much may be kept [bytes]; 0: nothing.

    Raises
    ------
    UserError
        If ``CONVBOOK_CACHE`` is neither ``off`` nor a number of megabytes.
    """
    said = os.environ.get(SETTING, "").strip()
    if said.lower() == "off":
        return 0
    if not said.isdecimal() and said:
        raise wrong(said, "off, or how many megabytes may be kept, such as 500", key=SETTING)
    return int(said or USUAL) * 2**20


def _store() -> Store | None:
    if not (most := setting()):
        return None
    with suppress(RuntimeError):
        return _opened(caches.user() / "drawn", most)
    return None


@lru_cache(maxsize=8)
def _opened(folder: Path, most: int) -> Store:
    return Store(folder, most)


@cache
def _sources() -> tuple[str, object]:
    state = _state()
    return sources(), state


def _state() -> object:
    """Return what differs once a source has been saved again; reading them all takes longer."""
    return [(name, found.st_mtime_ns, found.st_size) for name, found in _drawing(_ROOT)]


def _drawing(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every file that a drawing may depend on."""
    return _files(root, APART)


def _files(
    folder: Path | str, without: Container[str] = ()
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files in a folder, at any depth; one that vanishes meanwhile was not there."""
    with suppress(OSError):
        for entry in sorted(os.scandir(folder), key=lambda each: each.name):
            if entry.name in without or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
                continue
            with suppress(OSError):
                yield entry.path, entry.stat()


def _digest(path: Path) -> str:
    found = path.stat()
    return _digested(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _digested(path: Path, changed: int, size: int) -> str:
    return sha256(path.read_bytes()).hexdigest()
