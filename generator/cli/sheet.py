"""``convbook sheet``: exercises to hand out, the key to keep, and the solutions for after."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from generator.errors import Problem, UserError, unknown

if TYPE_CHECKING:
    from typing import Self

    from generator import api

T = TypeVar("T")


def _split(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.split(",")) if word]


class Shard(click.ParamType):  # type: ignore[type-arg]
    """Which part, of how many: ``3/10``."""

    name = "K/N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read it."""
        match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", str(value))
        if match and 1 <= int(match[1]) <= int(match[2]):
            return int(match[1]), int(match[2])
        wanted = "a part and a number of parts, such as 3/10"
        raise UserError([Problem("--shard", "", str(value), wanted)])


@click.command()
@click.argument("exam", required=False, metavar="[EXAM.yaml]")
@click.option("--families", default="", metavar="A,B", help="Families, taking turns.")
@click.option("--count", default=6, show_default=True, help="Exercises on the sheet.")
@click.option("--level", default=1, show_default=True, help="1, 2 or 3.")
@click.option("--seed", default="", help="A word or a number; the same one, the same sheet.")
@click.option("--title", default="", help="The heading.")
@click.option(
    "--students", "roster", default="", metavar="ROSTER.csv|N",
    help="A sheet of other numbers for everybody: a class list, or a number of sheets.",
)  # fmt: skip
@click.option(
    "--not-in", "former", multiple=True, metavar="MANIFEST.json",
    help="An earlier class, whose variants do not come up again; may be repeated.",
)  # fmt: skip
@click.option("--shard", type=Shard(), default="1/1", help="Only this part of the class.")
@click.option(
    "--parts", default="sheet,key,solutions", show_default=True, metavar="A,B",
    help="What each student gets.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; as many as cores.")
@click.option("--format", "formats", default="md", show_default=True, metavar="A,B")
@click.option("--student", default="", help="For whom a single sheet is.")
@click.option("--note", default="", help="A line under the heading, such as the course.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--site", default="", metavar="URL", help="Where the codes lead: a practice page.")
@click.option(
    "--fonts",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False),
    help="Fonts for letters that ours lack; again for another.",
)
@click.option("-o", "--output", "folder", default="out", show_default=True, metavar="FOLDER")
def sheet(
    exam: str | None,
    families: str,
    count: int,
    level: int,
    seed: str,
    title: str,
    roster: str,
    former: tuple[str, ...],
    shard: tuple[int, int],
    parts: str,
    workers: int | None,
    formats: str,
    student: str,
    note: str,
    paper: Literal["a4", "letter"],
    site: str,
    fonts: tuple[str, ...],
    folder: str,
) -> None:
    """Write an exercise sheet and, apart from it, its key and its worked solutions.

    What is on it is said by --families and --seed, or by EXAM.yaml. With --students everybody
    gets other numbers, and a manifest certifies that no two have the same.
    """
    from generator import api

    given = _split(formats)
    problems: list[Problem] = []
    if not given:
        problems.append(Problem("--format", "", "no format", "some of html, json, md, pdf"))
    wanted = [part for part in api.PARTS if part in _split(parts)]
    problems += [
        unknown("part", name, api.PARTS, "--parts")
        for name in _split(parts)
        if name not in api.PARTS
    ]
    made = _read(problems, lambda: _exam(exam, _split(families), count, seed, level, title))
    class_ = _read(problems, lambda: api.students(roster)) if roster else None
    if problems or made is None:
        raise UserError(problems)
    made = replace(made, note=note or made.note)
    setup = api.Setup(paper, site or made.practice, tuple(map(Path, fonts)))
    if class_ is None:
        one = replace(api.assembled(made), student=student)
        for path in api.save_sheet(one, given, folder, setup):
            click.echo(f"wrote {path}", err=True)
        return
    with _Bars(len(class_), len(range(shard[0] - 1, len(class_), shard[1]))) as bars:
        manifest = api.hand_out(
            made, class_, given, folder, setup=setup, former=former, shard=shard,
            workers=workers, parts=wanted, report=bars.report,
        )  # fmt: skip
    click.echo(f"wrote {manifest} and the files it names", err=True)


def _exam(
    path: str | None, families: list[str], count: int, seed: str, level: int, title: str
) -> api.Exam:
    from generator import api

    if path is not None and families:
        raise UserError([Problem("--families", "", "", "the exam file says what is on the sheet")])
    if path is not None:
        return _seeded(api.read_exam(path), seed)
    if not families:
        wanted = "is missing: some families, or the name of an exam file"
        raise UserError([Problem("--families", "", "", wanted)])
    if not seed:
        raise UserError([Problem("--seed", "", "", "is missing: a word or a number")])
    return api.exam(families, count, seed, level=level, title=title)


def _seeded(exam: api.Exam, seed: str) -> api.Exam:
    """Return an exam with the seed that was typed, if one was."""
    return replace(exam, seed=seed) if seed else exam


def _read(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """Return what is read, and gather what is wrong with it."""
    try:
        return read()
    except UserError as error:
        problems += error.problems
        return None


class _Bars:
    """How far a class is, on a terminal: first dealt, then written."""

    def __init__(self, students: int, mine: int) -> None:
        self._lengths = {"dealt": ("Dealing", students), "written": ("Writing", mine)}
        self._bars: dict[str, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def report(self, what: str, count: int) -> None:
        """Move a bar on."""
        if what not in self._bars:
            label, length = self._lengths[what]
            self._open.close()
            bar = click.progressbar(length=length, label=label, file=sys.stderr)
            self._bars[what] = self._open.enter_context(bar)
        self._bars[what].update(count)
