"""From a family and a seed to an exercise, and from its id to the same exercise again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from generator.dice import Dice
from generator.errors import Problem, UserError, shorten, unknown, wrong
from generator.exercises._families import FAMILIES
from generator.exercises._family import D, Family, Options, Part, Slip
from generator.exercises._settle import Answered, Miss, Settled, earlier, settle
from generator.exercises._watch import Id, watched
from generator.model import Result
from generator.paper import Choice, Exercise, Form, Mistake, Question
from generator.spec.fields import Seed, under

_ID = re.compile(r"([^.@/\s]+)\.(\d{1,3})@(\d{1,6})/(.+)")
_SEED = Seed("what the exercise is drawn from")


def make(family: Family[D], level: int, seed: str) -> Exercise:
    """Return the exercise of a seed: the same one for ever, on every machine.

    Parameters
    ----------
    family
        One of :data:`FAMILIES`.
    level
        One of ``family.levels``.
    seed
        Any printable text of up to 60 characters.

    Raises
    ------
    UserError
        If there is no such level, or the seed is no seed.
    BrokenFamilyError
        If the family is at fault: its two ways to the answer disagree, or it has no fair draw.

    Examples
    --------
    >>> exercise = make(FAMILIES["output-size"], 2, "fern-12")
    >>> exercise.id, exercise.questions[0].answer
    ('output-size.2@1/fern-12', 31)
    >>> [mistake.value for mistake in exercise.questions[0].mistakes]
    [30, 29, 93, 17, 32]
    """
    return write(family, settle(family, name_of(family, level, seed)))


def name_of(family: Family[D], level: int, seed: str) -> Id:
    """Return the name of the exercise of a seed.

    Raises
    ------
    UserError
        If there is no such level, or the seed is no seed.
    """
    problems = [*level_problems(family, level), *problems_of("seed", lambda: _SEED.parse(seed))]
    if problems:
        raise UserError(problems)
    return Id(family.name, level, family.version, _SEED.parse(seed))


def write(family: Family[D], settled: Settled[D]) -> Exercise:
    """Put what is settled into words.

    Raises
    ------
    BrokenFamilyError
        If the family is at fault.
    """
    drawn, name = settled.drawn, settled.name
    with watched(name):
        return Exercise(
            id=str(name),
            family=family.name,
            title=family.title,
            level=name.level,
            page=family.page,
            prompt=family.prompt(drawn),
            questions=tuple(
                _question(family, part, settled, place) for place, part in enumerate(family.parts)
            ),
            hints=family.hints(drawn),
            solution=family.solution(drawn),
        )


def _question(family: Family[D], part: Part[D], settled: Settled[D], place: int) -> Question:
    found, drawn = settled.parts[place], settled.drawn
    form, values, answer = _form(part, settled, place)
    mistakes = tuple(
        _mistake(family, miss, drawn, value)
        for miss, value in zip(found.misses, values, strict=True)
        if value is not None
    )
    return Question(
        prompt=part.ask(drawn) if part.ask else (),
        form=form,
        answer=answer,
        also=found.also,
        mistakes=mistakes,
        points=part.points[settled.name.level - 1],
    )


def _form(
    part: Part[D], settled: Settled[D], place: int
) -> tuple[Form, list[Result | None], Result]:
    """Return the form of a part, what each of its mistakes answers, and the right answer.

    Between options, answers are told by their place; a mistake that is no option is left out.
    """
    found: Answered[D] = settled.parts[place]
    if not isinstance(part.form, Options):
        values = [cast("Result | None", miss.value) for miss in found.misses]
        return part.form, values, cast(Result, found.answer)
    shown = [found.answer, *(miss.value for miss in found.misses)][: part.form.most]
    order = Dice(f"{settled.name}#options {place}").shuffled("order", shown)
    options = tuple(part.form.show(settled.drawn, value) for value in order)
    told = [order.index(miss.value) + 1 if miss.value in order else None for miss in found.misses]
    return Choice(options), cast("list[Result | None]", told), order.index(found.answer) + 1


def _mistake(family: Family[D], miss: Miss[D], drawn: D, value: Result) -> Mistake:
    says = " Or: ".join(_says(slip, drawn) for slip in miss.slips)
    name = ", or ".join(slip.name for slip in miss.slips)
    first = miss.slips[0]
    page = first.page or family.page
    if miss.carried:
        name = f"carried forward from {earlier(miss.carried)}: {name}"
        return Mistake(name, value, f"You went on rightly from a wrong answer. {says}", page, True)
    figure = first.figure(drawn) if first.figure else None
    return Mistake(name, value, says, page, figure=figure)


def _says(slip: Slip[D], drawn: D) -> str:
    return slip.says if isinstance(slip.says, str) else slip.says(drawn)


def worth(exercise: Exercise, points: int) -> Exercise:
    """Return an exercise that is worth so many points (0: as many as it is), shared out fairly.

    Each part gets its share rounded down, and the rest goes to the parts with the largest
    remainders.
    """
    if not points or points == exercise.points:
        return exercise
    total = exercise.points
    shares = [divmod(question.points * points, total) for question in exercise.questions]
    rest = points - sum(share for share, _ in shares)
    first = sorted(range(len(shares)), key=lambda i: (-shares[i][1], i))[:rest]
    questions: list[Question] = [
        replace(question, points=shares[place][0] + (place in first))
        for place, question in enumerate(exercise.questions)
    ]
    return replace(exercise, questions=tuple(questions))


def parse_id(text: str) -> Id:
    """Return what an id says: family, level, version, seed.

    Raises
    ------
    UserError
        If it is no id, or names a family, a level or a version that is not to be had.

    Examples
    --------
    >>> tuple(parse_id("output-size.2@1/fern-12"))
    ('output-size', 2, 1, 'fern-12')
    """
    match = _ID.fullmatch(text.strip())
    if match is None:
        raise wrong(text, "an exercise's id, such as output-size.2@1/fern-12")
    name = Id(match[1], int(match[2]), int(match[3]), match[4])
    if name.family not in FAMILIES:
        raise UserError([unknown("exercise family", name.family, FAMILIES)])
    family = FAMILIES[name.family]
    problems = [
        *level_problems(family, name.level),
        *_version_problems(family, name.version),
        *problems_of("seed", lambda: _SEED.parse(name.seed)),
    ]
    if problems:
        raise UserError(problems)
    return name


def remake(text: str) -> Exercise:
    """Return the exercise that has this id.

    >>> remake("output-size.2@1/fern-12").questions[0].answer
    31
    """
    name = parse_id(text)
    return make(FAMILIES[name.family], name.level, name.seed)


def level_problems(family: Family[Any], level: int) -> list[Problem]:
    """Return what is wrong with a level."""
    # True and 1.0 equal 1, but would be written otherwise in an id.
    if type(level) is int and level in family.levels:
        return []
    wanted = f"a level of {family.name}, from 1 to {len(family.levels)}"
    return [Problem("", "level", shorten(level), wanted)]


def _version_problems(family: Family[Any], version: int) -> list[Problem]:
    if version == family.version:
        return []
    wanted = f"{family.version}, the version of {family.name} that is installed"
    hint = "only the convbook that printed the exercise can make it again"
    return [Problem("", "version", str(version), wanted, hint)]


def problems_of(key: str, check: Callable[[], object]) -> list[Problem]:
    """Return the problems that `check` raises, under the key they belong to."""
    try:
        check()
    except UserError as error:
        return list(under(key, error.problems))
    return []
