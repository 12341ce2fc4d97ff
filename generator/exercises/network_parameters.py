"""The parameters of a small network, layer by layer and altogether."""

from __future__ import annotations

from math import prod
from typing import Any

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._miscounts import conv_slips, no_bias, written
from generator.exercises._networks import (
    Layer,
    Network,
    Shape,
    fan,
    listed,
    network,
    size,
    stops,
    table,
    weights,
)
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_PARAMETERS = OneNumber(unit="parameters")
_POOLING = "layers/pooling.md"
#: Where the convolutions and the first dense layer stand; before the last comes ``flatten``.
_FIRST, _SECOND, _DENSE = 0, 2, 5


def draw(dice: Dice, level: int) -> Network:
    """Draw a network: level 2 has windows of several sizes, level 3 strides and a layer more."""
    return network(dice, level, hidden=level == 3)


def fair(d: Network) -> bool:
    """Tell whether its maps are large enough, and its numbers not too large for paper."""
    return d.sensible and fan(*at(d, _DENSE)) <= 3000 and d.shape[2] != d.layers[_FIRST].out


def at(d: Network, place: int) -> tuple[Layer, Shape]:
    """Return a layer, counted from 0, and what it reads."""
    return d.walk()[place]


def learning(d: Network) -> list[tuple[int, Layer, Shape]]:
    """Return the layers with parameters, and their numbers from 1 on."""
    pairs = enumerate(d.walk(), 1)
    return [(place, layer, seen) for place, (layer, seen) in pairs if layer.learns]


def counted(d: Network, place: int) -> int:
    """Return the parameters of a layer, kernel by kernel."""
    return listed(*d.walk(stops)[place])


def prompt(d: Network) -> Prose:
    """Tell the network."""
    return line(
        "This network is given. Each kernel and each unit of a dense layer has a bias; pooling "
        "windows that do not fit are left out.",
        *table(d),
    )


def ask(place: int, what: str) -> Prose:
    """Ask for a layer."""
    return line("How many parameters does ", Strong(f"layer {place + 1}"), f", {what}, have?")


def hints(d: Network) -> tuple[Prose, ...]:
    """Lead to it."""
    layer, seen = at(d, _DENSE)
    first = d.layers[_FIRST].out
    return (
        line("Write down the shape after every layer first. Which layers learn something?"),
        line(f"The kernels of layer {_SECOND + 1} are {first} channels deep, because layer "
             f"{_FIRST + 1} makes {first} maps."),
        line(f"Flattening gives {seen[0]} numbers, and each of the {layer.out} units of layer "
             f"{_DENSE + 1} has a weight for each of them."),
    )  # fmt: skip


def solution(d: Network) -> tuple[Prose, ...]:
    """Show all shapes, every layer, and the sum."""
    shapes = d.shapes()
    told = ", ".join(f"{size(shape)} after layer {i}" for i, shape in enumerate(shapes) if i)
    steps = [line(f"The shapes: {told}. Pooling and flattening learn nothing.")]
    counts = []
    for place, layer, seen in learning(d):
        counts.append(weights(layer, seen))
        steps.append(line(f"Layer {place} reads {size(seen)}: {written(layer, seen)}."))
    added = " + ".join(map(str, counts))
    return *steps, line(f"Altogether {added} = ", Strong(f"{sum(counts)} parameters"), ".")


def total(d: Network) -> int:
    """Return all parameters, by formula."""
    return sum(weights(layer, seen) for layer, seen in d.walk())


def counted_total(d: Network) -> int:
    """Return all parameters, kernel by kernel."""
    return sum(listed(layer, seen) for layer, seen in d.walk(stops))


def carried(d: Network, before: tuple[Any, ...]) -> int:
    """Go on from the three layers that were asked for."""
    rest = [weights(layer, seen) for place, layer, seen in learning(d) if place > _DENSE + 1]
    return sum((*before, *rest))


