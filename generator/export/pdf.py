"""PDF: a page for each step, for LaTeX, print and slides that are PDFs; sheets to print."""

from __future__ import annotations

from generator.export._carried import payload
from generator.export._export import Drawing, Export
from generator.export._sheet_pdf import sheet_pdf
from generator.render.xmp import packet, spec_in


def figure(drawing: Drawing) -> bytes:
    """Write the steps, or the still picture; all of it is told in words too."""
    from generator.render.pdf import Page, pdf

    alt = drawing.example.alt
    pages = [Page(shot.scene, shot.says or alt) for shot in drawing.shots]
    xmp = packet(payload(drawing, ascii=True), drawing.title, alt, accessible=True)
    return pdf(pages, drawing.title, xmp, drawing.theme)


def carried(data: bytes) -> str | None:
    """Return what the document's metadata hold."""
    return spec_in(data) if data.startswith(b"%PDF-") else None


EXPORT = Export(
    "pdf",
    "pages sharp at any size, with text that can be searched and read aloud",
    figure,
    sheet_pdf,
    carried=carried,
    draws=True,
    takes=frozenset({"steps"}),
)
