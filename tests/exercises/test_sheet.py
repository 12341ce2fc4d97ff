"""Sheets: who takes turns, what is never alike, what is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.api import sheet as assemble
from generator.dice import Dice
from generator.errors import UserError
from generator.exercises._families import FAMILIES
from generator.exercises._family import Family
from generator.exercises._make import make, remake
from generator.exercises.output_size import FAMILY, Drawn

BOTH = ["output-size", "convolution-cell"]


def tiny(dice: Dice, level: int) -> Drawn:
    """Draw one of four walks."""
    return Drawn(
        rows=dice.whole("rows", 27, 30), columns=51,
        kernel=5, stride=1, padding=0, dilation=1, axis="rows",
    )  # fmt: skip


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> Family[Any]:
    """A family of four different exercises, under the name of tiny."""
    family = replace(FAMILY, name="tiny", draw=tiny)
    monkeypatch.setattr(FAMILIES, "_loaded", {"tiny": (Path("tiny.py"), family)})
    return family


def test_families_take_turns_and_items_have_their_own_seed() -> None:
    sheet = assemble(BOTH, 5, "fern-12", level=2)
    assert [exercise.id for exercise in sheet.exercises] == [
        "output-size.2@1/fern-12.1",
        "convolution-cell.2@2/fern-12.2",
        "output-size.2@1/fern-12.3",
        "convolution-cell.2@2/fern-12.4",
        "output-size.2@1/fern-12.5",
    ]
    assert sheet.points == 2 + 3 + 2 + 3 + 2
    assert assemble(BOTH, 5, "fern-12", level=2) == sheet
    assert all(remake(exercise.id) == exercise for exercise in sheet.exercises)


def test_a_longer_sheet_begins_like_the_shorter_one() -> None:
    assert assemble(BOTH, 9, "moss").exercises[:4] == assemble(BOTH, 4, "moss").exercises


def test_the_heading() -> None:
    assert assemble(BOTH, 2, "fern-12").title == "Exercises"
    assert assemble(BOTH[:1], 2, "fern-12").title == FAMILY.title
    assert assemble(BOTH, 2, "fern-12", title=" Sheet  3 ").title == "Sheet 3"


def test_no_two_are_alike(four: Family[Any]) -> None:
    sheet = assemble(["tiny"], 4, "fern-12")
    assert len({exercise.prompt for exercise in sheet.exercises}) == 4
    for place, exercise in enumerate(sheet.exercises, 1):
        seed = exercise.id.removeprefix("tiny.1@1/")
        assert seed.startswith(f"fern-12.{place}")
        assert make(four, 1, seed) == exercise
    assert any("+" in exercise.id for exercise in sheet.exercises)


@pytest.mark.usefixtures("four")
def test_more_than_there_are() -> None:
    with pytest.raises(UserError) as caught:
        assemble(["tiny"], 5, "fern-12")
    assert str(caught.value) == (
        "count: got 5, wanted fewer exercises: tiny has only 4 different ones at level 1"
    )


def test_a_class_of_200_in_one_bank() -> None:
    sheet = assemble(BOTH, 200, "bank", level=3)
    assert len({exercise.prompt for exercise in sheet.exercises}) == 200


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UserError) as caught:
        assemble(["output-sice", "output-size", "zebra"], 0, "x" * 41, level=4, title="a\x00b")
    assert str(caught.value).splitlines() == [
        "unknown exercise family 'output-sice'; did you mean 'output-size'?",
        "level: got 4, wanted a level of output-size, from 1 to 3",
        f"unknown exercise family 'zebra'; there are: {', '.join(FAMILIES)}",
        "count: got 0, wanted a whole number from 1 to 1000",
        f"seed: got {'x' * 41}, wanted a seed of at most 40 characters for a sheet",
        r"title: got a\x00b, wanted printable text",
    ]


def test_no_families() -> None:
    with pytest.raises(UserError) as caught:
        assemble([], 1, "fern-12")
    assert str(caught.value) == f"families: got none, wanted some of {', '.join(FAMILIES)}"
