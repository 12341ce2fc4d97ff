"""PDF: a page for each picture, sharp at any size, with text that is text.

Every page is one tagged figure with its words for those who do not see it, as PDF/UA-1 asks.

References
----------
ISO 32000-1, "Portable document format", sections 8.5 (paths) and 14.7 (logical structure).
ISO 14289-1, "PDF/UA-1".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import pydyf

from generator.render.pdf_font import Fonts
from generator.render.svg import decimal
from generator.scene.film import Scene
from generator.scene.fonts import advance
from generator.scene.hatch import WIDTH, hatch
from generator.scene.marks import Disc, Image, Line, Mark, Pixels, Poly, Rect, Text
from generator.scene.theme import STYLES, Theme, grey

#: A px of a page is 1/96 inch, a point 1/72.
_POINTS = 0.75
#: How far the handles of a quarter circle reach out, 4/3·tan(π/8): the usual approximation.
_HANDLE = 0.5523
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Page:
    """A picture, and it in words."""

    scene: Scene
    alt: str


def pdf(pages: Iterable[Page], title: str, xmp: bytes, theme: Theme) -> bytes:
    """Return a document.

    Parameters
    ----------
    pages
        One picture each.
    title
        Its name, which programs show in their title bar.
    xmp
        What travels with it.
    theme
        The inks.
    """
    document = pydyf.PDF()
    made = _Document(document, theme)
    for page in pages:
        made.add(page)
    made.finish(title, xmp)
    out = BytesIO()
    document.write(out, version=b"1.7")
    return out.getvalue()


class _Document:
    """What the pages share: fonts, photographs, and the tree of tags."""

    def __init__(self, pdf: pydyf.PDF, theme: Theme) -> None:
        self.pdf = pdf
        self.theme = theme
        self.fonts = Fonts()
        self.photos: dict[Pixels, str] = {}
        self.resources = self._added(pydyf.Dictionary())
        self.root = self._added(pydyf.Dictionary({"Type": "/StructTreeRoot"}))
        self.tree = self._added(
            pydyf.Dictionary({"S": "/Document", "P": self.root.reference, "K": pydyf.Array()})
        )
        self.parents = pydyf.Array()

    def _added(self, made: pydyf.Object) -> pydyf.Object:
        self.pdf.add_object(made)
        return made

    def add(self, page: Page) -> None:
        """Add a page."""
        scene, number = page.scene, len(self.pdf.page_references)
        width, height = scene.width * _POINTS, scene.height * _POINTS
        drawn = chain.from_iterable(self._mark(mark) for mark in scene.marks)
        content = [
            "/Figure <</MCID 0>> BDC",
            # From points, y up, to lengths of the scene, y down; corners as SVG cuts them.
            f"q {_POINTS} 0 0 {-_POINTS} 0 {decimal(height)} cm 4 M",
            *drawn,
            "Q EMC",
        ]
        stream = self._added(pydyf.Stream(content, compress=True))
        box = pydyf.Array([0, 0, round(width, 2), round(height, 2)])
        sheet = pydyf.Dictionary({
            "Type": "/Page", "Parent": self.pdf.pages.reference, "MediaBox": box,
            "Contents": stream.reference, "Resources": self.resources.reference,
            "StructParents": number, "Tabs": "/S",
        })  # fmt: skip
        self.pdf.add_page(sheet)
        layout = {"O": "/Layout", "Placement": "/Block", "BBox": box}
        figure = self._added(pydyf.Dictionary({
            "S": "/Figure", "P": self.tree.reference, "Pg": sheet.reference, "K": 0,
            "Alt": pydyf.String(page.alt), "A": pydyf.Dictionary(layout),
        }))  # fmt: skip
        self.tree["K"].append(figure.reference)
        self.parents += [number, pydyf.Array([figure.reference])]

    def finish(self, title: str, xmp: bytes) -> None:
        """Add what all pages refer to."""
        photos = pydyf.Dictionary()
        for pixels, name in self.photos.items():
            photos[name] = self._added(_photo(pixels)).reference
        self.resources["Font"] = self.fonts.resources(self.pdf)
        self.resources["XObject"] = photos
        self.root["K"] = self.tree.reference
        self.root["ParentTree"] = pydyf.Dictionary({"Nums": self.parents})
        self.root["ParentTreeNextKey"] = len(self.parents) // 2
        metadata = self._added(pydyf.Stream([xmp], {"Type": "/Metadata", "Subtype": "/XML"}))
        self.pdf.catalog |= {
            "Lang": pydyf.String("en"), "Metadata": metadata.reference,
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
            "StructTreeRoot": self.root.reference,
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        }  # fmt: skip
        self.pdf.info["Title"] = pydyf.String(title)
        self.pdf.info["Producer"] = pydyf.String("convbook")

    def _mark(self, mark: Mark) -> Iterator[str]:
        if isinstance(mark, Text):
            yield from self._text(mark)
        elif isinstance(mark, Image):
            name = self.photos.setdefault(mark.pixels, f"photo{len(self.photos)}")
            x, y = decimal(mark.x), decimal(mark.y + mark.height)
            yield f"q {decimal(mark.width)} 0 0 {decimal(-mark.height)} {x} {y} cm /{name} Do Q"
        elif isinstance(mark, Rect) and mark.shade is not None:
            yield f"q {_ink(grey(mark.shade))} rg {' '.join(_path(mark))} f Q"
        else:
            yield from self._drawn(mark)

    def _drawn(self, mark: Rect | Line | Poly | Disc) -> Iterator[str]:
        style = self.theme.styles[mark.role]
        open_ = isinstance(mark, Line) or (isinstance(mark, Poly) and not mark.closed)
        filled, stroked = style.fill if not open_ else None, style.stroke
        words = ["q"]
        if filled:
            words.append(f"{_ink(self.theme[filled])} rg")
        if stroked:
            words.append(f"{_ink(self.theme[stroked])} RG {decimal(style.width)} w")
        if style.dash:
            words.append(f"[{' '.join(map(decimal, style.dash))}] 0 d")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
        words += [*_path(mark), paint.get((bool(filled), bool(stroked)), "n"), "Q"]
        yield " ".join(words)
        if style.hatch and isinstance(mark, Rect):
            lines = hatch(mark.x, mark.y, mark.width, mark.height, style.hatch)
            ends = " ".join(
                f"{decimal(a)} {decimal(b)} m {decimal(c)} {decimal(d)} l" for a, b, c, d in lines
            )
            yield f"q {_ink(self.theme['line'])} RG {WIDTH} w {ends} S Q"

    def _text(self, mark: Text) -> Iterator[str]:
        fill = self.theme.styles[mark.role].fill
        width = advance(mark.text, mark.size, mark.weight)
        x = mark.x - _SHARE[mark.anchor] * width
        colour = _ink(self.theme[fill]) if fill else "0 0 0"
        # Letters stand upright although y points down here.
        yield f"BT {colour} rg 1 0 0 -1 {decimal(x)} {decimal(mark.y)} Tm"
        for font, codes in self.fonts.runs(mark.text, mark.weight):
            yield f"/{font} {decimal(mark.size)} Tf <{codes}> Tj"
        yield "ET"


def _path(mark: Rect | Line | Poly | Disc) -> Iterator[str]:
    if isinstance(mark, Line):
        yield f"{_point(mark.x, mark.y)} m {_point(mark.x2, mark.y2)} l"
    elif isinstance(mark, Poly):
        for i, (x, y) in enumerate(mark.points):
            yield f"{_point(x, y)} {'l' if i else 'm'}"
        if mark.closed:
            yield "h"
    elif isinstance(mark, Disc):
        r = mark.radius
        yield from _rounded(mark.x - r, mark.y - r, 2 * r, 2 * r, r)
    elif corner := STYLES[mark.role].corner:
        corner = min(corner, mark.width / 2, mark.height / 2)
        yield from _rounded(mark.x, mark.y, mark.width, mark.height, corner)
    else:
        yield f"{_point(mark.x, mark.y)} {_point(mark.width, mark.height)} re"


def _rounded(x: float, y: float, width: float, height: float, r: float) -> Iterator[str]:
    """Yield a rectangle whose corners are quarter circles."""
    right, bottom, k = x + width, y + height, r * (1 - _HANDLE)
    yield f"{_point(x + r, y)} m {_point(right - r, y)} l"
    yield f"{_point(right - k, y)} {_point(right, y + k)} {_point(right, y + r)} c"
    yield f"{_point(right, bottom - r)} l"
    yield f"{_point(right, bottom - k)} {_point(right - k, bottom)} {_point(right - r, bottom)} c"
    yield f"{_point(x + r, bottom)} l"
    yield f"{_point(x + k, bottom)} {_point(x, bottom - k)} {_point(x, bottom - r)} c"
    yield f"{_point(x, y + r)} l {_point(x, y + k)} {_point(x + k, y)} {_point(x + r, y)} c h"


def _point(x: float, y: float) -> str:
    return f"{decimal(x)} {decimal(y)}"


def _ink(colour: str) -> str:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return " ".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in parts)


def _photo(pixels: Pixels) -> pydyf.Stream:
    return pydyf.Stream(
        [pixels.data],
        {
            "Type": "/XObject", "Subtype": "/Image", "Width": pixels.width,
            "Height": pixels.height, "BitsPerComponent": 8,
            "ColorSpace": "/DeviceGray" if pixels.channels == 1 else "/DeviceRGB",
        },
        compress=True,
    )  # fmt: skip
