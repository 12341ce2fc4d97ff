"""What the style sheet promises: contrast, and no request to anybody else."""

import re
from pathlib import Path

import pytest

from generator.scene.theme import contrast
from generator.site import plugin

CSS = (plugin.ASSETS / "convbook.css").read_text("utf-8")
JS = (plugin.ASSETS / "convbook.js").read_text("utf-8")


def test_problems_can_be_read_in_both_schemes() -> None:
    inks = re.findall(r"--cb-problem: (#\w+);", CSS)
    tints = re.findall(r"--cb-problem-tint: (#\w+);", CSS)
    assert len(inks) == len(tints) == 2
    for ink, tint in zip(inks, tints, strict=True):
        assert contrast(ink, tint) >= 4.5


def test_no_colour_but_the_red_of_problems_stands_in_the_style_sheet() -> None:
    assert len(re.findall(r"#[0-9a-fA-F]{3,8}\b", CSS)) == 4
    assert "rgb(" not in CSS


@pytest.mark.parametrize("text", [CSS, JS], ids=["css", "js"])
def test_nothing_is_fetched_from_elsewhere(text: str) -> None:
    assert "http" not in text
    assert "@import" not in text


def test_every_font_that_is_named_is_shipped() -> None:
    for name in re.findall(r'url\("([^"]+)"\)', CSS):
        assert Path(plugin.ASSETS, name).is_file()


def test_the_script_stays_readable() -> None:
    assert len(JS.splitlines()) <= 150
