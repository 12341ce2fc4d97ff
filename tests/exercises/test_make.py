"""Ids, and what is thrown away on the way from a seed to an exercise."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dice import Dice
from generator.errors import UserError
from generator.exercises._families import FAMILIES
from generator.exercises._family import Part, Slip
from generator.exercises._make import make, parse_id, remake
from generator.exercises._settle import telling
from generator.exercises._watch import Id
from generator.exercises.output_size import FAMILY, Drawn

PLAIN = Drawn(30, 40, kernel=5, stride=1, padding=0, dilation=1, axis="rows")


@given(st.text(st.characters(codec="utf-8"), max_size=70))
def test_any_printable_seed_of_60_characters_goes_into_an_id_and_back(seed: str) -> None:
    seed = seed.strip()
    if not seed or len(seed) > 60 or not seed.isprintable():
        with pytest.raises(UserError):
            make(FAMILY, 1, seed)
        return
    exercise = make(FAMILY, 1, seed)
    assert parse_id(exercise.id) == ("output-size", 1, FAMILY.version, seed)
    assert remake(exercise.id) == exercise


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "output-size",
            "got output-size, wanted an exercise's id, such as output-size.2@1/fern-12",
        ),
        ("", "got an empty text, wanted an exercise's id, such as output-size.2@1/fern-12"),
        (
            "output-sice.2@1/fern-12",
            "unknown exercise family 'output-sice'; did you mean 'output-size'?",
        ),
        (
            "zebra.2@1/fern-12",
            f"unknown exercise family 'zebra'; there are: {', '.join(FAMILIES)}",
        ),
        (
            "output-size.4@2/fern-12",
            "level: got 4, wanted a level of output-size, from 1 to 3\n"
            "version: got 2, wanted 1, the version of output-size that is installed; "
            "only the convbook that printed the exercise can make it again",
        ),
        (
            "output-size.0@1/" + "x" * 61,
            "level: got 0, wanted a level of output-size, from 1 to 3\n"
            f"seed: got {'x' * 59}…, wanted a seed: a word or a number, such as fern-12",
        ),
    ],
)
def test_what_is_wrong_with_an_id(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        remake(text)
    assert str(caught.value) == says


def test_an_id_names_family_level_version_and_seed() -> None:
    assert make(FAMILY, 2, "fern-12").id == "output-size.2@1/fern-12"
    assert parse_id(" output-size.2@1/a/b.c@d ") == Id("output-size", 2, 1, "a/b.c@d")


def test_seeds_levels_and_versions_draw_on_their_own() -> None:
    prompts = [
        make(FAMILY, 2, "fern-12").prompt,
        make(FAMILY, 2, "fern-13").prompt,
        make(FAMILY, 3, "fern-12").prompt,
        make(replace(FAMILY, version=2), 2, "fern-12").prompt,
    ]
    assert len(set(prompts)) == len(prompts)


def test_a_family_that_contradicts_itself_is_named() -> None:
    wrong = replace(FAMILY, parts=(replace(FAMILY.parts[0], closed=lambda d: 7777),))
    with pytest.raises(RuntimeError, match=r"^output-size\.1@1/fern-12: the formula gives 7777"):
        make(wrong, 1, "fern-12")


def test_a_family_without_fair_draws_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"^output-size\.1@1/fern-12: not one fair exercise in"):
        make(replace(FAMILY, fair=lambda d: False), 1, "fern-12")


def slip(name: str, value: int | None, *, yields: bool = False) -> Slip[Any]:
    return Slip(name, lambda d: value, "You.", "a/b.md", yields)


@pytest.mark.parametrize(
    ("slips", "kept"),
    [
        ([slip("a", 1), slip("b", 2), slip("c", 3)], "abc"),
        ([slip("a", 1), slip("b", 2), slip("c", None), slip("d", 4)], "abd"),
        ([slip("a", 1), slip("b", 2), slip("c", 3), slip("d", 9)], None),
        ([slip("a", 1), slip("b", 2), slip("c", 3), slip("d", 9, yields=True)], None),
        ([slip("a", 1), slip("b", 2), slip("c", 3), slip("d", 3)], None),
        ([slip("a", 1), slip("b", 2), slip("c", 3), slip("d", 3, yields=True)], "abc, or d"),
        ([slip("a", 1), slip("b", 2), slip("c", 2, yields=True)], None),
        ([slip("a", 1), slip("b", 2)], None),
    ],
)
def test_which_draws_tell_mistakes_apart(slips: list[Slip[Any]], kept: str | None) -> None:
    part: Part[Any] = replace(FAMILY.parts[0], slips=tuple(slips))
    found = telling(part, PLAIN, (9,))
    names = None if found is None else [[each.name for each in miss.slips] for miss in found]
    assert (None if names is None else "".join(map(", or ".join, names))) == kept


def test_attempts_are_part_of_the_label() -> None:
    """A draw thrown away does not shift the next one, which has a label of its own."""
    seen: list[Drawn] = []

    def watched(dice: Dice, level: int) -> Drawn:
        seen.append(FAMILY.draw(dice, level))
        return seen[-1]

    exercise = make(replace(FAMILY, draw=watched), 3, "fern-16")
    last = len(seen) - 1
    assert last > 0
    again = FAMILY.draw(Dice(f"output-size.3@1/fern-16#{last}"), 3)
    assert FAMILY.prompt(again) == exercise.prompt