def first_channels(d: Network) -> int:
    """Let the second convolution read the input's channels."""
    layer = d.layers[_SECOND]
    return (layer.kernel**2 * d.shape[2] + 1) * layer.out


def before_pooling(d: Network) -> int:
    """Flatten what stands before the last pooling."""
    shapes = d.shapes()
    return (prod(shapes[3]) + 1) * d.layers[_DENSE].out


def one_map(d: Network) -> int:
    """Flatten one map only."""
    rows, columns, _ = d.shapes()[4]
    return (rows * columns + 1) * d.layers[_DENSE].out


def maps_only(d: Network) -> int:
    """Take each map for one number."""
    return (d.shapes()[4][2] + 1) * d.layers[_DENSE].out


def pooling_counted(d: Network) -> int:
    """Give pooling windows weights and a bias for each map."""
    pools = [(layer, seen) for layer, seen in d.walk() if layer.slides and not layer.learns]
    return total(d) + sum((layer.kernel**2 + 1) * seen[2] for layer, seen in pools)


FAMILY = Family(
    name="network-parameters",
    title="Parameters of a network",
    version=1,
    says="weights and biases of each layer of a small network, and of all of it",
    page="layers/counting-parameters.md",
    rows=(30,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(len(learning(d))),
    cost=(Work(3), Work(3), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            lambda d: weights(*at(d, _FIRST)), lambda d: counted(d, _FIRST),
            conv_slips(lambda d: at(d, _FIRST)), _PARAMETERS,
            lambda d: ask(_FIRST, "the first convolution"), points=(1, 1, 1),
        ),
        Part(
            lambda d: weights(*at(d, _SECOND)), lambda d: counted(d, _SECOND), (
                Slip(
                    "input's channels taken", first_channels,
                    lambda d: "You let the kernels read the channels of the input. They "
                    f"read the {d.layers[_FIRST].out} maps that the first convolution makes.",
                    "convolution/channels.md",
                ),
                *conv_slips(lambda d: at(d, _SECOND)),
            ), _PARAMETERS,
            lambda d: ask(_SECOND, "the second convolution"), points=(1, 1, 1),
        ),
        Part(
            lambda d: weights(*at(d, _DENSE)), lambda d: counted(d, _DENSE), (
                Slip(
                    "pooling forgotten", before_pooling,
                    "You flattened the maps as they are before the last pooling layer. What comes "
                    "out of it is flattened.",
                    _POOLING,
                ),
                Slip(
                    "one map flattened", one_map,
                    lambda d: f"You flattened one map. All {d.layers[_SECOND].out} of them are "
                    "flattened together.",
                    "images/flattening.md",
                ),
                Slip(
                    "bias forgotten", lambda d: no_bias(*at(d, _DENSE)),
                    "You counted the weights only. Each unit has a bias as well.",
                ),
                Slip(
                    "maps taken for numbers", maps_only,
                    "You took each map for one number. Flattening keeps all of its cells.",
                    "images/flattening.md",
                ),
            ), _PARAMETERS,
            lambda d: ask(_DENSE, "the dense layer after flattening"), points=(1, 2, 2),
        ),
        Part(
            total, counted_total, (
                Slip(
                    "pooling counted", pooling_counted,
                    "You gave the pooling layers parameters. They learn nothing: a maximum or an "
                    "average has no weights.",
                    _POOLING,
                ),
                Slip(
                    "dense layers left out",
                    lambda d: sum(weights(*at(d, place)) for place in (_FIRST, _SECOND)),
                    "You added up the convolutions only. Dense layers have parameters too.",
                ),
                Slip(
                    "all biases left out",
                    lambda d: sum(no_bias(layer, seen) for _, layer, seen in learning(d)),
                    "You added up the weights only. Each kernel and each unit has a bias as well.",
                ),
            ), _PARAMETERS,
            lambda d: line("How many parameters does ", Strong("the whole network"), " have?"),
            points=(1, 1, 2), follows=carried,
        ),
    ),
)  # fmt: skip
