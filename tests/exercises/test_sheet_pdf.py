"""Sheets as PDF, read back by somebody else's reader."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from exercises.papers import FORMS, NASTY, ORDINARY, STEP, TITLE
from exercises.papers import draw as plain
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from generator.errors import UserError
from generator.export._export import PARTS, Part, Setup
from generator.export._sheet_pdf import sheet_data, sheet_pdf
from generator.export._sheet_words import link
from generator.numerals import shown
from generator.paper import Sheet
from generator.prose import Figure, Text
from generator.sheets import film

SITE = Setup(site="https://example.org/cnn/practice/")
SHEETS = {"ordinary": ORDINARY, "nasty": NASTY, "forms": FORMS}


def made(sheet: Sheet, part: Part, setup: Setup = SITE) -> PdfReader:
    return PdfReader(BytesIO(sheet_pdf(sheet, part, film, setup)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def joined(text: str) -> str:
    """Words without the spaces and lines that a reader guesses."""
    return "".join(text.split())


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    """All elements of the structure with their words for those who do not see them."""

    def walk(node: Any) -> Iterator[tuple[str, str]]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            for each in node:
                yield from walk(each)
        elif isinstance(node, DictionaryObject) and ("/S" in node or "/K" in node):
            if "/S" in node:
                yield str(node["/S"]), str(node.get("/Alt", ""))
            yield from walk(node.get("/K", ArrayObject()))

    return list(walk(reader.root_object["/StructTreeRoot"]))


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> Part:
    """All parts."""
    found: Part = request.param
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_a_tagged_document(name: str, part: Part) -> None:
    sheet = SHEETS[name]
    draw = plain if name == "nasty" else film
    reader = PdfReader(BytesIO(sheet_pdf(sheet, part, draw, SITE)))
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata
    assert reader.metadata.title == sheet.title + ("" if part == "sheet" else f" — {part}")
    found = [kind for kind, _ in tags(reader)]
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(sheet.exercises)
    assert all(alt for kind, alt in tags(reader) if kind == "/Figure")


def test_the_words_are_text() -> None:
    sheet = joined(text_of(made(ORDINARY, "sheet")))
    for exercise in ORDINARY.exercises:
        assert joined(exercise.title) in sheet
        assert exercise.id in sheet
        for node in exercise.prompt:
            if isinstance(node, Text):
                assert joined(node.text) in sheet


def test_a_sheet_has_no_answers() -> None:
    sheet = text_of(made(ORDINARY, "sheet"))
    assert sheet.count("Answer") == len(ORDINARY.exercises)
    for exercise in ORDINARY.exercises:
        for mistake in exercise.questions[0].mistakes:
            assert joined(mistake.says) not in joined(sheet)
    assert "Name" in sheet
    assert "Date" in sheet


def test_a_key_says_what_each_wrong_answer_means() -> None:
    key = joined(text_of(made(ORDINARY, "key")))
    for exercise in ORDINARY.exercises:
        (question,) = exercise.questions
        assert isinstance(question.answer, int)
        assert f"Answer{shown(question.answer)}" in key
        for mistake in question.mistakes:
            assert isinstance(mistake.value, int)
            assert joined(shown(mistake.value) + mistake.name) in key
            assert joined(mistake.says) in key


def test_solutions_are_worked() -> None:
    reader = made(FORMS, "solutions")
    text = joined(text_of(reader))
    assert joined("Answer a) 66.7 percent") in text
    assert joined("Answer b) rows 3, columns 4") in text
    assert "slip" not in text
    alts = [alt for kind, alt in tags(reader) if kind == "/Figure"]
    assert film(STEP.spec).alt in alts


def test_matrices_are_tables() -> None:
    matrices = 4
    found = [kind for kind, _ in tags(made(ORDINARY, "sheet"))]
    assert found.count("/Table") == matrices


def test_pages_are_counted_and_say_whose_they_are() -> None:
    reader = made(FORMS, "sheet")
    assert len(reader.pages) > 1
    for place, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        assert f"{place} / {len(reader.pages)}" in text
        assert FORMS.student in text


def test_paper() -> None:
    sizes = {"a4": (595, 842), "letter": (612, 792)}
    for paper, size in sizes.items():
        box = made(ORDINARY, "sheet", Setup(paper)).pages[0].mediabox  # type: ignore[arg-type]
        assert (round(box.width), round(box.height)) == size


def test_codes_lead_to_the_exercise() -> None:
    alts = {alt for kind, alt in tags(made(ORDINARY, "sheet")) if kind == "/Figure"}
    assert alts == {f"QR code: {SITE.site}#{each.id}" for each in ORDINARY.exercises}
    alone = {alt for kind, alt in tags(made(ORDINARY, "sheet", Setup())) if kind == "/Figure"}
    assert alone == {f"QR code: {each.id}" for each in ORDINARY.exercises}
    assert link("a/b +ü", "https://x.org/#old") == "https://x.org/#a/b%20+%C3%BC"


def test_whatever_stands_there_means_itself(part: Part) -> None:
    """Nothing is source: not a title, a name, a number, a line of a program."""
    nasty = '#import "x": * $ \\ * _a_ `b` <c> @d // e /* f */ = [g] #{h} ~ -- ... "\''
    sheet = replace(NASTY, title=nasty, student=nasty, note=nasty)
    text = joined(text_of(PdfReader(BytesIO(sheet_pdf(sheet, part, plain)))))
    assert text.count(joined(nasty)) == 3
    assert joined(TITLE) in text


def test_letters_that_no_font_has(caplog: pytest.LogCaptureFixture) -> None:
    name = "Zoë Иван שלום محمد 王小明 😀"
    with caplog.at_level(logging.WARNING):
        text = text_of(made(replace(ORDINARY, student=name), "sheet"))
    assert caplog.messages == [
        "PDF: no font has 王 (U+738B) 小 (U+5C0F) 明 (U+660E) 😀 (U+1F600); printed as □"
    ]
    assert "Zoë Иван" in text
    assert "□□□ □" in text
    caplog.clear()
    made(ORDINARY, "sheet")
    assert not caplog.messages


def test_an_exercise_is_not_split_and_a_long_one_is_not_cut(part: Part) -> None:
    """A page holds an exercise whole; what is longer than a page goes on on the next one."""
    long = ORDINARY.exercises[1]
    prompt = long.prompt + tuple(
        Text(f"Line {n} is long enough to be one. " * 2) for n in range(99)
    )
    sheet = replace(ORDINARY, exercises=(replace(long, prompt=prompt), *ORDINARY.exercises))
    reader = made(sheet, part)
    text = joined(text_of(reader))
    if part != "key":
        assert joined("Line 98 is long enough to be one.") in text
    ids = [exercise.id for exercise in ORDINARY.exercises]
    if part == "sheet":
        pages = [page.extract_text() for page in reader.pages]
        for exercise in ORDINARY.exercises[2:]:
            (first,) = exercise.prompt[:1]
            assert isinstance(first, Text)
            assert any(exercise.id in page and joined(first.text) in joined(page) for page in pages)
    assert all(each in text for each in ids)


def test_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from generator import api; from generator.sheets import film;"
        "sheet = api.sheet(['output-size', 'convolution-cell'], 4, 'fern-12', level=3);"
        "from generator.export._sheet_pdf import sheet_pdf;"
        "[sys.stdout.buffer.write(sheet_pdf(sheet, part, film))"
        " for part in ('sheet', 'key', 'solutions')]"
    )
    found = {
        sha256(
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
        ).hexdigest()
        for seed in ("1", "2")
    }
    ours = b"".join(sheet_pdf(ORDINARY, part, film) for part in PARTS)
    assert found == {sha256(ours).hexdigest()}


def test_a_matrix_whose_size_is_asked_for_shows_no_size() -> None:
    exercises = sheet_data(FORMS, "sheet", film, Setup())["exercises"]
    assert isinstance(exercises, list)
    forms = {each["title"]: each["questions"][0]["form"] for each in exercises}
    assert forms["Matrix"]["empty"]["rows"] == [["", ""], ["", ""]]
    assert forms["Unknown size"]["empty"] is None


def test_a_picture_without_words_is_refused() -> None:
    """By typst itself, which holds the document to PDF/UA-1."""

    def silent(spec: Any) -> Any:
        found = film(spec)
        found.alt = ""
        return found

    prompt = (Figure(STEP.spec),)
    sheet = replace(ORDINARY, exercises=(replace(ORDINARY.exercises[0], prompt=prompt),))
    with pytest.raises(Exception, match="alt"):
        sheet_pdf(sheet, "sheet", silent)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "generator.render.typeset", None)
    with pytest.raises(UserError) as caught:
        sheet_pdf(ORDINARY, "sheet", film)
    assert str(caught.value) == (
        'pdf: what sets PDFs is not installed; pip install "convbook[sheets]"'
    )
