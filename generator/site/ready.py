"""The page of ready-made sheets, and their files."""

from __future__ import annotations

from collections.abc import Iterator

from generator import api

INDEX = "practice/sheets.md"
_LEVELS = (1, 2, 3)
_PARTS = ("sheet", "key", "solutions")


class ReadyFiles:
    """Makes the files once, and remembers them between the rebuilds of ``serve``."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def files(self) -> dict[str, bytes]:
        """Return the files by their addresses."""
        if not self._made:
            for made in api.ready_made():
                for level in _LEVELS:
                    for name, data in made.files(level).items():
                        self._made[f"practice/{_folder(made, level)}/{name}"] = data
        return self._made


def pages() -> dict[str, str]:
    """Return the page by the address of its source."""
    return {INDEX: "\n".join(_page()) + "\n"}


def _folder(made: api.ReadyMade, level: int) -> str:
    return f"sheets/{made.seed(level)}"


def _page() -> Iterator[str]:
    yield from ("---", "title: Ready-made sheets", "---", "", "# Ready-made sheets", "")
    yield (
        "**For every chapter there are sheets to print, at three levels, each with its key and its "
        "worked solutions.**"
    )
    yield from (
        "",
        "The key says what each wrong answer shows. Want other numbers, or a sheet for ",
    )
    yield "each student? The command below a table makes them; [how](../make/sheets.md)."
    for made in api.ready_made():
        yield from ("", f"## {made.title}", "")
        yield ", ".join(f"[{topic.title}](../{topic.page})" for topic in made.topics) + "."
        yield from (
            "",
            "| level | to hand out | to correct with | to learn from |",
            "|:--|:--|:--|:--|",
        )
        for level in _LEVELS:
            links = (f"[{part}]({_folder(made, level)}/{part}.pdf)" for part in _PARTS)
            yield f"| {level} | {' | '.join(links)} |"
        yield from ("", "```sh", made.command(2), "```")
