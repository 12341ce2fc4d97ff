"""Sheets as HTML: well formed, escaped, self-contained."""

import base64
import re
from html.parser import HTMLParser

import pytest
from exercises.papers import FORMS, NASTY, ORDINARY, STEP, TITLE, draw

from generator.api import sheet as drawn_sheet
from generator.export._export import PARTS, Part, Setup
from generator.export._figure_html import figure_html
from generator.export._prose_html import ProseHtml
from generator.export._sheet_html import sheet_html
from generator.export.html import EXPORT
from generator.numerals import shown
from generator.paper import Sheet
from generator.prose import Code
from generator.render import svg
from generator.scene.theme import LIGHT
from generator.sheets import film

VOID = {"meta", "img", "source"}


class Page(HTMLParser):
    """Tags in balance, texts by tag, all attributes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(data.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> Part:
    """All parts."""
    found: Part = request.param
    return found


@pytest.fixture(params=[ORDINARY, NASTY, FORMS], ids=["ordinary", "nasty", "forms"])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """All sheets."""
    found: Sheet = request.param
    return found


def test_well_formed_with_unique_ids(sheet: Sheet, part: Part) -> None:
    page = Page(sheet_html(sheet, part, draw))
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(set(ids)) == len(ids) == 2 * len(sheet.exercises)
    labels = [attrs["aria-labelledby"] for attrs in page.all("section")]
    assert set(labels) <= set(ids)
    assert page.all("html") == [{"lang": "en"}]
    assert ("title", sheet.title + ("" if part == "sheet" else f" — {part}")) in page.texts


def test_nothing_is_fetched_and_nothing_runs(sheet: Sheet, part: Part) -> None:
    data = sheet_html(sheet, part, draw)
    page = Page(data)
    assert b"http" not in data
    assert b"url(" not in data
    assert b"@import" not in data
    assert not page.all("script")
    assert not page.all("link")
    for _, attrs in page.seen:
        assert not any(name.startswith("on") for name in attrs)
        for name in ("src", "srcset", "href"):
            assert (attrs.get(name) or "data:").startswith("data:")


def test_texts_are_escaped() -> None:
    page = Page(sheet_html(NASTY, "sheet", draw))
    assert ("h1", TITLE) in page.texts
    assert ("code", r"\lfloor x < y \rfloor") in page.texts
    assert ("p", "any.1@1/<b>`*`</b>") in page.texts
    assert not page.all("b")
    assert {attrs["alt"] for attrs in page.all("img")} == {'A <grey> "cell" & *nothing*'}


def test_matrices_are_tables_with_captions() -> None:
    page = Page(sheet_html(ORDINARY, "sheet", draw))
    assert len(page.all("table")) == len(page.all("caption")) == 4
    numbers = [text for tag, text in page.texts if tag == "td"]
    assert numbers
    assert all(re.fullmatch(r"−?\d+", number) for number in numbers)


def test_an_answer_of_several_numbers_has_a_line_for_each() -> None:
    handout = drawn_sheet(["layer-shape"], 1, "fern-12")
    page = Page(sheet_html(handout, "sheet", draw))
    fields = [text for tag, text in page.texts if tag == "span"]
    assert fields[-3:] == ["Channels", "Rows", "Columns"]
    assert "Answer" not in fields


def test_a_sheet_has_room_and_no_answers() -> None:
    page = Page(sheet_html(ORDINARY, "sheet", draw))
    texts = [text for _, text in page.texts]
    assert texts.count("Answer") == len(ORDINARY.exercises)
    assert {"Name", "Date"} <= set(texts)
    for exercise in ORDINARY.exercises:
        assert exercise.id in texts
        assert f"{exercise.points} points" in texts
        assert not {mistake.name for mistake in exercise.questions[0].mistakes} & set(texts)


def test_a_key_has_every_mistake() -> None:
    texts = [text.strip(" —") for _, text in Page(sheet_html(ORDINARY, "key", draw)).texts]
    for exercise in ORDINARY.exercises:
        for mistake in exercise.questions[0].mistakes:
            assert isinstance(mistake.value, int)
            assert {mistake.name, mistake.says, shown(mistake.value)} <= set(texts)


def test_a_picture_is_inked_for_day_and_night() -> None:
    page = Page(sheet_html(NASTY, "sheet", draw))
    (dark,), (light,) = page.all("source"), page.all("img")
    assert dark["media"] == "screen and (prefers-color-scheme: dark)"
    pictures = [
        base64.b64decode((data or "").removeprefix("data:image/svg+xml;base64,"))
        for data in (dark["srcset"], light["src"])
    ]
    assert all(picture.startswith(b"<svg ") for picture in pictures)
    assert pictures[0] != pictures[1]


def test_solutions_have_questions_answers_and_steps_and_no_mistakes() -> None:
    page = Page(sheet_html(FORMS, "solutions", draw))
    texts = [text.strip() for _, text in page.texts]
    assert texts.count("Solution") == len(FORMS.exercises)
    assert {"How much?", "66.7 percent", "Look:"} <= set(texts)
    assert not any("slip" in text for text in texts)
    assert "Date" not in texts


def test_whom_it_is_for() -> None:
    page = Page(sheet_html(FORMS, "sheet", draw))
    assert ("bdi", FORMS.student) in page.texts
    assert ("p", FORMS.note) in page.texts


def test_a_step_of_a_film_is_that_step() -> None:
    page = Page(sheet_html(FORMS, "solutions", film))
    still = film(STEP.spec).still(2)
    data = svg.file(still, film(STEP.spec).title, film(STEP.spec).alt, "", LIGHT)
    assert any(base64.b64encode(data).decode() in (each["src"] or "") for each in page.all("img"))


def test_paper() -> None:
    assert b"size: letter" in sheet_html(ORDINARY, "sheet", draw, Setup("letter"))
    assert b"size: a4" in sheet_html(ORDINARY, "sheet", draw)


def test_the_export() -> None:
    assert EXPORT.name == "html"
    assert EXPORT.sheet is sheet_html
    assert EXPORT.figure is figure_html


def test_lines_of_code_are_numbered_unless_there_is_one() -> None:
    writer = ProseHtml(figure=lambda spec: "")
    many, one = (Page(writer.blocks((Code(lines),)).encode()) for lines in (("a", "b"), ("a < b",)))
    assert len(many.all("ol")) == 1
    assert len(many.all("li")) == 2
    assert not one.all("ol")
    assert one.texts == [("code", "a < b")]
