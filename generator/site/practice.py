"""From a ```` ```practice ```` fence to exercises: three to read, and what the trainer needs.

The trainer, ``assets/convbook-practice.js``, takes the place of the three where scripts run; on
paper they come back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from generator import api
from generator.errors import Problem, UserError, shorten, unknown
from generator.site.fences import Fence
from generator.site.math import formula_html
from generator.site.place import Place

#: Exercises that stand in a page.
SHOWN = 3
SCRIPTS = tuple(
    f"assets/convbook-practice{part}.js" for part in ("-numbers", "-answers", "-fields", "")
)
FOLDER = "practice"
INDEX = f"{FOLDER}/index.md"
#: Nothing stands behind the page in the navigation.
LABEL = ""
_TEXT = Path(__file__).parent / "texts" / "practice.md"
_OPEN = "this practice is not closed: its last line is a mark like its first, in the same column"
_HEADED = "options stand in lines of their own below, such as 'families: [output-size]'"
_KEYS = ("families", "level")


@dataclass(frozen=True, slots=True)
class Drill:
    """A practice fence that has been read.

    Parameters
    ----------
    fence
        Where it stands.
    topics
        What is practised, in order.
    level
        The level it begins with; 0 if the fence does not say.
    all
        Whether everything is practised: then it can be chosen by topic.
    problems
        What is wrong with it.
    """

    fence: Fence
    topics: tuple[api.Topic, ...] = ()
    level: int = 0
    all: bool = False
    problems: tuple[Problem, ...] = ()


def read(fence: Fence, place: Place) -> Drill:
    """Return what a fence asks for, or all that is wrong with it."""
    if not fence.closed:
        return Drill(fence, problems=(Problem(place.at(fence.first), "", "", _OPEN),))
    if fence.info != "practice":
        return Drill(fence, problems=(Problem(place.at(fence.first), "", "", _HEADED),))
    try:
        document = api.load_yaml(fence.body, place.path, fence.first + 1 + place.skipped)
    except UserError as error:
        return Drill(fence, problems=error.problems)

    def where(key: str) -> str:
        return f"{place.path}:{document.lines.get(key, fence.first + place.skipped)}"

    values = document.values
    problems = [unknown("key", key, _KEYS, where(key)) for key in values if key not in _KEYS]
    names = _names(values.get("families"))
    if not names:
        got = shorten(values["families"]) if "families" in values else ""
        wanted = "some families such as [output-size], or all"
        problems.append(Problem(where("families"), "families", got, wanted))
    known = api.topics()
    problems += [
        unknown("exercise family", name, known, where("families"))
        for name in names
        if name not in known
    ]
    topics = tuple(known[name] for name in dict.fromkeys(names) if name in known)
    most = max((topic.levels for topic in topics), default=3)
    level = str(values.get("level", 0))
    if "level" in values and level not in map(str, range(1, most + 1)):
        wanted = f"a whole number from 1 to {most}"
        problems.append(Problem(where("level"), "level", shorten(values["level"]), wanted))
    if problems:
        return Drill(fence, problems=tuple(problems))
    return Drill(fence, topics, int(level), values["families"] == "all")


def _names(families: object) -> Sequence[str]:
    if families == "all":
        return tuple(api.topics())
    if isinstance(families, str) and families:
        return (families,)
    if isinstance(families, list):
        return [each if isinstance(each, str) else shorten(each) for each in families]
    return ()


def practice_html(
    drill: Drill, address: Callable[[str], str] | None, photo: Callable[[bytes], str] | None
) -> str:
    """Return what stands on the page.

    Parameters
    ----------
    drill
        What the fence asks for.
    address
        Gives the address of a file of the site as seen from the page; without it there is no
        trainer.
    photo
        Gives the address of a photograph.
    """

    def figure(spec: api.Spec) -> str:
        svg = api.draw(spec).picture_svg("narrow", photo)
        return f'<figure class="cb-figure cb-picture">{svg}</figure>'

    write = api.Writers(figure, formula)
    # Where it is all of a page, there is no heading of a section above it.
    heading = 2 if drill.all else 3
    read = (api.exercise_html(each, write, heading) for each in _shown(drill))
    paper = f'<div class="cb-paper">{"".join(read)}</div>'
    # A block, or Markdown would put a paragraph around it.
    if address is None:
        return f'<div class="cb-practice" data-search-exclude>{paper}</div>'
    scripts = "".join(f'<script src="{escape(address(each))}" defer></script>' for each in SCRIPTS)
    said = {
        "root": address("."),
        "families": json.dumps(list(_told(drill)), ensure_ascii=False),
        "level": str(drill.level or 1),
        "heading": str(heading),
    } | ({"all": ""} if drill.all else {})
    data = "".join(f' data-{key}="{escape(value)}"' for key, value in said.items())
    inside = f"<cb-practice{data}>{paper}</cb-practice>"
    return f'<div class="cb-practice" data-search-exclude>{inside}{scripts}</div>'


def formula(tex: str, display: bool) -> str:  # as exporters take it
    """Return a formula as MathML."""
    return formula_html(tex, display=display)


def _shown(drill: Drill) -> Iterator[api.Exercise]:
    """Yield the exercises that stand in the page: the families in turn, and ever harder."""
    topics = _varied(drill.topics) if drill.all else drill.topics
    used: dict[tuple[str, int], int] = {}
    for place in range(SHOWN):
        topic = topics[place % len(topics)]
        level = min(drill.level or place + 1, topic.levels)
        nth = used.setdefault((topic.name, level), 0)
        used[topic.name, level] += 1
        yield _first(topic.name, level)[nth]


def _varied(topics: Sequence[api.Topic]) -> list[api.Topic]:
    """Return the topics, those first that begin a part of the course."""
    begins = {subject(topic): topic for topic in reversed(topics)}.values()
    return sorted(topics, key=lambda topic: topic not in begins)


@cache
def _first(family: str, level: int) -> tuple[api.Exercise, ...]:
    return api.practice(family, level, SHOWN)


def subject(topic: api.Topic) -> str:
    """Return the part of the course a topic belongs to.

    >>> subject(api.topics()["output-size"])
    'Convolution'
    """
    return topic.page.partition("/")[0].replace("-", " ").capitalize()


def _told(drill: Drill) -> Iterator[Mapping[str, object]]:
    """Yield what the trainer has to know of each family."""
    for topic in drill.topics:
        yield {
            "name": topic.name,
            "title": topic.title,
            "version": topic.version,
            "levels": topic.levels,
            "subject": subject(topic),
        }


def pages() -> dict[str, str]:
    """Return the page on which everything can be practised, by the address of its source."""
    return {INDEX: _TEXT.read_text("utf-8")}


def nav() -> list[str]:
    """Return the sources of the pages behind it."""
    return []
