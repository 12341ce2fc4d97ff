"""Files are written whole or not at all, and read up to a size."""

from __future__ import annotations

import os
import secrets
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
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "that is no file name"
                problems.append(Problem(str(path), "", "", f"cannot be written: {reason}"))
        if problems:
            raise UserError(problems)
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


#: No file of ours is larger; a slip of the finger should not fill the memory [bytes].
MOST = 256 * 2**20


def read_whole(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    UserError
        If it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "that is no file name"
        raise UserError([Problem(str(path), "", "", f"cannot be read: {reason}")]) from None
    if len(data) > MOST:
        wanted = f"at most {MOST // 2**20} MB"
        raise UserError([Problem(str(path), "", "a larger file", wanted)])
    return data


def _beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(0, "there is a folder of this name", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(6)}")
    # Made as any other file: with the rights that the person's umask gives.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
