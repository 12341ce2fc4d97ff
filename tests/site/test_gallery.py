"""A page for every kind of figure, made when the site is built."""

import re
from pathlib import Path

import pytest
import yaml

from generator import api
from generator.site import gallery
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio


def test_the_gallery_shows_every_kind_once() -> None:
    text = gallery.pages()[gallery.INDEX]
    links = re.findall(r"^### \[.*\]\(([\w-]+)\.md\)$", text, re.MULTILINE)
    assert sorted(links) == sorted(api.kinds())
    assert f"**{len(links)} kinds" in text
    assert set(gallery.SHOWN) <= set(api.kinds())


@pytest.mark.parametrize("uri", gallery.pages())
def test_every_page_is_sound_markdown(uri: str) -> None:
    page = Page(Studio(), Place(uri))
    page.compose(gallery.pages()[uri], stash=lambda html: "")
    assert not page.problems


@pytest.mark.parametrize("kind", api.kinds())
def test_a_page_shows_the_film_and_every_parameter(kind: str, site: Path) -> None:
    html = (site / "gallery" / kind / "index.html").read_text("utf-8")
    assert html.count('<figure class="cb-figure"') == 1
    rows = re.findall(r"<tr><td><code>(.*?)</code></td>", html)
    assert rows == [*api.fields_of(api.params_of(kind)), *api.COMMON]


@pytest.mark.parametrize("kind", api.kinds())
def test_what_a_page_says_to_type_makes_its_figure(kind: str) -> None:
    text = gallery.pages()[f"gallery/{kind}.md"]
    call = re.search(r"^cb\.(figure\(.*\))$", text, re.MULTILINE)
    fence = re.search(r"````markdown\n```figure\n(.*?)```", text, re.DOTALL)
    assert call
    assert fence
    made = eval(call[1], {"figure": api.figure})
    assert made.spec == api.read(api.load_yaml(fence[1]).values)


@pytest.mark.parametrize("kind", api.kinds())
def test_a_page_is_called_what_its_figure_is(kind: str) -> None:
    """The front matter is YAML: a colon in a title must not end it."""
    text = gallery.pages()[f"gallery/{kind}.md"]
    _, front, body = text.split("---\n", 2)
    title = api.figure(kind, **gallery.SHOWN.get(kind, {})).title
    assert yaml.safe_load(front) == {"title": title}
    assert body.startswith(f"\n# {title}\n")


def test_names_keep_their_letters_in_a_sentence() -> None:
    assert "**ReLU, leaky ReLU, sigmoid, tanh or GELU" in gallery.pages()["gallery/activation.md"]
