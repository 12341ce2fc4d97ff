"""What the theme and Markdown leave undone for readers who do not see the page."""

from __future__ import annotations

import re

_DIALOG = '<div class="md-search" data-md-component="search" role="dialog"'
#: The corner of a table that is read by rows and by columns heads nothing.
_CORNER = re.compile(r"<th\b([^>]*)></th>")


def finished(html: str) -> str:
    """Return a page whose search dialog has a name, and in which empty cells head nothing.

    >>> finished('<tr><th class="a"></th><th>b</th></tr>')
    '<tr><td class="a"></td><th>b</th></tr>'
    """
    html = html.replace(_DIALOG, _DIALOG + ' aria-label="Search"')
    return _CORNER.sub(r"<td\1></td>", html)
