"""What every family promises, over many seeds a level."""

import re
from collections import Counter
from pathlib import Path

import pytest
from exercises.reading import LEVELS, drawn, flat

from generator.exercises._families import FAMILIES
from generator.exercises._make import name_of, remake
from generator.exercises._settle import settle
from generator.model import Result
from generator.paper import Choice, Question, same

DOCS = Path(__file__).parents[2] / "docs"
#: Pages of the course that are being written.
COMING = {
    f"{folder}/{page}.md"
    for folder, pages in {
        "images": "computer-vision resolution colour flattening dense-on-pixels translation "
        "sliding-windows handmade-features locality",
        "convolution": "one-dimension symbols flip shared-weights dilation channels many-kernels "
        "pointwise",
        "layers": "convolutional-layer activations softmax receptive-field counting-parameters "
        "head anatomy",
        "learning": "frameworks",
    }.items()
    for page in pages.split()
}

each_level = pytest.mark.parametrize(("family", "level"), LEVELS)
each_family = pytest.mark.parametrize("name", FAMILIES)


def right(question: Question, value: Result) -> bool:
    return any(same(question.form, value, each) for each in (question.answer, *question.also))


@each_level
def test_no_mistake_gives_a_right_answer_or_another_mistake(family: str, level: int) -> None:
    for exercise in drawn(family, level):
        for part, question in zip(FAMILIES[family].parts, exercise.questions, strict=True):
            values = [mistake.value for mistake in question.mistakes]
            assert not any(right(question, value) for value in values), exercise.id
            assert len(set(values)) == len(values), exercise.id
            assert len(values) >= part.fewest, exercise.id


@each_level
def test_every_option_but_one_has_its_mistake(family: str, level: int) -> None:
    for exercise in drawn(family, level):
        for question in exercise.questions:
            if isinstance(question.form, Choice):
                options = question.form.options
                assert len(set(options)) == len(options), exercise.id
                told = {question.answer, *(mistake.value for mistake in question.mistakes)}
                assert told == set(range(1, len(options) + 1)), exercise.id


@each_level
def test_an_id_makes_its_exercise_again(family: str, level: int) -> None:
    made = drawn(family, level)
    assert len({exercise.id for exercise in made}) == len(made)
    for exercise in made[:40]:
        assert remake(exercise.id) == exercise


@each_level
def test_who_always_answers_the_same_does_not_get_far(family: str, level: int) -> None:
    for part in range(len(FAMILIES[family].parts)):
        given = [exercise.questions[part].answer for exercise in drawn(family, level)]
        share = Counter(given).most_common(1)[0][1] / len(given)
        assert share <= 0.5, (family, level, part, share)


@each_level
def test_different_numbers_are_different_questions(family: str, level: int) -> None:
    """What a class is dealt out by, the drawn numbers, is what a student sees."""
    prints = {
        settle(FAMILIES[family], name_of(FAMILIES[family], level, f"fern-{seed}")).fingerprint
        for seed in range(len(drawn(family, level)))
    }
    asked = {
        (
            exercise.prompt,
            tuple(question.prompt for question in exercise.questions),
            tuple(
                frozenset(question.form.options) if isinstance(question.form, Choice) else None
                for question in exercise.questions
            ),
        )
        for exercise in drawn(family, level)
    }
    assert len(asked) == len(prints)


@each_level
def test_mistakes_speak_to_the_student(family: str, level: int) -> None:
    for exercise in drawn(family, level)[:60]:
        for question in exercise.questions:
            for mistake in question.mistakes:
                for says in mistake.says.split(" Or: "):
                    assert says.startswith("You "), says
                    assert says.endswith("."), says
                    assert len(re.findall(r"\.(?: |$)", says)) <= 3, says


@each_level
def test_hints_do_not_say_the_answer_first(family: str, level: int) -> None:
    for exercise in drawn(family, level)[:60]:
        assert len(exercise.hints) >= 2
        assert not re.search(r"\d+ = ", flat(exercise.hints[0]))
        assert exercise.solution
        assert exercise.points > 0


@each_family
def test_every_slip_is_met_at_some_level(name: str) -> None:
    met = {
        each
        for level in FAMILIES[name].levels
        for exercise in drawn(name, level)
        for question in exercise.questions
        for mistake in question.mistakes
        for each in re.sub("^carried forward from part .: ", "", mistake.name).split(", or ")
    }
    assert met == {slip.name for slip in FAMILIES[name].slips}


@each_family
def test_a_mistake_sends_to_a_page_that_is_there(name: str) -> None:
    family = FAMILIES[name]
    pages = {family.page, *(slip.page for slip in family.slips if slip.page)}
    assert not {page for page in pages - COMING if not (DOCS / page).is_file()}


@each_family
def test_a_family_is_called_like_its_file(name: str) -> None:
    assert FAMILIES[name].name == name
    assert FAMILIES[name].says[0].islower(), "as the kinds do, for convbook list"
    assert FAMILIES[name].levels == range(1, 4)
    for part in FAMILIES[name].parts:
        assert len(part.points) == 3
