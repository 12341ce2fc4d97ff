"""A page is put together: figures, numbers, formulas, and everything that is wrong."""

import os
import re
from html import unescape
from pathlib import Path

import markdown
import pytest
from PIL import Image

from generator import api
from generator.numerals import shown
from generator.site.html import figure_html
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio

FENCE = """```figure
kind: convolution
id: conv
input: [[1, 2, 0], [0, 1, 3], [1, 0, 1/2]]
kernel: [[1, -1], [0, 2]]
```
"""


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def compose(text: str, skipped: int = 0) -> tuple[str, list[str]]:
    page = Page(Studio(), Place("docs/x.md", skipped))
    composed = page.compose(text, stash=lambda html: html)
    return composed, [str(problem) for problem in page.problems]


def render(text: str, *extensions: str) -> str:
    names = ["generator.site.extension", "pymdownx.superfences", *extensions]
    return markdown.markdown(text, extensions=names)


def said(words: str) -> str:
    """Return what stands for an inline number."""
    composed, problems = compose(f"{FENCE}\n@{words}@")
    assert problems == []
    return composed.rpartition("\n@")[2][:-1].replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("{{ conv.result }}", "1 8; −1 −1"),
        ("{{ conv.shape }}", "2 × 2"),
        ("{{ conv.steps }}", "4"),
        ("{{ conv.step 2 }}", "8"),
        ("{{ conv.sum 3 }}", "0·1 + 1·(−1) + 1·0 + 0·2 = −1"),
        ("{{ conv.says 3 }}", "Row 2, column 1: 1·(−1) = −1."),
        ("{{ conv.kernel }}", "2 × 2"),
        ("{{ conv.input }}", "3 × 3"),
        ("{{ conv.stride }}", "1"),
        ("{{ conv.flip }}", "no"),
        ("{{ kind: output-size, size: 7, kernel: 3, stride: 2 }}", "3"),
        ("{{ kind: pooling, input: [[1, 2], [3, 4]], get: shape }}", "1 × 1"),
        ("{{ kind: pooling, input: [[1, 2], [3, 4]], get: step 1 }}", "4"),
    ],
)
def test_inline_numbers(words: str, text: str) -> None:
    assert said(words) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("${{ conv.step 3 }}$", "−1"),
        ("$n = {{ conv.shape }}$", "n=2×2"),
        ("${{ conv.sum 3 }}$", "0⋅1+1⋅(−1)+1⋅0+0⋅2=−1"),
        ("${{ conv.result }}$", "(18−1−1)"),
        (r"$\frac{ {{ conv.step 2 }} }{2}$", "82"),
    ],
)
def test_inline_numbers_inside_formulas(words: str, text: str) -> None:
    mathml = said(words)
    assert "<math>" in mathml
    assert re.sub("<.*?>", "", mathml) == text


def test_a_figure_may_be_spoken_of_before_it_appears() -> None:
    assert compose("{{ conv.steps }} stops\n\n" + FENCE)[0].startswith("4 stops")


def test_numbers_in_code_are_shown_as_they_are() -> None:
    html = render(FENCE + "\n`{{ conv.steps }}`\n\n```\n{{ conv.steps }}\n```\n")
    assert html.count("{{ conv.steps }}") == 2


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("{{ cov.steps }}", "{{ cov.steps }}: unknown figure 'cov'; did you mean 'conv'?"),
        ("{{ conv.resutl }}", "{{ conv.resutl }}: unknown value 'resutl'; did you mean 'result'?"),
        ("{{ conv.step 5 }}", "{{ conv.step 5 }}: got 5, wanted a step from 1 to 4"),
        ("{{ conv.step x }}", "{{ conv.step x }}: got x, wanted a step from 1 to 4"),
        ("{{ conv.step }}", "{{ conv.step }}: wanted a step, such as 'step 1'"),
        ("{{ conv }}", "{{ conv }}: a word such as result, shape or step 1 is missing"),
        ("{{ conv. }}", "{{ conv. }}: a word such as result, shape or step 1 is missing"),
        (
            "{{ }}",
            "{{ }}: wanted a figure's id, a dot and a word such as result, shape or step 1",
        ),
        (
            "{{ .result }}",
            "{{ .result }}: wanted a figure's id, a dot and a word such as result, shape or step 1",
        ),
        (
            "{{ kind: pooling, input: [[1, 2], [3, 4]], get: '' }}",
            "{{ kind: pooling, input: [[1, 2], [3, 4]], get: '' }}:"
            " a word such as result, shape or step 1 is missing",
        ),
        (
            "{{ kind: pooling, input: [[1, 2], [3, 4]], get: stride }}",
            "{{ kind: pooling, input: [[1, 2], [3, 4]], get: stride }}: stride is not given",
        ),
        (
            "{{ kind: filter, photo: brick, kernel: sobel-x, get: crop }}",
            "{{ kind: filter, photo: brick, kernel: sobel-x, get: crop }}: crop is not given",
        ),
        ("{{ conv.kernal }}", "{{ conv.kernal }}: unknown value 'kernal'; did you mean 'kernel'?"),
        (
            "{{ kind: output-size, size: 7, kernel: 0 }}",
            "{{ kind: output-size, size: 7, kernel: 0 }}: kernel: got 0,"
            " wanted a whole number of at least 1",
        ),
        (
            "{{ kind: output-size, size: 7, kernel: 3, get: shape }}",
            "{{ kind: output-size, size: 7, kernel: 3, get: shape }}: shape: there is none:"
            " the result is one number",
        ),
        (r"$\fraz{1}$", r"formula \fraz{1}: Unknown command " + r'"\fraz".'),
        ("${{ cov.steps }}$", "{{ cov.steps }}: unknown figure 'cov'; did you mean 'conv'?"),
    ],
)
def test_what_is_wrong_in_a_line(words: str, problem: str) -> None:
    composed, problems = compose(f"{FENCE}\nSo {words} it is", skipped=3)
    assert problems == [f"docs/x.md:11: {problem}"]
    assert '<span class="cb-problem">docs/x.md:11: ' in composed
    assert composed.endswith("</span> it is")


