"""One photo under many kernels, each with its weights beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator import photos
from generator.engine.named import NAMED, common_denominator
from generator.errors import Problem, wrong
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._photo import CropField, PhotoField, Shades, picture, pixels, too_small
from generator.examples._words import count, spoken
from generator.model import Example, Step, Term
from generator.numerals import shown, total
from generator.photos import Crop
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.parts import Cell, Frame, grid, labelled, sign, weights_grid
from generator.spec.fields import Field, Whole, gather, listed, param
from generator.spec.matrix import Matrix, MatrixField

_MOST = 20
#: The side of a kernel's cell in the gallery; smaller ones carry no numbers [px].
_SMALL, _NUMBERED = 33, 24

_NAMED = {name: kernel.rows for name, kernel in NAMED.items()}
_DEFAULT = (
    "box-blur", "gaussian", "sharpen", "laplacian-4", "laplacian-8", "sobel-x", "sobel-y", "emboss",
)  # fmt: skip


class KernelsField(Field[tuple[Matrix, ...]]):
    """Several kernels, each by name or written out: ``[sharpen, [[0, 1, 0], …]]``."""

    metavar = "[NAME|MATRIX|FILE,…]"

    def parse(self, value: object) -> tuple[Matrix, ...]:
        """Read a list of kernels."""
        items = listed(value)
        if not items or len(items) > _MOST:
            raise wrong(value, f"a list of one to {_MOST} kernels")
        each = MatrixField(self.help, named=_NAMED, line=False)
        named = ((f"kernel {place}", item) for place, item in enumerate(items, 1))
        return tuple(
            gather(named, lambda item: item if isinstance(item, Matrix) else each.parse(item))
        )

    def show(self, value: tuple[Matrix, ...]) -> object:
        """Show the names, or the weights."""
        each = MatrixField(self.help, named=_NAMED, line=False)
        return [each.show(kernel) for kernel in value]


@dataclass(frozen=True, slots=True)
class Params:
    """Which kernels over which photograph."""

    photo: str = param(PhotoField("a photo that comes with convbook, or a file"), "chelsea")
    kernels: tuple[Matrix, ...] = param(
        KernelsField("the kernels, by name or as matrices of an odd size"),
        tuple(Matrix(_NAMED[name], origin=name) for name in _DEFAULT),
    )
    columns: int = param(Whole("columns the photo is reduced to first", least=16, most=600), 240)
    crop: Crop | None = param(CropField("a part of the photo: top, left, height, width"), None)

    @property
    def shades(self) -> Shades:
        """The photograph's numbers."""
        return photos.grey(self.photo, self.columns, self.crop)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        shades = self.shades
        for place, kernel in enumerate(self.kernels, 1):
            if (
                kernel.height % 2 == 0
                or kernel.width % 2 == 0
                or max(kernel.height, kernel.width) > 9
            ):
                wanted = "odd numbers of rows and columns, at most 9, so that it has a centre"
                yield Problem("", f"kernels, kernel {place}", kernel.size, wanted)
            elif problem := too_small(shades, kernel.height, kernel.width):
                yield problem
        if len(shades) > 2 * len(shades[0]):
            got = f"{len(shades)} × {len(shades[0])}"
            yield Problem("", "photo", got, "at most twice as tall as wide; crop it")


def called(kernel: Matrix) -> str:
    """Return a kernel's name, or its size."""
    return kernel.origin if isinstance(kernel.origin, str) else f"{kernel.size} kernel"


