"""SVG: outlined text and a theme's inks for files, live text and style-sheet classes for pages."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import TypeAlias

from generator.render.merge import Shown, merge
from generator.render.pixels import png
from generator.scene.film import Film, Scene
from generator.scene.fonts import outline, units
from generator.scene.hatch import GAP, WIDTH, hatch
from generator.scene.marks import Anchor, Disc, Image, Line, Mark, Poly, Rect, Role, Text, Weight
from generator.scene.theme import LIGHT, STYLES, Theme, grey, hatch_name

_WEIGHTS: Mapping[Weight, int] = {"regular": 400, "semibold": 600, "bold": 700}


def plays(film: Film, step: int | None) -> bool:
    """Return whether a page shows the steps, and not one picture."""
    return step is None and film.count > 1


#: Gives the address of a photograph's PNG.
Link: TypeAlias = Callable[[bytes], str]


def embedded(png: bytes) -> str:
    """Return the address of a picture that is its own address.

    >>> embedded(b"PNG")
    'data:image/png;base64,UE5H'
    """
    return "data:image/png;base64," + base64.b64encode(png).decode()


def file(scene: Scene, title: str, alt: str, metadata: str, theme: Theme = LIGHT) -> bytes:
    """Return a picture that looks the same in every program.

    Text is drawn as outlines, so that no font has to be there; it can still be read by machines:
    in the title, in the description and in `metadata`.

    Parameters
    ----------
    scene
        The picture.
    title, alt
        Its name, and it in words.
    metadata
        Travels with it: the spec, so that the picture can be made again.
    theme
        Its inks.
    """
    glyphs = _Glyphs()
    painter = _Inked(theme, glyphs)
    drawn = "".join([_mark(mark, painter) for mark in scene.marks])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {_size(scene)} role="img"'
        ' aria-labelledby="t d">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(alt)}</desc>'
        f"<metadata>{escape(metadata)}</metadata>"
    )
    return f"{head}{glyphs.defs()}{drawn}</svg>\n".encode()


def patch(marks: Iterable[Mark], box: tuple[int, int, int, int], zoom: float, theme: Theme) -> str:
    """Return a part of a picture, `zoom` times its size, to be made into pixels.

    Pixels are counted from the corner of the whole picture, so that a part fits into it seamlessly.

    Parameters
    ----------
    marks
        In drawing order.
    box
        The part: left, top, right, bottom [pixels].
    zoom
        Pixels to a length of the marks.
    theme
        Their inks.
    """
    left, top, right, bottom = box
    glyphs = _Glyphs()
    drawn = "".join(_mark(mark, _Inked(theme, glyphs)) for mark in marks)
    size = f'width="{right - left}" height="{bottom - top}"'
    place = f"translate({-left} {-top}) scale({zoom:.7f})"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{glyphs.defs()}'
        f'<g transform="{place}">{drawn}</g></svg>'
    )


def inline(film: Film, step: int | None = None, link: Link = embedded) -> str:
    """Return all steps of a film, or one of them, as one picture to stand in a page.

    What all steps share is drawn once. A mark that is not in every step says in ``data-on``
    in which it is, and is ``hidden`` if that is not the first.

    Parameters
    ----------
    film
        The picture and its steps.
    step
        The only step to show, counted from 1.
    link
        Gives the address of a photograph's PNG; embedded in the SVG if it is not given.
    """
    frames = film.frames if plays(film, step) else (film.still(step),)
    body = "".join(
        _mark(shown.mark, _Classed(_visible(shown, len(frames)), link))
        for shown in merge([frame.marks for frame in frames])
    )
    label = escape(film.alt, quote=True)
    return f'<svg class="cb-svg" {_size(frames[0])} role="img" aria-label="{label}">{body}</svg>'


def _size(scene: Scene) -> str:
    width, height = decimal(scene.width), decimal(scene.height)
    return f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'


def _visible(shown: Shown, count: int) -> str:
    if len(shown.on) == count:
        return ""
    hidden = "" if 0 in shown.on else ' hidden=""'
    return f' data-on="{ranges(i + 1 for i in shown.on)}"{hidden}'


def hatches(theme: Theme) -> str:
    """Return what a page needs beside its style sheet, if the theme tells roles by hatches.

    >>> from generator.scene.theme import PRINT
    >>> hatches(LIGHT), hatches(PRINT).count("<pattern")
    ('', 2)
    """
    slopes = sorted({style.hatch for style in theme.styles.values() if style.hatch})
    if not slopes:
        return ""
    lines = {1: f"M0 {GAP}L{GAP} 0", -1: f"M0 0L{GAP} {GAP}"}
    patterns = "".join(
        f'<pattern id="{hatch_name(slope)}" width="{GAP}" height="{GAP}"'
        f' patternUnits="userSpaceOnUse"><rect width="{GAP}" height="{GAP}" class="cb-paper"/>'
        f'<path d="{lines[slope]}" class="cb-line"/></pattern>'
        for slope in slopes
    )
    return f'<svg class="cb-hatches" aria-hidden="true"><defs>{patterns}</defs></svg>'


def ranges(numbers: Iterable[int]) -> str:
    """Return ascending numbers in few words.

    >>> ranges([1, 2, 3, 5, 7, 8])
    '1-3 5 7-8'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