def test_a_mistake_in_a_long_equation_has_its_own_line() -> None:
    (problem,) = compose("A\n\n$$\na = 1\n\\bee\n$$\n")[1]
    assert problem == 'docs/x.md:5: formula a = 1 \\bee: Unknown command "\\bee".'


def test_without_any_id_a_name_cannot_be_meant() -> None:
    problems = compose("{{ conv.steps }}")[1]
    assert problems == ["docs/x.md:1: {{ conv.steps }}: no figure on this page has an id"]


def test_all_problems_of_a_page_in_the_order_of_its_lines() -> None:
    text = """{{ nobody.steps }}

```figure
kind: convolution
id: Bad Name
input: [[1, x], [2]]
kernal: [[1]]
```

$\\nope$

```figure
kind: poling
```

```figure title="No"
kind: pooling
```

```figure
kind: pooling
"""
    places = [problem.split(": ")[0] for problem in compose(text)[1]]
    lines = [1, 3, 5, 6, 7, 10, 13, 16, 20]
    assert places == [f"docs/x.md:{line}" for line in lines]


def test_a_number_of_a_wrong_figure_is_no_second_problem() -> None:
    composed, problems = compose(FENCE.replace("[1, -1]", "[1, x]") + "\n{{ conv.steps }} stops")
    assert len(problems) == 1
    assert composed.endswith("\n? stops")


def test_names_are_taken_once() -> None:
    problems = compose(f"## Conv\n\n{FENCE}")[1]
    assert problems == ["docs/x.md:5: id: 'conv' is taken already, by line 1"]
    problems = compose(f"{FENCE}\n{FENCE}", skipped=2)[1]
    assert problems == ["docs/x.md:12: id: 'conv' is taken already, by line 5"]


def test_a_wrong_figure_becomes_a_box_and_the_rest_of_the_page_works() -> None:
    html = render("Before\n\n```figure\nkind: <b>bold</b>\n```\n\n*after*")
    assert '<div class="cb-problem">' in html
    assert "&lt;b&gt;bold" in html
    assert "<b>" not in html
    assert "<em>after</em>" in html
    assert "page:4: unknown kind" in html


def test_a_right_figure_is_a_figure() -> None:
    html = render(FENCE)
    assert '<figure class="cb-figure" id="conv" data-search-exclude>' in html
    assert html.count("<cb-steps ") == 1
    assert html.count('role="img"') == 2
    assert "All 4 steps as a table" in html
    assert "Use this figure" in html
    assert "<p><figure" not in html
    assert "download" not in html, "without the plugin there is no file to link to"
    assert html.count("<figure") == html.count("</figure>") == 1


@pytest.mark.parametrize(
    "opener", ["- a point", "- a\nlazy point", "!!! note", "!!!note", '=== "Tab"', "??? note"]
)
def test_a_figure_stays_inside_what_it_is_indented_under(opener: str) -> None:
    html = render(
        f"{opener}\n\n    before\n{indented(FENCE)}    behind\n\nafter\n",
        "admonition",
        "pymdownx.details",
        "pymdownx.tabbed",
    )
    container = {"-": "li", "!": "div", "=": "div", "?": "details"}[opener[0]]
    inside, _, outside = html.rpartition(f"</{container}>")
    assert "<figure" in inside
    assert "behind" in inside
    assert "after" in outside


@pytest.mark.parametrize(
    "text",
    [
        f"<!--\n{FENCE}-->\n",
        f"<!-- old:\n\n{FENCE}\n{{{{ conv.steps }}}}\n-->\n",
        "text\n\n" + indented(FENCE),
        "text\n" + indented(FENCE),
        "- a point\n\n" + indented(indented(FENCE)),
    ],
)
def test_a_figure_in_a_comment_or_in_code_is_left_alone(text: str) -> None:
    assert compose(text) == (text, [])
    wrong = text.replace("kernel: [[1, -1]", "kernel: [[1, x]")
    assert compose(wrong) == (wrong, [])
    assert "<figure" not in render(text)


