"""What a file carries to be made again: its spec, what else was asked, and the command.

It is one line of JSON in every format; where it is put is the format's own business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from generator.export._export import Drawing, Export

#: No spec is longer; see also ``generator.spec.yaml``.
_LONGEST = 200_000
_LINE = re.compile(rb"^(?:<!-- )?convbook: (\{[^\n]*\})(?: -->)?\r?$", re.MULTILINE)


def payload(drawing: Drawing, *, ascii: bool = False) -> str:  # noqa: A002 - as json calls it
    """Return what travels with a file."""
    values: dict[str, object] = {"convbook": drawing.spec}
    if drawing.asked:
        values["options"] = dict(drawing.asked)
    return json.dumps({**values, "command": drawing.command}, ensure_ascii=ascii)


def tucked(drawing: Drawing) -> str:
    r"""Return the same for a place that ends at a bracket, such as a comment in HTML.

    JSON may write every sign by its number: ``<`` is ``\u003c``.
    """
    text = payload(drawing)
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def line_in(data: bytes) -> str | None:
    """Return what a line of a text carries."""
    found = _LINE.search(data)
    return found[1].decode(errors="replace") if found else None


def read(data: bytes, exports: Iterable[Export]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the spec and the options that a file carries, in plain values.

    No pixel is decoded and no document is parsed: what is carried is looked for where our own
    files have it, so that no file, however it was made, takes longer than to be read once.

    Raises
    ------
    ValueError
        If it carries none.
    """
    for export in exports:
        text = export.carried(data) if export.carried else None
        if text is None or len(text) > _LONGEST:
            continue
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("convbook"), dict):
            options = found.get("options", {})
            return found["convbook"], options if isinstance(options, dict) else {}
    raise ValueError("carries no spec")
