"""Sheets for a whole class: written in parallel, resumed where they were stopped, and certified."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import __version__, drawn
from generator.errors import Problem, UserError, shorten
from generator.exercises import _deal
from generator.exercises._deal import Hand
from generator.exercises._exam import Exam
from generator.exercises._families import FAMILIES
from generator.exercises._roster import Student
from generator.exercises._workers import in_processes
from generator.export._export import PARTS, Part, Setup
from generator.figures import EXPORTS
from generator.files import read_whole, write_all
from generator.paper import Sheet
from generator.sheets import film

MANIFEST = "manifest.json"
#: One line for each student whose files are written; gone when the manifest stands.
JOURNAL = "manifest.part"
_FOLDERS: Mapping[Part, str] = {"sheet": "sheets", "key": "keys", "solutions": "solutions"}


@dataclass(frozen=True, slots=True)
class Handout:
    """What is to be made.

    Parameters
    ----------
    exam, students
        What, and for whom.
    formats
        Suffixes of files.
    setup
        How sheets are printed.
    former
        Prints that are not to come up again.
    shard
        Which part of the class to write, and of how many parts; all are dealt.
    parts
        Which files each student gets.
    """

    exam: Exam
    students: tuple[Student, ...]
    formats: tuple[str, ...]
    setup: Setup
    former: frozenset[int] = field(default=frozenset(), repr=False)
    shard: tuple[int, int] = (1, 1)
    parts: tuple[Part, ...] = PARTS

    @property
    def plan(self) -> str:
        """A name for all that the bytes depend on."""
        versions = {slot.family: FAMILIES[slot.family].version for slot in self.exam.slots}
        files = [*Path(_deal.__file__).parent.glob("*.py"), *map(Path, FAMILIES.files)]
        sources = sorted(_digest(file.read_bytes()) for file in files)
        said = (
            __version__, drawn.sources(), sources, versions,
            self.exam, self.students, self.formats, self.parts, self.setup, sorted(self.former),
        )  # fmt: skip
        return sha256(repr(said).encode()).hexdigest()

    @property
    def mine(self) -> tuple[Student, ...]:
        """The students of this shard: every n-th of the list."""
        first, step = self.shard
        return self.students[first - 1 :: step]

    @property
    def name(self) -> str:
        """What is added to the names of a shard's own files."""
        first, step = self.shard
        return "" if step == 1 else f"-{first}-of-{step}"


@dataclass(frozen=True, slots=True)
class _Task:
    hand: Hand
    setup: Setup
    formats: tuple[str, ...]
    parts: tuple[Part, ...]
    folder: Path
    stem: str


def hand_out(
    handout: Handout,
    folder: Path,
    workers: int | None = None,
    report: Callable[[str, int], None] = lambda what, count: None,
) -> Path:
    """Write every student's files and, when all are there, the manifest; return its path.

    What an interrupted run has written is kept if nothing has changed since.

    Parameters
    ----------
    handout
        What is to be made.
    folder
        Where; made if it is not there.
    workers
        Processes.
    report
        Is told ``dealt`` or ``written``, and for how many more students.

    Raises
    ------
    UserError
        If a family has too few variants, or a file cannot be written.
    BrokenFamilyError
        If a family is at fault.
    """
    # All are dealt to, whichever shard is written: who comes first in the list, keeps a variant.
    again = _deal.deal(
        handout.exam, handout.students, handout.former, workers,
        lambda count: report("dealt", count),
    )  # fmt: skip
    journal = folder / f"{JOURNAL}{handout.name}"
    plan = handout.plan
    finished = _finished(journal, plan) or _finished(folder / _manifest(handout), plan)
    there = {number for number, record in finished.items() if _is_there(folder, record)}
    report("written", len(there))
    lines = [json.dumps({"plan": plan})]
    lines += [_line(finished[number]) for number in sorted(there)]
    write_all({journal: ("\n".join(lines) + "\n").encode()})
    digits = len(str(len(handout.students)))
    tasks = (
        _Task(
            Hand(handout.exam, student, again.get(student.number, ())),
            handout.setup, handout.formats, handout.parts, folder, student.stem(digits),
        )
        for student in handout.mine
        if student.number not in there
    )  # fmt: skip
    with journal.open("a", encoding="utf-8") as out:
        for record in in_processes(_written, tasks, workers):
            out.write(_line(record) + "\n")
            out.flush()
            report("written", 1)
    path = folder / _manifest(handout)
    _certify(path, handout, plan, journal)
    journal.unlink()
    return path


