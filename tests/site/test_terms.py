"""Terms: linked on purpose, linked at first use, listed on a page; an unknown one is a problem."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest
from mkdocs.exceptions import Abort
from site_project import Project, run, told

from generator.site import glossary
from generator.site.extension import ConvbookExtension
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio

SOURCE = """kernel:
  also: [filter]
  says: A grid of "weights" & no more.
feature map:
  says: What a kernel makes.
map:
  says: Short for a feature map.
ReLU:
  says: Keeps what is positive.
bias:
  says: Is added.
"""
GLOSSARY, PROBLEMS = glossary.read(SOURCE, "g.yaml")
STUDIO = Studio()


def page(explains: str = "") -> Page:
    return Page(
        STUDIO,
        Place("docs/x.md", 2),
        glossary=GLOSSARY,
        term=lambda term: f"g/#{term.anchor}",
        explains=frozenset(filter(None, [explains])),
    )


def render(text: str, explains: str = "") -> str:
    ours = ConvbookExtension(new_page=lambda: page(explains))
    others = ["pymdownx.superfences", "tables", "toc", "admonition", "attr_list"]
    return markdown.markdown(text, extensions=[ours, *others])


def links(text: str, explains: str = "") -> list[tuple[str, str]]:
    html = render(text, explains)
    return re.findall(r'<a class="cb-term" href="g/#([\w-]+)" title="[^"]+">([^<]+)</a>', html)


def test_the_file_is_sound() -> None:
    assert PROBLEMS == []
    assert [GLOSSARY.find(word).name for word in ("Kernels", "FILTER", "biases", "feature  maps")]


def test_a_term_is_linked_on_purpose() -> None:
    html = render("A [[kernels]].")
    title = 'title="A grid of &quot;weights&quot; &amp; no more."'
    assert f'<a class="cb-term" href="g/#kernel" {title}>kernels</a>' in html
    assert links("The [[small grids|kernel]] are [[filters]].") == [
        ("kernel", "small grids"),
        ("kernel", "filters"),
    ]


def test_the_first_use_is_linked_once_a_page() -> None:
    text = "A *kernel* and kernels.\n\n- Feature\n  maps of a relu, and a feature map\n- biases"
    assert links(text) == [
        ("kernel", "kernel"),
        ("feature-map", "Feature\n  maps"),
        ("relu", "relu"),
        ("bias", "biases"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# The kernel",
        "A `kernel`.",
        "    kernel",
        "```\nkernel\n```",
        "[the kernel](x.md)",
        "![the kernel](x.png)",
        "$\\text{kernel}$",
        "| kernel |\n|---|\n| kernel |",
        '!!! note "A kernel"\n\n    Text.',
        "The kernel-trick, kernel_size and subkernels.",
        "<b title='kernel'>x</b>",
        "<figure><figcaption>kernel</figcaption></figure>",
        "```figure\nkind: pooling\ninput: [[1, 2], [3, 4]]\ncaption: No kernel here.\n```",
    ],
)
def test_what_is_no_running_text_is_left_alone(text: str) -> None:
    assert links(text) == []


def test_capitals_are_asked_for() -> None:
    found, _ = glossary.read("multiply-add:\n  also: [MAC]\n  says: Two things.", "g.yaml")
    seen = []
    for text in ("a mac, two macs", "a MAC", "two MACs"):
        root = Element("p")
        root.text = text
        glossary.link_first(root, found, (), lambda words, term: f"[{words}]")
        seen.append(root.text)
    assert seen == ["a mac, two macs", "a [MAC]", "two [MACs]"]


def test_folders_may_be_left_plain(project: Project) -> None:
    project.write("reference/glossary.yaml", SOURCE)
    for uri in ("index.md", "deep/other.md"):
        project.write(uri, "# A\n\nA bias and a [[kernel]].")
    project.nav("index.md", "deep/other.md", "reference/glossary.md", options="plain: [deep/]")
    run(project, strict=True)
    assert project.built("index.html").count("cb-term") == 2
    assert project.built("deep/other/index.html").count("cb-term") == 1


def test_a_page_does_not_link_what_it_explains_or_links_itself() -> None:
    assert links("A kernel, a bias.", "kernel") == [("bias", "bias")]
    assert links("A kernel: see [[filter]].") == [("kernel", "filter")]


def test_brackets_of_others_are_left_alone() -> None:
    for text in ("[[1, 2], [3, 4]]", "`[[zebra]]`", "[[x](y.md)]", "[[text]](y.md)"):
        composed = page()
        assert composed.compose(text, stash=lambda html: "@") == text
        assert not composed.problems


def test_an_unknown_term_has_a_line_and_the_nearest() -> None:
    composed = page()
    composed.compose("A\n\n[[kernal]] and [[x|zebra]]", stash=lambda html: html)
    assert list(map(str, composed.problems)) == [
        "docs/x.md:5: unknown term 'kernal'; did you mean 'kernel'?",
        "docs/x.md:5: unknown term 'zebra'; there are:"
        " kernel, filter, feature map, map, ReLU, bias",
    ]
    composed = Page(STUDIO, Place("docs/x.md"))
    composed.compose("[[kernel]]", stash=lambda html: html)
    assert list(map(str, composed.problems)) == ["docs/x.md:1: there is no glossary"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kernel: [1", "g.yaml:1"),
        ("kernel: A grid.", "g.yaml:1: kernel: wanted 'says', a sentence or two"),
        ("a:\n  says: A.\nb:\n  says: no stop", "g.yaml:3: b: wanted 'says', a sentence or two"),
        ("a:\n  say: A.\n  says: A.", "g.yaml:1: unknown key 'say'; did you mean 'says'?"),
        ("a:\n  also: b\n  says: A.", "g.yaml:1: a: wanted a list behind 'also'"),
        (
            "a:\n  says: A.\nb:\n  also: [A]\n  says: B.",
            "g.yaml:3: b: 'A' is taken already, by 'a'",
        ),
    ],
)
def test_what_is_wrong_with_the_file_is_said(text: str, said: str) -> None:
    (problem,) = glossary.read(text, "g.yaml")[1]
    assert str(problem).startswith(said)


def test_the_page_of_terms(project: Project) -> None:
    project.write("reference/glossary.yaml", SOURCE)
    project.write(
        "index.md", "---\nexplains: [kernel]\n---\n\n# About kernels\n\nA kernel, a bias."
    )
    project.nav("index.md", "deep/other.md", "reference/glossary.md")
    run(project, strict=True)
    html = project.built("reference/glossary/index.html")
    assert '<dt id="feature-map">feature map</dt>' in html
    assert '<a href="../../">About kernels</a>' in html
    assert "cb-term" not in html
    index = project.built("index.html")
    assert '<a class="cb-term" href="reference/glossary/#bias" title="Is added.">bias</a>' in index
    assert "#kernel" not in index
    assert not (project.site / "reference" / "glossary.yaml").exists()


def test_a_site_is_told_all_at_once(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("reference/glossary.yaml", SOURCE + "other: 1\n")
    project.write("index.md", "---\nexplains: [kernel]\n---\n\n# A\n\n[[bais]]\n")
    project.write("deep/other.md", "---\ntitle: A\nexplains: [kernel, krnel]\n---\n\n# A\n")
    project.nav("index.md", "deep/other.md", "reference/glossary.md")
    with pytest.raises(Abort):
        run(project)
    assert [message for _, message in told(caplog)] == [
        "docs/reference/glossary.yaml:12: other: wanted 'says', a sentence or two",
        "docs/deep/other.md:3: unknown term 'krnel'; did you mean 'kernel'?",
        "docs/deep/other.md:3: explains: 'kernel' is explained by docs/index.md already",
        "docs/index.md:7: unknown term 'bais'; did you mean 'bias'?",
    ]


def test_the_course_s_own_terms() -> None:
    path = Path(__file__).parents[2] / "docs" / glossary.SOURCE
    found, problems = glossary.read(path.read_text("utf-8"), "glossary.yaml")
    assert problems == []
    assert len(found.terms) >= 60
    assert list(found.terms) == sorted(found.terms, key=str.lower)
    for word in ("im2col", "logits", "epochs", "strides", "receptive fields", "biases"):
        assert found.find(word)
