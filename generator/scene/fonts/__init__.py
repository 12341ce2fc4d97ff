"""Widths and outlines of the figures' font, Inter, read from a table: no font library at run time.

Digits and the signs between them are as wide as each other, and there is no kerning, so that
`font-variant-numeric: tabular-nums; font-kerning: none` gives live text the same widths. Lengths
are in font units (`units()` to the em) or in the unit of the `size` given; y points down and the
baseline is 0, as in SVG. `make.py` makes the table, PROVENANCE.md says from what.

>>> advance("12", 10), advance("1", 10)
(12.96875, 6.484375)
"""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict, cast

__all__ = ["Weight", "advance", "ascent", "cap_height", "missing", "outline", "units", "x_height"]

Weight: TypeAlias = Literal["regular", "semibold", "bold"]

NO_GLYPH = "□"  # stands for any character without one


class _Table(TypedDict):
    units: int
    ascent: int
    cap_height: int
    x_height: int
    weights: dict[str, dict[str, tuple[int, str]]]


@cache
def _table() -> _Table:
    text = Path(__file__).with_name("glyphs.json").read_text(encoding="utf-8")
    return cast("_Table", json.loads(text))


def advance(text: str, size: float, weight: Weight = "regular") -> float:
    """Width of a line of text, the sum of its advances × size / units.

    A character without a glyph is as wide as the □ that stands for it.

    Parameters
    ----------
    text : str
        In composed form (NFC): a combining accent has no glyph of its own.
    size : float
        Font size [px].
    weight : {"regular", "semibold", "bold"}

    Returns
    -------
    float
        [px]

    >>> advance("3 · (−1)", 24)
    84.609375
    >>> advance("output", 18) < advance("output", 18, "bold")
    True
    """
    return _width(text, weight) * size / units()


# Numbers come again and again, in every size that is tried until one fits.
@lru_cache(maxsize=1 << 14)
def _width(text: str, weight: Weight) -> int:
    glyphs = _table()["weights"][weight]
    fallback = glyphs[NO_GLYPH]
    return sum([glyphs.get(char, fallback)[0] for char in text])


def outline(char: str, weight: Weight = "regular") -> tuple[int, str]:
    """Advance [font units] and SVG path data of a character; those of □ where it has no glyph.

    Fill it by the nonzero rule, SVG's own: contours may overlap.

    >>> outline("−")
    (1328, 'M1132-669v172h-937v-172z')
    >>> outline("\N{SNOWMAN}") == outline("□")
    True
    """
    glyphs = _table()["weights"][weight]
    width, path = glyphs.get(char, glyphs[NO_GLYPH])
    return width, path


def missing(text: str, weight: Weight = "regular") -> str:
    """Characters of a text that have no glyph, each once, in their order.

    >>> missing("Σ wᵢ·xᵢ, β₀ → ∇L"), missing("Łukasz Žáček")
    ('ᵢ', '')
    """
    glyphs = _table()["weights"][weight]
    return "".join(char for char in dict.fromkeys(text) if char not in glyphs)


@cache
def units() -> int:
    """Font units to the em: an outline is drawn at scale(size / units).

    >>> units()
    2048
    """
    return _table()["units"]


def ascent(size: float) -> float:
    """Height of a line above its baseline [px].

    >>> ascent(16)
    15.5
    """
    return _table()["ascent"] * size / units()


def cap_height(size: float) -> float:
    """Height of capitals and digits [px]: half of it below a cell's middle centres a number.

    >>> round(cap_height(24), 2)
    17.46
    """
    return _cap_height() * size / units()


@cache
def _cap_height() -> int:
    return _table()["cap_height"]


def x_height(size: float) -> float:
    """Height of small letters without ascenders [px].

    >>> round(x_height(24), 2)
    13.1
    """
    return _table()["x_height"] * size / units()
