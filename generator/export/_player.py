"""The step player of a page: its buttons, its sentence, and its steps as a table.

It is emitted here and run by ``site/assets/convbook.js``; site and HTML export share it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from generator.export._fold import fold
from generator.model import Step
from generator.numerals import shown

#: Nobody reads on beyond this; the page would only grow heavy.
_ROWS = 400
_ICONS = {
    "previous": '<path d="M15 5l-7 7 7 7"/>',
    "play": '<path class="cb-if-still" d="M8 5l11 7-11 7z"/>'
    '<path class="cb-if-playing" d="M8 5v14M16 5v14"/>',
    "next": '<path d="M9 5l7 7-7 7"/>',
}


def player(steps: Sequence[Step], pictures: str, attributes: str = "", of: int = 0) -> str:
    """Return the pictures with buttons that walk through the steps.

    Without a script the first step stays, the buttons keep their room and are not seen. The longest
    sentence is given along: the style sheet keeps room for it, so that nothing jumps. Where the
    steps are some `of` many, they keep their numbers, and a line says so.
    """
    says = [step.says for step in steps]
    spoken = escape(json.dumps(says, ensure_ascii=False))
    count = len(says)
    folded = ""
    if of > count:
        numbers = " ".join(str(step.index) for step in steps)
        attributes += f' data-numbers="{numbers}" data-of="{of}"'
        folded = (
            f'<p class="cb-folded">{count} of {of:,} steps are shown. For a file with all of them,'
            " add <code>--steps 1- -o all.html</code> to the command below.</p>"
        )
    buttons = "".join(_button(word, label) for word, label in _BUTTONS)
    return (
        f'<cb-steps{attributes} data-says="{spoken}">{pictures}'
        f'<p class="cb-says" data-longest="{escape(max(says, key=len))}">'
        f'<span aria-live="polite">{escape(says[0], quote=False)}</span></p>'
        f'<div class="cb-controls" role="group" aria-label="Steps">{buttons}'
        f'<input class="cb-range" type="range" min="1" max="{count}" value="1" aria-label="Step"'
        ' autocomplete="off">'
        f'<span class="cb-count">Step 1 of {max(of, count)}</span></div>{folded}</cb-steps>'
    )


_BUTTONS = (("previous", "Previous step"), ("play", "Play"), ("next", "Next step"))


def _button(word: str, label: str) -> str:
    return (
        f'<button type="button" class="cb-{word}" aria-label="{label}" title="{label}">'
        f'<svg viewBox="0 0 24 24" aria-hidden="true">{_ICONS[word]}</svg></button>'
    )


def steps_table(steps: Sequence[Step]) -> str:
    """Return what happens at every step, hidden until it is asked for.

    Of very many steps, those that a film shows; an empty row says where some are left out.
    """
    windows = any(step.window for step in steps)
    head = "<th>Step</th>" + ("<th>Window</th>" if windows else "")
    listed = steps if len(steps) <= _ROWS else [steps[number - 1] for number in fold(steps)]
    rows, before = "", listed[0].index - 1
    for step in listed:
        if step.index > before + 1:
            rows += f'<tr><td colspan="{3 + windows}">…</td></tr>'
        rows += (
            f"<tr><td>{step.index}</td>"
            + (f"<td>{_window(step)}</td>" if windows else "")
            + f"<td>{escape(step.says, quote=False)}</td><td>{shown(step.value)}</td></tr>"
        )
        before = step.index
    some = len(listed) < len(steps)
    which = f"{len(listed)} of {len(steps):,}" if some else f"All {len(steps)}"
    return (
        f'<details class="cb-more cb-table"><summary>{which} steps as a table</summary>'
        '<div class="cb-scroll" tabindex="0" role="group" aria-label="Steps as a table">'
        f'<table class="cb-steps-table"><thead><tr>{head}<th>What happens</th><th>Value</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div></details>"
    )


def _window(step: Step) -> str:
    window = step.window
    if window is None:
        return ""
    if len(step.at) == 1:
        return _span("cell", window.left, window.right)
    rows = _span("row", window.top, window.bottom)
    columns = _span("column", window.left, window.right)
    return f"{rows}, {columns}"


def _span(word: str, first: int, last: int) -> str:
    """Count from 1, as readers do; cells of the padding come out as 0 and below.

    >>> _span("row", 0, 2), _span("column", -2, 0), _span("row", 3, 3)
    ('rows&nbsp;1&nbsp;to&nbsp;3', 'columns&nbsp;−1&nbsp;to&nbsp;1', 'row&nbsp;4')
    """
    words = [word, shown(first + 1)]
    if first != last:
        words = [f"{word}s", shown(first + 1), "to", shown(last + 1)]
    return "&nbsp;".join(words)