def solve(p: Params) -> Solved:
    """Add up the weights of every kernel: what it does to an even surface."""
    steps = tuple(_step(index, kernel) for index, kernel in enumerate(p.kernels))
    says = (
        f"One photo under {count(len(steps), 'kernel')}. Where the weights add up to 1 the picture"
        " keeps its brightness; where they add up to 0 even surfaces turn black and edges are left."
    )
    told = " ".join(
        f"{called(kernel)}: {spoken(kernel.rows)}; sum {shown(step.value)}."
        for kernel, step in zip(p.kernels, steps, strict=True)
    )
    alt = f"The photo {p.photo.rsplit('/', 1)[-1]} in grey under these kernels. {told}"
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def _step(index: int, kernel: Matrix) -> Step:
    """Add up the weights; an even surface is multiplied by their sum."""
    terms = tuple(Term(1, weight, bias=True) for line in kernel.rows for weight in line)
    value = total([term.product for term in terms])
    name = called(kernel)
    effect = f" {NAMED[name].says}" if name in NAMED else ""
    even = {0: "turn black", 1: "keep their brightness"}.get(
        int(value) if value == int(value) else -1, f"become {shown(value)} times as bright"
    )
    if value < 0:
        even = "fall below 0 and turn black"
    says = f"{name}:{effect} Its weights add up to {shown(value)}: even surfaces {even}."
    return Step(index + 1, (index,), None, terms, value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the gallery; a frame shows one kernel between the photo before and after."""
    shades = p.shades
    photo = cache(lambda: pixels(shades))

    @cache
    def after(index: int) -> Sequence[bytes]:
        from generator.engine.ops import filter2d

        found = filter2d(photo(), p.kernels[index].rows, padding_mode="replicate")
        # Rows of bytes are rows of numbers too, and drawn without being taken apart.
        return [row.tobytes() for row in found]

    def body(step: Step | None) -> Box:
        if step is None:
            tiles = [picture_of(after(i), kernel, canvas) for i, kernel in enumerate(p.kernels)]
            given = labelled("photo", "", picture(shades, _wide(canvas)), canvas)
            first = Box(tiles[0].width, given.height, given.parts)
            return _story.shelved([first, *tiles], _across(canvas), _gap(canvas))
        return _one(p.kernels, step.at[0], shades, after(step.at[0]), canvas)

    return _story.film(_story.Story(body), example, title, canvas)


def _gap(canvas: Canvas) -> float:
    return canvas.cell * 0.5


def _across(canvas: Canvas) -> int:
    return {"slide": 3, "page": 2}.get(canvas.name, 1)


def _tile(canvas: Canvas) -> float:
    """Return the width of one photo with its kernel."""
    across = _across(canvas)
    return (canvas.width - (across - 1) * _gap(canvas)) / across


def _wide(canvas: Canvas) -> float:
    return _tile(canvas) - 3 * _SMALL - 12


def picture_of(shades: Sequence[Sequence[int]], kernel: Matrix, canvas: Canvas) -> Box:
    """Draw a filtered photo with its kernel small beside it."""
    numerators, over = common_denominator(kernel.rows)
    side = min(_SMALL, 3 * _SMALL / max(kernel.width, kernel.height))
    weights = weights_grid(numerators, side)
    if side < _NUMBERED:
        cells = [[Cell(role="kernel-cell" if w else "cell") for w in line] for line in numerators]
        weights = grid(cells, side, [Frame("kernel", 0, 0, kernel.height, kernel.width)])
    body = row([picture(shades, _wide(canvas)), weights], 12)
    size = f"1/{over} of" if over > 1 else ""
    named = labelled(called(kernel), size, body, canvas)
    return Box(_tile(canvas), named.height, named.parts)


def _one(
    kernels: tuple[Matrix, ...], index: int, before: Shades, after: Sequence[bytes], canvas: Canvas
) -> Box:
    """Draw the photo, one kernel, and the photo after it."""
    kernel = kernels[index]
    numerators, over = common_denominator(kernel.rows)
    # All kernels take the same room, so that the photos stand still.
    room = min(canvas.width * 0.22, canvas.cell * max(each.width for each in kernels))
    if canvas.name == "narrow":
        room = canvas.width * 0.6
    side = min(canvas.cell, room / max(kernel.width, kernel.height))
    size = f"1/{over} of" if over > 1 else ""
    weights = labelled(called(kernel), size, weights_grid(numerators, side), canvas)
    gap = _gap(canvas) * 0.6
    if canvas.name == "narrow":
        wide = canvas.width * 0.8
        middle = row([sign("∗", canvas), weights], gap)
        parts = [picture(before, wide), middle, picture(after, wide)]
        return column(parts, gap)
    room = max(room, weights.width)
    weights = Box(room, weights.height, weights.moved((room - weights.width) / 2, 0), weights.axis)
    signs = [sign("∗", canvas), sign("=", canvas)]
    wide = (canvas.width - room - sum(each.width for each in signs) - 4 * gap) / 2
    photo = labelled("photo", "", picture(before, wide), canvas)
    filtered = labelled("filtered", "", picture(after, wide), canvas)
    return row([photo, signs[0], weights, signs[1], filtered], gap)


KIND = Kind(
    title="Many kernels, one photo",
    says="a photo under many kernels, each with its weights beside it",
    params=Params,
    solve=solve,
    draw=draw,
)
