"""The figures' letters as fonts of a PDF, so that its text can be selected, searched and read out.

A Type 3 font draws its glyphs with the page's own operators: the very outlines of the SVG file,
with no font file to find, to license or to subset.

References
----------
ISO 32000-1, sections 9.6.5 (Type 3 fonts) and 9.10.3 (ToUnicode CMaps).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import pydyf

from generator.scene.fonts import ascent, outline, units
from generator.scene.marks import Weight

_TOKEN = re.compile(r"[a-zA-Z]|-?\d+")
#: Code 0 stays free.
_CODES = 255


class Fonts:
    """The letters that a document uses; each has a font and a code there."""

    def __init__(self) -> None:
        self._codes: dict[Weight, dict[str, int]] = {}

    def runs(self, text: str, weight: Weight) -> Iterator[tuple[str, str]]:
        """Yield fonts and codes in hexadecimal that write a text.

        >>> list(Fonts().runs("aba", "bold"))
        [('bold0', '010201')]
        """
        codes = self._codes.setdefault(weight, {})
        numbers = [codes.setdefault(char, len(codes)) for char in text]
        for part, run in groupby(numbers, lambda number: number // _CODES):
            yield f"{weight}{part}", "".join(f"{number % _CODES + 1:02X}" for number in run)

    def resources(self, pdf: pydyf.PDF) -> pydyf.Dictionary:
        """Add the fonts to a document, and return them by name."""
        fonts = pydyf.Dictionary()
        for weight, codes in self._codes.items():
            chars = list(codes)
            for part in range(0, len(chars), _CODES):
                font = _font(pdf, chars[part : part + _CODES], weight)
                fonts[f"{weight}{part // _CODES}"] = font.reference
        return fonts


def _font(pdf: pydyf.PDF, chars: list[str], weight: Weight) -> pydyf.Dictionary:
    def added(made: pydyf.Object) -> pydyf.Object:
        pdf.add_object(made)
        return made

    procs = pydyf.Dictionary()
    widths = []
    for code, char in enumerate(chars, 1):
        width, path = outline(char, weight)
        widths.append(width)
        procs[f"g{code}"] = added(pydyf.Stream([glyph(width, path)], compress=True)).reference
    tall = round(ascent(units()))
    descriptor = {
        "Type": "/FontDescriptor", "FontName": f"/Inter-{weight.capitalize()}", "Flags": 4,
        "ItalicAngle": 0, "Ascent": tall, "Descent": -tall // 4,
    }  # fmt: skip
    names = [f"/g{code}" for code in range(1, len(chars) + 1)]
    font = {
        "Type": "/Font", "Subtype": "/Type3", "Name": f"/{weight}",
        "FontBBox": pydyf.Array([-units(), -units(), 2 * units(), 2 * units()]),
        "FontMatrix": pydyf.Array([1 / units(), 0, 0, 1 / units(), 0, 0]),
        "CharProcs": added(procs).reference,
        "Encoding": pydyf.Dictionary(
            {"Type": "/Encoding", "Differences": pydyf.Array([1, *names])}
        ),
        "FirstChar": 1, "LastChar": len(chars), "Widths": pydyf.Array(widths),
        "Resources": pydyf.Dictionary(),
        "FontDescriptor": added(pydyf.Dictionary(descriptor)).reference,
        "ToUnicode": added(pydyf.Stream([_to_unicode(chars)], compress=True)).reference,
    }  # fmt: skip
    return added(pydyf.Dictionary(font))


def glyph(width: int, path: str) -> bytes:
    """Return the operators that draw a glyph, from its outline in SVG's words.

    SVG's `q` and `t` are quadratic curves and y points down; PDF has cubic ones and y points up.

    >>> glyph(100, "M10 0v-70h30z")
    b'100 0 d0 10 0 m 10 70 l 40 70 l h f'
    """
    words = _TOKEN.findall(path)
    out: list[str] = []
    x = y = 0.0
    start = bend = (0.0, 0.0)
    at = 0
    counts = {"M": 2, "m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "t": 2, "z": 0}
    while at < len(words):
        verb = words[at]
        given = [int(word) for word in words[at + 1 : at + 1 + counts[verb]]]
        at += 1 + counts[verb]
        old = (x, y)
        if verb == "z":
            x, y = bend = start
            out.append("h")
            continue
        dx = 0 if verb == "v" else given[-2] if len(given) > 1 else given[0]
        dy = 0 if verb == "h" else given[-1]
        x, y = (dx, dy) if verb == "M" else (x + dx, y + dy)
        if verb in "qt":
            bend = (
                (old[0] + given[0], old[1] + given[1])
                if verb == "q"
                else (2 * old[0] - bend[0], 2 * old[1] - bend[1])
            )
            handles = [(end[i] + 2 * bend[i]) / 3 for end in (old, (x, y)) for i in (0, 1)]
            out.append(" ".join(map(_up, [*handles, x, y], (0, 1) * 3)) + " c")
            continue
        bend = (x, y)
        if verb in "Mm":
            start = (x, y)
        out.append(f"{_up(x, 0)} {_up(y, 1)} {'m' if verb in 'Mm' else 'l'}")
    drawn = f" {' '.join(out)} f" if out else ""
    return f"{width} 0 d0{drawn}".encode()


def _up(value: float, axis: int) -> str:
    text = f"{-value if axis else value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _to_unicode(chars: list[str]) -> bytes:
    lines = [
        f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(chars, 1)
    ]
    # A list holds at most 100 lines.
    lists = "\n".join(
        f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar"
        for part in (lines[i : i + 100] for i in range(0, len(lines), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{lists}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
