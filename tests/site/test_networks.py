"""A page for every network, made when the site is built."""

import re
from pathlib import Path

import pytest

import generator as cb
from generator import api
from generator.site import networks
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio

NAMES = list(api.catalogue()["networks"])


@pytest.mark.parametrize("uri", networks.pages())
def test_every_page_is_sound_markdown(uri: str) -> None:
    page = Page(Studio(), Place(uri))
    page.compose(networks.pages()[uri], stash=lambda html: "")
    assert not page.problems
    assert "$" not in networks.pages()[uri], "a blank that nobody filled in"


def test_the_catalogue_lists_all_and_the_oldest_come_first() -> None:
    text = networks.pages()[networks.INDEX]
    links = re.findall(r"\]\(([\w-]+)\.md\)", text)
    assert sorted(links) == sorted(NAMES)
    years = [cb.network(name).card.year or 9999 for name in links]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("name", "layers"),
    # The numbers that stand in their names; Szegedy and others 2014: 22 layers deep; Howard and
    # others 2017: 28 layers, depthwise and pointwise ones counted apart.
    [("vgg11", 11), ("vgg16", 16), ("vgg19", 19), ("resnet18", 18), ("resnet34", 34),
     ("resnet50", 50), ("resnet101", 101), ("resnet152-v1", 152), ("googlenet", 22),
     ("mobilenet-v1", 28), ("alexnet-2012", 8)],
)  # fmt: skip
def test_layers_are_counted_as_people_do(name: str, layers: int) -> None:
    assert f"{layers} layers with weights" in networks.pages()[f"networks/{name}.md"]


@pytest.mark.parametrize("name", NAMES)
def test_a_built_page_has_its_picture_and_every_layer(name: str, site: Path) -> None:
    html = (site / "networks" / name / "index.html").read_text("utf-8")
    made = cb.network(name)
    assert html.count('<figure class="cb-figure"') == 2
    table = html.split('class="cb-steps-table cb-layers"')[1].split("</table>")[0]
    assert table.count("<tr>") == len(made.layers) + 1
    assert f"{made.total.params:,} parameters" in html
    assert all(source.url in html for source in made.card.sources)
    assert all(layer.name in table for layer in made.layers)


def test_the_navigation_leads_to_every_network(site: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    assert all(f'href="networks/{name}/"' in html for name in NAMES)


def test_a_site_that_does_not_list_them_has_none(tmp_path: Path, mkdocs: object) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Mine\n")
    config = "site_name: mine\nplugins: [convbook]\ntheme: {name: material, font: false}\n"
    (tmp_path / "mkdocs.yml").write_text(config)
    done = mkdocs("build", "--strict", where=tmp_path)  # type: ignore[operator]
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site/networks").exists()
