"""Small convolutional networks, drawn at random but sensible, with all that can be counted in them.

What a layer makes, learns and multiplies is told twice: by formula, and counted piece by piece.
Shapes are written rows × columns × channels, as the pages do; a vector has its length only. The
engine's own report of a network says more and takes a third of a millisecond, which is too long
where thousands of exercises are drawn in a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import Literal, TypeAlias

from generator.dice import Dice
from generator.prose import Break, Node, Prose, Strong, line

#: What a layer does.
Sort: TypeAlias = Literal["conv", "max-pool", "average-pool", "flatten", "dense"]
#: Rows, columns and channels of maps; the length of a vector.
Shape: TypeAlias = tuple[int, ...]
#: Finds the shape that a layer makes of the one it reads.
Step: TypeAlias = Callable[["Layer", Shape], Shape]

_KERNELS = {1: (3,), 2: (3, 5), 3: (3, 5, 7)}
_FIRST = (4, 5, 6, 8, 10, 12, 16)
_GROWTH = (2, 4, 6, 8, 12, 16)
_HIDDEN = (20, 30, 32, 40, 48, 50, 60, 64)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer.

    Parameters
    ----------
    sort
        What it does.
    out
        Kernels of a convolution, units of a dense layer; 0 for the others, which learn nothing.
    kernel, stride, padding
        Of a convolution or a pooling layer [cells].

    Examples
    --------
    >>> Layer("conv", 16, 3, padding=1).says
    'convolution, 16 kernels of 3 × 3, stride 1, padding 1'
    """

    sort: Sort
    out: int = 0
    kernel: int = 0
    stride: int = 1
    padding: int = 0

    @property
    def slides(self) -> bool:
        """Whether a window slides over maps."""
        return self.kernel > 0

    @property
    def learns(self) -> bool:
        """Whether it has parameters."""
        return self.out > 0

    @property
    def says(self) -> str:
        """The layer in words."""
        if self.sort == "flatten":
            return "flatten"
        if self.sort == "dense":
            return f"dense layer, {self.out} units"
        frame = f", padding {self.padding}" if self.padding else ""
        size, steps = f"{self.kernel} × {self.kernel}", f"stride {self.stride}{frame}"
        if self.sort == "conv":
            return f"convolution, {self.out} kernels of {size}, {steps}"
        return f"{self.sort.replace('-', ' ')}ing, {size}, {steps}"


@dataclass(frozen=True, slots=True)
class Network:
    """An input and the layers it goes through.

    >>> small = Network((8, 8, 3), (Layer("conv", 4, 3), Layer("flatten"), Layer("dense", 2)))
    >>> small.shapes()
    ((8, 8, 3), (6, 6, 4), (144,), (2,))
    >>> [weights(layer, seen) for layer, seen in small.walk()]
    [112, 0, 290]
    """

    shape: Shape
    layers: tuple[Layer, ...]

    def shapes(self, step: Step | None = None) -> tuple[Shape, ...]:
        """Return the input's shape and that after each layer, which `step` finds."""
        return _shapes(self, step or after)

    def walk(self, step: Step | None = None) -> tuple[tuple[Layer, Shape], ...]:
        """Return each layer with the shape it reads."""
        return tuple(zip(self.layers, self.shapes(step), strict=False))

    @property
    def sensible(self) -> bool:
        """Whether every map has at least two rows and two columns."""
        return all(min(shape[:2]) >= 2 for shape in self.shapes() if len(shape) == 3)


@lru_cache(maxsize=8)
def _shapes(network: Network, step: Step) -> tuple[Shape, ...]:
    """Return all shapes; every mistake asks for them, so the last ones are kept."""
    found = [network.shape]
    for layer in network.layers:
        found.append(step(layer, found[-1]))
    return tuple(found)