def test_a_figure_behind_a_comment_is_live() -> None:
    page = f"<!-- {{{{ old }}}}\n\n    code\n\n{{{{ old }}}} -->\n\n`<!--`\n\n{FENCE}\n`-->`"
    html = render(page)
    assert html.count("<figure ") == 1
    assert "cb-problem" not in html


@pytest.mark.parametrize(
    "fence",
    [
        FENCE.replace("id: conv", "step: 2"),
        "```figure\nkind: filter\nphoto: brick\nkernel: sobel-x\n```\n",
    ],
)
def test_a_still_picture_has_no_player(fence: str) -> None:
    html = render(fence)
    assert "<figure" in html
    assert "<cb-steps" not in html
    assert "cb-controls" not in html


@pytest.mark.parametrize(("step", "players"), [(None, 1), (2, 0)])
def test_the_figure_is_asked_for_a_player_and_not_its_picture(
    step: int | None, players: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {} if step is None else {"step": step}
    figure = api.figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1, -1]], **given)
    picture = '<svg><text>data-on="1"</text></svg>' if step else "<svg></svg>"
    monkeypatch.setattr(api.Figure, "film_svg", lambda *_: picture)
    assert figure_html(figure, "").count("<cb-steps ") == players


def test_a_caption_may_hold_numbers_and_formulas() -> None:
    caption = "caption: From $H$ < 4 to {{ conv.shape }}"
    html = render(FENCE.replace("id: conv", f"id: conv\n{caption}"))
    (found,) = re.findall(r"<figcaption>(.*?)</figcaption>", html)
    assert found == (
        'From <span class="cb-math"><math><mi>H</mi></math></span> &lt; 4 to'
        " 2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}2"
    )


@pytest.mark.parametrize(
    ("words", "html"),
    [
        (r"costs \$5 and `a_b < c`", "costs $5 and <code>a_b &lt; c</code>"),
        (r"not \*so\* much", "not *so* much"),
        ("So *all* **{{ conv.steps }}**", "So <em>all</em> <strong>4</strong>"),
        ("1. is no list", "1. is no list"),
        ("|\n  two\n\n  lines", "two lines"),
        ("a [link](x.md) <https://x.org>", "a [link](x.md) &lt;https://x.org&gt;"),
    ],
)
def test_a_caption_is_a_line_of_markdown(words: str, html: str) -> None:
    page = render(FENCE.replace("id: conv", f"id: conv\ncaption: {words}"))
    assert re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL) == [html]


@pytest.mark.parametrize(("got", "word"), [("{a: b}", "a mapping"), ("[a, b]", "a list")])
def test_a_caption_is_no_collection(got: str, word: str) -> None:
    problems = compose(FENCE.replace("id: conv", f"id: conv\ncaption: {got}"))[1]
    assert problems == [f"docs/x.md:4: caption: got {word}, wanted a sentence"]


def test_a_wrong_number_in_a_caption_has_the_captions_line() -> None:
    problems = compose(FENCE.replace("id: conv", "id: conv\ncaption: So {{ cov.shape }}"))[1]
    assert [problem.split(": ")[0] for problem in problems] == ["docs/x.md:4"]


def test_what_a_person_wrote_is_escaped() -> None:
    html = render(FENCE.replace("id: conv", 'title: "<i>&\\"</i>"\ncaption: <script>1</script>'))
    assert "<i>" not in html
    assert "<script>" not in html


def test_a_dollar_may_be_escaped() -> None:
    assert render(r"\$x$") == "<p>$x$</p>"


def test_formulas_are_mathml() -> None:
    assert render("So $k = 3$.") == (
        '<p>So <span class="cb-math"><math><mi>k</mi><mo>=</mo><mn>3</mn></math></span>.</p>'
    )
    equation = render("$$\nk\n$$")
    assert equation.startswith('<p><span class="cb-equation"><math display="block">')


def test_a_figure_is_drawn_once() -> None:
    studio = Studio()
    pages = [Page(studio), Page(studio)]
    for page in pages:
        page.compose(FENCE, stash=lambda html: html)
    assert pages[0].entries[0].figure is pages[1].entries[0].figure


def test_a_photo_that_changed_is_drawn_again(tmp_path: Path) -> None:
    photo = tmp_path / "own.png"
    text = f"```figure\nkind: filter\nphoto: {photo}\nkernel: sobel-x\n```\n"
    studio = Studio()

    def drawn(shade: int, changed: int) -> object:
        Image.new("L", (8, 8), shade).save(photo)
        os.utime(photo, (changed, changed))
        page = Page(studio)
        page.compose(text, stash=lambda html: html)
        return page.entries[0].figure

    old = drawn(10, 1)
    assert drawn(10, 1) is old
    assert drawn(200, 2) is not old


def test_the_table_tells_the_steps_of_the_figure(figure: api.Figure) -> None:
    html = figure_html(figure, "")
    table = re.findall(r"<tr>(<td>.*?)</tr>", html)
    if len(figure.steps) == 1:
        assert table == []
        return
    cells = [re.findall(r"<td>(.*?)</td>", row) for row in table]
    told = [(int(index), unescape(says), value) for index, *_, says, value in cells]
    assert told == [(step.index, step.says, shown(step.value)) for step in figure.steps[:400]]
