"""What layers cost: multiplications for one image, and which layer costs most."""

from __future__ import annotations

from math import prod

from generator.dice import Dice
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._networks import (
    Layer,
    Network,
    Shape,
    after,
    fan,
    multiplied,
    network,
    products,
    size,
    stops,
    table,
)
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_SIZE = "convolution/output-size.md"
_SHARED = "convolution/shared-weights.md"
_PRODUCTS = OneNumber(unit="multiplications")
#: The layers with weights, counted from 0.
_FIRST, _SECOND, _DENSE = 0, 2, 5


def draw(dice: Dice, level: int) -> Network:
    """Draw a network: level 2 has windows of several sizes, level 3 strides and overlaps.

    A layer that is not wide has more units, so that the dense layer is worth comparing.
    """
    drawn = network(dice, level)
    units = dice.pick("units", (10, 20, 50, 100, 200, 500))
    *layers, _ = drawn.layers
    return Network(drawn.shape, (*layers, Layer("dense", units)))


def fair(d: Network) -> bool:
    """Tell whether its maps are large enough, and one layer clearly costs most.

    The numbers are not too large for paper either.
    """
    if not d.sensible:
        return False
    *_, second, most = sorted(products(*pair) for pair in d.walk())
    return 1.1 * second <= most <= 3_000_000


def at(d: Network, place: int) -> tuple[Layer, Shape]:
    """Return a layer, counted from 0, and what it reads."""
    return d.walk()[place]


def prompt(d: Network) -> Prose:
    """Tell the network."""
    return line(
        "Count the multiplications by a weight that this network does for one image. Biases are "
        "added, not multiplied; pooling has no weights. Windows that do not fit are left out, and "
        "zeros of the padding are multiplied like other numbers.",
        *table(d),
    )


def ask(place: int, what: str) -> Prose:
    """Ask for a layer."""
    return line("How many multiplications does ", Strong(f"layer {place + 1}"), f", {what}, do?")


def hints(d: Network) -> tuple[Prose, ...]:
    """Lead to it."""
    rows, columns, maps = after(*at(d, _FIRST))
    layer, seen = at(d, _FIRST)
    one = f"{layer.kernel}·{layer.kernel}·{seen[2]}"
    return (
        line("How many multiplications make one number of a map? How many numbers are made?"),
        line(f"Layer 1 makes {rows} × {columns} × {maps} numbers."),
        line(f"For each of them it multiplies {one} = {fan(layer, seen)} times. Layer 3 goes the "
             "same way; it reads what pooling has left."),
    )  # fmt: skip


def solution(d: Network) -> tuple[Prose, ...]:
    """Show every layer with weights."""
    shapes = d.shapes()
    told = ", ".join(f"{size(shape)} after layer {i}" for i, shape in enumerate(shapes) if i)
    steps = [line(f"The shapes: {told}.")]
    for place in (_FIRST, _SECOND):
        layer, seen = at(d, place)
        rows, columns, maps = after(layer, seen)
        one = f"{layer.kernel}·{layer.kernel}·{seen[2]}"
        steps.append(line(
            f"Layer {place + 1}: each number takes {one} = {fan(layer, seen)} multiplications, and "
            f"there are {rows}·{columns}·{maps} = {rows * columns * maps} numbers: "
            f"{fan(layer, seen)}·{rows * columns * maps} = {products(layer, seen)}."
        ))  # fmt: skip
    layer, seen = at(d, _DENSE)
    dense = f"{seen[0]}·{layer.out} = {products(layer, seen)}"
    steps.append(line(f"Layer {_DENSE + 1}: each unit multiplies all {seen[0]} numbers: {dense}."))
    return *steps, line(Strong(f"Layer {closed(d)}"), " costs most.")


def closed(d: Network) -> int:
    """Return the number of the layer that costs most, by formula."""
    costs = [products(layer, seen) for layer, seen in d.walk()]
    return costs.index(max(costs)) + 1


