"""``convbook figure``: one worked example, in any format.

The options of a kind are made from its parameters, so that shell, page and Python cannot drift
apart.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.cli.named import Named
from generator.errors import Problem, UserError, unknown

_Command = Callable[..., None]


def _outputs(command: _Command) -> _Command:
    """Add the options that every figure has."""
    options = [
        click.option("--spec", type=click.Path(path_type=Path), metavar="FILE.yaml",
                     help="Read the parameters from a file; options on the line win."),
        click.option("-o", "--output", "outputs", multiple=True, metavar="FILE",
                     help="Where to; the suffix is the format; again for another. - is stdout."),
        click.option("--format", "format_", metavar="FORMAT", help="The format for -o -."),
        click.option("--theme", default="light", show_default=True,
                     help="light, dark, print (black, for copiers) or colour-blind."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


class _Kinds(Named):
    """One subcommand for every kind, made when it is asked for."""

    what = "kind"

    def list_commands(self, ctx: click.Context) -> list[str]:
        from generator import api

        return list(api.kinds())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from generator import api

        return _command(cmd_name) if cmd_name in api.kinds() else None


@click.group(cls=_Kinds, invoke_without_command=True)
@_outputs
@click.pass_context
def figure(
    ctx: click.Context, spec: Path | None, outputs: tuple[str, ...], format_: str | None, theme: str
) -> None:
    """Make the figure of a worked example: convbook figure KIND, or --spec FILE.yaml."""
    if ctx.invoked_subcommand is not None:
        given = {"--spec": spec, "-o": outputs, "--format": format_}
        stray = [option for option, value in given.items() if value]
        wanted = f"stands before '{ctx.invoked_subcommand}'; options come after the kind"
        if stray:
            raise UserError([Problem("convbook figure", name, "", wanted) for name in stray])
        return
    if spec is None:
        click.echo(ctx.get_help())
        return
    _make({}, spec, outputs, format_, theme)


def _command(kind: str) -> click.Command:
    """Return the subcommand of a kind, with an option for every parameter."""
    from generator import api

    params = api.params_of(kind)
    defaults = api.defaults_of(params)
    fields = {**api.fields_of(params), **api.COMMON}
    options: list[click.Parameter] = []
    for name, field in fields.items():
        word = name.replace("_", "-")
        needed = name not in defaults and name not in api.COMMON
        text = field.help + (" (needed)" if needed else "")
        if field.metavar:
            options.append(click.Option([f"--{word}", name], metavar=field.metavar, help=text))
        else:
            options.append(click.Option([f"--{word}/--no-{word}", name], default=None, help=text))

    @_outputs
    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        spec: Path | None,
        outputs: tuple[str, ...],
        format_: str | None,
        theme: str,
        **given: Any,
    ) -> None:
        values = {name: value for name, value in given.items() if value is not None}
        _make({"kind": kind, **values}, spec, outputs, format_, theme, ctx.args, list(fields))

    # Unknown options are kept and told together with everything else that is wrong.
    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    command = click.command(
        kind, context_settings=settings, help=api.about(kind).capitalize() + "."
    )
    made = command(run)
    made.params = [*options, *made.params]
    return made


def _make(
    given: dict[str, Any],
    spec: Path | None,
    outputs: tuple[str, ...],
    format_: str | None,
    theme: str,
    extra: list[str] | None = None,
    known: list[str] | None = None,
) -> None:
    """Read, draw and write; collect what is wrong with the line and with the parameters."""
    from generator import api

    problems = _unknown(extra or [], known or [])
    values, lines = _values(given, spec, problems)

    def where(key: str) -> str:
        if key in lines:
            return f"{spec}:{lines[key]}"
        if key in given and key != "kind":
            return "--" + key.replace("_", "-")
        return f"{spec}:1" if spec else "convbook figure"

    told = {problem.where for problem in problems if problem.where.startswith("--")}
    try:
        made = api.draw(api.read(values, where), where)
    except UserError as error:
        # An option that is no YAML is there, though its value is missing.
        problems += [_tidy(each) for each in error.problems if where(each.key) not in told]
    if problems:
        raise UserError(problems)
    files = [path for path in outputs if path != "-"]
    written = len(files) < len(outputs) or not outputs
    if format_ and not written:
        raise UserError([Problem("--format", "", format_, "-o - beside it; -o goes by the suffix")])
    data = made.render(format_ or "md", theme) if written else b""
    made.save(*files, theme=theme)
    for path in files:
        click.echo(f"wrote {path}", err=True)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _values(
    given: dict[str, Any], spec: Path | None, problems: list[Problem]
) -> tuple[dict[str, object], dict[str, int]]:
    """Return the parameters from the file and from the line, and the lines of the file's keys."""
    from generator import api

    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    if spec is not None:
        try:
            document = api.load_yaml(spec.read_text("utf-8"), str(spec))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise UserError([Problem(str(spec), "", "", f"cannot be read: {reason}")]) from None
        values, lines = dict(document.values), dict(document.lines)
    for key, text in given.items():
        lines.pop(key, None)
        try:
            plain = key in ("kind", "title", "photo") or not isinstance(text, str)
            values[key] = text if plain else api.yaml_value(text)
        except UserError as error:
            problems += [p.at("--" + key.replace("_", "-")) for p in error.problems]
    return values, lines


def _unknown(extra: list[str], known: list[str]) -> list[Problem]:
    """Return the problems of words on the line that nobody knows."""
    options = [
        "--" + name.replace("_", "-") for name in (*known, "output", "format", "theme", "spec")
    ]
    found = []
    for i, word in enumerate(extra):
        if word.startswith("--"):
            found.append(unknown("option", word.split("=")[0], options, "convbook figure"))
        elif not (i and extra[i - 1].startswith("-")):
            wanted = "an option such as --stride 2 before it"
            found.append(Problem("convbook figure", "", word, wanted))
    return found


def _tidy(problem: Problem) -> Problem:
    """Drop the key where the option before it says the same."""
    name = problem.where.removeprefix("--").replace("-", "_")
    if not problem.where.startswith("--") or not problem.key.startswith(name):
        return problem
    rest = problem.key.removeprefix(name).removeprefix(", ")
    return Problem(problem.where, rest, problem.got, problem.wanted, problem.hint)
