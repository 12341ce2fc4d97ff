"""The three places a figure is made for: a slide, a column of text, a phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canvas:
    """Room and sizes [px]; a figure is laid out for one canvas and shown at its own size there.

    Parameters
    ----------
    name
        What it is called.
    width
        What may be filled between the margins.
    margin
        Kept free around the figure.
    cell, least
        The largest side of a cell, and the smallest before a row of grids is stacked.
    title, text, note
        Sizes of the three kinds of words.
    titled
        Whether the picture carries its own title; on a page the text around it does.
    """

    name: str
    width: float
    margin: float
    cell: float
    least: float
    title: float
    text: float
    note: float
    titled: bool


SLIDE = Canvas("slide", 1024, 48, cell=56, least=30, title=26, text=18, note=16, titled=True)
PAGE = Canvas("page", 636, 2, cell=46, least=32, title=22, text=17, note=15, titled=False)
NARROW = Canvas("narrow", 324, 2, cell=48, least=32, title=20, text=16, note=14, titled=False)

CANVASES = {canvas.name: canvas for canvas in (SLIDE, PAGE, NARROW)}
