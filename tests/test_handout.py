"""Sheets for a class: all of them, each once, after a stop too, and in parts."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exercises.test_check import written as family

from generator import api
from generator.errors import UserError
from generator.exercises._families import FAMILIES

EXAM = api.exam(["output-size", "convolution-cell"], 3, "fern-12", title="Quiz")
NAMES = ["Ada Lovelace", "=cmd|' /C calc'!A0", "../../etc/passwd", "مريم", "Łukasz, Jr.", "CON"]


@pytest.fixture
def roster(tmp_path: Path) -> str:
    file = tmp_path / "roster.csv"
    rows = "".join(f'"{name}",{place}\n' for place, name in enumerate(NAMES, 1))
    file.write_text("name,id\n" + rows, "utf-8")
    return str(file)


def made(folder: Path, to: str, exam: "api.Exam" = EXAM, **more: Any) -> dict[str, Any]:
    more = {"formats": ["md", "json"], "workers": 1, **more}
    formats = more.pop("formats")
    path = api.hand_out(exam, api.students(to), formats, folder, **more)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_everybody_has_files_of_their_own_and_the_manifest_is_right(
    tmp_path: Path, roster: str
) -> None:
    out = tmp_path / "out"
    manifest = made(out, roster)
    students = manifest["students"]
    assert [student["name"] for student in students] == NAMES
    files = {name: digest for student in students for name, digest in student["files"].items()}
    there = tree(out)
    assert {name: sha256(there[name]).hexdigest() for name in files} == files
    assert set(there) == {*files, "manifest.json"}
    prints = [each["print"] for student in students for each in student["exercises"]]
    assert len(set(prints)) == len(prints) == 18
    assert manifest["certificate"] == {
        "students": 6, "variants": 18, "different": 18, "met before": 0, "former": 0,
    }  # fmt: skip
    for student in students:
        sheet = next(
            there[name].decode() for name in student["files"] if name.startswith("sheets/")
        )
        for each in student["exercises"]:
            assert each["id"] in sheet
            assert api.exercise(each["id"]).points == each["points"]


def test_two_processes_write_the_same(tmp_path: Path, roster: str) -> None:
    made(tmp_path / "one", roster)
    made(tmp_path / "two", roster, workers=2)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


class StoppedError(Exception):
    """Somebody pulled the plug."""


def stopping(after: int) -> Callable[[str, int], None]:
    seen = 0

    def report(what: str, count: int) -> None:
        nonlocal seen
        seen += count if what == "written" else 0
        if seen >= after:
            raise StoppedError

    return report


def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path, roster: str) -> None:
    made(tmp_path / "whole", roster)
    out = tmp_path / "out"
    with pytest.raises(StoppedError):
        made(out, roster, report=stopping(3))
    assert not (out / "manifest.json").exists()
    first = {name: (out / name).stat().st_mtime_ns for name in tree(out) if "/" in name}
    assert len({name.partition("/")[2][:1] for name in first}) == 3
    told: list[tuple[str, int]] = []
    made(out, roster, report=lambda what, count: told.append((what, count)))
    assert [count for what, count in told if what == "written"] == [3, 1, 1, 1]
    assert all((out / name).stat().st_mtime_ns == time for name, time in first.items())
    assert tree(out) == tree(tmp_path / "whole")
    # Once more: all is there.
    told.clear()
    made(out, roster, report=lambda what, count: told.append((what, count)))
    assert [count for what, count in told if what == "written"] == [6]


def test_a_file_that_was_changed_and_another_exam_are_written_anew(
    tmp_path: Path, roster: str
) -> None:
    out = tmp_path / "out"
    made(out, roster)
    whole = tree(out)
    victim = next(out.glob("keys/*.md"))
    victim.write_text("scribble")
    made(out, roster)
    assert tree(out) == whole
    made(out, roster, exam=replace(EXAM, seed="moss"))
    assert not set(tree(out).values()) & set(whole.values())


def test_shards_are_parts_of_the_whole(tmp_path: Path, roster: str) -> None:
    made(tmp_path / "whole", roster)
    out = tmp_path / "out"
    for part in (2, 1, 3):
        manifest = api.hand_out(
            EXAM, api.students(roster), ["md", "json"], out, shard=(part, 3), workers=1
        )
        assert manifest.name == f"manifest-{part}-of-3.json"
        assert json.loads(manifest.read_text("utf-8"))["certificate"]["students"] == 2
    parts = {name: data for name, data in tree(out).items() if "/" in name}
    assert parts == {n: d for n, d in tree(tmp_path / "whole").items() if "/" in n}


def test_an_earlier_class_is_passed_over(tmp_path: Path, roster: str) -> None:
    first = made(tmp_path / "one", roster)
    again = made(tmp_path / "two", roster, former=[tmp_path / "one" / "manifest.json"])
    old, new = (
        {each["print"] for student in manifest["students"] for each in student["exercises"]}
        for manifest in (first, again)
    )
    assert len(new) == 18
    assert not old & new
    assert again["certificate"]["former"] == 18


def test_what_is_no_manifest_and_no_format(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("[]")
    with pytest.raises(UserError) as caught:
        made(tmp_path / "out", "3", former=[file, tmp_path / "none.json"], formats=["md", "htm"])
    text = str(caught.value)
    assert "unknown format 'htm'; did you mean 'html'?" in text
    assert "old.json: this is no manifest of a class" in text
    assert "none.json: cannot be read" in text
    assert not (tmp_path / "out").exists()


def test_a_class_too_large_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FAMILIES, "_loaded", {})
    (name,) = api.families([str(family(tmp_path, "crop-few", draw="    most = 10\n"))])
    with pytest.raises(UserError, match="crop-few, level 1: cannot give 300 different variants"):
        made(tmp_path / "out", "300", exam=api.exam([name], 1, "fern-12"))
    assert not (tmp_path / "out").exists()


def convbook(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.argv[0] = 'convbook'; from generator.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=folder, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_in_the_shell(tmp_path: Path, roster: str) -> None:
    exam = "title: Quiz\nseed: fern-12\nexercises: [output-size, {family: convolution-cell}]\n"
    (tmp_path / "exam.yaml").write_text(exam)
    done = convbook(
        "sheet", "exam.yaml", "--students", "roster.csv", "--format", "md", "--workers", "1",
        folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "manifest.json").exists()
    assert len(list((tmp_path / "out" / "sheets").iterdir())) == len(NAMES)


def test_all_that_is_wrong_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "exam.yaml").write_text("seed: a\nexercises: [output-sice]\n")
    (tmp_path / "roster.csv").write_text("name\nAda\nAda\n")
    done = convbook("sheet", "exam.yaml", "--students", "roster.csv", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "convbook: exam.yaml:2: unknown exercise family 'output-sice'; did you mean 'output-size'?",
        "convbook: roster.csv:3: name: got Ada, as in line 2, wanted an id column that tells them "
        "apart",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("students", [(), ("--students", "3")])
@pytest.mark.parametrize("broken", [{"closed": "    return d.rows\n"}, {"words": "{1 / 0}"}])
def test_a_broken_family_is_named_without_a_traceback(
    broken: dict[str, str], students: tuple[str, ...], tmp_path: Path
) -> None:
    file = family(tmp_path, "crop-broken", **broken)
    done = convbook("sheet", "--families", file.name, "--seed", "a", *students, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("convbook: crop-broken.1@1/a.")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("out/sheets/*"))
