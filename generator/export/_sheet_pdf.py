"""Exercise sheets as PDF: what stands on the pages, as data for ``render/sheet.typ``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from generator.errors import Problem, UserError
from generator.export._export import Draw, Part, Setup
from generator.export._sheet_words import (
    called,
    facts,
    link,
    meaning,
    part_title,
    right_answer,
    subject,
    wrong_answer,
)
from generator.model import Rows, Spec, shape
from generator.numerals import shown
from generator.paper import (
    Choice,
    Exercise,
    Form,
    Matrix,
    Mistake,
    OneNumber,
    Question,
    Several,
    Sheet,
    letter,
    points_in_words,
)
from generator.prose import (
    Blank,
    Block,
    Code,
    Equation,
    Figure,
    Grid,
    Math,
    Node,
    Prose,
    Strong,
    Text,
    Value,
    blocks,
)
from generator.render import svg
from generator.scene.theme import LIGHT, Ink

#: What becomes JSON.
_Plain = dict[str, object]
_INKS: tuple[Ink, ...] = ("ink", "muted", "line", "cell", "window")
#: Width of a line of text beside the code, and of a figure's px [mm].
_TEXT, _PX = 146, 0.14
#: From this many rows or columns on a grid is numbered at its edges, as on the site.
_MANY = 4
#: Options up to this many letters stand side by side.
_SHORT = 14
#: Lines that half a page can hold.
_FEW = 25
#: Room for the first point and for each [mm].
_ROOM, _ROOM_A_POINT = 8, 6


def sheet_pdf(sheet: Sheet, part: Part, draw: Draw, setup: Setup = Setup()) -> bytes:
    """Write one part as a tagged document that carries its own fonts.

    Raises
    ------
    UserError
        If the libraries for it are not installed.
    """
    try:
        from generator.render.typeset import typeset
    except ImportError:
        said = "what sets PDFs is not installed"
        raise UserError([Problem("", "pdf", "", said, 'pip install "convbook[sheets]"')]) from None

    return typeset(sheet_data(sheet, part, draw, setup), setup.fonts)


def sheet_data(sheet: Sheet, part: Part, draw: Draw, setup: Setup) -> _Plain:
    """Return everything that is printed, in plain values."""
    seed = [f"seed {sheet.seed}"] if part == "key" else []
    return {
        "part": part,
        "title": sheet.title,
        "kind": "" if part == "sheet" else part.capitalize(),
        "student": sheet.student,
        "note": sheet.note,
        "facts": " · ".join([*facts(sheet), *seed]),
        "running": part_title(sheet, part),
        "foot": f"seed {sheet.seed}",
        "paper": "us-letter" if setup.paper == "letter" else setup.paper,
        "inks": {ink: LIGHT[ink] for ink in _INKS},
        "exercises": [
            _exercise(place, exercise, part, _Prose(draw), setup)
            for place, exercise in enumerate(sheet.exercises, 1)
        ],
    }


def _exercise(place: int, made: Exercise, part: Part, write: _Prose, setup: Setup) -> _Plain:
    asked = part != "key"
    solved = part == "solutions"
    return {
        "place": place,
        "title": made.title,
        "points": points_in_words(made.points),
        "id": made.id,
        "short": _short(made),
        "qr": _code(made, setup) if asked else None,
        "prompt": write(made.prompt) if asked else [],
        "questions": [
            _question(made, nth, part, write) for nth in range(len(made.questions))
        ],
        "solution": [write(step) for step in made.solution] if solved else [],
    }  # fmt: skip


def _short(made: Exercise) -> bool:
    """Return whether an exercise surely takes less than a page; if in doubt it is measured."""
    nodes = [*made.prompt, *(node for each in made.questions for node in each.prompt)]
    options = [
        node
        for each in made.questions
        if isinstance(each.form, Choice)
        for option in each.form.options
        for node in option
    ]
    if any(isinstance(node, Block) for node in options) or len(options) > _FEW:
        return False
    matrices = sum(isinstance(each.form, Matrix) for each in made.questions)
    return matrices <= 1 and sum(map(_lines, nodes)) + len(options) + 2 * made.points < _FEW


def _lines(node: Node) -> int:
    """Return about how many lines a part of a text takes, and rather more than less."""
    match node:
        case Text(text) | Strong(text) | Math(text) | Equation(text):
            return 1 + len(text) // 60
        case Grid(_, rows):
            return 3 + 2 * len(rows)
        case Code(lines):
            return 2 + len(lines)
        case Figure():
            return 2 * _FEW
        case _:
            return 1


def _code(made: Exercise, setup: Setup) -> _Plain:
    from generator.render.qr import qr_svg

    text = link(made.id, setup.site)
    return {"svg": qr_svg(text), "alt": f"QR code: {text}"}


def _question(made: Exercise, nth: int, part: Part, write: _Prose) -> _Plain:
    question = made.questions[nth]
    said: _Plain = {"called": called(made, nth)}
    if part != "key":
        room = 0 if _has_room(question) else _ROOM + _ROOM_A_POINT * question.points
        said |= {"prompt": write(question.prompt), "room": room}
        said["form"] = _form(question, write, asked=not _asks(made, nth))
    if part != "sheet":
        said["answer"] = write(right_answer(question.form, question.answer))
        said["also"] = [write(right_answer(question.form, other)) for other in question.also]
    if part == "key":
        said["mistakes"] = [_mistake(each, question.form, write) for each in question.mistakes]
    return said


def _has_room(question: Question) -> bool:
    """Return whether nothing has to be worked out on the paper: boxes are ticked."""
    return isinstance(question.form, Choice)


def _asks(made: Exercise, nth: int) -> bool:
    """Return whether the words of a question leave the blank for its answer themselves."""
    return any(isinstance(node, Blank) for node in (*made.prompt, *made.questions[nth].prompt))


def _form(question: Question, write: _Prose, *, asked: bool) -> _Plain:
    match question.form:
        case OneNumber(_, unit):
            return {"sort": "number", "unit": unit, "asked": asked}
        case Several(labels):
            return {"sort": "several", "labels": list(labels)}
        case Matrix(name):
            return {"sort": "matrix", "empty": _empty(question, name, write), "asked": asked}
        case Choice(options):
            across, short = _across(options)
            return {
                "sort": "choice",
                "across": across,
                "short": short,
                "options": [
                    {"letter": letter(place), "prose": write(option)}
                    for place, option in enumerate(options, 1)
                ],
            }


def _empty(question: Question, name: str, write: _Prose) -> _Plain | None:
    """Return the matrix to fill in; nothing if its size is part of the question."""
    size = shape(question.answer)
    if any(shape(mistake.value) != size for mistake in question.mistakes):
        return None
    rows = cast(Rows, question.answer)
    return write.grid(Grid(name, tuple((None,) * len(row) for row in rows)))


def _across(options: tuple[Prose, ...]) -> tuple[int, bool]:
    """Return how many options stand side by side, and whether each is only a few letters."""
    nodes = [node for option in options for node in option]
    if any(isinstance(node, Figure) for node in nodes):
        return 2, False
    if wide := [len(node.rows[0]) for node in nodes if isinstance(node, Grid)]:
        return 3 if max(wide) <= _MANY else 2, False
    short = max(sum(map(_letters, option)) for option in options) <= _SHORT
    return len(options) if short else 1, short


def _letters(node: Node) -> int:
    """Return about how many letters wide a part of a line is; what is none, is too wide."""
    match node:
        case Text(text) | Strong(text) | Math(text):
            return len(text)
        case Value(number):
            return len(shown(number))
        case _:
            return 2 * _SHORT


def _mistake(mistake: Mistake, form: Form, write: _Prose) -> _Plain:
    return {
        "value": write(wrong_answer(form, mistake.value)),
        "name": mistake.name,
        "says": meaning(mistake),
        "page": subject(mistake.page),
    }


class _Prose:
    """Writes prose as plain values; pictures are drawn with `draw`."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def __call__(self, prose: Prose) -> list[object]:
        """Return what stands one below the other, each with its sort."""
        return list(self._blocks(prose))

    def _blocks(self, prose: Prose) -> Iterator[object]:
        for run in blocks(prose):
            if isinstance(run[0], Grid):
                yield ["grids", [self.grid(node) for node in run if isinstance(node, Grid)]]
            elif isinstance(run[0], Block):
                yield from (self._block(node) for node in run)
            elif words := [_inline(node) for node in run]:
                yield ["line", words]

    def _block(self, node: Node) -> object:
        match node:
            case Figure(spec):
                return ["figure", self._figure(spec)]
            case Code(lines):
                return ["program", list(lines)]
            case Equation(tex):
                return ["equation", [["code", tex]]]
            case _:
                raise TypeError(f"{node} stands on no line of its own")

    def _figure(self, spec: Spec) -> _Plain:
        film = self.draw(spec)
        scene = film.still(spec.step)
        picture = svg.file(scene, film.title, film.alt, "", LIGHT).decode()
        return {"svg": picture, "alt": film.alt, "width": scene.width * _PX}

    def grid(self, grid: Grid) -> _Plain:
        """Return a matrix with its numbers as a reader sees them."""
        rows, columns = len(grid.rows), len(grid.rows[0])
        return {
            "name": grid.name,
            "size": f"{rows} × {columns}",
            "rows": [["" if each is None else shown(each) for each in row] for row in grid.rows],
            "numbered": min(rows, columns) > 1 and max(rows, columns) >= _MANY,
            "width": _TEXT,
        }


def _inline(node: Node) -> list[object]:
    match node:
        case Text(text):
            return ["text", text]
        case Strong(text):
            return ["strong", text]
        case Value(number):
            return ["text", shown(number)]
        case Math(tex):
            return ["code", tex]
        case Blank(label, width):
            return ["blank", f"{label} " if label else "", width]
        case _:
            raise TypeError(f"{node} is no part of a line")