# The cells of a grid stand in few rows and columns. (0.0 and -0.0 are one key, and print alike.)
@lru_cache(maxsize=1 << 14)
def decimal(value: float) -> str:
    """Return a length as every SVG here prints it: at most two decimals, no trailing zeros.

    >>> decimal(2.0), decimal(0.125), decimal(-0.001)
    ('2', '0.12', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


#: Marks whose outline and inside their role says.
_Drawn: TypeAlias = Rect | Line | Poly | Disc


class _Classed:
    """Page: roles become classes, text stays text."""

    def __init__(self, extra: str, link: Link) -> None:
        self.extra = extra
        self.link = link

    def hatch(self, mark: Rect) -> str:
        return ""  # the style sheet's own

    def paint(self, mark: _Drawn) -> str:
        # An open line has no inside to fill; an attribute would lose against the style sheet.
        open_ = " cb-open" if isinstance(mark, Poly) and not mark.closed else ""
        return f' class="cb-{mark.role}{open_}"{self.extra}'

    def text(self, mark: Text) -> str:
        anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
        weight = "" if mark.weight == "regular" else f' font-weight="{_WEIGHTS[mark.weight]}"'
        return (
            f'<text class="cb-{mark.role}" x="{decimal(mark.x)}" y="{decimal(mark.y)}"'
            f' font-size="{decimal(mark.size)}"{anchor}{weight}{self.extra}>'
            f"{escape(mark.text, quote=False)}</text>"
        )


class _Inked:
    """File: roles become inks, text becomes outlines."""

    def __init__(self, theme: Theme, glyphs: _Glyphs) -> None:
        self.extra = ""
        self.link = embedded
        self.theme = theme
        self.glyphs = glyphs
        self.paints: dict[tuple[Role, bool], str] = {}

    def hatch(self, mark: Rect) -> str:
        """Draw the lines that fill a box, as lines: patterns are lost in some programs."""
        slope = self.theme.styles[mark.role].hatch
        if slope is None or mark.shade is not None:
            return ""
        ends = hatch(mark.x, mark.y, mark.width, mark.height, slope)
        d = "".join(f"M{decimal(a)} {decimal(b)}L{decimal(c)} {decimal(d)}" for a, b, c, d in ends)
        return f'<path d="{d}" stroke="{self.theme["line"]}" stroke-width="{WIDTH}"/>'

    def paint(self, mark: _Drawn) -> str:
        filled = not isinstance(mark, Poly) or mark.closed
        said = self.paints.get((mark.role, filled))
        if said is None:
            said = self.paints[mark.role, filled] = self._paint(mark.role, filled=filled)
        return said

    def _paint(self, role: Role, *, filled: bool) -> str:
        style = self.theme.styles[role]
        fill = style.fill if filled else None
        said = f' fill="{self.theme[fill] if fill else "none"}"'
        if style.stroke:
            said += f' stroke="{self.theme[style.stroke]}" stroke-width="{decimal(style.width)}"'
        if style.dash:
            said += f' stroke-dasharray="{" ".join(map(decimal, style.dash))}"'
        return said

    def text(self, mark: Text) -> str:
        fill = self.theme.styles[mark.role].fill
        colour = self.theme[fill] if fill else "none"
        return self.glyphs.line(mark, colour)


@lru_cache(maxsize=1 << 13)
def _set(text: str, weight: Weight, anchor: Anchor) -> tuple[tuple[tuple[Weight, str], str], ...]:
    """Return the glyphs of a line of text, and where each begins [font units]."""
    widths = [outline(char, weight)[0] for char in text]
    start = {"start": 0.0, "middle": -sum(widths) / 2, "end": -float(sum(widths))}[anchor]
    starts = accumulate(widths, initial=start)
    return tuple(
        ((weight, char), decimal(at))
        for char, at in zip(text, starts, strict=False)
        if not char.isspace()
    )


class _Glyphs:
    """Outlines that are used in a picture, each drawn once and then referred to."""

    def __init__(self) -> None:
        self.used: dict[tuple[Weight, str], str] = {}

    def line(self, mark: Text, colour: str) -> str:
        uses = "".join(
            [
                f'<use href="#{self.used.setdefault(glyph, f"g{len(self.used)}")}" x="{start}"/>'
                for glyph, start in _set(mark.text, mark.weight, mark.anchor)
            ]
        )
        place = f"translate({decimal(mark.x)} {decimal(mark.y)}) scale({mark.size / units():.5f})"
        return f'<g fill="{colour}" transform="{place}">{uses}</g>'

    def defs(self) -> str:
        drawn = (
            f'<path id="{name}" d="{outline(char, weight)[1]}"/>'
            for (weight, char), name in self.used.items()
        )
        return f"<defs>{''.join(drawn)}</defs>"


def _mark(mark: Mark, painter: _Classed | _Inked) -> str:
    if isinstance(mark, Text):
        return painter.text(mark)
    if isinstance(mark, Line):
        start = f'x1="{decimal(mark.x)}" y1="{decimal(mark.y)}"'
        end = f'x2="{decimal(mark.x2)}" y2="{decimal(mark.y2)}"'
        return f"<line {start} {end}{painter.paint(mark)}/>"
    if isinstance(mark, Disc):
        spot = f'cx="{decimal(mark.x)}" cy="{decimal(mark.y)}" r="{decimal(mark.radius)}"'
        return f"<circle {spot}{painter.paint(mark)}/>"
    if isinstance(mark, Poly):
        places = " ".join(f"{decimal(x)},{decimal(y)}" for x, y in mark.points)
        name = "polygon" if mark.closed else "polyline"
        return f'<{name} points="{places}"{painter.paint(mark)}/>'
    area = (
        f' x="{decimal(mark.x)}" y="{decimal(mark.y)}"'
        f' width="{decimal(mark.width)}" height="{decimal(mark.height)}"'
    )
    if isinstance(mark, Image):
        address = escape(painter.link(png(mark.pixels)))
        # A picture drawn larger than it is shows its pixels, not a blur.
        large = mark.width > 1.5 * mark.pixels.width
        sharp = ' image-rendering="optimizeSpeed"' if large else ""
        if sharp and isinstance(painter, _Inked):
            # Browsers blur what SVG 1.1 calls speedy; on pages the style sheet says the same.
            sharp += ' style="image-rendering:pixelated"'
        return f'<image{area}{painter.extra}{sharp} href="{address}"/>'
    corner = STYLES[mark.role].corner  # no theme changes a shape
    rounded = f' rx="{decimal(corner)}"' if corner else ""
    # A shade is data: it is the same in every theme, so it is no class.
    shade = f' fill="{grey(mark.shade)}"{painter.extra}' if mark.shade is not None else ""
    return f"<rect{area}{rounded}{shade or painter.paint(mark)}/>{painter.hatch(mark)}"
