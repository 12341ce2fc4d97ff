"""The verbs of exams and classes: what a sheet holds, who gets one, and the proof of a family.

Families and writers are imported where they are needed: the shell knows these verbs, too, and
answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import UserError
from generator.export._export import PARTS, Part, Setup
from generator.paper import Sheet
from generator.sheets import families, loaded, unknown_formats

if TYPE_CHECKING:
    from generator.exercises._check import Report
    from generator.exercises._exam import Exam
    from generator.exercises._roster import Student


def sheet(asked: Sequence[str], count: int, seed: str, *, level: int = 1, title: str = "") -> Sheet:
    """Return an exercise sheet; the same words give the same sheet.

    Parameters
    ----------
    asked
        Some of ``catalogue()["families"]``, and files of one's own; they take turns.
    count
        Number of exercises on the sheet.
    seed
        A word or a number.
    level
        From 1, easy, to 3.
    title
        The heading.

    Raises
    ------
    UserError
        With every unknown family, or if there are not so many different exercises.

    Examples
    --------
    >>> made = sheet(["output-size"], 2, "fern-12")
    >>> [exercise.id for exercise in made.exercises]
    ['output-size.1@1/fern-12.1', 'output-size.1@1/fern-12.2']
    """
    names = [asked] if isinstance(asked, str) else asked
    return assembled(exam(names, count, seed, level=level, title=title))


def assembled(made: Exam) -> Sheet:
    """Return the sheet of an exam; see :func:`generator.exercises._sheet.assemble`."""
    from generator.exercises._sheet import assemble

    return assemble(made)


def exam(asked: Sequence[str], count: int, seed: str, *, level: int = 1, title: str = "") -> Exam:
    """Return an exam of so many exercises; the families take turns.

    Raises
    ------
    UserError
        With everything that is wrong.
    """
    from generator.exercises._sheet import exam_of

    names, problems = loaded(asked)
    try:
        made = exam_of(names, count, seed, level, title)
    except UserError as error:
        problems += error.problems
    if problems:
        raise UserError(problems)
    return made


def read_exam(path: str | Path) -> Exam:
    """Read an exam from a YAML file; see :func:`generator.exercises._exam.read_exam`."""
    from generator.exercises._exam import read_exam as _read_exam

    return _read_exam(path)


def students(asked: str) -> tuple[Student, ...]:
    """Return a class: the students of a roster, or a number of sheets without names.

    Raises
    ------
    UserError
        With everything that is wrong, line by line.

    Examples
    --------
    >>> [student.number for student in students("3")]
    [1, 2, 3]
    """
    from generator.exercises import _roster

    return _roster.numbered(int(asked)) if asked.isdecimal() else _roster.read_roster(asked)


def hand_out(
    made: Exam,
    to: Sequence[Student],
    formats: Sequence[str],
    folder: str | Path,
    *,
    setup: Setup | None = None,
    former: Sequence[str | Path] = (),
    shard: tuple[int, int] = (1, 1),
    parts: Sequence[Part] = PARTS,
    workers: int | None = None,
    report: Callable[[str, int], None] = lambda what, count: None,
) -> Path:
    """Write a sheet, a key and solutions for every student, and return the manifest's path.

    Parameters
    ----------
    made, to
        What, and for whom.
    formats
        Some of md, html, pdf, json.
    folder
        Where.
    setup
        How sheets are printed.
    former
        Manifests of earlier classes, whose variants do not come up again.
    shard
        ``(3, 10)`` writes the third tenth of the class, exactly as the whole would have it.
    parts
        Some of sheet, key and solutions.
    workers
        Processes; as many as there are cores.
    report
        Is told ``dealt`` or ``written``, and for how many more students.

    Raises
    ------
    UserError
        With everything that is wrong; nothing is written then.
    """
    from generator import handout

    problems = unknown_formats(formats)
    try:
        known = handout.former_prints(former)
    except UserError as error:
        problems += error.problems
    if problems:
        raise UserError(problems)
    wanted = handout.Handout(
        made,
        tuple(to),
        tuple(dict.fromkeys(formats)),
        setup or Setup(site=made.practice),
        known,
        shard,
        tuple(parts),
    )
    return handout.hand_out(wanted, Path(folder), workers, report)


def check(
    names: Sequence[str], count: int = 2000, *, every: bool = False, workers: int | None = None
) -> Iterator[Report]:
    """Prove families over many seeds, and yield a report for each level.

    Parameters
    ----------
    names
        Some of ``catalogue()["families"]``, and files of one's own that end in ``.py``.
    count
        Exercises a level.
    every
        All families there are, too.
    workers
        Processes; as many as there are cores.

    Raises
    ------
    UserError
        With every unknown family, and with what is wrong with a file.

    Examples
    --------
    >>> [report.failures for report in check(["output-size"], 50, workers=1)]
    [(), (), ()]
    """
    from generator.exercises._check import check as _check
    from generator.exercises._families import FAMILIES

    named = families(names)
    others = [name for name in FAMILIES if every and name not in named]
    return _check([*named, *others], count, workers)
