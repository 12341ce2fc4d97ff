"""Outlines: SVG path data of a glyph, and the signs Inter lacks made from the shapes it has."""

# mypy: disable-error-code="import-untyped, import-not-found"
# fontTools has no types, and where the group `fonts` is not installed it is not there at all.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # fontTools is imported late: doctests collect this file where it is missing
    from fontTools.ttLib import TTFont

__all__ = ["Outline", "complete", "outline", "path"]

Point = tuple[float, float]
Outline = list[tuple[str, tuple[Point, ...]]]  # as fontTools' RecordingPen keeps it, y up

ARC = 2**0.5 - 1  # control points of an eighth of a unit circle, tan(π/8)


def _command(letter: str, *numbers: int) -> str:
    """One path command; a minus sign separates as well as a space.

    >>> _command("q", 0, -50, 50, -50), _command("l", 0, 7), _command("l", 7, 0)
    ('q0-50 50-50', 'v7', 'h7')
    """
    if letter == "l" and 0 in numbers:
        return f"h{numbers[0]}" if numbers[1] == 0 else f"v{numbers[1]}"
    return letter + "".join(f" {n}" if i and n >= 0 else f"{n}" for i, n in enumerate(numbers))


def path(shape: Iterable[tuple[str, tuple[Point, ...]]]) -> str:
    """SVG path data of an outline: y down, whole units, relative, `t` where it says the same.

    Raises ValueError for a cubic curve, which TrueType outlines do not have.

    >>> path([("moveTo", ((10, 0),)), ("lineTo", ((10, 700),)), ("lineTo", ((90, 650),))])
    'M10 0v-700l80 50'
    >>> path([("moveTo", ((0, 0),)), ("qCurveTo", ((0, 50), (100, 50), (100, 0)))])
    'M0 0q0-50 50-50t50 50'
    """
    out: list[str] = []
    x = y = 0
    start = bend = (0, 0)  # where `z` returns to; the last control point
    for verb, points in shape:
        ends = [(round(px), -round(py)) for px, py in points]
        if verb == "closePath":
            out.append("z")
            x, y = bend = start
        elif verb in {"moveTo", "lineTo"}:
            letter = "l" if verb == "lineTo" else "m" if out else "M"
            u, v = ends[0]
            out.append(_command(letter, u - x, v - y))
            x, y = bend = (u, v)
            start = start if verb == "lineTo" else (u, v)
        elif verb == "qCurveTo":
            *controls, last = ends
            for i, (a, b) in enumerate(controls):
                u, v = last
                if i + 1 < len(controls):  # TrueType leaves out the point halfway
                    u, v = (a + controls[i + 1][0]) // 2, (b + controls[i + 1][1]) // 2
                if bend != (x, y) and (a, b) == (2 * x - bend[0], 2 * y - bend[1]):
                    out.append(_command("t", u - x, v - y))
                else:
                    out.append(_command("q", a - x, b - y, u - x, v - y))
                bend, x, y = (a, b), u, v
        else:
            raise ValueError(f"{verb} in a TrueType outline")
    return "".join(out)


