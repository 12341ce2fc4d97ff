"""Which layer of a network holds most of its parameters."""

from __future__ import annotations

from math import prod

from generator.dice import Dice
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._miscounts import written
from generator.exercises._networks import (
    Layer,
    Network,
    Shape,
    after,
    listed,
    products,
    size,
    stops,
    table,
    weights,
)
from generator.prose import Prose, Strong, line

_COUNTING = "layers/counting-parameters.md"


def draw(dice: Dice, level: int) -> Network:
    """Draw a network: level 2 has a 1×1 convolution among the others, level 3 one more of them."""
    sizes = [dice.pick("kernel", (3, 5, 7)) for _ in range(2 if level == 2 else 3)]
    if level > 1:
        sizes.insert(dice.whole("place", 1, len(sizes)), 1)
    maps = dice.pick("maps", (4, 6, 8, 10, 12, 16))
    layers: list[Layer] = []
    for place, kernel in enumerate(sizes):
        same = kernel // 2 if dice.pick("same", (True, True, False)) else 0
        layers.append(Layer("conv", maps, kernel, 1, same))
        if kernel > 1 or place == len(sizes) - 1:
            step = dice.pick("pool", (2, 2, 3, 4) if level == 2 else (2, 2, 2, 3))
            layers.append(Layer("max-pool", 0, step, step))
        # A layer that makes fewer maps again leaves less to the layers behind it.
        fewer = kernel > 1 and maps > 3 and dice.pick("fewer", (False, False, True))
        maps = maps // 2 if fewer else maps + dice.pick("growth", (4, 6, 8, 12, 16, 20, 24))
    hidden = dice.pick("hidden", (12, 16, 20, 24, 30, 32, 48, 64))
    layers += (Layer("flatten"), Layer("dense", hidden), Layer("dense", dice.whole("out", 2, 100)))
    side = dice.whole("side", 48 if level == 3 else 32, 64)
    return Network((side, side, dice.pick("channels", (1, 3, 3, 4))), tuple(layers))


def fair(d: Network) -> bool:
    """Tell whether the maps are large enough, and one layer clearly has the most."""
    if not all(min(shape[:2]) >= 1 for shape in d.shapes() if len(shape) == 3):
        return False
    *_, second, most = sorted(weights(layer, seen) for layer, seen in d.walk())
    return most >= 1.15 * second and most <= 200_000


def learning(d: Network) -> list[tuple[int, Layer, Shape]]:
    """Return the layers with parameters, and their numbers from 1 on."""
    pairs = enumerate(d.walk(), 1)
    return [(place, layer, seen) for place, (layer, seen) in pairs if layer.learns]


def closed(d: Network) -> int:
    """Return the number of the layer, by formula."""
    return max(learning(d), key=lambda each: weights(each[1], each[2]))[0]


def brute(d: Network) -> int:
    """Return the number of the layer: all are counted kernel by kernel, and sorted."""
    counts = [(listed(*pair), place) for place, pair in enumerate(d.walk(stops), 1)]
    return sorted(counts)[-1][1]


def prompt(d: Network) -> Prose:
    """Ask."""
    return line(
        "Which layer of this network has the ", Strong("most parameters"), "? Each kernel and "
        "each unit of a dense layer has a bias; pooling windows that do not fit are left out.",
        *table(d),
    )  # fmt: skip


def show(d: Network, place: int) -> Prose:
    """Name a layer."""
    layer = d.layers[place - 1]
    what = f"{layer.out} kernels of {layer.kernel} × {layer.kernel}"
    return line(f"Layer {place}, {what if layer.slides else f'{layer.out} units'}")


def hints(d: Network) -> tuple[Prose, ...]:
    """Lead to it."""
    flat = next(shape for shape in d.shapes() if len(shape) == 1)
    return (
        line("How many weights one kernel or one unit has depends on what it reads. Find that."),
        line(
            f"Flattening gives {flat[0]} numbers. A unit of the next layer has a weight for each."
        ),
        line("Write (weights of one + 1)·number for each layer that learns, and compare."),
    )


def solution(d: Network) -> tuple[Prose, ...]:
    """Count every layer."""
    shapes = d.shapes()
    told = ", ".join(f"{size(shape)} after layer {i}" for i, shape in enumerate(shapes) if i)
    counts = [
        line(f"Layer {place} reads {size(seen)}: {written(layer, seen)}.")
        for place, layer, seen in learning(d)
    ]
    share = round(100 * max(weights(*pair) for pair in d.walk()) / _total(d))
    last = line(Strong(f"Layer {closed(d)}"), f" has the most: {share} percent of all, rounded.")
    return line(f"The shapes: {told}."), *counts, last


def _total(d: Network) -> int:
    return sum(weights(layer, seen) for layer, seen in d.walk())


def most_units(d: Network) -> int:
    """Take the layer with the most kernels or units."""
    return max(learning(d), key=lambda each: each[1].out)[0]


def largest_map(d: Network) -> int:
    """Take the layer that makes the most numbers."""
    return max(learning(d), key=lambda each: prod(after(each[1], each[2])))[0]


def most_products(d: Network) -> int:
    """Take the layer that computes the most."""
    return max(learning(d), key=lambda each: products(each[1], each[2]))[0]


def deepest(d: Network) -> int:
    """Take the last convolution."""
    return max(place for place, layer, _ in learning(d) if layer.slides)


FAMILY = Family(
    name="most-parameters",
    title="Most parameters",
    version=1,
    says="the layer of a drawn network that holds most of its parameters",
    page=_COUNTING,
    rows=(30,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(len(learning(d))),
    cost=(Work(5), Work(5), Work(6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "deepest convolution", deepest,
            "You took the last convolution, where most maps are read. How many weights a layer "
            "has depends on what it reads and on its own size together.",
        ),
        Slip(
            "largest map", largest_map,
            "You took the layer that makes the most numbers. It makes them with the same few "
            "weights, over and over.",
            "convolution/shared-weights.md", yields=True,
        ),
        Slip(
            "last layer", lambda d: len(d.layers),
            "You took the last layer, because it is dense. Its input is short by then.",
            yields=True,
        ),
        Slip(
            "most kernels or units", most_units,
            "You took the layer with the most kernels or units. How many weights each of them has "
            "counts as well.",
            yields=True,
        ),
        Slip(
            "most multiplications", most_products,
            "You took the layer that computes the most. It uses its weights at many places, but "
            "they are stored once.",
            yields=True,
        ),
    ), Options(show), points=(1, 2, 2)),),
)  # fmt: skip
