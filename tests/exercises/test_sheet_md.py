"""Sheets as Markdown, read back by a Markdown reader."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from exercises.papers import FORMS, NASTY, ORDINARY, PROMPT, TITLE, draw
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.export._export import PARTS, Part
from generator.export._sheet_html import sheet_html
from generator.export._sheet_md import _block, _line, sheet_md
from generator.numerals import shown
from generator.prose import Code, Strong, Text

GOLDEN = Path(__file__).parent / "golden"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def text(part: Part) -> str:
    return sheet_md(ORDINARY, part, draw).decode()


@pytest.mark.parametrize("part", PARTS)
def test_golden(part: Part) -> None:
    """Made again by ``CONVBOOK_GOLDENS=1 pytest tests/exercises``, and reviewed in the diff."""
    golden = GOLDEN / f"{part}.md"
    if os.environ.get("CONVBOOK_GOLDENS"):
        golden.write_bytes(sheet_md(ORDINARY, part, draw))
    assert text(part) == golden.read_text("utf-8")


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys; from generator.api import sheet as assemble;"
        "from generator.export._sheet_md import sheet_md;"
        "from generator.export._sheet_html import sheet_html;"
        "sheet = assemble(['output-size', 'convolution-cell'], 4, 'fern-12', level=3);"
        "[sys.stdout.buffer.write(write(sheet, part, lambda spec: None))"
        " for write in (sheet_md, sheet_html) for part in ('sheet', 'key', 'solutions')]"
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
    ours = b"".join(
        write(ORDINARY, part, draw) for write in (sheet_md, sheet_html) for part in PARTS
    )
    assert found == {sha256(ours).hexdigest()}


def test_a_sheet_shows_questions_and_no_answers() -> None:
    sheet = text("sheet")
    for place, exercise in enumerate(ORDINARY.exercises, 1):
        assert f"## {place}. {exercise.title} ({exercise.points} points)" in sheet
        assert f"`{exercise.id}`" in sheet
        for mistake in exercise.questions[0].mistakes:
            assert mistake.says not in sheet
    assert sheet.count("Answer: ...") == len(ORDINARY.exercises)
    assert "Name: ..." in sheet
    assert "Date: ..." in sheet
    assert "Window" not in sheet


def test_a_key_says_what_each_wrong_answer_means() -> None:
    key = text("key")
    for exercise in ORDINARY.exercises:
        (question,) = exercise.questions
        assert isinstance(question.answer, int)
        assert f"**Answer:** {shown(question.answer)}\n" in key
        for mistake in exercise.questions[0].mistakes:
            assert isinstance(mistake.value, int)
            value = shown(mistake.value)
            assert f"- if {value}: **{mistake.name}** — {mistake.says}" in key


def test_grids_are_aligned_code() -> None:
    blocks = [each.content for each in READER.parse(text("sheet")) if each.type == "code_block"]
    assert len(blocks) == 4
    for block in blocks:
        assert len({len(line) for line in block.splitlines()}) == 1


@pytest.mark.parametrize("part", PARTS)
def test_no_html_and_no_list_that_nobody_wrote(part: Part) -> None:
    for sheet in (ORDINARY, NASTY):
        tokens = READER.parse(sheet_md(sheet, part, draw).decode())
        inline = [child for token in tokens for child in token.children or ()]
        kinds = {token.type for token in (*tokens, *inline)}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "em_open", "s_open"}
        assert not kinds & {"hr", "ordered_list_open", "table_open", "lheading_open"}
        headings = [token for token in tokens if token.type == "heading_open"]
        assert len(headings) == 1 + len(sheet.exercises)


def test_a_title_comes_out_as_it_went_in() -> None:
    tokens = READER.parse(sheet_md(NASTY, "sheet", draw).decode())
    (first, *_) = [token for token in tokens if token.type == "inline"]
    assert "".join(child.content for child in first.children or ()) == TITLE


def test_every_node_is_written() -> None:
    sheet = sheet_md(NASTY, "sheet", draw).decode()
    assert r"\# No heading, a \< b \& c \> d, **\*leaned\* on** by −1/3 or $\lfloor" in sheet
    assert "\n12\\. is no list\n" in sheet
    assert "In\\_put, 2 × 3:\n\n      1   __   −2\n    0.5    4   10\n" in sheet
    assert "$$\na_1 < b\n$$" in sheet
    assert '> **A "\\<any\\>"** A \\<grey\\> "cell" \\& \\*nothing\\*' in sheet
    assert "\n\\---\n" in sheet
    assert "So it \\<is\\> ........\n" in sheet
    assert "Answer: ..." not in sheet
    assert len([node for node in PROMPT if isinstance(node, Strong)]) == 1


def test_answers_that_are_matrices() -> None:
    key = sheet_md(NASTY, "key", draw).decode()
    assert "**Answer:**\n\nMa\\_p, 2 × 2:\n\n     1   2\n     3  −4\n" in key
    assert "If the answer is this, **flat\\_** — You\\_flattened\\_it. See `a/b`." in key


def test_solutions_have_questions_answers_and_steps_and_no_mistakes() -> None:
    solutions = sheet_md(FORMS, "solutions", draw).decode()
    assert solutions.startswith("# All forms — solutions\n\nNeural networks 1 · winter term\n\n")
    assert "**a)** How much?" in solutions
    assert "**a)** **Answer:** 66.7 percent" in solutions
    assert "**1)** Look:" in solutions
    assert "slip" not in solutions
    assert "Answer: ..." not in solutions


def test_whom_it_is_for() -> None:
    assert f"Name: {FORMS.student}  Date: ..." in sheet_md(FORMS, "sheet", draw).decode()


ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)
SIGNS = st.text('ab1. )#*_-+=>`~|$&;:[]()!<"\\\t\n', max_size=14)


@given(ANY | SIGNS)
def test_any_text_means_itself(words: str) -> None:
    plain = re.sub(r"[ \t\n]+", " ", words).strip()
    tokens = READER.parse(_line((Text(words),)))
    if not plain:
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} == {"text"}
    # The reader trims spaces that do not break; inside the line they stay.
    assert "".join(child.content for child in children).strip() == plain


def test_lines_of_code_are_numbered_unless_there_is_one() -> None:
    many, one = Code(("x = 1", "y = 2")), Code(("z = 3",))
    assert [_block(each, draw) for each in (many, one)] == [
        "     1  x = 1\n     2  y = 2",
        "    z = 3",
    ]
