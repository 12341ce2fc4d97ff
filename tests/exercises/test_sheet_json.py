"""Sheets as JSON: nothing is lost, and the schema says what stands where."""

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from exercises.papers import FORMS, NASTY, ORDINARY, draw
from jsonschema import Draft202012Validator

from generator import api
from generator.errors import UserError
from generator.export._records import tag, tagged
from generator.export._sheet_json import read_sheet, sheet_json
from generator.figures import EXPORTS
from generator.paper import Sheet
from generator.prose import Figure

SHIPPED = Path(__file__).parents[2] / "docs" / "make" / "sheet.schema.json"


def written(sheet: Sheet) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sheet_json(sheet, "key", draw))
    return found


def every(value: Any) -> list[Any]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(each for part in inside for each in every(part))]


@pytest.mark.parametrize("sheet", [ORDINARY, FORMS], ids=["ordinary", "forms"])
def test_what_is_written_is_read_back_equal(sheet: Sheet) -> None:
    data = sheet_json(sheet, "key", draw)
    assert read_sheet(data, api.read) == sheet
    assert sheet_json(read_sheet(data, api.read), "key", draw) == data


def test_awkward_words_come_back() -> None:
    (exercise,) = NASTY.exercises
    assert any(isinstance(node, Figure) for node in exercise.prompt)
    found = written_words(NASTY)
    assert NASTY.title in found
    assert exercise.id in found


def written_words(sheet: Sheet) -> set[str]:
    plain = sheet_json_without_pictures(sheet)
    return {each for each in every(plain) if isinstance(each, str)}


def sheet_json_without_pictures(sheet: Sheet) -> Any:
    from generator.export._records import written

    return written(sheet, spec=lambda spec: {"kind": spec.kind})


@pytest.mark.parametrize("sheet", [ORDINARY, FORMS], ids=["ordinary", "forms"])
def test_the_schema_fits(sheet: Sheet) -> None:
    schema = api.sheet_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(written(sheet))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("convbook",), "sheet/2"),
        (("exercises",), []),
        (("exercises", 0, "level"), "one"),
        (("exercises", 0, "questions", 0, "answer"), 0.5),
        (("exercises", 0, "questions", 0, "form", "is"), "essay"),
        (("exercises", 0, "prompt", 0, "is"), "html"),
        (("exercises", 0, "surprise"), 1),
    ],
)
def test_the_schema_and_the_reader_refuse(path: tuple[Any, ...], value: Any) -> None:
    plain = written(FORMS)
    place = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not Draft202012Validator(api.sheet_schema()).is_valid(plain)
    if value != []:
        with pytest.raises(UserError):
            read_sheet(json.dumps(plain).encode(), api.read)


def test_what_is_wrong_is_said_with_its_place(tmp_path: Path) -> None:
    plain = written(FORMS)
    plain["exercises"][0]["questions"][1]["answer"] = ["3", 4]
    file = tmp_path / "key.json"
    file.write_text(json.dumps(plain), "utf-8")
    with pytest.raises(UserError) as caught:
        api.sheet_from(file)
    assert str(caught.value) == (
        f"{file}: sheet.exercises[0].questions[1].answer[0]: "
        'got 3, wanted a whole number, or a fraction such as "-5/2"'
    )


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"convbook": 1}', b"[" * 100_000, b"\xff"])
def test_no_sheet(data: bytes) -> None:
    with pytest.raises(UserError):
        read_sheet(data, api.read)


def test_a_file_and_back(tmp_path: Path) -> None:
    (path,) = api.save_sheet(ORDINARY, ["json"], tmp_path)
    assert path.name == "key.json"
    assert api.sheet_from(path) == ORDINARY
    with pytest.raises(UserError, match="No such file"):
        api.sheet_from(tmp_path / "none.json")


def test_answers_are_in_no_file_to_hand_out() -> None:
    assert EXPORTS["json"].parts == ("key",)


def test_numbers_are_exact() -> None:
    numbers = [each for each in every(written(FORMS)) if isinstance(each, float)]
    assert not numbers
    assert "200/3" in every(written(FORMS))
    assert Fraction("-5/2") == Fraction(-5, 2)


def test_every_record_has_its_name() -> None:
    assert len({tag(each) for each in tagged()}) == len(tagged())
    names = set(api.sheet_schema()["$defs"])
    assert {tag(each) for each in tagged()} <= names
    for name, record in api.sheet_schema()["$defs"].items():
        assert record["description"], name


def test_the_site_has_the_schema() -> None:
    """Made again by ``CONVBOOK_GOLDENS=1 pytest tests/exercises``."""
    text = json.dumps(api.sheet_schema(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("CONVBOOK_GOLDENS"):
        SHIPPED.write_text(text, "utf-8")
    assert SHIPPED.read_text("utf-8") == text
