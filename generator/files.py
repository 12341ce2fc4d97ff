"""Files are written whole or not at all."""

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
