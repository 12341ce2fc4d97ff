"""Exercise sheets as Markdown that reads well before it is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.export._export import Draw, Part, Setup
from generator.export._sheet_words import (
    called,
    dash,
    facts,
    meaning,
    part_title,
    right_answer,
    subject,
    wrong_answer,
)
from generator.numerals import Number, shown
from generator.paper import (
    Choice,
    Exercise,
    Mistake,
    Question,
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
from generator.scene.film import Film

#: What means something in the middle of a line: to CommonMark, to tables, to TeX between dollars.
_INLINE = re.compile(r"([\\`*_{}\[\]<>|~$&])")
#: What means something only where a line begins: a heading, a list, a ruler; ``12.`` is a list too.
_LEADING = re.compile(r"^(\d*)(#|[+\-.)](?=[\s\-]|$))")
#: Collapsed by every renderer; a space that does not break is left alone.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def sheet_md(sheet: Sheet, part: Part, draw: Draw, setup: Setup = Setup()) -> bytes:
    """Write one part."""
    parts = [*_head(sheet, part)]
    for place, exercise in enumerate(sheet.exercises, 1):
        points = points_in_words(exercise.points)
        parts.append(f"## {place}. {escaped(exercise.title)} ({points})")
        parts += _BODIES[part](exercise, draw)
        parts.append(_code(exercise.id))
    return ("\n\n".join(parts) + "\n").encode()


def _head(sheet: Sheet, part: Part) -> Iterator[str]:
    yield f"# {escaped(part_title(sheet, part))}"
    if sheet.note:
        yield _line((Text(sheet.note),))
    name = escaped(sheet.student) or _rule(30)
    if part == "sheet":
        yield f"Name: {name}  Date: {_rule(12)}"
    elif sheet.student:
        yield f"Name: {name}"
    yield ", ".join(facts(sheet)) + (f", seed {_code(sheet.seed)}" if part == "key" else "")


def _asked(exercise: Exercise, draw: Draw) -> Iterator[str]:
    yield from _question(exercise, draw, room=True)


def _question(exercise: Exercise, draw: Draw, *, room: bool) -> Iterator[str]:
    yield from _blocks(exercise.prompt, draw)
    for place, question in enumerate(exercise.questions):
        yield from _blocks((*_part(exercise, place), *question.prompt), draw)
        if isinstance(question.form, Choice):
            for index, option in enumerate(question.form.options, 1):
                yield from _blocks((Strong(letter(index)), Text(" "), *option), draw)
        asks = any(isinstance(node, Blank) for node in (*exercise.prompt, *question.prompt))
        if room and not asks:
            yield f"Answer: {_rule(20)}"


def _part(exercise: Exercise, place: int) -> Prose:
    """Return what a part is called, if there are several."""
    name = called(exercise, place)
    return (Strong(name), Text(" ")) if name else ()


def _key(exercise: Exercise, draw: Draw) -> Iterator[str]:
    for place, question in enumerate(exercise.questions):
        yield from _answer(question, _part(exercise, place), draw)
        yield from _mistakes(question, draw)


def _solved(exercise: Exercise, draw: Draw) -> Iterator[str]:
    yield from _question(exercise, draw, room=False)
    for place, question in enumerate(exercise.questions):
        yield from _answer(question, _part(exercise, place), draw)
    for index, step in enumerate(exercise.solution, 1):
        first = (Strong(f"{index})"), Text(" "))
        yield from _blocks((*first, *step), draw)


_BODIES: dict[Part, Callable[[Exercise, Draw], Iterator[str]]] = {
    "sheet": _asked,
    "key": _key,
    "solutions": _solved,
}


def _answer(question: Question, part: Prose, draw: Draw) -> Iterator[str]:
    right = right_answer(question.form, question.answer)
    yield from _blocks((*part, Strong("Answer:"), Text(" "), *right), draw)
    for other in question.also:
        yield from _blocks((Text("Right too: "), *right_answer(question.form, other)), draw)


def _mistakes(question: Question, draw: Draw) -> Iterator[str]:
    wrong = [(wrong_answer(question.form, each.value), each) for each in question.mistakes]
    inline = [f"- if {_line(prose)}: {_why(each)}" for prose, each in wrong if _is_line(prose)]
    if inline:
        yield "\n".join(inline)
    for prose, mistake in wrong:
        if not _is_line(prose):
            yield f"If the answer is this, {_why(mistake)}"
            yield from _blocks(prose, draw)


def _is_line(prose: Prose) -> bool:
    return not any(isinstance(node, Block) for node in prose)


def _why(mistake: Mistake) -> str:
    page = _code(subject(mistake.page))
    return f"**{escaped(mistake.name)}** {dash(meaning(mistake), escaped)} See {page}."


def _blocks(prose: Prose, draw: Draw) -> Iterator[str]:
    for block in blocks(prose):
        if isinstance(block[0], Block):
            yield from (_block(node, draw) for node in block)
        elif line := _line(block):
            yield line


def _block(node: Node, draw: Draw) -> str:
    match node:
        case Grid(name, rows):
            return _grid(name, rows)
        case Figure(spec):
            return _figure(draw(spec))
        case Code((only,)):
            return f"    {only}"
        case Code(lines):
            return "\n".join(f"    {place:2}  {text}" for place, text in enumerate(lines, 1))
        case Equation(tex):
            return f"$$\n{tex}\n$$"
        case _:
            raise TypeError(f"{node} stands on no line of its own")


def _line(nodes: Prose) -> str:
    r"""Return inline nodes as one line that no renderer takes for a heading, a list or a rule.

    >>> print(_line((Text("# 3 < 4, and *no* emphasis"),)))
    \# 3 \< 4, and \*no\* emphasis
    >>> print(_line((Text("2026. What a year"),)))
    2026\. What a year
    """
    text = "".join(_inline(node) for node in nodes).strip(" ")
    return _LEADING.sub(r"\1\\\2", text, count=1)


def _inline(node: Node) -> str:
    match node:
        case Text(text):
            return escaped(text)
        case Strong(text):
            return f"**{escaped(text.strip())}**" if text.strip() else ""
        case Value(number):
            return shown(number)
        case Math(tex):
            return f"${tex}$"
        case Blank(label, width):
            return (f"{escaped(label)} " if label else "") + _rule(2 * width)
        case _:
            raise TypeError(f"{node} is no part of a line")


def escaped(text: str) -> str:
    r"""Return words that mean nothing but themselves.

    >>> print(escaped("2 * 3 * 4 | <script> in\n a_b"))
    2 \* 3 \* 4 \| \<script\> in a\_b
    """
    return _INLINE.sub(r"\\\1", _SPACE.sub(" ", text))


def _code(text: str) -> str:
    """Return text in a code span, in which nothing has to be escaped but the backtick.

    >>> _code("fern-12"), _code("a`b")
    ('`fern-12`', '`` a`b ``')
    """
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (1 + max(len(run) for run in re.findall("`+", text)))
    return f"{fence} {text} {fence}"


def _rule(width: int) -> str:
    # Dots, because a run of underscores is a ruler on the page to some renderers.
    return "." * width


def _grid(name: str, rows: tuple[tuple[Number | None, ...], ...]) -> str:
    """Write a matrix as an indented block: aligned in a plain text, monospaced on a page."""
    cells = [["__" if number is None else shown(number) for number in row] for row in rows]
    width = max(len(cell) for row in cells for cell in row)
    lines = ["    " + "  ".join(cell.rjust(width) for cell in row) for row in cells]
    return f"{escaped(name)}, {len(cells)} × {len(cells[0])}:\n\n" + "\n".join(lines)


def _figure(film: Film) -> str:
    """Write a picture in words: one text file carries no picture."""
    return f"> **{escaped(film.title)}** {escaped(film.alt)}"
