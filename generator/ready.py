"""Ready-made sheets: for every chapter and level a few, with key and solutions, to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path

from generator import drawn
from generator.classes import assembled, exam
from generator.practice import Topic, topics
from generator.sheets import sheet_files

#: Exercises of a sheet, at most.
_MOST = 8
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """One sheet of a chapter, at every level.

    Parameters
    ----------
    chapter
        The folder of its pages: ``convolution``.
    number, of
        Which sheet of the chapter, counted from 1, and how many there are.
    topics
        One exercise of each.
    """

    chapter: str
    number: int
    of: int
    topics: tuple[Topic, ...]

    @property
    def title(self) -> str:
        """What stands above the sheet."""
        more = f" {self.number}" if self.of > 1 else ""
        return f"{self.chapter.capitalize()}{more}"

    def seed(self, level: int) -> str:
        """Return what the sheet is drawn from."""
        return f"{self.chapter}-{self.number}-{level}"

    def command(self, level: int) -> str:
        """Return the shell command that makes the sheet again, with the numbers of any seed."""
        names = ",".join(topic.name for topic in self.topics)
        return (
            f"convbook sheet --families {names} --count {len(self.topics)} --level {level} "
            f"--seed {self.seed(level)} --title '{self.title}, level {level}' --format pdf"
        )

    def files(self, level: int) -> Mapping[str, bytes]:
        """Return the PDFs by their names: ``sheet.pdf``, ``key.pdf``, ``solutions.pdf``."""
        names = [topic.name for topic in self.topics]
        title = f"{self.title}, level {level}"
        made = exam(names, len(names), self.seed(level), level=level, title=title)
        asked = [repr(made), _families()]
        sheet = None

        def write(part: str) -> bytes:
            nonlocal sheet
            sheet = sheet or assembled(made)
            return sheet_files(sheet, ["pdf"])[f"{part}.pdf"]

        return {
            f"{part}.pdf": drawn.kept([*asked, part], lambda part=part: write(part))  # type: ignore[misc]
            for part in ("sheet", "key", "solutions")
        }


def ready_made() -> tuple[ReadyMade, ...]:
    """Return the sheets of all chapters, in the order of the course.

    >>> [made.title for made in ready_made()][:2]
    ['Images 1', 'Images 2']
    """
    found: list[ReadyMade] = []
    ordered = sorted(topics().values(), key=lambda topic: _chapter(topic) != "images")
    chapters: dict[str, list[Topic]] = {}
    for chapter, some in groupby(ordered, key=_chapter):
        chapters.setdefault(chapter, []).extend(some)
    for chapter, all_of_it in chapters.items():
        count = -(-len(all_of_it) // _MOST)
        found += [
            ReadyMade(chapter, place + 1, count, part)
            for place, part in enumerate(_shared(all_of_it, count))
        ]
    return tuple(found)


def _shared(some: Sequence[Topic], count: int) -> list[tuple[Topic, ...]]:
    """Cut a list into parts of nearly the same length, in order."""
    ends = [len(some) * place // count for place in range(count + 1)]
    return [tuple(some[first:last]) for first, last in pairwise(ends)]


def _chapter(topic: Topic) -> str:
    return topic.page.partition("/")[0]


def _families() -> str:
    """Return a digest of all that makes exercises, which no drawing depends on."""
    folder = Path(__file__).parent / "exercises"
    digests = [sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.py"))]
    return sha256("".join(digests).encode()).hexdigest()
