"""Small networks of blocks: their shapes, their layers in words, and one read from the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from generator.engine.shapes import Axis


@dataclass(frozen=True, slots=True)
class Net:
    """Blocks of a convolution with ReLU and 2×2 pooling, then a dense layer.

    >>> net = Net(14, 14, 1, (3,), (8,), same=False, classes=10)
    >>> shapes(net)
    '14×14×1 → 12×12×8 → 6×6×8 → 288 → 10'
    """

    rows: int
    columns: int
    channels: int
    kernels: tuple[int, ...]
    maps: tuple[int, ...]
    same: bool
    classes: int


def walk(
    net: Net,
    *,
    conv: Callable[[int, int], int] | None = None,
    pool: Callable[[int], int] = lambda side: side // 2,
    deep: Callable[[int, int], int] = lambda _, maps: maps,
    flat: Callable[[tuple[int, int, int]], int] = prod,
) -> str:
    """Return the shapes through the network, with steps that may be wrong.

    Parameters
    ----------
    net
        The network.
    conv
        The side behind a convolution, from the side before and the kernel.
    pool
        The side behind a pooling.
    deep
        The depth behind a convolution, from the depth before and its kernels.
    flat
        The length of the vector, from the last shape.
    """
    after = conv or (lambda side, k: side if net.same else side - k + 1)
    shape = (net.rows, net.columns, net.channels)
    said = ["×".join(map(str, shape))]
    for kernel, maps in zip(net.kernels, net.maps, strict=True):
        depth = deep(shape[2], maps)
        shape = (after(shape[0], kernel), after(shape[1], kernel), depth)
        said.append("×".join(map(str, shape)))
        shape = (pool(shape[0]), pool(shape[1]), depth)
        said.append("×".join(map(str, shape)))
    return " → ".join([*said, str(flat(shape)), str(net.classes)])


def shapes(net: Net) -> str:
    """Return the shapes through the network."""
    return walk(net)


def counted(net: Net) -> str:
    """Return the shapes by the engine's geometry, and by counting cells."""
    sides, depth = [net.rows, net.columns], net.channels
    said = [f"{net.rows}×{net.columns}×{depth}"]
    for kernel, maps in zip(net.kernels, net.maps, strict=True):
        pad = kernel // 2 if net.same else 0
        sides = [Axis(side, kernel, 1, pad, pad).output for side in sides]
        said.append(f"{sides[0]}×{sides[1]}×{maps}")
        sides = [len([0] * side) // 2 for side in sides]
        said.append(f"{sides[0]}×{sides[1]}×{maps}")
        depth = maps
    vector = [0 for _ in range(sides[0]) for _ in range(sides[1]) for _ in range(depth)]
    return " → ".join([*said, f"{len(vector)}", f"{net.classes}"])


def layers(net: Net) -> str:
    """Return the layers in words.

    >>> layers(Net(14, 14, 1, (3,), (8,), same=True, classes=10))
    'conv 8 of 3×3, same → pool → flatten → dense 10'
    """
    same = ", same" if net.same else ""
    blocks = [
        f"conv {maps} of {k}×{k}{same} → pool"
        for k, maps in zip(net.kernels, net.maps, strict=True)
    ]
    return " → ".join([*blocks, "flatten", f"dense {net.classes}"])


def read(net: Net) -> str:
    """Return the layers, read off the sequence of shapes."""
    said: list[str] = []
    steps = [each.split("×") for each in counted(net).split(" → ")]
    for before, after in pairwise(steps):
        if len(after) == 1:
            said.append("flatten" if len(before) == 3 else f"dense {after[0]}")
        elif before[2] == after[2] and int(before[0]) // 2 == int(after[0]):
            said.append("pool")
        else:
            # Where the size is kept, nothing but the question says how large the kernels are.
            lost = int(before[0]) - int(after[0])
            side = lost + 1 if lost else net.kernels[len(said) // 2]
            said.append(f"conv {after[2]} of {side}×{side}" + ("" if lost else ", same"))
    return " → ".join(said)
