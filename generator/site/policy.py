"""A Content-Security-Policy in the head of a page: what the browser may load, and from whom.

Everything comes from the site itself. A script within a page runs only if it stood there when the
site was built: the policy has the hash of each.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

#: What a page may do. Pictures within style sheets are ``data:``; nothing else is.
_RULES = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="[^"]*"\s*/?>')
#: Markdown writes the alignment of a column as a style, and styles in the text are not allowed.
_CELL = re.compile(r'<(t[dh])\b([^>]*?) style="text-align: (left|center|right);"([^>]*)>')
_CLASS = re.compile(r' class="([^"]*)"')


def guarded(html: str) -> str:
    """Return a page with its policy.

    >>> page = '<meta charset="utf-8"><script>go()</script><td style="text-align: right;">1</td>'
    >>> html = guarded(page)
    >>> "sha256-" in html
    True
    >>> html[-30:]
    '<td class="cb-at-right">1</td>'
    """
    html = _CELL.sub(_classed, html)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">'
    # A policy holds for what comes after it; only the encoding may stand before.
    return _CHARSET.sub(lambda found: found[0] + meta, html, count=1)


def _policy(html: str) -> str:
    hashes = dict.fromkeys(
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for attributes, text in _SCRIPT.findall(html)
        if _runs(attributes)
    )
    added = {"script-src": "".join(f" {each}" for each in hashes)}
    return "; ".join(f"{name} {source}{added.get(name, '')}" for name, source in _RULES)


def _runs(attributes: str) -> bool:
    """Say whether a script stands in the page; data is not run, and a file is ours."""
    return " src=" not in attributes and "json" not in attributes


def _classed(cell: re.Match[str]) -> str:
    tag, before, side, after = cell.groups()
    others = before + after
    names = _CLASS.search(others)
    kept = f"{names[1]} " if names else ""
    return f'<{tag} class="{kept}cb-at-{side}"{_CLASS.sub("", others)}>'
