"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.errors import Problem, UserError


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file under a temporary name first, then rename them all.

    A reader of an older file sees the old one or the new one, never half of one; and if one file
    cannot be written, none is replaced.

    Raises
    ------
    UserError
        If a folder cannot be made or a file not be written.
    """
    waiting: list[tuple[Path, Path]] = []
    problems = []
    try:
        for path, data in files.items():
            try:
                waiting.append((_beside(path, data), path))
            except OSError as error:
                problems.append(Problem(str(path), "", "", f"cannot be written: {error.strerror}"))
        if problems:
            raise UserError(problems)
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(0, "there is a folder of this name", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        # mkstemp makes files that only their owner may read; a figure is for everybody.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
