"""Where this user's programs keep what they could make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user() -> Path:
    """Return our folder among the caches of this user, which may not exist yet.

    Raises
    ------
    RuntimeError
        If this user has no home folder.
    """
    if (caches := Path(os.environ.get("XDG_CACHE_HOME", ""))).is_absolute():
        pass
    elif sys.platform == "win32":
        caches = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        caches = Path.home() / "Library" / "Caches"
    else:
        caches = Path.home() / ".cache"
    return caches / "convbook"
