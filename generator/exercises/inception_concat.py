"""An inception block: what its branches make together, and what a 1×1 bottleneck saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._miscounts import written
from generator.exercises._networks import Layer, Shape, listed, weights
from generator.exercises._networks import size as shape_in_words
from generator.paper import OneNumber
from generator.prose import Break, Node, Prose, Strong, line

_POINTWISE = "convolution/pointwise.md"
_PARAMETERS = OneNumber(unit="parameters")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch: maps after its 1×1 bottleneck, the side of its kernels, and their number."""

    reduced: int
    kernel: int
    out: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block on maps of rows × columns × channels.

    `pool` is how many kernels of 1×1 stand behind the pooling of the last branch; 0 for none.

    >>> block = Drawn((28, 28, 192), 64, (Branch(96, 3, 128), Branch(16, 5, 32)), 32, bias=True)
    >>> together(block), direct(block), reduced(block)
    (256, 153632, 15920)
    """

    seen: Shape
    ones: int
    branches: tuple[Branch, ...]
    pool: int
    bias: bool

    @property
    def channels(self) -> int:
        """Channels that all branches read."""
        return self.seen[2]

    @property
    def last(self) -> Branch:
        """The branch that is asked about."""
        return self.branches[-1]

    @property
    def large(self) -> Layer:
        """The large convolution of that branch."""
        return Layer("conv", self.last.out, self.last.kernel)

    @property
    def bottleneck(self) -> Layer:
        """The 1×1 convolution before it."""
        return Layer("conv", self.last.reduced, 1)

    @property
    def narrow(self) -> Shape:
        """What the large convolution reads behind the bottleneck."""
        return (*self.seen[:2], self.last.reduced)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a block: level 2 has biases and one branch more, level 3 pools without a 1×1 layer."""
    side, channels = dice.whole("side", 7, 56), 4 * dice.whole("channels", 8, 64)
    branches = []
    for kernel in (3, 5)[: min(level, 2)]:
        share = dice.pick("share", (2, 4, 8))
        branches.append(
            Branch(channels // share // 2 * 2, kernel, 4 * dice.whole("kernels", 2, 24))
        )
    ones = 4 * dice.whole("ones", 2, 24)
    pool = 0 if level == 3 else 4 * dice.whole("pool", 2, 12)
    return Drawn((side, side, channels), ones, tuple(branches), pool, level > 1)


def fair(d: Drawn) -> bool:
    """Tell whether the bottleneck is narrow enough to save a lot."""
    return d.last.reduced >= 4 and reduced(d) * 3 <= direct(d) * 2


def together(d: Drawn) -> int:
    """Return the channels after the concatenation, by formula."""
    return d.ones + sum(branch.out for branch in d.branches) + (d.pool or d.channels)


def stacked(d: Drawn) -> int:
    """Return the channels after the concatenation, map by map."""
    maps = ["1×1"] * d.ones
    for branch in d.branches:
        maps += [f"{branch.kernel}×{branch.kernel}"] * branch.out
    maps += ["pool"] * (d.pool if d.pool else d.channels)
    return len(maps)


def _count(d: Drawn, layer: Layer, seen: Shape) -> int:
    return weights(layer, seen) - (0 if d.bias else layer.out)


def _listed(d: Drawn, layer: Layer, seen: Shape) -> int:
    return listed(layer, seen) - (0 if d.bias else layer.out)


def direct(d: Drawn) -> int:
    """Return the parameters of the large convolution on all channels, by formula."""
    return _count(d, d.large, d.seen)


def reduced(d: Drawn) -> int:
    """Return the parameters of the branch with its bottleneck, by formula."""
    return _count(d, d.bottleneck, d.seen) + _count(d, d.large, d.narrow)


def prompt(d: Drawn) -> Prose:
    """Tell the block."""
    lines: list[str | Node] = [Break(), Strong("Branch 1"), f": {d.ones} kernels of 1 × 1"]
    for place, branch in enumerate(d.branches, 2):
        first = f"{branch.reduced} kernels of 1 × 1 (the bottleneck)"
        then = f"{branch.out} kernels of {branch.kernel} × {branch.kernel}"
        lines += [Break(), Strong(f"Branch {place}"), f": {first}, then {then}"]
    pool = f", then {d.pool} kernels of 1 × 1" if d.pool else ", and nothing behind it"
    place = len(d.branches) + 2
    lines += [Break(), Strong(f"Branch {place}"), f": 3 × 3 max pooling with stride 1{pool}"]
    biases = "Each kernel has a bias." if d.bias else "There are no biases."
    return line(
        f"An inception block reads {shape_in_words(d.seen)} (rows × columns × channels). All its "
        "branches read the same maps and keep their sides; what they make is concatenated. "
        f"{biases}",
        *lines,
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("Which layer decides how many maps a branch hands on? What does pooling do to them?"),
        line(f"Without the bottleneck, a {_side(d)} kernel is {d.channels} channels deep; behind "
             f"it, {d.last.reduced}."),
        line("With the bottleneck, the branch has two layers with parameters. Count both."),
    )  # fmt: skip


def _side(d: Drawn) -> str:
    return f"{d.last.kernel} × {d.last.kernel}"


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the sum of channels and both counts."""
    outs = [d.ones, *(branch.out for branch in d.branches), d.pool or d.channels]
    pooled = "" if d.pool else f" Pooling alone hands on all {d.channels} channels."
    before, after = direct(d), reduced(d)
    one, two = _count(d, d.bottleneck, d.seen), _count(d, d.large, d.narrow)
    return (
        line(f"The last layer of each branch counts.{pooled} Together "
             f"{' + '.join(map(str, outs))} = ", Strong(f"{together(d)} channels"), "."),
        line(f"The {_side(d)} kernels on all channels: {_written(d, d.large, d.seen)}."),
        line(f"The bottleneck: {_written(d, d.bottleneck, d.seen)}."),
        line(f"The {_side(d)} kernels behind it: {_written(d, d.large, d.narrow)}."),
        line(f"The branch with its bottleneck: {one} + {two} = {after}."),
        line(f"It saves {before} − {after} = ", Strong(f"{before - after} parameters"), "."),
    )  # fmt: skip


def _written(d: Drawn, layer: Layer, seen: Shape) -> str:
    return written(layer, seen, bias=d.bias)


def saved(_: Drawn, before: tuple[Any, ...]) -> int:
    """Go on from the two counts."""
    return int(before[1] - before[2])


def unbiased(d: Drawn, count: int, kernels: int) -> int:
    """Forget the biases, or add them where there are none."""
    return count - kernels if d.bias else count + kernels


def says_biases(d: Drawn) -> str:
    """Explain the biases."""
    if d.bias:
        return "You left the biases out. Each kernel has one."
    return "You added a bias to each kernel. Here there are none."


FAMILY = Family(
    name="inception-concat",
    title="An inception block",
    version=1,
    says="channels after the branches of an inception block, and what its 1×1 bottleneck saves",
    page=_POINTWISE,
    rows=(35,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(3 + len(d.branches) + (3 if d.bias else 0) + (not d.pool)),
    cost=(Work(4), Work(8), Work(9)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(together, stacked, (
            Slip(
                "bottlenecks counted",
                lambda d: together(d) + sum(branch.reduced for branch in d.branches),
                "You counted the maps of the bottlenecks too. They stay inside their branch; only "
                "its last layer hands maps on.",
            ),
            Slip(
                "pooling left out", lambda d: together(d) - (d.pool or d.channels),
                "You left the pooling branch out. Its maps are concatenated like the others.",
                "layers/pooling.md",
            ),
            Slip(
                "input added", lambda d: together(d) + d.channels,
                "You added the input's channels. An inception block concatenates its branches "
                "only; a shortcut around it belongs to residual blocks.",
            ),
            Slip(
                "widest branch taken",
                lambda d: max(d.ones, d.pool or d.channels, *(b.out for b in d.branches)),
                "You took the widest branch, as if the maps were added. They are put behind each "
                "other.",
            ),
        ), OneNumber(unit="channels"),
            lambda _: line("How many ", Strong("channels"), " does the block make?"), (1, 1, 2)),
        Part(direct, lambda d: _listed(d, d.large, d.seen), (
            Slip(
                "channels forgotten", lambda d: (d.last.kernel**2 + d.bias) * d.last.out,
                lambda d: f"You gave each kernel one slice. It reads all {d.channels} channels.",
                "convolution/channels.md",
            ),
            Slip(
                "biases miscounted", lambda d: unbiased(d, direct(d), d.last.out), says_biases,
                "layers/counting-parameters.md",
            ),
            Slip(
                "bottleneck left in", lambda d: _count(d, d.large, d.narrow),
                lambda d: f"You let the kernels read {d.last.reduced} channels. Without the "
                f"bottleneck they read all {d.channels}.",
            ),
            Slip(
                "one kernel counted", lambda d: d.last.kernel**2 * d.channels + d.bias,
                lambda d: f"You counted one kernel. There are {d.last.out}.",
                "convolution/many-kernels.md",
            ),
        ), _PARAMETERS, lambda d: line(
            f"Suppose branch {len(d.branches) + 1} had no bottleneck, and its {_side(d)} kernels "
            "read the block's input. How many parameters would the branch have?"
        ), (1, 1, 1)),
        Part(reduced, lambda d: _listed(d, d.bottleneck, d.seen) + _listed(d, d.large, d.narrow), (
            Slip(
                "bottleneck not counted", lambda d: _count(d, d.large, d.narrow),
                "You counted the large kernels only. The bottleneck has parameters of its own.",
            ),
            Slip(
                "channels not reduced",
                lambda d: _count(d, d.bottleneck, d.seen) + direct(d),
                lambda d: f"You let the large kernels read all {d.channels} channels. Behind the "
                f"bottleneck there are {d.last.reduced}.",
            ),
            Slip(
                "biases miscounted",
                lambda d: unbiased(d, reduced(d), d.last.reduced + d.last.out), says_biases,
                "layers/counting-parameters.md",
            ),
            Slip(
                "bottleneck not deep",
                lambda d: (1 + d.bias) * d.last.reduced + _count(d, d.large, d.narrow),
                lambda d: "You gave a 1 × 1 kernel one weight. It has one for each of the "
                f"{d.channels} channels.",
            ),
        ), _PARAMETERS, lambda d: line(
            f"How many parameters does branch {len(d.branches) + 1} have ",
            Strong("with its bottleneck"), "?",
        ), (1, 2, 2)),
        Part(
            lambda d: direct(d) - reduced(d),
            lambda d: (
                _listed(d, d.large, d.seen) - _listed(d, d.large, d.narrow)
                - _listed(d, d.bottleneck, d.seen)
            ), (
                Slip(
                    "added instead", lambda d: direct(d) + reduced(d),
                    "You added the counts. What is saved is the difference.",
                ),
                Slip(
                    "bottleneck for free",
                    lambda d: direct(d) - _count(d, d.large, d.narrow),
                    "You compared the large kernels only. The bottleneck costs parameters as well.",
                ),
            ), _PARAMETERS, lambda _: line(
                "How many parameters does the bottleneck ", Strong("save"), "?"
            ), (1, 1, 1), follows=saved, fewest=2,
        ),
    ),
)  # fmt: skip
