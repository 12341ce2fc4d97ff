"""``convbook figure``: one worked example, in any format.

The options of a kind are made from its parameters, so that shell, page and Python cannot drift
apart.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
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
        click.option("--from", "carrier", metavar="FILE",
                     help="Read them from a figure that convbook made, in any format."),
        click.option("-o", "--output", "outputs", multiple=True, metavar="FILE",
                     help="Where to; the suffix is the format; again for another. - is stdout."),
        click.option("--format", "format_", metavar="FORMAT", help="The format for -o -."),
        click.option("--theme", help="light, dark, print (black, for copiers) or colour-blind."),
        click.option("--width", metavar="N",
                     help="Width of .png, .gif and .webp in pixels; else twice the figure's own."),
        click.option("--steps", metavar="STEPS",
                     help="The steps of a film or a PDF: 2, 1-3, 4-; all, or some of over 100."),
        click.option("--still", is_flag=True, default=None,
                     help="The whole in one picture where the format would be a film."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


#: How the files are to look; the rest of the options above says where from and where to.
LOOK = ("theme", "width", "steps", "still")


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands on the line besides the figure's parameters."""

    spec: Path | None
    carrier: str | None
    outputs: tuple[str, ...]
    format_: str | None
    look: dict[str, object]

    @classmethod
    def of(cls, given: dict[str, Any]) -> _Line:
        """Take it out of all that was given."""
        look = {name: given.pop(name) for name in LOOK}
        names = ("spec", "carrier", "outputs", "format_")
        return cls(**{name: given.pop(name) for name in names}, look=look)


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
def figure(ctx: click.Context, /, **given: Any) -> None:
    """Make the figure of a worked example: convbook figure KIND, --spec FILE, or --from FILE."""
    if ctx.invoked_subcommand is not None:
        names = {"carrier": "--from", "outputs": "-o", "format_": "--format"}
        stray = [names.get(name, f"--{name}") for name, value in given.items() if value]
        wanted = f"stands before '{ctx.invoked_subcommand}'; options come after the kind"
        if stray:
            raise UserError([Problem("convbook figure", name, "", wanted) for name in stray])
        return
    line = _Line.of(given)
    if line.spec is None and line.carrier is None:
        click.echo(ctx.get_help())
        return
    _make({}, line)


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
    def run(ctx: click.Context, /, **given: Any) -> None:
        line = _Line.of(given)
        values = {name: value for name, value in given.items() if value is not None}
        _make({"kind": kind, **values}, line, ctx.args, list(fields))

    # Unknown options are kept and told together with everything else that is wrong.
    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    about = api.about(kind)
    told = f"{about[:1].upper()}{about[1:]}."  # capitalize() would make Relu of ReLU
    command = click.command(kind, context_settings=settings, help=told)
    made = command(run)
    made.params = [*options, *made.params]
    return made


def _make(
    given: dict[str, Any],
    line: _Line,
    extra: list[str] | None = None,
    known: list[str] | None = None,
) -> None:
    """Read, draw and write; collect what is wrong with the line and with the parameters."""
    from generator import api

    problems = _unknown(extra or [], known or [])
    values, lines, asked = _values(given, line, problems)
    source = line.spec or line.carrier

    def where(key: str) -> str:
        if (key in given and key != "kind") or line.look.get(key) is not None:
            return "--" + key.replace("_", "-")
        if key in lines:
            return f"{source}:{lines[key]}" if lines[key] else f"{source}"
        return f"{line.spec}:1" if line.spec else f"{line.carrier or 'convbook figure'}"

    told = {problem.where for problem in problems if problem.where.startswith("--")}
    made = None
    try:
        made = api.draw(api.read(values, where), where, asked)
    except UserError as error:
        # An option that is no YAML is there, though its value is missing.
        problems += [_tidy(each) for each in error.problems if where(each.key) not in told]
    files = [path for path in line.outputs if path != "-"]
    written = len(files) < len(line.outputs) or not line.outputs
    if line.format_ and not written:
        wanted = "-o - beside it; -o goes by the suffix"
        problems.append(Problem("--format", "", line.format_, wanted))
    formats = [Path(path).suffix[1:] for path in files]
    printed = line.format_ or "md"
    try:
        if made is None:  # what is asked of the files may be wrong too
            api.changed(asked, line.look)
        else:
            writers = made.writers([*formats, *[printed] * written], line.look)
    except UserError as error:
        problems += [_tidy(each.at(where(each.key))) if each.key else each
                     for each in error.problems]  # fmt: skip
    if problems:
        raise UserError(problems)
    data = writers[printed]() if written else b""
    api.write_all({Path(path): writers[f]() for path, f in zip(files, formats, strict=True)})
    for path, f in zip(files, formats, strict=True):
        click.echo(f"wrote {path}{_folded(made, f, line.look)}", err=True)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _folded(made: Any, format_: str, look: dict[str, object]) -> str:
    """Say how many steps of a long film a file shows, and how to get them all."""
    folded = made.folded(format_, look)
    if folded is None:
        return ""
    return f": {folded[0]} of {folded[1]:,} steps; for all of them add --steps 1-"


def _values(
    given: dict[str, Any], line: _Line, problems: list[Problem]
) -> tuple[dict[str, object], dict[str, int], Any]:
    """Return the parameters from file and line, the lines of the file's keys, and its options.

    A key that has no line of its own has line 0.
    """
    from generator import api

    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    asked = api.Options()
    if line.spec and line.carrier:
        raise UserError([*problems, Problem("--from", "", "", "is too much beside --spec")])
    if line.spec is not None:
        try:
            document = api.load_yaml(line.spec.read_text("utf-8"), str(line.spec))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            problem = Problem(str(line.spec), "", "", f"cannot be read: {reason}")
            raise UserError([problem]) from None
        values, lines = dict(document.values), dict(document.lines)
    elif line.carrier is not None:
        values, asked = api.carried(line.carrier)
        kind = given.get("kind", values.get("kind"))
        if kind != values.get("kind"):
            got = f"a figure of kind {values.get('kind')}"
            raise UserError([*problems, Problem("--from", "", got, str(kind))])
        if line.look["steps"] or line.look["still"]:
            values.pop("step", None)  # another choice of steps has been made
        asked = api.single(asked) if "step" in given else asked
        lines = dict.fromkeys([*values, *api.OPTIONS], 0)
    for key, text in given.items():
        lines.pop(key, None)
        try:
            # A file's name may hold what YAML takes for a sign of its own.
            words = key in ("kind", "title", "photo") or api.names_file(text)
            values[key] = text if words or not isinstance(text, str) else api.yaml_value(text)
        except UserError as error:
            problems += [p.at("--" + key.replace("_", "-")) for p in error.problems]
    return values, lines, asked


def _unknown(extra: list[str], known: list[str]) -> list[Problem]:
    """Return the problems of words on the line that nobody knows."""
    options = [
        "--" + name.replace("_", "-")
        for name in (*known, "output", "format", "spec", "from", *LOOK)
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
