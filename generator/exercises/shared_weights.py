"""Connections against weights: what sharing one kernel saves."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.prose import Prose, Strong, line

_COUNT = "images/sliding-windows.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel that slides over it, and how many maps are made.

    >>> drawn = Drawn(10, 10, 3, 3, maps=1)
    >>> drawn.down, drawn.across, drawn.pixels
    (8, 8, 100)
    """

    rows: int
    columns: int
    high: int
    wide: int
    maps: int

    @property
    def down(self) -> int:
        """Rows of a feature map."""
        return self.rows - self.high + 1

    @property
    def across(self) -> int:
        """Columns of a feature map."""
        return self.columns - self.wide + 1

    @property
    def pixels(self) -> int:
        """Numbers of the input."""
        return self.rows * self.columns

    @property
    def kernel(self) -> int:
        """Weights of one kernel."""
        return self.high * self.wide

    @property
    def activations(self) -> int:
        """Numbers of all feature maps."""
        return self.down * self.across * self.maps


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a layer: level 2 has a kernel that is no square, level 3 several kernels."""
    high = dice.whole("high", 2, 6)
    return Drawn(
        rows=dice.whole("rows", 5, 30),
        columns=dice.whole("columns", 5, 30),
        high=high,
        wide=high if level == 1 else dice.whole("wide", 2, 5),
        maps=dice.whole("maps", 2, 9) if level == 3 else 1,
    )


def fair(d: Drawn) -> bool:
    """Tell whether the kernel moves in both directions and rows differ from columns."""
    return min(d.down, d.across) > 2 and d.rows != d.columns


def brute_activations(d: Drawn) -> int:
    """Lay the kernel down wherever it fits."""
    down = [top for top in range(d.rows) if top + d.high <= d.rows]
    across = [left for left in range(d.columns) if left + d.wide <= d.columns]
    return sum(len(across) for _ in down for _ in range(d.maps))


def brute_weights(d: Drawn) -> int:
    """Number the weights of all kernels."""
    return len([(f, a, b) for f in range(d.maps) for a in range(d.high) for b in range(d.wide)])


def brute_dense(d: Drawn) -> int:
    """Give every activation a line to every pixel."""
    return sum(d.pixels for _ in range(brute_activations(d)))


def prompt(d: Drawn) -> Prose:
    """Say what layer it is about."""
    one = f"A {d.high} × {d.wide} kernel slides" if d.maps == 1 else (
        f"{d.maps} kernels of {d.high} × {d.wide} slide"
    )  # fmt: skip
    each = "" if d.maps == 1 else " Each kernel makes a feature map of its own."
    return line(
        f"{one} over a grey image of {d.rows} rows and {d.columns} columns, with stride 1, "
        f"without padding.{each} Biases are left out."
    )


def ask_activations(d: Drawn) -> Prose:
    """Ask for the size."""
    where = "in the feature map" if d.maps == 1 else f"in the {d.maps} feature maps together"
    return line("How many ", Strong("activations"), f" (numbers) are {where}?")


def ask_weights(d: Drawn) -> Prose:
    """Ask for the weights."""
    return line("How many ", Strong("weights"), " does this layer learn?")


def ask_dense(d: Drawn) -> Prose:
    """Ask for the layer without sharing."""
    return line(
        "A dense layer makes just as many activations from the same image. How many ",
        Strong("weights"), " does it learn?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("At how many places can a kernel stand, down and across?"),
        line("A kernel keeps its weights wherever it stands. Places do not count for them."),
        line(
            f"In a dense layer each activation has a weight of its own for each of the "
            f"{d.pixels} pixels."
        ),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Count."""
    n, k = d.activations, d.kernel
    more = "" if d.maps == 1 else f"·{d.maps}"
    each = "" if d.maps == 1 else f", in each of {d.maps} maps"
    shared = f"The kernel has {d.high}·{d.wide} = {k} weights" if d.maps == 1 else (
        f"The kernels have {d.high}·{d.wide}·{d.maps} = {k * d.maps} weights"
    )  # fmt: skip
    return (
        line(
            f"a) Down there are {d.rows} − {d.high} + 1 = {d.down} places, across "
            f"{d.columns} − {d.wide} + 1 = {d.across}{each}: "
            f"{d.down}·{d.across}{more} = {n} activations."
        ),
        line(f"b) {shared}, used at all places: they are shared."),
        line(
            f"c) A dense layer joins each of the {n} activations to each of the "
            f"{d.rows}·{d.columns} = {d.pixels} pixels, with a weight for each pair: "
            f"{d.pixels}·{n} = {d.pixels * n} weights.",
            *_picture(d),
        ),
    )


