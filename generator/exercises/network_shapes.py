"""The shape after each layer of a small network."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._networks import Layer, Network, Shape, after, network, size, stops, table
from generator.paper import OneNumber, Several
from generator.prose import Prose, Strong, line

_SIZE = "convolution/output-size.md"
_SHAPE = Several(("rows", "columns", "channels"))
#: The layers that are asked about, counted from 0.
_CONV, _POOL, _LATER, _LAST, _FLAT = range(5)


def draw(dice: Dice, level: int) -> Network:
    """Draw a network: level 2 has windows of several sizes, level 3 strides and overlaps."""
    return network(dice, level)


def fair(d: Network) -> bool:
    """Tell whether its maps are large enough, and each convolution changes the channels."""
    return d.sensible and d.shape[2] != d.layers[_CONV].out


def closed(place: int) -> Callable[[Network], Shape]:
    """Return what finds the shape after a layer by formula."""
    return lambda d: d.shapes()[place + 1]


def brute(place: int) -> Callable[[Network], Shape]:
    """Return what finds the shape after a layer stop by stop."""
    return lambda d: d.shapes(stops)[place + 1]


def prompt(d: Network) -> Prose:
    """Tell the network."""
    return line(
        "This network is given. Windows that do not fit are left out, in convolutions and in "
        "pooling.",
        *table(d),
    )


def ask(place: int) -> Callable[[Network], Prose]:
    """Return what asks for the shape after a layer."""
    return lambda _: line("What shape comes out of ", Strong(f"layer {place + 1}"), "?")


def hints(d: Network) -> tuple[Prose, ...]:
    """Lead to it."""
    first = d.layers[_CONV]
    frame = f" + 2·{first.padding}" if first.padding else ""
    return (
        line("For each layer ask two things: what happens to the sides, and who decides how many "
             "channels come out?"),
        line(f"A convolution makes one map for each of its kernels: {first.out} come out of layer "
             "1. Pooling keeps the number of maps."),
        line(f"Each side after layer 1: ⌊({d.shape[0]}{frame} − {first.kernel}) / {first.stride}⌋ "
             "+ 1. Go on from there."),
    )  # fmt: skip


def solution(d: Network) -> tuple[Prose, ...]:
    """Show every layer."""
    steps = [
        line(f"Layer {place}: {_written(layer, seen)}")
        for place, (layer, seen) in enumerate(d.walk(), 1)
        if layer.sort != "dense"
    ]
    flat, last = d.shapes()[_FLAT + 1][0], d.layers[-1].out
    return *steps, line(f"The dense layer reads these {flat} numbers and makes {last} of them.")


def _written(layer: Layer, seen: Shape) -> str:
    made = after(layer, seen)
    if layer.sort == "flatten":
        return f"all maps in one line: {seen[0]}·{seen[1]}·{seen[2]} = {made[0]} numbers."
    padding = f" + 2·{layer.padding}" if layer.padding else ""
    room = f"{seen[0]}{padding} − {layer.kernel}"
    side = f"{room} + 1" if layer.stride == 1 else f"⌊({room}) / {layer.stride}⌋ + 1"
    who = f"{layer.out} kernels make {layer.out} maps"
    if not layer.learns:
        who = f"each of the {seen[2]} maps is pooled by itself"
    return f"each side {side} = {made[0]}; {who}: {size(made)}."


def carried(place: int) -> Callable[[Network, tuple[Any, ...]], Shape | int | None]:
    """Return what goes on from the shape before a layer."""

    def follows(d: Network, before: tuple[Any, ...]) -> Shape | int | None:
        seen = before[-1]
        if place == _FLAT:
            return int(prod(seen))
        found = after(d.layers[place], seen)
        return found if min(found) > 0 else None

    return follows


def _seen(d: Network, place: int) -> Shape:
    return d.shapes()[place]


def _bent(place: int, **changes: int) -> Callable[[Network], Shape | None]:
    """Return what finds the shape if a layer had another stride or padding."""

    def find(d: Network) -> Shape | None:
        layer = d.layers[place]
        other = Layer(
            layer.sort, layer.out, layer.kernel,
            changes.get("stride", layer.stride), changes.get("padding", layer.padding),
        )  # fmt: skip
        found = after(other, _seen(d, place))
        return found if other != layer and min(found) > 0 else None

    return find


def conv_slips(place: int) -> tuple[Slip[Network], ...]:
    """Return how the shape after a convolution is mistaken."""
    at = closed(place)

    def no_plus_one(d: Network) -> Shape:
        rows, columns, maps = at(d)
        return rows - 1, columns - 1, maps

    def kept(d: Network) -> Shape | None:
        rows, columns, _ = _seen(d, place)
        return (rows, columns, at(d)[2]) if at(d)[0] != rows else None

    return (
        Slip(
            "channels kept", lambda d: (*at(d)[:2], _seen(d, place)[2]),
            lambda d: "You kept the number of channels. Each kernel reads all of them and makes "
            f"one map, so {d.layers[place].out} come out.",
            "convolution/many-kernels.md",
        ),
        Slip(
            "padding forgotten", _bent(place, padding=0),
            lambda d: f"You left the padding out. It makes each side {2 * d.layers[place].padding} "
            "longer before the kernel slides.",
            "convolution/padding.md",
        ),
        Slip(
            "stride ignored", _bent(place, stride=1),
            lambda d: f"You moved the kernel by 1. It moves by {d.layers[place].stride}.",
            "convolution/stride.md",
        ),
        Slip(
            "size kept", kept,
            "You kept the size. That is so only with stride 1 and enough padding.",
            _SIZE, yields=True,
        ),
        Slip(
            "+1 forgotten", no_plus_one,
            "You counted the moves. The kernel also has a first position, before any.",
            _SIZE, yields=True,
        ),
        Slip(
            "channels multiplied",
            lambda d: (*at(d)[:2], _seen(d, place)[2] * d.layers[place].out)
            if _seen(d, place)[2] > 1 else None,
            "You made a map for each channel and each kernel. A kernel sums over the channels: one "
            "map each.",
            "convolution/channels.md",
        ),
    )  # fmt: skip


def pool_slips(place: int) -> tuple[Slip[Network], ...]:
    """Return how the shape after pooling is mistaken."""
    at = closed(place)

    def channels(d: Network) -> Shape:
        rows, columns, maps = at(d)
        return rows, columns, maps // d.layers[place].stride

    def up(d: Network) -> Shape | None:
        layer, (rows, columns, maps) = d.layers[place], at(d)
        rest = (_seen(d, place)[0] - layer.kernel) % layer.stride
        return (rows + 1, columns + 1, maps) if rest else None

    return (
        Slip(
            "channels pooled too",
            channels,
            "You made the maps fewer as well. Pooling works on each map by itself.",
        ),
        Slip(
            "rounded up",
            up,
            "You kept a window that hangs over the edge. Here it is left out, so round down.",
            _SIZE,
        ),
        Slip(
            "stride ignored",
            _bent(place, stride=1),
            lambda d: f"You moved the window by 1. It moves by {d.layers[place].stride}.",
            "convolution/stride.md",
        ),
        Slip(
            "maps merged",
            lambda d: (*at(d)[:2], 1),
            "You merged the maps to one. Pooling works on each map by itself.",
        ),
        Slip(
            "not pooled",
            lambda d: _seen(d, place),
            "You handed the maps on as they are. Pooling makes them smaller.",
            yields=True,
        ),
    )


FAMILY = Family(
    name="network-shapes",
    title="Shapes through a network",
    version=1,
    says="the shape after each layer of a small network drawn at random",
    page="layers/anatomy.md",
    rows=(32,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(sum(layer.slides for layer in d.layers)),
    cost=(Work(4), Work(4), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(closed(_CONV), brute(_CONV), conv_slips(_CONV), _SHAPE, ask(_CONV), (1, 1, 1)),
        Part(
            closed(_POOL), brute(_POOL), pool_slips(_POOL), _SHAPE, ask(_POOL), (1, 1, 1),
            follows=carried(_POOL),
        ),
        Part(
            closed(_LATER), brute(_LATER), conv_slips(_LATER), _SHAPE, ask(_LATER), (1, 1, 1),
            follows=carried(_LATER),
        ),
        Part(
            closed(_LAST), brute(_LAST), pool_slips(_LAST), _SHAPE, ask(_LAST), (1, 1, 1),
            follows=carried(_LAST),
        ),
        Part(
            lambda d: closed(_FLAT)(d)[0], lambda d: brute(_FLAT)(d)[0], (
                Slip(
                    "one map flattened", lambda d: prod(_seen(d, _FLAT)[:2]),
                    "You flattened one map. All of them are flattened together.",
                    "images/flattening.md",
                ),
                Slip(
                    "maps counted", lambda d: _seen(d, _FLAT)[2],
                    "You counted the maps. Flattening keeps all of their cells.",
                    "images/flattening.md",
                ),
                Slip(
                    "sides added", lambda d: sum(_seen(d, _FLAT)),
                    "You added rows, columns and channels. They are multiplied.",
                    "images/flattening.md",
                ),
            ), OneNumber(unit="numbers"),
            lambda d: line("How many numbers does ", Strong("the dense layer"), " read?"),
            (1, 1, 1), follows=carried(_FLAT),
        ),
    ),
)  # fmt: skip
