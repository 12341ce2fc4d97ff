"""``convbook sheet``: exercises to hand out, and the key to keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from generator.errors import Problem, UserError


def _split(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.split(",")) if word]


@click.command()
@click.option("--families", required=True, metavar="A,B", help="Exercise families, taking turns.")
@click.option("--count", default=6, show_default=True, help="Exercises on the sheet.")
@click.option("--level", default=1, show_default=True, help="1, 2 or 3.")
@click.option("--seed", required=True, help="A word or a number; the same one, the same sheet.")
@click.option("--title", default="", help="The heading.")
@click.option("--format", "formats", default="md", show_default=True, metavar="A,B")
@click.option("--student", default="", help="For whom it is.")
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
    families: str,
    count: int,
    level: int,
    seed: str,
    title: str,
    formats: str,
    student: str,
    note: str,
    paper: Literal["a4", "letter"],
    site: str,
    fonts: tuple[str, ...],
    folder: str,
) -> None:
    """Write an exercise sheet and, apart from it, its answer key and its worked solutions."""
    from generator import api

    if not _split(formats):
        raise UserError([Problem("--format", "", "no format", "some of html, json, md, pdf")])
    made = api.sheet(_split(families), count, seed, level=level, title=title)
    made = replace(made, student=student, note=note)
    setup = api.Setup(paper, site, tuple(map(Path, fonts)))
    for path in api.save_sheet(made, _split(formats), folder, setup):
        click.echo(f"wrote {path}", err=True)
