"""Exercise sheets as one self-contained page: for paper, for a phone, by day and by night."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from html import escape

from generator.export._export import Draw, Part, Setup
from generator.export._prose_html import ProseHtml
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
from generator.paper import (
    Choice,
    Exercise,
    Form,
    Mistake,
    Question,
    Several,
    Sheet,
    points_in_words,
)
from generator.prose import Blank, Prose, Strong, Text
from generator.render import svg
from generator.scene.film import Film
from generator.scene.theme import DARK, LIGHT, Ink, Theme


def sheet_html(sheet: Sheet, part: Part, draw: Draw, setup: Setup = Setup()) -> bytes:
    """Write one part."""
    body = _BODIES[part]
    prose = ProseHtml(figure=lambda spec: _figure(draw(spec), spec.step))
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(part_title(sheet, part))}</title>",
        f"<style>\n{_css(setup)}</style>",
        "</head>",
        f'<body class="{part}">',
        "<main>",
        *_head(sheet, part),
    ]
    for place, exercise in enumerate(sheet.exercises, 1):
        lines += _exercise(place, exercise, list(body(exercise, prose)))
    return ("\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n").encode()


def _head(sheet: Sheet, part: Part) -> Iterator[str]:
    said = [*facts(sheet), *([f"seed {sheet.seed}"] if part == "key" else [])]
    yield "<header>"
    if part != "sheet":
        yield f'<p class="kind">{part.capitalize()}</p>'
    yield f"<h1>{escape(sheet.title)}</h1>"
    if sheet.note:
        yield f'<p class="note">{escape(sheet.note)}</p>'
    yield f'<p class="facts">{escape(" · ".join(said))}</p>'
    name = _filled("Name", sheet.student) if sheet.student else _field("Name", "long")
    if part == "sheet":
        yield f'<p class="who">{name}{_field("Date", "short")}</p>'
    elif sheet.student:
        yield f'<p class="who">{name}</p>'
    yield "</header>"


def _filled(label: str, text: str) -> str:
    # A name from right to left does not turn the line around.
    return f'<span class="field long"><span>{label}</span><bdi>{escape(text)}</bdi></span>'


def _field(label: str, length: str) -> str:
    return f'<span class="field {length}"><span>{label}</span>{_RULE}</span>'


#: A line to write on, which nobody needs to hear.
_RULE = '<span class="rule" aria-hidden="true"></span>'


def _exercise(place: int, exercise: Exercise, body: list[str]) -> Iterator[str]:
    yield f'<section class="exercise" id="exercise-{place}" aria-labelledby="heading-{place}">'
    yield (
        f'<h2 id="heading-{place}"><span class="place">{place}</span> '
        f'<span class="name">{escape(exercise.title)}</span> '
        f'<span class="points">{points_in_words(exercise.points)}</span></h2>'
    )
    yield from body
    yield f'<p class="id">{escape(exercise.id)}</p>'
    yield "</section>"


def _asked(exercise: Exercise, write: ProseHtml) -> Iterator[str]:
    yield from _question(exercise, write, room=True)


def _question(exercise: Exercise, write: ProseHtml, *, room: bool) -> Iterator[str]:
    yield write.blocks(exercise.prompt)
    for place, question in enumerate(exercise.questions):
        yield write.blocks((*_part(exercise, place), *question.prompt))
        if isinstance(question.form, Choice):
            yield '<ol class="options" type="A">'
            for option in question.form.options:
                yield f"<li>{write.blocks(option)}</li>"
            yield "</ol>"
        if not room:
            continue
        yield f'<div class="room" style="--points: {question.points}" aria-hidden="true"></div>'
        if not any(isinstance(node, Blank) for node in (*exercise.prompt, *question.prompt)):
            labels = question.form.labels if isinstance(question.form, Several) else ("Answer",)
            fields = "".join(_field(escape(label.capitalize()), "short") for label in labels)
            yield f'<p class="answer">{fields}</p>'


def _part(exercise: Exercise, place: int) -> Prose:
    """Return what a part is called, if there are several."""
    name = called(exercise, place)
    return (Strong(name), Text(" ")) if name else ()


def _key(exercise: Exercise, write: ProseHtml) -> Iterator[str]:
    for place, question in enumerate(exercise.questions):
        yield from _answer(question, _part(exercise, place), write)
        if question.mistakes:
            yield '<table class="mistakes"><caption>What a wrong answer says</caption><tbody>'
            for mistake in question.mistakes:
                yield from _mistake(mistake, question.form, write)
            yield "</tbody></table>"


def _solved(exercise: Exercise, write: ProseHtml) -> Iterator[str]:
    yield from _question(exercise, write, room=False)
    for place, question in enumerate(exercise.questions):
        yield from _answer(question, _part(exercise, place), write)
    yield '<div class="solution"><h3>Solution</h3>'
    yield '<ol class="steps">'
    for step in exercise.solution:
        yield "<li>"
        yield write.blocks(step)
        yield "</li>"
    yield "</ol></div>"


_BODIES: dict[Part, Callable[[Exercise, ProseHtml], Iterator[str]]] = {
    "sheet": _asked,
    "key": _key,
    "solutions": _solved,
}


def _answer(question: Question, part: Prose, write: ProseHtml) -> Iterator[str]:
    yield '<div class="right"><h3>Answer</h3>'
    yield write.blocks((*part, *right_answer(question.form, question.answer)))
    for other in question.also:
        yield write.blocks((Text("Right too: "), *right_answer(question.form, other)))
    yield "</div>"


def _mistake(mistake: Mistake, form: Form, write: ProseHtml) -> Iterator[str]:
    yield '<tr><th scope="row">'
    yield write.blocks(wrong_answer(form, mistake.value))
    yield (
        f"</th><td><strong>{escape(mistake.name)}</strong> {dash(meaning(mistake), escape)} "
        f'<span class="page">{escape(subject(mistake.page))}</span></td></tr>'
    )


def _figure(film: Film, step: int | None) -> str:
    """Write a picture, inked for the page it stands on; paper is always white."""
    night = "screen and (prefers-color-scheme: dark)"
    dark = f'<source media="{night}" srcset="{_data(film, step, DARK)}">'
    image = f'<img src="{_data(film, step, LIGHT)}" alt="{escape(film.alt)}">'
    return f"<figure><picture>{dark}{image}</picture></figure>"


def _data(film: Film, step: int | None, theme: Theme) -> str:
    data = svg.file(film.still(step), film.title, film.alt, "", theme)
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode("ascii")


def _css(setup: Setup) -> str:
    """Return the style of the page, in the figures' own inks."""
    night = f"@media screen and (prefers-color-scheme: dark) {{ {_inks(DARK)} }}\n"
    return f"{_inks(LIGHT)}\n{night}{_CSS.replace('A4', setup.paper)}"


