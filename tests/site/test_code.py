"""Code on pages: it runs once, is held against its figure, and says where it fails."""

import subprocess
import time

import markdown
import pytest

from generator.site import runner
from generator.site.page import Page
from generator.site.place import Place
from generator.site.runner import Ran, Runner
from generator.site.studio import Studio

FIGURE = """```figure
kind: convolution
id: conv
input: [[1, 2, 0], [0, 1, 3], [1, 0, 1/2]]
kernel: [[1, -1], [0, 2]]
```
"""
#: Right for the figure, as a page has it.
RIGHT = """x = np.array([[1, 2, 0], [0, 1, 3], [1, 0, 0.5]])
w = np.array([[1, -1], [0, 2]])
h = np.zeros((2, 2))
for i, j in np.ndindex(2, 2):
    h[i, j] = (w * x[i : i + 2, j : j + 2]).sum()
print(h)
"""
STUDIO = Studio()


def fenced(words: str, code: str, indent: str = "") -> str:
    lines = [f"```python {words}", *code.splitlines(), "```"]
    return "".join(f"{indent}{line}\n" for line in lines)


def compose(text: str, studio: Studio = STUDIO) -> tuple[str, list[str]]:
    page = Page(studio, Place("docs/x.md", 2))
    composed = page.compose(text, stash=lambda html: html)
    return composed, [str(problem) for problem in page.problems]


def problems(text: str) -> list[str]:
    return compose(text)[1]


def test_what_is_printed_stands_below() -> None:
    composed, wrong = compose(FIGURE + fenced("run same=conv", RIGHT))
    assert wrong == []
    assert "```python\nx = np" in composed
    assert "[[ 1.  8.]\n [-1. -1.]]</pre>" in composed


@pytest.mark.parametrize("head", ['=== "NumPy"\n\n', "- An item\n\n", "1. One\n\n    - Two\n\n"])
def test_code_may_stand_in_tabs_and_lists(head: str) -> None:
    indent = "        " if "Two" in head else "    "
    html = markdown.markdown(
        f"{FIGURE}\n{head}{fenced('run same=conv', RIGHT, indent)}\nAfter\n",
        extensions=[
            "generator.site.extension",
            "pymdownx.highlight",
            "pymdownx.superfences",
            "pymdownx.tabbed",
        ],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )
    assert "cb-problem" not in html
    assert html.count('<div class="highlight"><pre><span>') == 1
    before, _, after = html.partition('<div class="cb-prints"')
    assert "</code></pre></div>\n" in before[-25:], "right below the code"
    assert after.count("After") == 1
    inside = after.partition("<p>After")[0]
    assert inside.count("</div>") == 1 + 3 * ("===" in head), "in the same tab"
    assert inside.count("</li>") == head.count("- ") + head.count("1. "), "in the same item"


def test_names_live_as_long_as_a_page() -> None:
    text = fenced("run", "a = 2") + "\n" + fenced("run", "print(a + 1)")
    composed, wrong = compose(text)
    assert wrong == []
    assert ">3</pre>" in composed
    assert problems(fenced("run", "a")) == [
        "docs/x.md:4: NameError: name 'a' is not defined",
    ]


def test_generator_is_there() -> None:
    code = "import generator as cb\ncb.figure('output-size', size=7, kernel=3).result"
    figure = "```figure\nkind: output-size\nid: size\nsize: 7\nkernel: 3\n```\n"
    assert problems(figure + fenced("run same=size", code)) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RIGHT + "h + 1", "same=conv: got 2.0 at [0, 0], wanted 1, as in the figure"),
        (RIGHT + "print(h.T)", "same=conv: got -1.0 at [0, 1], wanted 8, as in the figure"),
        (RIGHT + "h[0]", "same=conv: got shape (2,), wanted shape (2, 2), as in the figure"),
        (
            RIGHT + "k = h",
            "same=conv: the last line gives no array: wanted an expression, or print of one thing",
        ),
        (
            RIGHT + "print('h', h)",
            "same=conv: the last line gives no array: wanted an expression, or print of one thing",
        ),
        ("[[1, 8], [-1, -2]]", "same=conv: got -2 at [1, 1], wanted -1, as in the figure"),
        ("[[1, 8], [-1, -1.000002]]", "same=conv: got -1.000002 at [1, 1], wanted -1, as in"),
    ],
)
def test_another_result_is_a_problem(code: str, said: str) -> None:
    (found,) = problems(FIGURE + fenced("run same=conv", code))
    assert found.startswith(f"docs/x.md:9: {said}")


