"""What a site ships to be practised: the first variants of a family, in plain values."""

from fractions import Fraction

import pytest
from exercises.test_sheet_html import Page

from generator import api
from generator.errors import UserError
from generator.exercises._make import remake
from generator.export._practice import exercise_data, exercise_html
from generator.export._prose_html import ProseHtml
from generator.paper import Choice, Exercise, Matrix, Mistake, OneNumber, Question, Several
from generator.practice import VARIANTS, topics
from generator.prose import Blank, Code, Figure, Grid, Math, line

WRITE = ProseHtml(figure=lambda spec: f"[{spec.kind}]", site=True)
UNDRAWN = ProseHtml(figure=lambda spec: "", site=True)


def a(*questions: Question) -> Exercise:
    return Exercise("x.1@1/p1", "x", "X < Y", 1, "a/b.md", line("Go."), questions, (), ())


def q(form: object, answer: object, *mistakes: Mistake, also: tuple[object, ...] = ()) -> Question:
    return Question((), form, answer, also, mistakes, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", topics())
def test_variants_are_distinct_and_come_back_by_their_ids(name: str) -> None:
    topic = topics()[name]
    for level in range(1, topic.levels + 1):
        made = api.practice(name, level)
        assert 1 <= len(made) <= VARIANTS
        assert len({each.id for each in made}) == len(made)
        asked = {(each.prompt, tuple((q.prompt, q.form) for q in each.questions)) for each in made}
        assert len(asked) == len(made)
        for each in (made[0], made[-1]):
            assert remake(each.id) == each
        assert api.practice(name, level, 2) == made[:2], "the first do not depend on how many"


def test_topics_come_in_the_order_of_the_course() -> None:
    rows = [topic.rows for topic in api.topics().values()]
    assert rows == sorted(rows)


def test_an_unknown_family_is_told_with_the_nearest() -> None:
    with pytest.raises(UserError, match="did you mean 'output-size'"):
        api.practice("output-sise")


def test_numbers_are_exact_text_in_every_form() -> None:
    wrong = Mistake("w", Fraction(-1, 3), "You < erred.", "a/b.md")
    made = exercise_data(
        a(
            q(OneNumber(2, "cells"), Fraction(1, 16), wrong, also=(7,)),
            q(Several(("rows", "columns")), (3, 4)),
            q(Matrix("Map"), ((1, -2), (Fraction(1, 2), 0))),
            q(Choice((line("one"), line(Grid("K", ((1,),))))), 2, Mistake("x", 1, "No.", "a/b.md")),
        ),
        WRITE,
        WRITE,
    )
    number, several, matrix, choice = made["parts"]
    assert number == {
        "form": {"sort": "number", "places": 2, "unit": "cells"},
        "answer": "1/16",
        "also": ["7"],
        "mistakes": [{"value": "-1/3", "says": "You &lt; erred.", "page": "a/b.md"}],
    }
    assert several == {
        "form": {"sort": "several", "labels": ["rows", "columns"]}, "answer": ["3", "4"]
    }  # fmt: skip
    assert matrix["form"] == {"sort": "matrix", "name": "Map", "size": [2, 2]}
    assert matrix["answer"] == [["1", "-2"], ["1/2", "0"]]
    assert (choice["answer"], choice["mistakes"][0]["value"]) == ("2", "1")
    assert choice["form"]["options"][0] == "<p>one</p>"


def test_what_is_carried_forward_names_the_answer_it_follows_from() -> None:
    made = exercise_data(
        a(
            q(OneNumber(), 7, Mistake("+1 forgotten", 6, "a", "a/b.md"),
              Mistake("forgotten", 5, "b", "a/b.md")),
            q(OneNumber(), 49,
              Mistake("carried forward from part a: forgotten", 25, "c", "a/b.md", carried=True)),
        ),
        WRITE,
        WRITE,
    )  # fmt: skip
    assert made["parts"][1]["mistakes"][0]["carried"] == [[0, "5"]]


def test_pictures_of_the_question_are_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.exercises._figure import figure

    seen = figure("output-size", size=7, kernel=3)
    made = a(
        q(Choice(((seen,), line("none"))), 2, Mistake("x", 1, "No.", "a/b.md", False, seen.spec))
    )
    drawn, undrawn = (exercise_data(made, WRITE, after)["parts"][0] for after in (WRITE, UNDRAWN))
    assert drawn["form"] == undrawn["form"] == {
        "sort": "choice", "options": ["[output-size]", "<p>none</p>"]
    }  # fmt: skip
    assert drawn["mistakes"][0]["figure"] == "[output-size]"
    assert "figure" not in undrawn["mistakes"][0]


def test_an_exercise_to_read_is_well_formed_and_hides_its_answer() -> None:
    for name in topics():
        for made in api.practice(name, 1, 3):
            html = exercise_html(made, WRITE, 3)
            page = Page(html.encode())
            asked, _, solved = html.partition("<details")
            assert "Answer" in solved
            assert all(step in html for step in map(WRITE.blocks, made.solution))
            assert "cb-solution" not in asked
            assert not [attrs for _, attrs in page.seen if "style" in attrs]
            assert ("p", made.id) in page.texts


def test_a_page_of_the_site_has_no_styles_of_its_own() -> None:
    prose = line(Blank("x", 4), Code(("a < b", "")), Math("a<b"), Grid("K", ((1, None),)))
    html = WRITE.blocks(prose)
    assert "style=" not in html
    assert '<ol class="cb-code"><li><code>a &lt; b</code></li><li><code> </code></li></ol>' in html
    assert '<td class="cb-asked">?</td>' in html


def test_large_grids_are_numbered_at_their_edges_and_lines_are_not() -> None:
    def heads(rows: int, columns: int) -> int:
        return WRITE.blocks((Grid("X", ((0,) * columns,) * rows),)).count("<th>")

    assert [heads(3, 3), heads(1, 9), heads(9, 1)] == [0, 0, 0]
    assert [heads(4, 3), heads(3, 5)] == [7, 8]


def test_a_figure_outside_is_written_by_who_asks() -> None:
    from generator.exercises._figure import spec

    assert WRITE.blocks((Figure(spec("output-size", size=7, kernel=3)),)) == "[output-size]"
