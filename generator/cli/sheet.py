"""``convbook sheet``: exercises to hand out, and the key to keep."""

from __future__ import annotations

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
@click.option("-o", "--output", "folder", default="out", show_default=True, metavar="FOLDER")
def sheet(
    families: str, count: int, level: int, seed: str, title: str, formats: str, folder: str
) -> None:
    """Write an exercise sheet and, apart from it, its answer key."""
    from generator import api

    if not _split(formats):
        raise UserError([Problem("--format", "", "no format", "some of html, md")])
    made = api.sheet(_split(families), count, seed, level=level, title=title)
    for path in api.save_sheet(made, _split(formats), folder):
        click.echo(f"wrote {path}", err=True)
