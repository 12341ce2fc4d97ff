"""``convbook network``: the table of a network, layer by layer."""

from __future__ import annotations

import sys

import click

from generator.errors import UserError

#: The options that are handed on, each under its own name.
_ASKED = ("input", "rounding", "padding", "count")


@click.command()
@click.argument("source", metavar="NAME|FILE.yaml|FILE.onnx")
@click.option(
    "--input",
    "input_",
    metavar="CxHxW",
    help="Another input: channels x rows x columns, such as 3x224x224.",
)
@click.option(
    "--rounding",
    metavar="floor|ceil",
    help="Whether pooling drops or keeps a window that hangs over the edge.",
)
@click.option(
    "--padding",
    metavar="per-side|tf-same",
    help="Padding as written, or as TensorFlow's SAME wherever a layer pads.",
)
@click.option("--count", metavar="mac|flop", help="A multiply-add as 1 FLOP (mac) or 2 (flop).")
@click.option("--format", "format_", metavar="FORMAT", help="json, csv or md instead of a table.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Where to; the suffix is the format; again for another. - is stdout.",
)
def network(
    source: str,
    input_: str | None,
    rounding: str | None,
    padding: str | None,
    count: str | None,
    format_: str | None,
    outputs: tuple[str, ...],
) -> None:
    """Show shapes, parameters, multiply-adds and receptive fields of a network."""
    from generator import api

    try:
        made = api.network(source, input=input_, rounding=rounding, padding=padding, count=count)
    except UserError as error:
        raise UserError(
            each if each.where or each.key not in _ASKED else type(each)(
                f"--{each.key}", "", each.got, each.wanted, each.hint
            )
            for each in error.problems
        ) from None  # fmt: skip
    files = [path for path in outputs if path != "-"]
    to_stdout = not outputs or len(files) < len(outputs)
    # Rendered before anything is written: a format there is not writes no file.
    data = made.render(format_) if format_ else str(made).encode()
    made.save(*files)
    if to_stdout:
        sys.stdout.buffer.write(data)
    for path in files:
        click.echo(f"wrote {path}", err=True)
