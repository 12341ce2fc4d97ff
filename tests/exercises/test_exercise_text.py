"""One exercise in the terminal."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from exercises.papers import FORMS

from generator import api
from generator.cli.exercise import exercise as command
from generator.errors import UserError
from generator.exercises._families import FAMILIES


def shown(*words: str) -> str:
    result = CliRunner().invoke(command, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_question_alone() -> None:
    text = shown("output-size", "--seed", "fern-12", "--level", "2")
    assert text.startswith(
        "Size of the feature map · level 2 · 2 points\noutput-size.2@1/fern-12\n\n"
    )
    assert "Answer" not in text
    assert "Hint" not in text
    assert shown("--id", "output-size.2@1/fern-12") == text


def test_hints_and_solution() -> None:
    made = api.exercise("output-size.2@1/fern-12")
    text = shown("output-size", "--seed", "fern-12", "--level", "2", "--hints", "--solution")
    assert text.count("Hint ") == len(made.hints)
    assert "\nAnswer 31\n" in text
    for mistake in made.questions[0].mistakes:
        assert mistake.says in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 78


def test_another_one_each_time() -> None:
    assert len({shown("output-size").splitlines()[1] for _ in range(4)}) > 1


def test_matrices_stand_side_by_side_and_aligned() -> None:
    text = shown("convolution-cell", "--seed", "b", "--level", "3")
    assert "Input, 4 × 4     Kernel, 3 × 3\n" in text
    rows = re.findall(r"^(?:  +[−\d]+){4,7}$", text, re.MULTILINE)
    assert len(rows) == 4
    assert len({len(row) for row in rows[:3]}) == 1


def test_every_form() -> None:
    text = "\n".join(api.exercise_text(each, solution=True) for each in FORMS.exercises)
    assert "\nAnswer a) 66.7 percent\n" in text
    assert "\nAnswer b) rows 3, columns 4\n" in text
    assert "   2      x = i < 2\n" in text
    assert "\nA The first of them, and no other\n" in text
    assert "  [Convolution, step" in text or "  [Convolution: " in text
    assert "So it is about ____." in text


def test_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FAMILIES, "_loaded", {})  # gone after the test
    file = tmp_path / "own_size.py"
    file.write_text(
        "from dataclasses import replace\n"
        "from generator.exercises.output_size import FAMILY as SIZE\n"
        'FAMILY = replace(SIZE, name="own-size")\n',
        "utf-8",
    )
    assert "\nown-size.1@1/a\n" in shown(str(file), "--seed", "a")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "FAMILY: got none, wanted a name of a family, or --id"),
        (("output-sice",), "unknown exercise family 'output-sice'; did you mean 'output-size'?"),
        (
            ("output-size", "--level", "4"),
            "level: got 4, wanted a level of output-size, from 1 to 3",
        ),
        (("output-size", "--id", "x"), "--id: got x, wanted either FAMILY or an id, not both"),
        (("--id", "x"), "got x, wanted an exercise's id, such as output-size.2@1/fern-12"),
    ],
)  # fmt: skip
def test_what_is_refused(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UserError) as caught:
        shown(*words)
    assert str(caught.value) == said