def outline(font: TTFont, name: str) -> Outline:
    """Outline of a glyph, its components resolved."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return list(pen.value)


def _moved(shape: Outline, scale: float = 1, dx: float = 0, dy: float = 0) -> Outline:
    return [(verb, tuple((scale * x + dx, scale * y + dy) for x, y in ps)) for verb, ps in shape]


def _middle(shape: Outline) -> Point:
    """Middle of the box around an outline.

    >>> _middle([("moveTo", ((0, -100),)), ("lineTo", ((50, 500),))])
    (25.0, 200.0)
    """
    xs, ys = zip(*(point for _, points in shape for point in points), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _polygon(*corners: Point) -> Outline:
    first, *rest = corners
    return [("moveTo", (first,)), *(("lineTo", (point,)) for point in rest), ("closePath", ())]


def _half_bracket(bracket: Outline, upper: bool) -> Outline:
    """A square bracket whose upper or lower bar is drawn back to its stem."""
    corners = [point for _, points in bracket for point in points]
    tip = Counter(x for x, _ in corners).most_common(1)[0][0]  # four corners, the others two each
    stem = sorted({x for x, _ in corners})[1]
    _, middle = _middle(bracket)
    cut = [(stem if x == tip and (y > middle) == upper else x, y) for x, y in corners]
    return _polygon(*(point for i, point in enumerate(cut) if point != cut[i - 1]))


def _element(radius: float, stroke: float) -> Outline:
    """∈ around the origin: a half ring with three bars."""
    x, inner = radius * 0.08, radius - stroke  # the ring's centre, so that the whole is centred
    right, half = 0.92 * radius, stroke / 2

    def half_circle(r: float, sign: int) -> tuple[Point, ...]:
        turns = ((ARC, 1), (1, ARC), (1, -ARC), (ARC, -1), (0, -1))
        return tuple((x - r * a, sign * r * b) for a, b in turns)

    return [
        ("moveTo", ((right, radius),)),
        ("lineTo", ((x, radius),)),
        ("qCurveTo", half_circle(radius, 1)),
        ("lineTo", ((right, -radius),)),
        ("lineTo", ((right, -inner),)),
        ("lineTo", ((x, -inner),)),
        ("qCurveTo", half_circle(inner, -1)),
        ("lineTo", ((right, inner),)),
        ("closePath", ()),
        *_polygon((right, half), (half - radius, half), (half - radius, -half), (right, -half)),
    ]


def complete(font: TTFont) -> dict[str, str]:
    """Add the signs that Inter lacks, made so that each fits the weight of its font.

    Returns
    -------
    dict
        From each added character to what it was made from.
    """
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = font.getBestCmap()
    widths = font["hmtx"]

    def source(char: str) -> tuple[float, Outline]:
        name = names[ord(char)]
        return widths[name][0], outline(font, name)

    def centred(char: str, scale: float = 1) -> Outline:
        """Around the origin."""
        shape = source(char)[1]
        x, y = _middle(shape)
        return _moved(shape, scale, -scale * x, -scale * y)

    cap: int = font["OS/2"].sCapHeight
    minus_width, minus = source("−")
    _, axis = _middle(minus)
    stroke = 2 * max(y for _, points in minus for _, y in points) - 2 * axis
    made: dict[str, tuple[str, float, Outline]] = {}

    def on_axis(char: str, origin: str, width: float, shape: Outline) -> None:
        made[char] = (origin, width, _moved(shape, dx=width / 2, dy=axis))

    on_axis("∗", "* lowered", minus_width, centred("*", 1.1))
    on_axis("·", "Inter's, lowered to −", source("·")[0], centred("·"))  # in Inter between capitals
    on_axis("⋆", "★ at half its size", minus_width, centred("★", 0.5))
    on_axis("∈", "drawn", minus_width, _element(0.4 * cap, 0.92 * stroke))
    ring = centred("○", 0.85)
    for char, inner, scale in (("⊕", "+", 1.1), ("⊗", "×", 0.95), ("⊙", "•", 0.6)):
        # Inter's own ⊕ and ⊗ are emblems, higher than a line; their arms end in the ring here.
        on_axis(char, f"○ and {inner}", 0.8 * source("○")[0], ring + centred(inner, scale))
    for char, bracket in (("⌊", "["), ("⌋", "]"), ("⌈", "["), ("⌉", "]")):
        width, shape = source(bracket)
        made[char] = (f"{bracket} less a bar", width, _half_bracket(shape, upper=char in "⌊⌋"))
    width, shape = source("Δ")
    made["∇"] = ("Δ upside down", width, _moved(shape, -1, width, cap))
    width, shape = source("ʼ")
    made["ŉ"] = ("ʼ and n", width + source("n")[0], shape + _moved(source("n")[1], dx=width))
    made["\u00ad"] = ("nothing, as a soft hyphen inside a line is", 0, [])
    for char, (_, width, shape) in made.items():
        pen = TTGlyphPen(None)
        for verb, points in shape:
            getattr(pen, verb)(*((round(x), round(y)) for x, y in points))
        name, glyph = f"made{ord(char):04X}", pen.glyph()
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])  # else browsers shift it by a wrong left bearing
        widths[name] = (round(width), glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(char)] = name
    return {char: origin for char, (origin, _, _) in made.items()}
