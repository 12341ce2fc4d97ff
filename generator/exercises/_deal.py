"""Dealing out variants to a class, so that no two students have the same."""

from __future__ import annotations

from array import array
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from generator.dice import Dice
from generator.errors import Problem, UserError
from generator.exercises._exam import Exam, Slot
from generator.exercises._families import FAMILIES
from generator.exercises._make import worth, write
from generator.exercises._roster import Student
from generator.exercises._settle import fresh, settle
from generator.exercises._watch import Id
from generator.exercises._workers import in_processes
from generator.paper import Exercise

#: Students whose first draws one process makes at a time.
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Hand:
    """What one student gets.

    Parameters
    ----------
    exam, student
        What, and who.
    again
        For each exercise, how many variants of its seed were taken already; empty if none was.
    """

    exam: Exam
    student: Student
    again: tuple[int, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The exam's slots in the order of this student's sheet."""
        if not self.exam.shuffle:
            return self.exam.slots
        return Dice(self.seed).shuffled("order", self.exam.slots)

    @property
    def seed(self) -> str:
        """What all of the student's exercises are drawn from."""
        return f"{self.exam.seed}.{code(self.exam, self.student)}"

    @property
    def names(self) -> Iterator[Id]:
        """The exercises, in order."""
        again = self.again or (0,) * len(self.exam.slots)
        for place, (slot, more) in enumerate(zip(self.slots, again, strict=True), 1):
            seed = f"{self.seed}.{place}" + (f"+{more}" if more else "")
            yield Id(slot.family, slot.level, FAMILIES[slot.family].version, seed)


def code(exam: Exam, student: Student) -> str:
    """Return what stands for a student in the seeds: a name is not seen in it; it is no secret."""
    text = f"{exam.seed}\x1f{student.key}"
    return b32encode(blake2b(text.encode(), digest_size=5).digest()).decode().lower()


def deal(
    exam: Exam,
    students: Sequence[Student],
    former: Iterable[int] = (),
    workers: int | None = None,
    done: Callable[[int], None] = lambda count: None,
) -> dict[int, tuple[int, ...]]:
    """Return whose exercises are not the first of their seeds, and which they are instead.

    A student's exercises depend on the exam's seed and the student's id or name, not on the place
    in the list; only if somebody earlier in the list has a variant already, the next one of the
    same seed is dealt. So nearly nobody stands in the answer, however large the class.

    Parameters
    ----------
    exam, students
        What, and to whom.
    former
        Prints of an earlier class, which come up for nobody.
    workers
        Processes.
    done
        Is told how many more students have been dealt to.

    Returns
    -------
    dict
        :attr:`Hand.again` by :attr:`Student.number`.

    Raises
    ------
    UserError
        If a family has not so many variants, saying how many it has.
    """
    taken = set(former)
    given: Counter[tuple[str, int]] = Counter()
    found: dict[int, tuple[int, ...]] = {}
    chunks = [tuple(students[at : at + _CHUNK]) for at in range(0, len(students), _CHUNK)]
    tasks = ((exam, chunk) for chunk in chunks)
    for chunk, firsts in zip(chunks, in_processes(_first_prints, tasks, workers), strict=True):
        prints = iter(firsts)
        for student in chunk:
            hand = Hand(exam, student)
            again = []
            for slot, name in zip(hand.slots, hand.names, strict=True):
                number, more = next(prints), 0
                if number in taken:
                    other = fresh(FAMILIES[name.family], name, taken, first=1)
                    if other is None:
                        raise _too_many(slot, given[slot.family, slot.level], len(students), exam)
                    number, more = other[0].fingerprint, other[1]
                taken.add(number)
                given[slot.family, slot.level] += 1
                again.append(more)
            if any(again):
                found[student.number] = tuple(again)
        done(len(chunk))
    return found


def exercises(hand: Hand) -> Iterator[tuple[Exercise, int]]:
    """Yield what a student gets, and the print that no other student's exercise has.

    Raises
    ------
    BrokenFamilyError
        If a family is at fault.
    """
    for slot, name in zip(hand.slots, hand.names, strict=True):
        family = FAMILIES[name.family]
        settled = settle(family, name)
        yield worth(write(family, settled), slot.points), settled.fingerprint


def _first_prints(task: tuple[Exam, tuple[Student, ...]]) -> array[int]:
    exam, students = task
    names = (name for each in students for name in Hand(exam, each).names)
    return array("Q", (settle(FAMILIES[name.family], name).fingerprint for name in names))


def _too_many(slot: Slot, count: int, students: int, exam: Exam) -> UserError:
    each = sum((s.family, s.level) == (slot.family, slot.level) for s in exam.slots)
    wanted = f"{students * each:,} different variants for {students:,} sheets"
    hint = f"it has {count:,} that are not taken; ask for another level, or fewer"
    key = f"{slot.family}, level {slot.level}"
    return UserError([Problem("", key, "", f"cannot give {wanted}", hint)])
