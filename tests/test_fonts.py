"""The glyph table the figures are drawn from, and the papers of fonts and photos."""

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest

from generator.scene import fonts
from generator.scene.fonts.characters import COMMON_MATHS, FIGURE, MATHS, TABULAR

GENERATOR = Path(fonts.__file__).parents[2]
ASSETS = GENERATOR / "site" / "assets" / "fonts"
ALBUM = GENERATOR / "album"
TABLE = GENERATOR / "scene" / "fonts"
WEIGHTS: tuple[fonts.Weight, ...] = get_args(fonts.Weight)

NUMBERS = {"M": 2, "m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "t": 2, "z": 0}
COMMAND = re.compile(r"([Mmlhvqtz])((?:-?\d+(?: (?=\d)|(?=-)|(?=[a-z])|$))*)")


def commands(path: str) -> list[tuple[str, list[int]]]:
    """Read path data back, strictly: nothing between the commands, whole numbers only."""
    found = list(COMMAND.finditer(path))
    assert "".join(match.group() for match in found) == path
    return [(m.group(1), [int(n) for n in re.findall(r"-?\d+", m.group(2))]) for m in found]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_character_is_there(weight: fonts.Weight) -> None:
    assert fonts.missing(FIGURE, weight) == ""


@pytest.mark.parametrize("weight", WEIGHTS)
def test_signs_between_numbers_line_up(weight: fonts.Weight) -> None:
    digits = {fonts.outline(char, weight)[0] for char in "0123456789"}
    assert len(digits) == 1
    signs = {fonts.outline(char, weight)[0] for char in TABULAR if char not in ".,"}
    assert signs == digits
    assert fonts.outline(".", weight)[0] == fonts.outline(",", weight)[0]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_outlines_are_closed_and_well_formed(weight: fonts.Weight) -> None:
    for char in FIGURE:
        width, path = fonts.outline(char, weight)
        read = commands(path)
        letters = "".join(letter for letter, _ in read)
        assert re.fullmatch(r"(M[lhvqt]+z(m[lhvqt]+z)*)?", letters), char
        assert all(len(numbers) == NUMBERS[letter] for letter, numbers in read), char
        assert width > 0 or char == "\u00ad"
        assert bool(path) != (char.isspace() or char == "\u00ad"), char


def heights(char: str, weight: fonts.Weight) -> tuple[int, int]:
    """Lowest and highest end point [font units], y up."""
    y = start = 0
    seen = []
    for letter, numbers in commands(fonts.outline(char, weight)[1]):
        if letter == "z":
            y = start
            continue
        y += 0 if letter == "h" else numbers[-1]
        start = y if letter in "Mm" else start
        seen.append(-y)
    return min(seen), max(seen)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_shapes_stand_where_they_should(weight: fonts.Weight) -> None:
    cap = fonts.cap_height(fonts.units())
    assert heights("H", weight) == heights("1", weight) == (0, cap)
    axis = sum(heights("−", weight)) / 2
    for sign in "+=×·÷∗⋆∈⊕⊗⊙":  # on the minus sign's axis, to a hundredth of an em
        assert abs(sum(heights(sign, weight)) / 2 - axis) <= fonts.units() / 100, sign
    assert heights("⌊", weight) == heights("⌉", weight) == heights("[", weight)
    assert commands(fonts.outline("⌊", weight)[1]) != commands(fonts.outline("⌈", weight)[1])


def test_widths_add_up() -> None:
    assert fonts.advance("12", 10) == 2 * fonts.advance("1", 10)
    assert fonts.advance("", 10) == 0
    assert fonts.advance("AV", 10) == fonts.advance("A", 10) + fonts.advance("V", 10)  # no kerning
    assert fonts.advance("Größe", 48) == 2 * fonts.advance("Größe", 24)


def test_a_name_in_any_script_has_a_width() -> None:
    assert fonts.missing("李 Лю 李") == "李Лю"
    assert fonts.advance("李", 20) == fonts.advance("□", 20)
    assert fonts.outline("李", "bold") == fonts.outline("□", "bold")


def test_table_reads_line_by_line_and_stays_small() -> None:
    text = (TABLE / "glyphs.json").read_text(encoding="utf-8")
    assert len(text.encode()) < 450_000
    weights = json.loads(text)["weights"]
    assert tuple(weights) == WEIGHTS
    for glyphs in weights.values():
        assert list(glyphs) == sorted(set(FIGURE))
    assert len(text.splitlines()) < 3 * len(set(FIGURE)) + 10


@pytest.mark.parametrize("folder", [ASSETS, ALBUM, TABLE], ids=lambda folder: folder.name)
def test_every_file_has_its_papers(folder: Path) -> None:
    papers = (folder / "PROVENANCE.md").read_text(encoding="utf-8")
    files = {f.name for f in folder.iterdir() if f.is_file() and f.suffix not in {".py", ".md"}}
    assert files
    assert files == set(re.findall(r"`([\w-]+\.(?:woff2|png|jpg|json|txt))`", papers))


@pytest.mark.parametrize("name", ["chelsea.png", "coffee.png", "brick.png"])
def test_photos_are_the_ones_described(name: str) -> None:
    papers = (ALBUM / "PROVENANCE.md").read_text(encoding="utf-8")
    (row,) = [line for line in papers.splitlines() if line.startswith(f"| `{name}` |")]
    data = (ALBUM / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() in row
    assert len(data) < 350_000
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    assert f"{width} × {height}, {'RGB' if data[25] == 2 else 'grey'}" in row


@pytest.mark.parametrize("name", sorted(file.name for file in ASSETS.glob("*.woff2")))
def test_web_fonts_are_small(name: str) -> None:
    data = (ASSETS / name).read_bytes()
    assert data[:4] == b"wOF2"
    assert len(data) < (110_000 if name == "math.woff2" else 45_000)


def test_a_page_fetches_the_whole_mathematical_font_for_rare_signs_only() -> None:
    css = (ASSETS.parent / "convbook.css").read_text("utf-8")
    found = re.search(r"math-common[^}]*unicode-range:([^;]*);", css)
    assert found
    ranges = [each.split("-") for each in re.findall(r"U\+([0-9A-F-]+)", found[1])]
    codes = {
        code
        for first, *last in ranges
        for code in range(int(first, 16), int((last or [first])[0], 16) + 1)
    }
    assert codes == set(map(ord, COMMON_MATHS))
    assert set(COMMON_MATHS) <= set(MATHS)