def _manifest(handout: Handout) -> str:
    return MANIFEST.replace(".", f"{handout.name}.")


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _finished(path: Path, plan: str) -> dict[int, dict[str, Any]]:
    """Return the records of an earlier run with the same plan, by the students' numbers."""
    if not path.is_file():
        return {}
    lines = path.read_text("utf-8").splitlines()
    records: list[dict[str, Any]] = []
    for line in lines:
        try:
            found = json.loads(line.rstrip(","))
        except ValueError:
            continue  # the line that was being written, or the frame of a manifest
        if isinstance(found, dict):
            records.append(found)
    same = any(record.get("plan") == plan for record in records) or any(
        line.strip() == f'"plan": "{plan}",' for line in lines
    )
    return {r["number"]: r for r in records if "number" in r} if same else {}


def _is_there(folder: Path, record: Mapping[str, Any]) -> bool:
    files: dict[str, str] = record["files"]
    return all(
        (folder / name).is_file() and _digest((folder / name).read_bytes()) == digest
        for name, digest in files.items()
    )


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _written(task: _Task) -> dict[str, Any]:
    """Write the files of one student, and return the record of them."""
    hand = task.hand
    made = list(_deal.exercises(hand))
    student, exam = hand.student, hand.exam
    exercises = tuple(exercise for exercise, _ in made)
    sheet = Sheet(exam.title, hand.seed, exercises, student.name, exam.note)
    files: dict[str, bytes] = {}
    for name in task.formats:
        export = EXPORTS[name]
        assert export.sheet is not None
        for part in export.parts:
            if part not in task.parts:
                continue
            data = export.sheet(sheet, part, film, task.setup)
            files[f"{_FOLDERS[part]}/{task.stem}.{name}"] = data
    write_all({task.folder / name: data for name, data in files.items()})
    return {
        "number": student.number,
        "name": student.name,
        "id": student.id,
        "exercises": [
            {"id": exercise.id, "points": exercise.points, "print": f"{number:016x}"}
            for exercise, number in made
        ],
        "files": {name: _digest(data) for name, data in files.items()},
    }


def _certify(path: Path, handout: Handout, plan: str, journal: Path) -> None:
    """Write the manifest: one student a line, in the order of the list.

    It is written as it is read, so that a class of any size needs no memory.
    """
    places: dict[int, int] = {}
    prints: set[int] = set()
    variants = 0
    with journal.open("rb") as lines:
        at = 0
        for line in lines:
            record = json.loads(line)
            if "number" in record:
                places[record["number"]] = at
                variants += len(record["exercises"])
                prints.update(int(each["print"], 16) for each in record["exercises"])
            at += len(line)
        head = {
            "convbook": __version__,
            "plan": plan,
            "exam": asdict(handout.exam),
            "formats": list(handout.formats),
            "shard": list(handout.shard),
            "certificate": {
                "students": len(places),
                "variants": variants,
                "different": len(prints),
                "met before": len(handout.former & prints),
                "former": len(handout.former),
            },
        }
        temporary = path.with_name(f".{path.name}.new")
        with temporary.open("w", encoding="utf-8") as out:
            out.write(json.dumps(head, indent=1, ensure_ascii=False)[:-2] + ',\n "students": [\n')
            for count, number in enumerate(sorted(places)):
                lines.seek(places[number])
                out.write(",\n" * (count > 0) + lines.readline().decode().rstrip("\n"))
            out.write("\n ]\n}\n")
        temporary.replace(path)


def former_prints(paths: Sequence[str | Path]) -> frozenset[int]:
    """Return the prints in the manifests of earlier classes.

    Raises
    ------
    UserError
        With every file that is no manifest.
    """
    problems: list[Problem] = []
    found: set[int] = set()
    for path in paths:
        try:
            students = json.loads(read_whole(Path(path)))["students"]
            found.update(
                int(each["print"], 16) for student in students for each in student["exercises"]
            )
        except UserError as error:
            problems += error.problems
        except (ValueError, KeyError, TypeError) as error:
            said = "this is no manifest of a class"
            problems.append(Problem(str(path), "", "", said, shorten(error)))
    if problems:
        raise UserError(problems)
    return frozenset(found)