def test_what_is_near_enough_is_the_same() -> None:
    assert problems(FIGURE + fenced("run same=conv", "[[1, 8], [-1, -1.0000005]]")) == []


def test_a_part_and_rounded_digits() -> None:
    figure = "```figure\nkind: softmax\nid: soft\nlogits: [2, 1, 0]\n```\n"
    code = "z = np.exp(np.array([2, 1, 0]))\nz / z.sum()"
    assert problems(figure + fenced("run same=soft digits=3", code)) == []
    (found,) = problems(figure + fenced("run same=soft", code))
    assert "same=soft: got 0.6652" in found
    assert problems(figure + fenced("run same=soft.2 digits=3", code + "\nz[1] / z.sum()")) == []
    (found,) = problems(figure + fenced("run same=soft.4", code))
    assert found == "docs/x.md:8: same=soft: got part 4, wanted a part from 1 to 3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (fenced("run", "a = 1\na.b\n"), "5: AttributeError: 'int' object has no attribute 'b'"),
        (fenced("run", "def f():\n    1 / 0\n\nf()\n"), "5: ZeroDivisionError: division by zero"),
        (fenced("run", "a =\n"), "4: SyntaxError: invalid syntax"),
        (fenced("torch", "a = 1\nb =\n"), "5: SyntaxError: invalid syntax"),
        (fenced("run", "import sys\nsys.exit(3)\n"), "5: SystemExit: 3"),
        (fenced("run", "import os\nos._exit(0)\n"), "4: the code ended Python itself"),
        (
            fenced("run", "while True:\n    print('for ever')"),
            "5: ValueError: more than 10,000 characters are printed",
        ),
        (fenced("rnu", "1"), "3: unknown word 'rnu'; did you mean 'run'?"),
        (fenced("run sam=conv", "1"), "3: unknown word 'sam'; did you mean 'same'?"),
        (fenced("same=conv", "1"), "3: wanted one of run, torch, keras behind 'python'"),
        (fenced("run same=conv", "1"), "3: same=conv: no figure on this page has an id"),
        (fenced("run digits=x", "1"), "3: digits: got x, wanted a whole number"),
        ("```python run\n1\n", "3: this code is not closed: its last line is a mark like its"),
        (
            fenced("keras layout=last", "1"),
            "3: layout: got last, wanted channels_first or channels_last",
        ),
    ],
)
def test_what_is_wrong_has_a_line(text: str, said: str) -> None:
    (found,) = problems(text)
    assert found.startswith(f"docs/x.md:{said}")


def test_an_unknown_figure_has_a_nearest_name() -> None:
    text = FIGURE + fenced("torch same=cnv", "1") + "\n" + fenced("run", "1 / 0")
    assert problems(text) == [
        "docs/x.md:9: unknown figure 'cnv'; did you mean 'conv'?",
        "docs/x.md:14: ZeroDivisionError: division by zero",
    ]


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SECONDS", 0.5)
    lazy = Runner()
    start = time.perf_counter()
    assert lazy.run(["a = 1", "while True: pass", "a"])[1:] == (
        Ran(wrong="the code does not end within 0.5 seconds"),
    )
    assert time.perf_counter() - start < 30
    assert lazy.run(["print(2)"])[0].prints == "2\n", "another process answers"
    lazy.close()


def test_nothing_runs_twice(tmp_path: str) -> None:
    studio = Studio()
    code = f"with open(r'{tmp_path}/count', 'a') as file: file.write('x')"
    for _ in range(3):
        compose("\n" + fenced("run", code), studio)
    compose("Moved\n\n" + fenced("run", code), studio)
    with open(f"{tmp_path}/count") as file:  # noqa: PTH123
        assert file.read() == "x"


def test_the_process_is_gone_with_its_studio(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def noted(*words: object, **options: object) -> subprocess.Popen[str]:
        started.append(popen(*words, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    Runner().run(["1"])
    assert started[0].poll() is not None


@pytest.mark.parametrize(
    "words", ["", ' title="a b"', ' linenums="1"', ' hl_lines="1 2" title="run"']
)
def test_other_code_is_left_alone(words: str) -> None:
    text = f"```python{words}\n1 / 0\n```\n"
    assert compose(text) == (text, [])


def test_frameworks_are_labelled_where_no_tab_does() -> None:
    composed, _ = compose(fenced("torch", "1"))
    assert composed.startswith('```python title="PyTorch"\n')
    composed, _ = compose('=== "Keras"\n\n' + fenced('keras hl_lines="1"', "1", "    "))
    assert '    ```python hl_lines="1"\n' in composed