def after(layer: Layer, seen: Shape) -> Shape:
    """Return the shape that a layer makes of what it reads, by formula.

    >>> after(Layer("max-pool", kernel=3, stride=2, padding=1), (30, 31, 8))
    (15, 16, 8)
    """
    if layer.sort == "flatten":
        return (prod(seen),)
    if layer.sort == "dense":
        return (layer.out,)
    *sides, channels = seen
    free = 2 * layer.padding - layer.kernel
    rows, columns = ((side + free) // layer.stride + 1 for side in sides)
    return rows, columns, layer.out or channels


def stops(layer: Layer, seen: Shape) -> Shape:
    """Return the shape that a layer makes of what it reads: every stop of its window is listed.

    >>> stops(Layer("conv", 6, 5), (32, 32, 1)), stops(Layer("flatten"), (5, 5, 16))
    ((28, 28, 6), (400,))
    """
    if layer.sort == "flatten":
        return (sum([sum([seen[1]] * seen[0])] * seen[2]),)
    if layer.sort == "dense":
        return (layer.out,)
    rows, columns = (
        len(range(-layer.padding, side + layer.padding - layer.kernel + 1, layer.stride))
        for side in seen[:2]
    )
    return rows, columns, layer.out or seen[-1]


def weights(layer: Layer, seen: Shape) -> int:
    """Return the parameters of a layer by formula, a bias for each kernel or unit.

    >>> weights(Layer("conv", 64, 3), (13, 13, 32)), weights(Layer("dense", 10), (64,))
    (18496, 650)
    """
    return (fan(layer, seen) + 1) * layer.out


def listed(layer: Layer, seen: Shape) -> int:
    """Return the parameters of a layer, kernel by kernel and slice by slice added up.

    >>> listed(Layer("conv", 64, 3), (13, 13, 32)), listed(Layer("max-pool", kernel=2), (9, 9, 4))
    (18496, 0)
    """
    if not layer.learns:
        return 0
    slices = [layer.kernel**2] * seen[-1] if layer.slides else [1] * seen[0]
    return sum([sum(slices, start=1)] * layer.out)


def products(layer: Layer, seen: Shape) -> int:
    """Return the multiplications by a weight for one image, by formula.

    >>> products(Layer("conv", 6, 5), (32, 32, 1)), products(Layer("dense", 10), (64,))
    (117600, 640)
    """
    return fan(layer, seen) * prod(after(layer, seen)) if layer.learns else 0


def multiplied(layer: Layer, seen: Shape) -> int:
    """Return the multiplications by a weight for one image, map by map and row by row added up.

    >>> multiplied(Layer("conv", 6, 5), (32, 32, 1))
    117600
    """
    if not layer.learns:
        return 0
    if layer.sort == "dense":
        return sum(seen * layer.out)
    rows, columns, maps = stops(layer, seen)
    cell = sum([layer.kernel**2] * seen[-1])
    return sum([sum([cell * columns] * rows)] * maps)


def fan(layer: Layer, seen: Shape) -> int:
    """Return how many weights one kernel or one unit has, without its bias.

    >>> fan(Layer("conv", 64, 3), (13, 13, 32)), fan(Layer("dense", 10), (64,))
    (288, 64)
    """
    return layer.kernel**2 * seen[-1] if layer.slides else seen[0]


def size(shape: Shape) -> str:
    """Return a shape in words.

    >>> size((28, 28, 6)), size((400,))
    ('28 × 28 × 6', '400 numbers')
    """
    return f"{shape[0]} numbers" if len(shape) == 1 else " × ".join(map(str, shape))


def table(network: Network) -> Prose:
    """Return a network as a numbered list, a paragraph for each layer.

    >>> [node.text for node in table(Network((8, 8, 3), (Layer("flatten"),)))
    ...  if not isinstance(node, Break)]
    ['Input', ': 8 × 8 × 3 (rows × columns × channels)', 'Layer 1', ': flatten']
    """
    shape = f": {size(network.shape)} (rows × columns × channels)"
    nodes: list[str | Node] = [Break(), Strong("Input"), shape]
    for place, layer in enumerate(network.layers, 1):
        nodes += [Break(), Strong(f"Layer {place}"), f": {layer.says}"]
    return line(*nodes)


def network(dice: Dice, level: int, *, convs: int = 2, hidden: bool = False) -> Network:
    """Draw a network: convolutions, each followed by pooling, then dense layers.

    It may turn out too small for its windows; whoever draws asks whether it is ``sensible``.

    Parameters
    ----------
    dice
        What it is drawn from.
    level
        1: convolutions that keep the size, and 2×2 pooling that comes out even. 2: windows of
        several sizes, at least one of them without padding. 3: strides, and pooling that overlaps,
        too.
    convs
        How many convolutions.
    hidden
        Whether a dense layer stands before the last one.

    Examples
    --------
    >>> drawn = network(Dice("fern-12"), 2)
    >>> [layer.sort for layer in drawn.layers]
    ['conv', 'max-pool', 'conv', 'max-pool', 'flatten', 'dense']
    >>> drawn.sensible, size(drawn.shape)
    (True, '18 × 18 × 2')
    """
    unit = 2**convs if level == 1 else 1
    side = unit * dice.whole("side", 16 // unit, 48 // unit)
    channels = dice.pick("channels", (1, 3) if level == 1 else (1, 2, 3, 4))
    layers: list[Layer] = []
    maps = dice.pick("maps", _FIRST)
    bare = dice.whole("bare", 0, convs - 1) if level > 1 else None
    for place in range(convs):
        conv = _convolution(dice, level, maps, first=place == 0)
        layers += (replace(conv, padding=0) if place == bare else conv, _pooling(dice, level))
        maps += dice.pick("growth", _GROWTH)
    layers.append(Layer("flatten"))
    if hidden:
        layers.append(Layer("dense", dice.pick("hidden", _HIDDEN)))
    layers.append(Layer("dense", dice.whole("classes", 2, 12)))
    return Network((side, side, channels), tuple(layers))


def _convolution(dice: Dice, level: int, maps: int, *, first: bool) -> Layer:
    kernel = dice.pick("kernel", _KERNELS[level] if first else _KERNELS[level][:2])
    same = level == 1 or dice.pick("same", (True, False))
    stride = dice.pick("conv stride", (1, 2)) if level == 3 and first else 1
    return Layer("conv", maps, kernel, stride, kernel // 2 if same else 0)


def _pooling(dice: Dice, level: int) -> Layer:
    sort: Sort = "average-pool" if level == 3 and dice.pick("pool", (0, 0, 1)) else "max-pool"
    kernel = dice.pick("window", (2, 3)) if level == 3 else 2
    return Layer(sort, 0, kernel, 2)
