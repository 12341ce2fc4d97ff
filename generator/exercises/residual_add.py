"""What must stand on the shortcut of a residual block, so that both paths can be added."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from generator.dice import Dice
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._networks import Layer, Network, Shape, after, listed, size, stops, table
from generator.paper import Several
from generator.prose import Prose, Strong, line

_CHANNELS = "convolution/many-kernels.md"
_STRIDE = "convolution/stride.md"
#: Kernels of a 1×1 convolution and its stride; 0 and 1 stand for a plain shortcut.
Shortcut = tuple[int, int]
_PLAIN: Shortcut = (0, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The main path of a block.

    >>> block = Drawn(Network((28, 28, 64), (Layer("conv", 128, 3, 2, 1), Layer("conv", 128, 3,
    ...               padding=1))))
    >>> block.made, closed(block)
    ((14, 14, 128), (128, 2))
    """

    path: Network

    @property
    def seen(self) -> Shape:
        """What both paths begin with."""
        return self.path.shape

    @property
    def made(self) -> Shape:
        """What the main path makes."""
        return self.path.shapes()[-1]

    @property
    def kernels(self) -> int:
        """Kernels of the last layer."""
        return self.path.layers[-1].out

    @property
    def stride(self) -> int:
        """All strides together."""
        return prod(layer.stride for layer in self.path.layers)


