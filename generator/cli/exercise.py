"""``convbook exercise``: one exercise in the terminal."""

from __future__ import annotations

import secrets

import click

from generator.errors import Problem, UserError


@click.command()
@click.argument("family", required=False, metavar="[FAMILY]")
@click.option("--level", default=1, show_default=True, help="1, 2 or 3.")
@click.option("--seed", default="", help="A word or a number; another exercise each time if none.")
@click.option("--id", "name", default="", metavar="ID", help="The exercise that a sheet names so.")
@click.option("--hints", is_flag=True, help="With its hints.")
@click.option("--solution", is_flag=True, help="With answer, wrong answers and worked solution.")
def exercise(
    family: str | None, level: int, seed: str, name: str, hints: bool, solution: bool
) -> None:
    """Show one exercise.

    FAMILY is a name, or a file of your own that ends in .py.
    """
    from generator import api

    if family and name:
        raise UserError([Problem("--id", "", name, "either FAMILY or an id, not both")])
    if name:
        made = api.exercise(name)
    elif family:
        made = api.variant(family, seed or str(secrets.randbelow(1_000_000)), level)
    else:
        raise UserError([Problem("", "FAMILY", "none", "a name of a family, or --id")])
    click.echo(api.exercise_text(made, hints=hints, solution=solution), nl=False)