def _picture(d: Drawn) -> Prose:
    size, kernel = (d.rows, d.columns), (d.high, d.wide)
    return (figure("dense-vs-convolution", size=size, kernel=kernel),) if d.maps == 1 else ()


FAMILY = Family(
    name="shared-weights",
    title="Weights that are shared",
    version=1,
    says="activations and weights of a sliding kernel, against a dense layer of the same size",
    page="convolution/shared-weights.md",
    rows=(18,),
    draw=draw,
    fair=fair,
    # Sums and products of the three parts.
    work=lambda d: Work(8 + 2 * (d.maps > 1)),
    cost=(Work(8), Work(8), Work(10)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.activations, brute_activations, (
            Slip(
                "+1 forgotten", lambda d: (d.down - 1) * (d.across - 1) * d.maps,
                "You counted the moves. The kernel also has a first place, before any move.",
                _COUNT,
            ),
            Slip(
                "size of the image", lambda d: d.pixels * d.maps,
                "You took the size of the image. Without padding the kernel has fewer places: "
                "it must lie inside.",
                "convolution/padding.md",
            ),
            Slip(
                "one map only", lambda d: d.down * d.across if d.maps > 1 else None,
                lambda d: f"You counted one map. There are {d.maps}, one for each kernel.",
                "convolution/many-kernels.md",
            ),
            Slip(
                "cut into pieces",
                lambda d: (d.rows // d.high) * (d.columns // d.wide) * d.maps,
                "You laid the kernel's places side by side. With stride 1 they overlap.",
                _COUNT,
            ),
            Slip(
                "directions added", lambda d: (d.down + d.across) * d.maps,
                "You added down and across. Each row of the map has all places across, so "
                "multiply.",
                _COUNT, yields=True,
            ),
        ), ask=ask_activations, points=(1, 1, 2)),
        Part(lambda d: d.kernel * d.maps, brute_weights, (
            Slip(
                "weights at every place", lambda d: d.kernel * d.activations,
                "You gave every place weights of its own. The kernel takes its weights along.",
            ),
            Slip(
                "weight for each activation", lambda d: d.activations,
                "You counted activations. They are what the layer computes, not what it learns.",
                yields=True,
            ),
            Slip(
                "weight for each pixel", lambda d: d.pixels * d.maps,
                "You gave each pixel a weight. The kernel's weights do not ask which pixel they "
                "meet.",
            ),
            Slip(
                "one kernel only", lambda d: d.kernel if d.maps > 1 else None,
                lambda d: f"You counted one kernel. There are {d.maps}, each with its weights.",
                "convolution/many-kernels.md",
            ),
            Slip(
                "biases counted", lambda d: (d.kernel + 1) * d.maps,
                "You counted a bias for each kernel. Here biases are left out.",
            ),
        ), ask=ask_weights, points=(1, 1, 1)),
        Part(lambda d: d.pixels * d.activations, brute_dense, (
            Slip(
                "kernel's connections", lambda d: d.kernel * d.activations,
                lambda d: f"You joined each activation to {d.kernel} pixels. In a dense layer it "
                f"is joined to all {d.pixels}.",
                "images/dense-on-pixels.md",
            ),
            Slip(
                "one neuron only", lambda d: d.pixels,
                "You counted the weights of one activation. Each has that many.",
                "images/dense-on-pixels.md",
            ),
            Slip(
                "pixels and activations added", lambda d: d.pixels + d.activations,
                "You added. Each activation is joined to each pixel, so multiply.",
                "images/dense-on-pixels.md",
            ),
            Slip(
                "biases of dense layer", lambda d: (d.pixels + 1) * d.activations,
                "You counted a bias for each activation. Here biases are left out.",
            ),
        ), ask=ask_dense, points=(1, 2, 2),
            follows=lambda d, before: d.pixels * before[0] if before[0] else None),
    ),
)  # fmt: skip
