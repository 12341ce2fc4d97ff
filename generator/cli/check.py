"""``convbook check``: whether families keep their promises."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from generator.errors import Problem, UserError

if TYPE_CHECKING:
    from generator import api


@click.command()
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@click.option("--all", "every", is_flag=True, help="All families there are.")
@click.option(
    "--n", "count", default=2000, show_default=True, type=click.IntRange(1, 10_000_000),
    help="Exercises a level.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="json is for programs.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; as many as cores.")
def check(
    families: tuple[str, ...], every: bool, count: int, format_: str, workers: int | None
) -> None:
    """Prove families over many seeds.

    FAMILY is a name, or a file of your own that ends in .py. Exit status 1 if one breaks a promise.
    """
    from generator import api

    if not families and not every:
        raise UserError([Problem("", "FAMILY", "none", "names of families, or --all")])
    broken = False
    found: list[dict[str, Any]] = []
    for report in api.check(families, count, every=every, workers=workers):
        broken |= bool(report.failures)
        if format_ == "json":
            found.append(report.plain())
        else:
            _tell(report)
    if format_ == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
    sys.exit(int(broken))


def _tell(report: api.Report) -> None:
    sign = click.style("✗", fg="red") if report.failures else click.style("✓", fg="green")
    click.echo(f"{sign} {click.style(f'{report.family}, level {report.level}', bold=True)}")
    for line in report.lines():
        click.echo(f"    {line}")
    for failure in report.failures:
        seed = f"seed {failure.seed}: " if failure.seed else ""
        click.secho(f"    {seed}{failure.why}", fg="red")
