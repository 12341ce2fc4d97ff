"""What a sheet holds, before anything is drawn: from a file, or from a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.errors import Problem, UserError, unknown, wrong
from generator.exercises._families import FAMILIES
from generator.exercises._make import level_problems
from generator.files import read_whole
from generator.spec.fields import Flag, Seed, Text, under, whole
from generator.spec.network_tree import Items, Keys, Said, Tree, from_yaml, line_of, said
from generator.spec.yaml import compose

T = TypeVar("T")

MOST = 1000
#: Leaves room in an exercise's seed of 60 characters for the student and its number on the sheet.
LONGEST_SEED = 40
_SEED = Seed("what everything is drawn from")
_LINE = Text("a line of text")
_FLAG = Flag("yes or no")
_KEYS = ("title", "note", "site", "seed", "shuffle", "exercises")
_ENTRY = ("family", "families", "level", "count", "points")


@dataclass(frozen=True, slots=True)
class Slot:
    """One exercise of a sheet.

    Parameters
    ----------
    family, level
        Where it is drawn from.
    points
        What it is worth; 0 for what the family says.
    """

    family: str
    level: int
    points: int = 0


@dataclass(frozen=True, slots=True)
class Exam:
    """A sheet for everybody, each time with other numbers.

    Parameters
    ----------
    title, note
        The heading, and a line under it: the course, the term.
    site
        Where the course's site is; codes on paper lead there. May be empty.
    seed
        What everything is drawn from.
    shuffle
        Whether the exercises stand in another order for each student.
    slots
        The exercises, in order.
    """

    title: str
    note: str
    site: str
    seed: str
    shuffle: bool
    slots: tuple[Slot, ...]

    @property
    def practice(self) -> str:
        """The page of the site on which exercises are practised; empty without a site."""
        return self.site and f"{self.site}practice/"


def heading(slots: Sequence[Slot]) -> str:
    """Return what a sheet without a title is called."""
    titles = {FAMILIES[slot.family].title for slot in slots}
    return titles.pop() if len(titles) == 1 else "Exercises"


def seed_of(value: object) -> str:
    """Read a seed that leaves room for what is added to it."""
    parsed = _SEED.parse(value)
    if len(parsed) > LONGEST_SEED:
        raise wrong(value, f"a seed of at most {LONGEST_SEED} characters for a sheet")
    return parsed


def site_of(value: object) -> str:
    """Read the address of a site."""
    text = _LINE.parse(value)
    if not text.startswith(("https://", "http://")) or " " in text:
        raise wrong(value, "an address such as https://example.org/convbook/")
    return text.rstrip("/") + "/"


def read_exam(path: str | Path) -> Exam:
    r"""Read an exam from YAML.

    Raises
    ------
    UserError
        With everything that is wrong, each with its line.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "exam.yaml"
    ...     text = "seed: fern-12\nexercises:\n- {family: output-size, level: 2}\n"
    ...     _ = file.write_text(text)
    ...     read_exam(file).slots
    (Slot(family='output-size', level=2, points=0),)
    """
    where = str(path)
    data = read_whole(Path(path))
    try:
        root = compose(data.decode("utf-8-sig"), where, 1)
    except UnicodeDecodeError:
        raise UserError([Problem(where, "", "", "this is no UTF-8 text")]) from None
    reading = _Reading(where)
    exam = reading.exam(from_yaml(root, where) if root is not None else Keys())
    if reading.problems or exam is None:
        raise UserError(reading.problems)
    return exam


class _Reading:
    """One pass over a file, which collects all that is wrong."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []

    def exam(self, root: Tree) -> Exam | None:
        """Read the whole file."""
        entries = self._mapping(root, "lines such as 'seed: fern-12'", _KEYS)
        title = self._value(entries, "title", _LINE.parse, "")
        note = self._value(entries, "note", _LINE.parse, "")
        site = self._value(entries, "site", site_of, "")
        shuffle = self._value(entries, "shuffle", _FLAG.parse, False)
        seed = self._value(entries, "seed", seed_of, "")
        if "seed" not in entries:
            self._problem(root, "seed", "is missing: a word or a number, such as fern-12")
        listed = entries.get("exercises")
        slots: list[Slot] = []
        if isinstance(listed, Items) and listed:
            for entry in listed:
                slots += self._slots(entry, line_of(listed))
        else:
            self._problem(listed or root, "exercises", "is missing: a list of families")
        if len(slots) > MOST:
            self._problem(listed, "exercises", f"{len(slots)} of them, wanted at most {MOST}")
        if self.problems:
            return None
        return Exam(title or heading(slots), note, site, seed, shuffle, tuple(slots))

    def _slots(self, entry: Tree, around: int) -> Iterator[Slot]:
        if isinstance(entry, Said):  # only the name of a family
            entry = Keys({"family": entry})
            entry.line = line_of(entry["family"])
        entries = self._mapping(entry, "'family: output-size', or the name alone", _ENTRY, around)
        count = self._value(entries, "count", lambda v: whole(v, 1, MOST), 1)
        level = self._value(entries, "level", lambda v: whole(v, 1, 3), 1)
        points = self._value(entries, "points", lambda v: whole(v, 1, 1000), 0)
        names = [self._name(word) for word in _words(entries)]
        if entries and not names:
            self._problem(entries, "family", "is missing")
        for name in names:
            if name in FAMILIES:
                at = self._place(entries.get("level", name))
                self.problems += [p.at(at) for p in level_problems(FAMILIES[name], level)]
            elif name:
                place = self._place(name)
                self.problems.append(unknown("exercise family", name, FAMILIES, place))
        for turn in range(count if names else 0):
            yield Slot(str(names[turn % len(names)]), level, points)

    def _name(self, word: Said) -> Said:
        """Return the name of a family; the file of one is looked for beside the exam."""
        if not word.endswith(".py"):
            return word
        try:
            return said(FAMILIES.load(Path(self.where).parent / word), line_of(word))
        except UserError as error:
            self.problems += [p.at(p.where or self._place(word)) for p in error.problems]
            return said("", 0)

    def _mapping(self, tree: Tree, wanted: str, keys: Sequence[str], around: int = 0) -> Keys:
        if not isinstance(tree, Keys):
            place = line_of(tree) or around
            where = f"{self.where}:{place}" if place else self.where
            self.problems.append(Problem(where, "", "", f"wanted {wanted}"))
            return Keys()
        for key in tree:
            if key not in keys:
                self.problems.append(unknown("key", key, keys, self._place(key)))
        return tree

    def _value(self, entries: Keys, key: str, parse: Callable[[Any], T], default: T) -> T:
        value = entries.get(key)
        if value is None:
            return default
        try:
            return parse(value)
        except UserError as error:
            self.problems += [p.at(self._place(value)) for p in under(key, error.problems)]
        return default

    def _problem(self, tree: Tree, key: str, wanted: str) -> None:
        self.problems.append(Problem(self._place(tree), key, "", wanted))

    def _place(self, tree: Tree) -> str:
        return f"{self.where}:{line}" if (line := line_of(tree)) else self.where


def _words(entries: Keys) -> Iterator[Said]:
    """Yield the names of an entry's families."""
    for value in (entries.get("family"), entries.get("families")):
        for word in value if isinstance(value, Items) else (value,):
            if isinstance(word, Said):
                yield word
