"""``convbook``: what there is to type, and how mistakes are told."""

from __future__ import annotations

import os
import sys

import click

from generator import __version__
from generator.cli.check import check
from generator.cli.exercise import exercise
from generator.cli.figure import figure
from generator.cli.listing import listing
from generator.cli.named import Named
from generator.cli.network import network
from generator.cli.sheet import sheet
from generator.errors import ProgramError, UserError

_HELP = """Worked examples, figures and exercise sheets about convolutional networks.

\b
convbook figure convolution --input "[[1,2],[3,4]]" --kernel "[[1,0],[0,1]]" -o steps.svg
convbook sheet --families output-size --count 6 --seed fern-12 --format html -o out/
convbook network lenet5
convbook list
"""


@click.group(cls=Named, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="convbook")
def cli() -> None:
    """Lead to the commands."""


cli.add_command(figure)
cli.add_command(sheet)
cli.add_command(exercise)
cli.add_command(check)
cli.add_command(network)
cli.add_command(listing)


def main() -> None:
    """Run the command line; a mistake in what was typed is told in sentences, exit status 2."""
    try:
        cli()
    except UserError as error:
        for problem in error.problems:
            click.echo(f"convbook: {problem}", err=True)
        sys.exit(2)
    except ProgramError as error:
        click.echo(f"convbook: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader has seen enough; Python would complain again when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(f"convbook: {error.filename or 'standard output'}: {error.strerror}", err=True)
        sys.exit(1)
