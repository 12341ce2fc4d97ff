"""The page of the kernels that have a name: weights, sum, picture, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from generator import api
from generator.numerals import MINUS, shown

INDEX = "convolution/kernels.md"

#: Where a kernel comes from, as Markdown.
ORIGINS: Mapping[str, str] = {
    "identity": "The kernel that changes nothing, as 1 does among numbers.",
    "box-blur": "The moving average, along rows and columns.",
    "gaussian": "Every weight is a product of two from 1 2 1, a row of Pascal’s triangle, which is"
    " near to Gauss’s bell curve.",
    "gaussian-5": "The same with 1 4 6 4 1, the row of Pascal’s triangle two further down.",
    "motion-blur": "A moving average along one diagonal.",
    "sharpen": "The identity plus laplacian-4: the picture, and once more what stands out in it.",
    "laplacian-4": "Second differences along rows and columns, with the sign turned; they stand for"
    " the operator named after Pierre-Simon Laplace.",
    "laplacian-8": "Second differences along the diagonals too.",
    "edge-strong": "After D. Marr and E. Hildreth,"
    " [Theory of Edge Detection](https://doi.org/10.1098/rspb.1980.0020), 1980: a blur first, then"
    " a Laplacian.",
    "prewitt-x": "J. M. S. Prewitt, Object Enhancement and Extraction, in: B. Lipkin and"
    " A. Rosenfeld (eds.), Picture Processing and Psychopictorics, 1970.",
    "prewitt-y": "The same, turned by a quarter.",
    "sobel-x": "I. Sobel and G. Feldman, a talk at Stanford, 1968; printed in R. Duda and P. Hart,"
    " Pattern Classification and Scene Analysis, 1973.",
    "sobel-y": "The same, turned by a quarter.",
    "scharr-x": "H. Scharr,"
    " [Optimale Operatoren in der Digitalen Bildverarbeitung](https://doi.org/10.11588/heidok.00000962),"
    " 2000.",
    "scharr-y": "The same, turned by a quarter.",
    "emboss": "The identity plus a slope along the diagonal.",
}  # fmt: skip


@cache
def pages() -> dict[str, str]:
    """Return the Markdown of the page, by the address of its source."""
    return {INDEX: "\n".join(_page()) + "\n"}


def _page() -> Iterator[str]:
    kernels = api.named_kernels()
    count = len(kernels)
    yield from (
        "---", "title: Kernels by name",
        f"description: {count} kernels with their weights, their sum, what they do to a photograph"
        " and where they come from.",
        "---", "", "# Kernels by name", "",
        f"**{count} kernels that everybody meets: their weights, the sum of these, the picture they"
        " make, and where they come from.** Wherever a kernel is wanted, its name will do:"
        " `kernel: sobel-x`.", "",
        "The sum tells what becomes of an even surface: 1 keeps its brightness, 0 turns it black."
        " [Filters on photographs](filters.md) explains why. What falls below 0 is drawn black.",
    )  # fmt: skip
    for name, kernel in kernels.items():
        yield from ("", f"## {name}", "", kernel.says)
        yield from ("", "```figure", "kind: kernel-gallery", "photo: chelsea", "columns: 144")
        yield from (f"kernels: [{name}]", f"title: {name}")
        yield from (f"caption: {_sum(kernel.sum)}", "```", "")
        yield from (f"$${_matrix(kernel)}$$", "")
        if origin := ORIGINS.get(name):
            yield origin
    yield from ("", "**Next:** [one pixel at a time](filters.md), or all of them on a photo of"
                " yours: [make a figure](../make/figures.md).")  # fmt: skip


def _sum(total: api.Number) -> str:
    """Return what the sum of the weights says.

    >>> _sum(0)
    'The weights add up to 0, so even surfaces turn black and edges are left.'
    """
    said: dict[api.Number, str] = {
        0: "even surfaces turn black and edges are left",
        1: "the picture keeps its brightness",
    }
    behind = said.get(total, f"even surfaces become {shown(total)} times as bright")
    return f"The weights add up to {shown(total)}, so {behind}."


def _matrix(kernel: api.NamedKernel) -> str:
    rows = (
        " & ".join(shown(each).replace(MINUS, "-") for each in row) for row in kernel.numerators
    )
    under = rf"\frac{{1}}{{{kernel.denominator}}}" if kernel.denominator > 1 else ""
    return rf"{under}\begin{{pmatrix}}{(chr(92) * 2).join(rows)}\end{{pmatrix}}"
