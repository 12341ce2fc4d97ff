"""Exams, rosters, and dealing to a class: what is read, what is refused, who gets what."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import api
from generator.dice import Dice
from generator.errors import UserError
from generator.exercises._deal import Hand, code, deal, exercises
from generator.exercises._exam import Exam, Slot, read_exam
from generator.exercises._families import FAMILIES
from generator.exercises._make import make, worth
from generator.exercises._roster import Student, numbered, read_roster
from generator.exercises.output_size import Drawn

PLAIN = Exam(
    "Quiz", "", "", "fern-12", False, (Slot("output-size", 2), Slot("convolution-cell", 1))
)


def written(folder: Path, text: str, name: str = "exam.yaml") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


def lines(error: pytest.ExceptionInfo[UserError], file: Path) -> list[str]:
    return str(error.value).replace(str(file), file.name).splitlines()


def test_an_exam_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "title: Midterm\nnote: Deep learning, winter term\nsite: https://example.org/cnn\n"
        "seed: fern-12\nshuffle: yes\nexercises:\n"
        "- output-size\n"
        "- {family: convolution-cell, level: 2, points: 5}\n"
        "- families: [output-size, convolution-cell]\n  level: 3\n  count: 3\n",
    )
    exam = read_exam(file)
    assert exam == Exam(
        "Midterm",
        "Deep learning, winter term",
        "https://example.org/cnn/",
        "fern-12",
        True,
        (
            Slot("output-size", 1),
            Slot("convolution-cell", 2, 5),
            Slot("output-size", 3),
            Slot("convolution-cell", 3),
            Slot("output-size", 3),
        ),
    )


def test_everything_wrong_with_an_exam_is_told_with_its_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "titel: Midterm\nsite: example.org\nshuffle: perhaps\nexercises:\n"
        "- output-sice\n"
        "- {family: output-size, level: 4, count: 0}\n"
        "- {level: 2}\n"
        "- 7\n"
        "- [output-size]\n",
    )
    with pytest.raises(UserError) as caught:
        read_exam(file)
    assert lines(caught, file) == [
        "exam.yaml:1: unknown key 'titel'; did you mean 'title'?",
        "exam.yaml:2: site: got example.org, wanted an address such as https://example.org/convbook/",
        "exam.yaml:3: shuffle: got perhaps, wanted true or false",
        "exam.yaml:1: seed: is missing: a word or a number, such as fern-12",
        "exam.yaml:5: unknown exercise family 'output-sice'; did you mean 'output-size'?",
        "exam.yaml:6: count: got 0, wanted a whole number from 1 to 1000",
        "exam.yaml:6: level: got 4, wanted a whole number from 1 to 3",
        "exam.yaml:7: family: is missing",
        f"exam.yaml:8: unknown exercise family '7'; there are: {', '.join(FAMILIES)}",
        "exam.yaml:9: wanted 'family: output-size', or the name alone",
    ]


@pytest.mark.parametrize(
    "text", ["", "7", "- 1\n- 2", "seed: a", "exercises: [[[]]]", "a: *b", "\x00"]
)
def test_no_exam_at_all(text: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(UserError, match=r"exam\.yaml"):
        read_exam(file)


def test_rosters_as_spreadsheets_write_them(tmp_path: Path) -> None:
    ada = (Student(1, "Lovelace, Ada", "17"), Student(2, "Zoë Łuczak", "018"))
    comma = written(tmp_path, '\ufeffName,ID\r\n"Lovelace, Ada",17\r\nZoë Łuczak,018\r\n', "a.csv")
    assert read_roster(comma) == ada
    semicolon = written(
        tmp_path, "id;mail;name\n17;a@b;Lovelace, Ada\n\n018;;Zoë Łuczak\n", "b.csv"
    )
    assert read_roster(semicolon) == ada
    moodle = "First name\tSurname\tID number\nAda\tLovelace\t17\n"
    assert read_roster(written(tmp_path, moodle, "c.csv")) == (Student(1, "Ada Lovelace", "17"),)


def test_everything_wrong_with_a_roster_is_told_with_its_line(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'name,id\nAda,1\n,2\nBob,1\nLovelace, Ada,3\n"two\nlines",4\nA\x07,5\n', "r.csv"
    )
    with pytest.raises(UserError) as caught:
        read_roster(file)
    assert lines(caught, file) == [
        "r.csv:3: name: got nothing, wanted a name",
        "r.csv:4: id: got 1, as in line 2, wanted an id of its own",
        "r.csv:5: got 3 cells, wanted 2 as in the headings; a name with a comma stands in quotes",
        "r.csv:8: name: got A\x07, wanted up to 120 printable characters",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "got an empty file, wanted a line of headings with a name"),
        (b"name,id\n", "got no students, wanted a line for each under the headings"),
        (b"mail\na@b\n", "r.csv:1: got mail, wanted headings with a name, or with first name and"),
        (b"name\nJ\xfcrgen\n", "r.csv:2: this is no UTF-8 text; save it as CSV UTF-8"),
        (
            b"name\nAda\nAda\n",
            "r.csv:3: name: got Ada, as in line 2, wanted an id column that tells",
        ),
    ],
)
def test_what_is_no_roster(data: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_roster(file)
    assert says in str(caught.value)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_file_names_are_safe_and_distinct(names: list[str]) -> None:
    stems = [Student(place, name).stem(2) for place, name in enumerate(names, 1)]
    assert len({stem.casefold() for stem in stems}) == len(stems)
    for stem in stems:
        assert stem.isascii()
        assert all(letter.isalnum() or letter == "-" for letter in stem)
        assert len(stem) <= 60


def prints(exam: Exam, students: tuple[Student, ...], former: frozenset[int] = frozenset()) -> Any:
    again = deal(exam, students, former, workers=1)
    return {
        student.number: [
            number for _, number in exercises(Hand(exam, student, again.get(student.number, ())))
        ]
        for student in students
    }


def test_no_two_students_share_a_variant_and_none_of_a_former_class_comes_up() -> None:
    students = numbered(40)
    exam = Exam("", "", "", "fern-12", True, (Slot("output-size", 1),) * 2)
    first = prints(exam, students)
    dealt = [number for numbers in first.values() for number in numbers]
    assert len(set(dealt)) == len(dealt) == 80
    # The same seed once more would deal the same; what the former class had is passed over.
    second = prints(exam, students, frozenset(dealt))
    again = [number for numbers in second.values() for number in numbers]
    assert len(set(again)) == 80
    assert not set(again) & set(dealt)


def test_what_a_student_gets_does_not_depend_on_the_place_in_the_list() -> None:
    ada = Student(1, "Ada", "17")
    moved = Student(9, "Ada Lovelace", "17")
    assert list(Hand(PLAIN, ada).names) == list(Hand(PLAIN, moved).names)
    assert code(PLAIN, ada) != code(PLAIN, Student(1, "Ada", "18"))
    assert "ada" not in Hand(PLAIN, ada).seed.removeprefix("fern-12")


def test_processes_deal_as_one_does() -> None:
    exam = Exam("", "", "", "moss", False, (Slot("output-size", 1),))
    students = numbered(120)
    assert deal(exam, students, (), workers=1) == deal(exam, students, (), workers=2)


def test_an_exercise_that_is_dealt_can_be_made_again_from_its_id() -> None:
    for exercise, _ in exercises(Hand(PLAIN, Student(3))):
        assert api.exercise(exercise.id) == exercise


def test_points_are_shared_out_over_the_parts() -> None:
    exercise = make(FAMILIES["network-shapes"], 1, "fern-12")
    assert len(exercise.questions) > 1
    for points in (1, 4, 7, 20):
        assert worth(exercise, points).points == points
    assert worth(exercise, 0) == exercise


def test_more_than_a_family_has_is_refused_saying_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(dice: Dice, level: int) -> Drawn:
        return replace(PLAIN_WALK, rows=dice.whole("rows", 27, 30))

    family = replace(FAMILIES["output-size"], name="tiny", draw=draw)
    monkeypatch.setattr(FAMILIES, "_loaded", {"tiny": (Path("tiny.py"), family)})
    exam = Exam("", "", "", "fern-12", False, (Slot("tiny", 1),))
    assert len(prints(exam, numbered(4))) == 4
    with pytest.raises(UserError) as caught:
        deal(exam, numbered(5), (), workers=1)
    assert str(caught.value) == (
        "tiny, level 1: cannot give 5 different variants for 5 sheets; "
        "it has 4 that are not taken; ask for another level, or fewer"
    )


PLAIN_WALK = Drawn(27, 51, kernel=5, stride=1, padding=0, dilation=1, axis="rows")
