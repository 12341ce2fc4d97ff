"""The verbs. Every door calls these and nothing below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import drawn, photos, sheets, tables
from generator.classes import assembled, check, exam, hand_out, read_exam, sheet, students
from generator.engine.named import NAMED, NamedKernel
from generator.errors import UserError
from generator.export._export import PARTS, Setup
from generator.export._player import player, steps_table
from generator.figures import EXPORTS, KINDS, Figure, carried
from generator.files import write_all
from generator.model import Spec
from generator.nets import Network, network, network_options
from generator.numerals import Number
from generator.options import OPTIONS, Options, changed, options, single
from generator.paper import Exercise, Sheet
from generator.practice import Topic, Writers, exercise_data, exercise_html, topics
from generator.practice import first as practice
from generator.ready import ReadyMade, ready_made
from generator.scene import theme
from generator.sheets import (
    exercise,
    exercise_text,
    families,
    save_sheet,
    sheet_schema,
    variant,
)
from generator.spec import network as networks
from generator.spec.fields import Params, defaults_of, fields_of
from generator.spec.read import COMMON, Where, nowhere, placed
from generator.spec.read import read as _read
from generator.spec.yaml import Document
from generator.spec.yaml import load as load_yaml
from generator.spec.yaml import value as yaml_value

if TYPE_CHECKING:
    from generator.exercises._check import Report
    from generator.exercises._exam import Exam
    from generator.exercises._roster import Student

__all__ = [
    "COMMON",
    "OPTIONS",
    "PARTS",
    "Document",
    "Exam",
    "Exercise",
    "Figure",
    "NamedKernel",
    "Network",
    "Number",
    "Options",
    "ReadyMade",
    "Report",
    "Setup",
    "Sheet",
    "Spec",
    "Student",
    "Topic",
    "Writers",
    "about",
    "assembled",
    "carried",
    "catalogue",
    "changed",
    "check",
    "check_settings",
    "css",
    "defaults_of",
    "draw",
    "exam",
    "exercise",
    "exercise_data",
    "exercise_html",
    "exercise_text",
    "families",
    "fields_of",
    "figure",
    "figure_from",
    "hand_out",
    "kinds",
    "load_yaml",
    "look_for_photos_in",
    "named_kernels",
    "names_file",
    "network",
    "network_options",
    "options",
    "params_of",
    "player",
    "practice",
    "read",
    "read_exam",
    "ready_made",
    "save_sheet",
    "sheet",
    "sheet_from",
    "sheet_schema",
    "single",
    "stamp",
    "steps_table",
    "students",
    "topics",
    "variant",
    "write_all",
    "yaml_value",
]  # fmt: skip


class _Parameters(Mapping[str, type[Params]]):
    """The parameters of every kind by its name; a kind is imported when it is asked for."""

    def __getitem__(self, name: str) -> type[Params]:
        kind: type[Params] = KINDS[name].params
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


def read(values: Mapping[str, object], where: Where = nowhere) -> Spec:
    """Return the checked spec of a mapping; see :func:`generator.spec.read.read`."""
    return _read(values, _Parameters(), where)


def draw(spec: Spec, where: Where = nowhere, asked: Options | None = None) -> Figure:
    """Solve a worked example.

    Parameters
    ----------
    spec
        What is wanted.
    where
        Gives the place of a key.
    asked
        How its files are to look, where nothing else is said.

    Raises
    ------
    UserError
        If its numbers do not allow what was asked, for example a step there is not.
    """
    try:
        return Figure(spec, asked)
    except UserError as error:
        raise UserError(placed(list(error.problems), where)) from None


def figure(kind: str, /, **params: Any) -> Figure:
    """Return a worked example: its numbers, its steps, its picture.

    Parameters
    ----------
    kind
        One of ``catalogue()["kinds"]``.
    **params
        The kind's parameters, as numbers, lists, arrays or text; ``title`` and ``step`` too.

    Raises
    ------
    UserError
        With everything that is wrong.

    Examples
    --------
    >>> fig = figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1, 0], [0, 1]])
    >>> fig.result
    ((5,),)
    """
    return draw(read({**params, "kind": kind}))


def figure_from(path: str | Path, /, **params: Any) -> Figure:
    """Return the figure of a file that convbook has made, in any format.

    Parameters
    ----------
    path
        The file; not its picture is read, but the spec that it carries.
    **params
        What is to be different.

    Raises
    ------
    UserError
        If the file carries no spec; and with everything that is wrong.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     figure("output-size", size=7, kernel=3).save(f"{folder}/old.png", theme="dark")
    ...     again = figure_from(f"{folder}/old.png", stride=2)
    >>> again.result, again.options.theme
    (3, 'dark')
    """
    values, asked = carried(path)
    if params.get("step") is not None:
        asked = single(asked)

    def where(key: str) -> str:
        return "" if key in params else str(path)

    return draw(read({**values, **params}, where), where, asked)


def sheet_from(path: str | Path) -> Sheet:
    """Return the sheet that a JSON file holds; :func:`save_sheet` writes it as ``key.json``.

    Raises
    ------
    UserError
        If it is no such file.
    """
    return sheets.sheet_from(path, read)


def catalogue() -> dict[str, dict[str, str]]:
    """Return everything there is, by name, each with a line of description.

    >>> sorted(catalogue())
    ['families', 'formats', 'kinds', 'networks']
    """
    from generator.exercises._families import FAMILIES

    return {
        "kinds": {name: kind.says for name, kind in KINDS.items()},
        "families": {name: family.says for name, family in FAMILIES.items()},
        "formats": {name: export.says for name, export in EXPORTS.items()},
        "networks": {name: networks.about(name) for name in networks.names()},
    }


def look_for_photos_in(folder: Path) -> None:
    """Look for files of one's own in `folder` too; see :func:`generator.photos.look_in`."""
    photos.look_in(folder)


def stamp(spec: Spec) -> int:
    """Return a number that changes when the photograph of a spec changes; else 0."""
    name = getattr(spec.params, "photo", None)
    return photos.locate(name).stat().st_mtime_ns if name else 0


def names_file(value: object) -> bool:
    """Return whether a value names a file: any path, and text that ends in a suffix.

    >>> names_file("my data #2.csv"), names_file("[1.5]")
    (True, False)
    """
    return tables.named(value) is not None


def named_kernels() -> Mapping[str, NamedKernel]:
    """Return the kernels that have a name, in the order of a course.

    >>> named_kernels()["sharpen"].sum
    1
    """
    return NAMED


def for_screen(png: bytes) -> tuple[bytes, str]:
    """Return a photograph as a page shows it, and the ending of its name."""
    from generator.render.screen import for_screen

    return for_screen(png)


def check_settings() -> None:
    """Raise :class:`UserError` if an environment variable of ours cannot be read."""
    drawn.setting()


def css() -> str:
    """Return the style sheet that inks the figures of a page, light and dark."""
    return theme.css()


def kinds() -> tuple[str, ...]:
    """Return the names of the kinds without loading any."""
    return tuple(KINDS)


def params_of(kind: str) -> type[Params]:
    """Return the parameters of a kind."""
    return _Parameters()[kind]


def about(kind: str) -> str:
    """Return a kind's line of description."""
    says: str = KINDS[kind].says
    return says