def brute(d: Network) -> int:
    """Return the number of the layer that costs most: counted row by row, and sorted."""
    costs = [(multiplied(*pair), place) for place, pair in enumerate(d.walk(stops), 1)]
    return sorted(costs)[-1][1]


def show(d: Network, place: int) -> Prose:
    """Name a layer."""
    layer = d.layers[place - 1]
    return line(f"Layer {place}, {'the convolution' if layer.slides else 'the dense layer'}")


def other(place: int) -> Slip[Network]:
    """Return who takes one of the layers that cost less."""
    names = {
        _FIRST: ("largest maps", "You took the layer with the largest maps. How many channels a "
                 "kernel reads counts as well."),
        _SECOND: ("most channels", "You took the layer whose kernels are deepest. At how many "
                  "places they are used counts as well."),
        _DENSE: ("dense layer", "You took the dense layer. It may hold most of the parameters, but "
                 "it uses each of them once."),
    }  # fmt: skip
    name, says = names[place]
    return Slip(name, lambda d: place + 1 if place + 1 != closed(d) else None, says, _SHARED)


def conv_slips(place: int) -> tuple[Slip[Network], ...]:
    """Return how the multiplications of a convolution are miscounted."""

    def in_place(d: Network) -> Shape:
        return after(*at(d, place))

    def whole_input(d: Network) -> int | None:
        layer, seen = at(d, place)
        found = fan(layer, seen) * prod(seen[:2]) * layer.out
        return found if in_place(d)[:2] != seen[:2] else None

    def flat(d: Network) -> int | None:
        layer, seen = at(d, place)
        return layer.kernel**2 * prod(in_place(d)) if seen[2] > 1 else None

    def biased(d: Network) -> int:
        return (fan(*at(d, place)) + 1) * prod(in_place(d))

    return (
        Slip(
            "parameters counted",
            lambda d: fan(*at(d, place)) * d.layers[place].out,
            "You counted the weights. Each of them is used at every place of the map.",
            _SHARED,
        ),
        Slip(
            "channels forgotten",
            flat,
            lambda d: (
                "You let a kernel read one channel. It reads "
                f"{at(d, place)[1][2]} of them at every place."
            ),
            "convolution/channels.md",
        ),
        Slip(
            "one kernel counted",
            lambda d: fan(*at(d, place)) * prod(in_place(d)[:2]),
            lambda d: f"You counted one kernel. The layer has {d.layers[place].out}.",
            "convolution/many-kernels.md",
        ),
        Slip(
            "places of the input",
            whole_input,
            lambda d: (
                f"You counted a place for each cell of the input. The map has {in_place(d)[0]}"
                f" × {in_place(d)[1]} cells."
            ),
            _SIZE,
        ),
        Slip(
            "bias multiplied",
            biased,
            "You counted the bias as a multiplication. It is only added.",
        ),
    )


FAMILY = Family(
    name="multiply-adds",
    title="Multiplications of a network",
    version=1,
    says="multiplications that the layers of a small network do for one image, and which does most",
    page="layers/counting-parameters.md",
    rows=(30, 34),
    draw=draw,
    fair=fair,
    work=lambda d: Work(sum(layer.learns for layer in d.layers)),
    cost=(Work(3), Work(3), Work(3)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            lambda d: products(*at(d, _FIRST)), lambda d: multiplied(*d.walk(stops)[_FIRST]),
            conv_slips(_FIRST), _PRODUCTS, lambda _: ask(_FIRST, "the first convolution"),
            (1, 2, 2),
        ),
        Part(
            lambda d: products(*at(d, _SECOND)), lambda d: multiplied(*d.walk(stops)[_SECOND]),
            conv_slips(_SECOND), _PRODUCTS, lambda _: ask(_SECOND, "the second convolution"),
            (1, 2, 2),
        ),
        Part(
            closed, brute, (other(_DENSE), other(_FIRST), other(_SECOND)), Options(show),
            lambda _: line("Which layer does the ", Strong("most multiplications"), "?"),
            (1, 1, 1), fewest=2,
        ),
    ),
)  # fmt: skip