def _inks(theme: Theme) -> str:
    inks = "; ".join(f"--{ink}: {theme[ink]}" for ink in _INKS)
    return f":root {{ {inks} }}"


_INKS: tuple[Ink, ...] = ("paper", "ink", "muted", "line", "cell", "window")

_CSS = """\
:root { color-scheme: light dark }
* { box-sizing: border-box }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial,
    sans-serif;
  font-variant-numeric: tabular-nums lining-nums; -webkit-text-size-adjust: 100%;
}
main { max-width: 47rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.5rem) }
p { margin: 0 0 0.75rem; overflow-wrap: break-word }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em }
h1, h2, h3 { font-weight: 650; text-wrap: balance; overflow-wrap: break-word }
.kind { margin: 0 0 0.25rem; color: var(--window); font-weight: 650 }
.facts { margin: 0.35rem 0 0; color: var(--muted); overflow-wrap: anywhere }
.note { margin: 0.35rem 0 0 }
.who, .answer { display: flex; flex-wrap: wrap; gap: 1rem 2rem }
.who { margin: 2rem 0 0 }
.answer { margin: 1rem 0 0.5rem; justify-content: flex-end }
.field { display: flex; gap: 0.6rem; align-items: baseline; flex: 1 1 9rem }
.field.long { flex: 2 1 16rem }
.answer .field { flex: 0 1 16rem; font-weight: 650 }
.rule { flex: 1; border-bottom: 1px solid var(--muted); height: 1.4em }
.blank { display: inline-block; border-bottom: 1px solid var(--muted) }
.exercise { margin-top: 2.25rem; padding-top: 1.75rem; border-top: 1px solid var(--line) }
h2 { display: flex; gap: 0.75rem; align-items: baseline; margin: 0 0 0.75rem; font-size: 1.2rem }
h2 .place { color: var(--window) }
h2 .name { flex: 1 }
.points { color: var(--muted); font-size: 0.9rem; font-weight: 400; white-space: nowrap }
h3 { margin: 1.5rem 0 0.5rem; font-size: 0.95rem }
.id { margin: 0.75rem 0 0; color: var(--muted); font-size: 0.72rem; overflow-wrap: anywhere }
.grids { display: flex; flex-wrap: wrap; gap: 1.25rem 2.5rem; align-items: flex-start }
.grids { margin: 1rem 0 }
table { border-collapse: collapse }
caption { text-align: left; padding-bottom: 0.3rem; font-size: 0.9rem }
.grid caption { font-weight: 650; white-space: nowrap }
caption small { margin-left: 0.5em; color: var(--muted); font-size: 0.85rem; font-weight: 400 }
.grid td {
  width: 2.4rem; min-width: 1.6rem; height: 2.4rem; padding: 0 0.3rem; text-align: center;
  border: 1px solid var(--line); background: var(--cell);
}
figure { margin: 1rem 0 }
figure img { max-width: 100%; height: auto }
.room {
  height: calc(9mm + var(--points) * 6.5mm); margin: 1rem 0;
  background: radial-gradient(circle at 2.5mm 2.5mm, var(--muted) 0.25mm, transparent 0.3mm);
  background-size: 5mm 5mm; background-repeat: round; opacity: 0.55; print-color-adjust: exact;
  -webkit-print-color-adjust: exact;
}
.right { display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline }
.right h3, .right p { margin: 0; font-size: 1.15rem; min-width: 0; overflow-wrap: anywhere }
.right p { color: var(--window); font-weight: 650 }
.mistakes { width: 100%; margin: 1rem 0; font-size: 0.95rem; line-height: 1.45 }
.mistakes caption { font-size: 0.95rem; font-weight: 650 }
.mistakes th, .mistakes td { padding: 0.45rem 0; border-top: 1px solid var(--line) }
.mistakes th { padding-right: 1.25rem; text-align: right; font-weight: 650; white-space: nowrap }
.mistakes th, .mistakes td { vertical-align: baseline }
.mistakes td { width: 100% }
.mistakes p { margin: 0 }
@media (max-width: 40rem) {
  .mistakes th, .mistakes td { display: block; text-align: left; white-space: normal }
  .mistakes td { border-top: 0; padding-top: 0 }
}
.page { display: inline-block; color: var(--muted); overflow-wrap: anywhere }
.page::before { content: "→ " }
.options > li { margin-bottom: 0.5rem }
.options p { margin: 0 }
.code { padding: 0.5rem 0 0.5rem 2.5rem; background: var(--cell); overflow-x: auto }
.code.one { padding-left: 0.75rem; white-space: pre-wrap }
.code li { white-space: pre }
.steps { margin: 0; padding-left: 1.5rem }
.steps li { margin-bottom: 0.6rem; padding-left: 0.25rem }
.steps li::marker { color: var(--window); font-weight: 650 }
.steps p { margin: 0 0 0.2rem }
.steps .grids { margin: 0.5rem 0 }
@media screen and (max-width: 36rem) {
  body { font-size: 1rem }
  .room { display: none }
  .grid td { width: 2.1rem; height: 2.1rem }
}
@media print {
  @page { size: A4; margin: 18mm 18mm 16mm }
  @page { @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
  :root { font-size: 10pt }
  body { line-height: 1.45 }
  main { max-width: none; padding: 0 }
  .exercise { break-inside: avoid; margin-top: 7mm; padding-top: 5mm }
  .key .exercise, .solutions .exercise { break-inside: auto }
  .mistakes, .steps li { break-inside: avoid }
  .right { break-after: avoid }
  h2, h3, caption { break-after: avoid }
  .grid td { width: 8mm; height: 8mm }
}
"""