_MAPS = (8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a block: of two layers, of three with 1×1 convolutions outside, of four."""
    channels = dice.pick("channels", _MAPS)
    sort = dice.pick("sort", ("plain", "wider", "strided", "strided"))
    kernels = channels if sort == "plain" else dice.pick("kernels", _MAPS)
    strides = [1] * (level + 1)
    if sort == "strided":
        strides[dice.whole("strided", 0, level)] = 2
        if level > 1 and dice.pick("twice", (False, True)):
            strides[dice.whole("again", 0, level)] = 2
    sizes = [3, 3] if level == 1 else [1, *(dice.pick("size", (3, 5)) for _ in range(level - 1)), 1]
    inner = dice.pick("inner", _MAPS)
    if level > 1:
        inner = max(4, min(channels, kernels) // dice.pick("reduced", (2, 4)))
    layers = [
        Layer("conv", inner if place < level else kernels, side, stride, side // 2)
        for place, (side, stride) in enumerate(zip(sizes, strides, strict=True))
    ]
    rows, columns = dice.whole("rows", 12, 64), dice.whole("columns", 12, 64)
    return Drawn(Network((rows, columns, channels), tuple(layers)))


def fair(d: Drawn) -> bool:
    """Tell whether the shortcut is plain or must change the channels, and sides differ."""
    inner, channels = d.path.layers[0].out, d.seen[2]
    changes = d.kernels != channels or d.stride == 1
    return changes and d.seen[0] != d.seen[1] and inner not in (d.kernels, channels)


def closed(d: Drawn) -> Shortcut:
    """Return the shortcut: as many kernels as the last layer, with all strides together."""
    if d.made == d.seen:
        return _PLAIN
    return d.kernels, d.stride


def brute(d: Drawn) -> Shortcut:
    """Return the shortcut with the fewest parameters of all whose shapes fit, trying many."""
    goal = d.path.shapes(stops)[-1]
    if goal == d.seen:
        return _PLAIN
    counts = sorted({d.seen[2], *(layer.out for layer in d.path.layers)})
    tried = [Layer("conv", kernels, 1, stride) for kernels in counts for stride in range(1, 9)]
    fitting = [layer for layer in tried if stops(layer, d.seen) == goal]
    best = min(fitting, key=lambda layer: listed(layer, d.seen))
    return best.out, best.stride


def prompt(d: Drawn) -> Prose:
    """Tell the block."""
    return line(
        "A residual block adds what comes out of its main path to what comes over its shortcut, "
        "number by number. Both begin with the same maps. The main path:",
        *table(d.path),
    )


def show(d: Drawn, value: Shortcut) -> Prose:
    """Name a shortcut."""
    if value == _PLAIN:
        return line("a plain shortcut: the maps as they are")
    return line(f"a 1 × 1 convolution with {value[0]} kernels and stride {value[1]}")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    strides = "·".join(str(layer.stride) for layer in d.path.layers)
    return (
        line("Which two shapes are to be added? When can two stacks of maps be added?"),
        line("Every convolution here has enough padding to keep the sides; only strides make them "
             "shorter. The last layer decides how many maps there are."),
        line(f"The strides together make {strides} = {d.stride}, and the last layer makes "
             f"{d.kernels} maps of {d.seen[2]}."),
    )  # fmt: skip


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the main path and what the shortcut has to do."""
    steps = [
        line(f"Layer {place}: {_written(layer, seen)}")
        for place, (layer, seen) in enumerate(d.path.walk(), 1)
    ]
    begin = line(f"Over the shortcut come {size(d.seen)}, the main path makes {size(d.made)}.")
    if d.made == d.seen:
        last = line("The shapes are equal already: ", Strong("a plain shortcut"), " will do. A "
                    "convolution would fit too, but it costs parameters for nothing.")  # fmt: skip
        return *steps, begin, last
    halves = f" and stride {d.stride} for the sides" if d.stride > 1 else "; the sides fit already"
    fits = Strong(f"{d.kernels} kernels of 1 × 1, stride {d.stride}")
    after_ = size(after(Layer("conv", d.kernels, 1, d.stride), d.seen))
    return (
        *steps, begin,
        line(f"It takes {d.kernels} kernels for the channels{halves}: ", fits, f" make {after_}."),
    )  # fmt: skip


def _written(layer: Layer, seen: Shape) -> str:
    rows, columns, maps = after(layer, seen)
    if layer.stride == 1:
        return f"the sides stay {rows} × {columns}, and there are {maps} maps."
    sides = [f"⌊({n} + 2·{layer.padding} − {layer.kernel}) / {layer.stride}⌋ + 1" for n in seen[:2]]
    return f"{sides[0]} = {rows} rows, {sides[1]} = {columns} columns, and {maps} maps."


def _made(d: Drawn, stride: int, maps: int) -> Shape:
    rows, columns, _ = after(Layer("conv", maps, 1, stride), d.seen)
    return rows, columns, maps


def unpadded(d: Drawn) -> Shape | None:
    """Leave the padding out."""
    layers = tuple(Layer("conv", w.out, w.kernel, w.stride) for w in d.path.layers)
    found = Network(d.seen, layers).shapes()[-1]
    return found if min(found) > 0 else None


def all_channels(d: Drawn) -> Shape:
    """Put the channels of both paths behind each other."""
    return (*d.made[:2], d.seen[2] + d.kernels)


FAMILY = Family(
    name="residual-add",
    title="The shortcut of a residual block",
    version=1,
    says="the shape a residual block makes, and what must stand on its shortcut",
    page="convolution/pointwise.md",
    rows=(36,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(len(d.path.layers)),
    cost=(Work(2), Work(3), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.made, lambda d: d.path.shapes(stops)[-1], (
            Slip(
                "channels kept", lambda d: (*d.made[:2], d.seen[2])
                if d.kernels != d.seen[2] else None,
                lambda d: f"You kept the {d.seen[2]} channels of the input. The last layer has "
                f"{d.kernels} kernels, and each makes one map.",
                _CHANNELS,
            ),
            Slip(
                "strides ignored", lambda d: _made(d, 1, d.kernels) if d.stride > 1 else None,
                lambda d: "You kept the sides. The strides make them shorter, altogether by a "
                f"factor of {d.stride}.",
                _STRIDE,
            ),
            Slip(
                "first layer's maps", lambda d: (*d.made[:2], d.path.layers[0].out),
                "You took the number of maps from the first layer. The last one decides.",
                _CHANNELS,
            ),
            Slip(
                "paths put together", all_channels,
                "You put the channels of both paths behind each other. The question is about the "
                "main path, and a residual block adds.",
            ),
            Slip(
                "padding forgotten", unpadded,
                "You left the padding out. With it, a 3 × 3 or 5 × 5 convolution keeps the sides.",
                "convolution/padding.md",
            ),
        ), Several(("rows", "columns", "channels")),
            lambda _: line("What shape comes out of ", Strong("the main path"), "?"), (1, 2, 2)),
        Part(closed, brute, (
            Slip(
                "shapes not compared", lambda d: _PLAIN if d.made != d.seen else None,
                lambda d: f"You added {size(d.seen)} to {size(d.made)}. Only equal shapes can be "
                "added, number by number.",
            ),
            Slip(
                "convolution for nothing",
                lambda d: (d.kernels, 1) if d.made == d.seen else None,
                "You put a convolution where none is needed. The shapes are equal already, and a "
                "plain shortcut has no parameters.",
            ),
            Slip(
                "stride forgotten", lambda d: (d.kernels, 1) if d.stride > 1 else None,
                lambda d: "You fitted the channels only. The main path has made the sides shorter, "
                f"so the shortcut needs stride {d.stride}.",
                _STRIDE,
            ),
            Slip(
                "one stride counted",
                lambda d: (d.kernels, 2) if d.stride > 2 else None,
                "You counted one stride. Two layers have one, and together they make 4.",
                _STRIDE,
            ),
            Slip(
                "channels forgotten",
                lambda d: (d.seen[2], d.stride) if d.kernels != d.seen[2] else None,
                lambda d: f"You kept {d.seen[2]} channels. The main path makes {d.kernels} maps, "
                "so many must come over the shortcut.",
                _CHANNELS,
            ),
            Slip(
                "always halved", lambda d: (d.kernels, 2) if d.stride == 1 else None,
                "You gave the shortcut stride 2. No layer of this block has one, so the sides stay "
                "as they are.",
                _STRIDE,
            ),
            Slip(
                "first layer's kernels", lambda d: (d.path.layers[0].out, d.stride),
                "You took the number of kernels from the first layer. The maps of the last one are "
                "added to the shortcut's.",
                _CHANNELS,
            ),
        ), Options(show), lambda _: line(
            "Which shortcut fits, with ", Strong("as few parameters as possible"), "?"
        ), (1, 1, 2)),
    ),
)  # fmt: skip
