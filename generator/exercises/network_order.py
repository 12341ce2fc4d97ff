"""The shapes of a network in their order, and the layers that give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.dice import Dice
from generator.exercises._blocks import Net, counted, layers, read, shapes, walk
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._figure import figure
from generator.exercises._offered import offer, only_offered
from generator.prose import Figure, Prose, Strong, line

_PAGE = "layers/anatomy.md"
_SIZE = "convolution/output-size.md"
_POOLING = "layers/pooling.md"
_MAPS = "convolution/many-kernels.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network, whether its shapes are given and its layers asked for, and the wrong options."""

    net: Net
    reverse: bool
    offered: tuple[str, ...]


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a network: level 2 has two blocks, at level 3 its layers are asked for."""
    blocks = 1 if level == 1 else 2
    same = bool(dice.whole("same", 0, 1))
    kernels = tuple(dice.pick("kernel", (3, 5)) for _ in range(blocks))
    # Small enough to compute, large enough that what is wrongly taken off leaves something.
    sides = [dice.whole("side", 5 if same else 3, 9) for _ in range(2)]
    for kernel in reversed(kernels):
        sides = [2 * side + (0 if same else kernel - 1) for side in sides]
    first = dice.pick("maps", (4, 6, 8, 10))
    net = Net(
        rows=sides[0],
        columns=sides[1],
        channels=dice.pick("channels", (1, 3)),
        kernels=kernels,
        maps=(first, dice.pick("more maps", (12, 16, 20)))[:blocks],
        same=same,
        classes=dice.whole("classes", 3, 10),
    )
    d = Drawn(net, level == 3, ())
    return replace(d, offered=offer(dice, d, _SLIPS, closed(d)))


def fair(d: Drawn) -> bool:
    """Tell whether rows, columns and depths can be told apart, and enough mistakes too."""
    net = d.net
    apart = len({net.channels, *net.maps, net.classes}) == 2 + len(net.maps)
    # A kernel cannot be read off where the size is kept: both are alike then.
    return net.rows != net.columns and apart and len(d.offered) == 3


def closed(d: Drawn) -> str:
    """Return the shapes by the formulas, or the layers as they were drawn."""
    return layers(d.net) if d.reverse else shapes(d.net)


def brute(d: Drawn) -> str:
    """Slide windows, or read the layers off the shapes."""
    return read(d.net) if d.reverse else counted(d.net)


def prompt(d: Drawn) -> Prose:
    """Ask for the shapes, or the layers."""
    net = d.net
    if d.reverse:
        return line(
            "The shapes in a network are (rows × columns × channels): ", Strong(shapes(net)),
            ". Convolutions have stride 1", _kernels(net),
            ". Pooling is 2 × 2 with stride 2. \"conv 8 of 3×3\" is a convolution with 8 kernels "
            "of 3 × 3, and \"same\" stands for zero padding that keeps the size. "
            "Which layers are they?",
        )  # fmt: skip
    size = f"{net.rows} × {net.columns} × {net.channels}"
    padding = "zero padding that keeps the size" if net.same else "no padding"
    blocks = ", then ".join(
        f"a convolution with {maps} kernels of {k} × {k} and ReLU, 2 × 2 max pooling"
        for k, maps in zip(net.kernels, net.maps, strict=True)
    )
    return line(
        f"A network reads images of {size} (rows × columns × channels). Its layers: {blocks}, "
        f"then flatten and a dense layer of {net.classes} neurons. The convolutions have stride 1 "
        f"and {padding}, the poolings stride 2. Which sequence of shapes belongs to it?"
    )


def _kernels(net: Net) -> str:
    """Say how large the kernels are where no shape tells."""
    if not net.same:
        return ""
    sides = " and then ".join(f"{k} × {k}" for k in net.kernels)
    return f" and kernels of {sides}"


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.reverse:
        return (
            line("Go from shape to shape: does the depth change, or do both sides halve?"),
            line("A convolution sets the depth to the number of its kernels; pooling keeps it."),
            line("Without padding a K × K kernel takes K − 1 rows and columns away."),
        )
    return (
        line("Which layers change rows and columns, and which the depth?"),
        line("The depth behind a convolution is the number of its kernels, and pooling keeps it."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Go through the network, with a picture of each convolution."""
    net, shape = d.net, (d.net.rows, d.net.columns, d.net.channels)
    steps: list[Prose] = []
    for k, maps in zip(net.kernels, net.maps, strict=True):
        said, after = _convolved(net, shape, k)
        steps.append(line(f"Convolution: {said}, {maps} maps.", _picture(net, shape, k, maps)))
        rows, columns = after
        halves = f"{rows} / 2 = {rows // 2} rows, {columns} / 2 = {columns // 2} columns"
        steps.append(line(f"Pooling: {halves}, still {maps} maps."))
        shape = (rows // 2, columns // 2, maps)
    flat = f"{shape[0]}·{shape[1]}·{shape[2]} = {shape[0] * shape[1] * shape[2]}"
    steps.append(line(f"Flatten: {flat} numbers. The dense layer makes {net.classes} of them."))
    return (*steps, line("So it is ", Strong(closed(d)), "."))


def _convolved(net: Net, shape: tuple[int, int, int], k: int) -> tuple[str, tuple[int, int]]:
    """Return the arithmetic of a convolution's rows and columns, and both."""
    rows, columns, _ = shape
    if net.same:
        return f"the padding keeps {rows} rows and {columns} columns", (rows, columns)
    after = (rows - k + 1, columns - k + 1)
    said = f"{rows} − {k} + 1 = {after[0]} rows, {columns} − {k} + 1 = {after[1]} columns"
    return said, after


def _picture(net: Net, shape: tuple[int, int, int], k: int, maps: int) -> Figure:
    return figure(
        "layer-shape", size=list(shape[:2]), channels=shape[2], filters=maps, kernel_size=k,
        padding="same" if net.same else "valid",
    )  # fmt: skip


def _forward(wrong: Callable[[Net], str]) -> Callable[[Drawn], str | None]:
    return lambda d: None if d.reverse else wrong(d.net)


def _backward(wrong: Callable[[Net], str | None]) -> Callable[[Drawn], str | None]:
    return lambda d: wrong(d.net) if d.reverse else None


def _without_same(net: Net) -> str:
    return layers(replace(net, same=not net.same))


def _wider(net: Net) -> str | None:
    """Take what is lost for the kernel's side; nothing is lost with padding."""
    if net.same:
        return None
    return layers(replace(net, kernels=tuple(k - 1 for k in net.kernels)))


def _depths(net: Net) -> str:
    return layers(replace(net, maps=(net.channels, *net.maps[:-1])))


def _pool_first(net: Net) -> str:
    words = layers(net).split(" → ")
    for i in range(0, 2 * len(net.kernels), 2):
        words[i : i + 2] = words[i + 1], words[i]
    return " → ".join(words)


def _pools_last(net: Net) -> str:
    words = layers(net).split(" → ")
    convs, pools = words[: 2 * len(net.kernels) : 2], words[1 : 2 * len(net.kernels) : 2]
    return " → ".join([*convs, *pools, *words[-2:]])


def _flat_first(net: Net) -> str:
    words = layers(net).split(" → ")
    return " → ".join([*words[:-3], words[-2], words[-3], words[-1]])


_SLIPS: tuple[Slip[Drawn], ...] = (
    Slip(
        "padding mixed up",
        _forward(lambda n: shapes(replace(n, same=not n.same)) if not n.same else walk(
            n, conv=lambda side, k: side - k + 1)),
        lambda d: "You let the convolutions shrink the maps. The padding keeps their size."
        if d.net.same else "You kept the size. Without padding a K × K kernel takes K − 1 away.",
        "convolution/padding.md",
    ),
    Slip(
        "kernel subtracted", _forward(lambda n: walk(n, conv=lambda side, k: side - k)),
        "You took the whole kernel off. Its first position counts too: side − K + 1, and with "
        "padding nothing is lost.",
        _SIZE,
    ),
    Slip(
        "channels kept", _forward(lambda n: walk(n, deep=lambda depth, _: depth)),
        "You kept the depth of the image. Each kernel makes a map, whatever the depth before.",
        _MAPS,
    ),
    Slip(
        "channels multiplied", _forward(lambda n: walk(n, deep=lambda depth, maps: depth * maps)),
        "You made a map for each pair of channel and kernel. A kernel reads all channels and makes "
        "one map.",
        _MAPS,
    ),
    Slip(
        "pooling left out", _forward(lambda n: walk(n, pool=lambda side: side)),
        "You let pooling keep the size. A 2 × 2 window with stride 2 halves both sides.",
        _POOLING,
    ),
    Slip(
        "pooling minus 1", _forward(lambda n: walk(n, pool=lambda side: side - 1)),
        "You let the pooling move by 1. Its stride is 2, so both sides are halved.",
        _POOLING,
    ),
    Slip(
        "depth left out", _forward(lambda n: walk(n, flat=lambda shape: shape[0] * shape[1])),
        "You flattened one map. All maps go into the vector.",
        "images/flattening.md",
    ),
    Slip(
        "sides added", _forward(lambda n: walk(n, flat=sum)),
        "You added the sides up. The vector has rows times columns times maps numbers.",
        "images/flattening.md",
    ),
    Slip(
        "padding taken for none", _backward(_without_same),
        lambda d: "You left the padding out. The first convolution keeps rows and columns."
        if d.net.same else "You added padding. The first convolution makes the maps smaller.",
        "convolution/padding.md",
    ),
    Slip(
        "kernel too small", _backward(_wider),
        "You took what is lost for the kernel's side. A K × K kernel takes K − 1 away.",
        _SIZE,
    ),
    Slip(
        "channels of the input", _backward(_depths),
        "You took the depth before each convolution. Its kernels are as many as the depth behind.",
        _MAPS,
    ),
    Slip(
        "pooling first", _backward(_pool_first),
        "You put the pooling before the convolution. The depth changes first, and then both sides "
        "halve.",
    ),
    Slip(
        "all pooling last", _backward(_pools_last),
        "You put all poolings behind the convolutions. Here each convolution is followed by one.",
    ),
    Slip(
        "flattened too early", _backward(_flat_first),
        "You flattened before the last pooling. A vector has no rows and columns to pool.",
        "images/flattening.md",
    ),
)  # fmt: skip

FAMILY = Family(
    name="network-order",
    title="Shapes and layers in their order",
    version=1,
    says="which sequence of shapes belongs to a small network, and which layers to the shapes",
    page=_PAGE,
    rows=(32,),
    draw=draw,
    fair=fair,
    # Shapes to find, and layers to be told from them.
    work=lambda d: Work(2 * len(d.net.kernels) + 2 + 2 * d.reverse),
    cost=(Work(4), Work(6), Work(8)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        closed, brute, only_offered(_SLIPS), Options(lambda _, text: line(text)),
        points=(1, 2, 3),
    ),),
)  # fmt: skip
