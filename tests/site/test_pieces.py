"""Numbers and formulas in the running text, and what only looks like them."""

import pytest

from generator.site.pieces import pieces


def found(text: str) -> list[tuple[int, str, str]]:
    return [(piece.line, piece.kind, piece.text) for piece in pieces(text)]


def test_pieces_in_their_order_and_lines() -> None:
    text = "A {{ a.result }} and $x$\n\n$$\ny = 1\n$$\n\nB {{ kind: pooling, size: 2 }}\n"
    assert found(text) == [
        (1, "number", "a.result"),
        (1, "formula", "x"),
        (4, "equation", "y = 1"),
        (7, "number", "kind: pooling, size: 2"),
    ]


def test_a_piece_covers_its_marks() -> None:
    text = "a $x$ b {{ c }} d"
    assert [text[piece.start : piece.end] for piece in pieces(text)] == ["$x$", "{{ c }}"]


@pytest.mark.parametrize(
    "text",
    [
        "`{{ a.result }}` and `$x$`",
        "``a ` {{ a }}``",
        "a code span `over\ntwo lines {{ a }}` ends",
        "```\n{{ a.result }} $x$\n```\n",
        "- a\n\n    ```\n    {{ a }} $x$\n    ```\n",
        "text\n\n    {{ a.result }} $x$\n",
        "- point\n\n        {{ a.result }} $x$\n",
        "<!-- {{ a }} $x$ -->",
        "<pre>$x$ {{ a }}</pre>",
        "<code>$x$</code>",
        r"\$x$ and \{{ a }}",
        "It costs $5 and $6.",
        "It costs $5, not 6$0 or so.",
        "From $HOME to $PATH it goes.",
        "a $x\n\ny$ b",
        "{{a.result}} is for others",
        "$ x $",
    ],
)
def test_what_is_no_piece(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "- point\n\n    with $x$ in it\n",
        "- point\n    with $x$ in it\n",
        "!!! note\n\n    with $x$ in it\n",
        '=== "Tab"\n\n    with $x$ in it\n',
        "1. point\n\n    - deeper\n\n        with $x$ in it\n",
        "text\n    with $x$, which is no code: no empty line is before it",
        "| $x$ | b |\n|---|---|\n",
        "> quoted $x$",
        "# Heading $x$",
        "**$x$**",
        "$x$-axis",
        "($x$)",
    ],
)
def test_formulas_stand_in_all_sorts_of_text(text: str) -> None:
    assert [piece for _, _, piece in found(text)] == ["x"]


def test_braces_of_tex_are_no_numbers() -> None:
    assert found(r"$\frac{{a}}{b}$") == [(1, "formula", r"\frac{{a}}{b}")]


def test_a_number_may_be_broken_over_lines() -> None:
    assert found("{{ kind: pooling,\n   size: 2 }}") == [
        (1, "number", "kind: pooling,\n   size: 2")
    ]


def test_a_code_span_after_an_escaped_backtick() -> None:
    assert found(r"\` {{ a }} `b`") == [(1, "number", "a")]
