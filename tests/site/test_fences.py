"""Where fences stand: in lists, quotes and tabs too, and not inside other fences."""

from generator.site.fences import Fence, fences


def found(text: str) -> list[tuple[int, int, str]]:
    return [(fence.first, fence.last, fence.info) for fence in fences(text)]


def test_a_fence_knows_its_lines_and_its_body() -> None:
    text = "# A\n\n```figure\nkind: pooling\n\nsize: 2\n```\n\nB\n"
    assert fences(text) == [Fence(3, 7, "", "figure", "kind: pooling\n\nsize: 2")]


def test_tildes_fence_too() -> None:
    assert found("~~~figure\nkind: pooling\n~~~\n") == [(1, 3, "figure")]


def test_a_fence_that_shows_a_fence_is_one_fence() -> None:
    shown = "````md\n```figure\nkind: pooling\n```\n````\n\n```figure\na: 1\n```"
    assert found(shown) == [(1, 5, "md"), (7, 9, "figure")]


def test_tildes_hide_backticks() -> None:
    assert found("~~~\n```figure\n```\n~~~\n") == [(1, 4, "")]


def test_a_fence_may_stand_in_a_list_an_admonition_and_a_tab() -> None:
    for opener in ("- a point", "1. a point", "!!! note", '=== "Tab"'):
        text = f"{opener}\n\n    ```figure\n    kind: pooling\n      deep: 1\n    ```\n\nafter\n"
        (fence,) = fences(text)
        assert fence == Fence(3, 6, "    ", "figure", "kind: pooling\n  deep: 1")


def test_a_fence_may_stand_in_a_quote() -> None:
    (fence,) = fences("> so\n>\n> ```figure\n> kind: pooling\n>\n> a: 1\n> ```\n")
    assert fence == Fence(3, 7, "> ", "figure", "kind: pooling\n\na: 1")


def test_an_open_fence_is_text_unless_it_asks_for_a_figure() -> None:
    assert found("~~~python\nprint()\n\n```figure\nkind: pooling\n```\n") == [(4, 6, "figure")]
    (fence,) = fences("text\n\n```figure\nkind: pooling\nsize: 2\n")
    assert not fence.closed
    assert (fence.first, fence.last, fence.body) == (3, 5, "kind: pooling\nsize: 2")


def test_a_fence_does_not_reach_out_of_its_list() -> None:
    (fence,) = fences("- a\n\n    ```figure\n    kind: pooling\n\nafter\n\n```python\n```\n")[:1]
    assert not fence.closed
    assert (fence.first, fence.last) == (3, 4)


def test_a_mark_in_a_line_of_text_opens_nothing() -> None:
    assert found("Write ```figure``` so.\n") == []
    assert found("```figure``` is shown\n") == []


def test_a_fence_in_a_comment_is_none() -> None:
    shown = "```figure\na: 1\n```\n"
    assert found(f"<!--\n{shown}--> x <!--\n\n{shown}-->\n{shown}") == [(11, 13, "figure")]
    for text in ("`<!--`", "``a ` <!--``", "\\<!--", "<!-- a -->", "    <!--"):
        assert found(f"{text}\n\n{shown}\n-->") == [(3, 5, "figure")], text
    assert found(f"<!-- never closed\n\n{shown}") == [(3, 5, "figure")]


def test_a_fence_that_is_indented_as_code_is_none() -> None:
    shown = "    ```figure\n    a: 1\n    ```\n"
    for text in ("text\n\n", "text\n", "- a\n\nb\n\n", "- a\n# B\n\n", "\n"):
        assert found(text + shown) == [], text
    for text in ("- a\n", "- a\n\n", "- a\nlazy\n\n", "!!!note\n\n", "???+ note\n\n"):
        assert found(text + shown) == [(n := text.count("\n") + 1, n + 2, "figure")], text


def test_the_last_line_need_not_end() -> None:
    assert found("```figure\nkind: pooling\n```") == [(1, 3, "figure")]
