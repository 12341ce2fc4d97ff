"""``convbook list``: what there is."""

from __future__ import annotations

import json

import click


@click.command("list")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="json gives the names only.",
)  # fmt: skip
@click.option(
    "--families", default="", metavar="FILE,…", help="Files with families of your own, too."
)
def listing(format_: str, families: str) -> None:
    """List the kinds of figures, exercise families, formats and networks."""
    from generator import api

    api.families([name for name in families.split(",") if name])

    there_is = api.catalogue()
    if format_ == "json":
        names = {group: list(entries) for group, entries in there_is.items()}
        click.echo(json.dumps(names, indent=1))
        return
    for group, entries in there_is.items():
        click.secho(group, bold=True)
        width = max(map(len, entries), default=0)
        for name, says in entries.items():
            click.echo(f"  {name:<{width}}  {says}")
        if not entries:
            click.echo("  none yet")
