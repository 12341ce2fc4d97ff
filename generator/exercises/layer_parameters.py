"""The parameters of one layer."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._networks import Shape, size
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_COUNTING = "layers/counting-parameters.md"
_CHANNELS = "convolution/channels.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layer and the maps it reads, rows × columns × channels; a dense layer has no kernel.

    >>> Drawn((28, 28, 6), 16, 5, 2, bias=False).fan
    75
    """

    seen: Shape
    out: int
    kernel: int
    groups: int
    bias: bool

    @property
    def channels(self) -> int:
        """Channels that one kernel reads."""
        return self.seen[2] // self.groups

    @property
    def fan(self) -> int:
        """Weights of one kernel or one unit."""
        if self.kernel:
            return self.kernel**2 * self.channels
        return self.seen[0] * self.seen[1] * self.seen[2]

    @property
    def units(self) -> str:
        """What the layer consists of."""
        return "kernels" if self.kernel else "units"


_KERNELS = (2, 3, 3, 4, 5, 6, 7)
_MAPS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 25, 30, 32, 40, 48, 50, 64)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a layer: a convolution, a dense layer after flattening, a convolution in groups."""
    side, out = dice.whole("side", 10, 64), dice.pick("out", _MAPS)
    if level == 1:
        channels = dice.pick("channels", (1, 2, 3, 3, 4, 5, 6, 8, 10, 12, 16))
        return Drawn((side, side, channels), out, dice.pick("kernel", _KERNELS), 1, bias=True)
    if level == 2:
        high, wide = dice.whole("rows", 3, 8), dice.whole("columns", 3, 8)
        channels = dice.pick("maps", _MAPS)
        return Drawn((high, wide, channels), dice.whole("units", 5, 100), 0, 1, bias=True)
    groups = dice.pick("groups", (2, 2, 3, 4, 5, 6, 8))
    deep = 1 if dice.pick("depthwise", (0, 0, 1)) else dice.whole("deep", 2, 12)
    maps = groups * dice.whole("maps in a group", 1, 8)
    seen = (side, side, groups * deep)
    return Drawn(
        seen, maps, dice.pick("kernel", _KERNELS), groups, dice.pick("bias", (True, False))
    )


def closed(d: Drawn) -> int:
    """Return the number by the formula."""
    return (d.fan + d.bias) * d.out


def brute(d: Drawn) -> int:
    """Return the number, kernel by kernel and slice by slice."""
    if not d.kernel:
        inputs = sum([sum([d.seen[1]] * d.seen[0])] * d.seen[2])
        return sum([inputs, 1] * d.out)
    slices = [d.kernel * d.kernel for _ in range(0, d.seen[2], d.groups)]
    return sum([sum(slices)] * d.out) + (d.out if d.bias else 0)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    maps = f"{size(d.seen)} (rows × columns × channels)"
    ask = Strong("How many parameters does the layer have?")
    if not d.kernel:
        return line(
            f"The last feature maps of a network, {maps}, are flattened and go into a dense layer "
            f"with {d.out} units. Each unit has a bias. ", ask,
        )  # fmt: skip
    grouped = ""
    if d.groups > 1:
        grouped = (
            f" The layer works in {d.groups} groups (groups={d.groups}): channels and kernels are "
            f"split evenly into {d.groups}, and a kernel reads the channels of its own group only."
        )
    bias = "Each kernel has a bias." if d.bias else "There are no biases (bias=False)."
    return line(
        f"A convolutional layer reads {maps}. It has {d.out} kernels of {d.kernel} × {d.kernel}."
        f"{grouped} {bias} ", ask,
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    one = "kernel" if d.kernel else "unit"
    reads = (
        f"A kernel is as deep as what it reads: {d.channels} "
        + ("channel." if d.channels == 1 else "channels.")
        if d.kernel
        else "A unit has one weight for every number of the flattened maps."
    )
    return (
        line(f"Count the weights of one {one} first."),
        line(reads),
        line(f"One {one} has {d.fan} weights" + (", and its bias." if d.bias else ".")),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show one kernel, and all of them."""
    each = f"({d.fan} + 1)" if d.bias else f"{d.fan}"
    last = line(
        f"There are {d.out} {d.units}: {each}·{d.out} = ",
        *(Strong(str(closed(d))), " parameters."),
    )
    if not d.kernel:
        flat = f"{d.seen[0]}·{d.seen[1]}·{d.seen[2]} = {d.fan}"
        return (
            line(f"Flattened, the maps are {flat} numbers."),
            line(f"A unit has a weight for each of them, and a bias: {d.fan} + 1 = {d.fan + 1}."),
            last,
        )
    steps = []
    if d.groups > 1:
        split = f"{d.seen[2]} / {d.groups} = {d.channels}"
        steps.append(line(f"A kernel reads the channels of its group: {split}."))
    one = f"{d.kernel}·{d.kernel}·{d.channels} = {d.fan}"
    biased = ", and a bias" if d.bias else ""
    return (
        *steps,
        line(f"One kernel has {one} weights{biased}. How large the maps are does not matter."),
        last,
    )


def no_bias(d: Drawn) -> int | None:
    """Count the weights only."""
    return d.fan * d.out if d.bias else None


def with_bias(d: Drawn) -> int | None:
    """Count biases that are not there."""
    return None if d.bias else (d.fan + 1) * d.out


def flat(d: Drawn) -> int | None:
    """Leave the channels out."""
    if not d.kernel:
        return (d.seen[0] * d.seen[1] + 1) * d.out
    return (d.kernel**2 + d.bias) * d.out if d.channels > 1 else None


def no_groups(d: Drawn) -> int | None:
    """Let every kernel read all channels."""
    return (d.kernel**2 * d.seen[2] + d.bias) * d.out if d.groups > 1 else None


def one_group(d: Drawn) -> int | None:
    """Count the kernels of one group."""
    return closed(d) // d.groups if d.groups > 1 else None


def everywhere(d: Drawn) -> int | None:
    """Count a kernel at each place anew."""
    return closed(d) * d.seen[0] * d.seen[1] if d.groups == 1 and d.kernel else None


def one_bias(d: Drawn) -> int | None:
    """Count one bias for the whole layer."""
    return d.fan * d.out + 1 if d.bias and d.out > 1 else None


def slices(d: Drawn) -> int | None:
    """Give every slice a bias."""
    if not d.kernel or not d.bias or d.channels == 1:
        return None
    return (d.kernel**2 + 1) * d.channels * d.out


def inputs_biased(d: Drawn) -> int | None:
    """Give the inputs the biases."""
    return None if d.kernel else d.fan * d.out + d.fan


def work(d: Drawn) -> Work:
    """Count the products and sums."""
    return Work(3 + (d.groups > 1) + (not d.kernel))


FAMILY = Family(
    name="layer-parameters",
    title="Parameters of a layer",
    version=1,
    says="weights and biases of a convolution, a dense layer, a convolution in groups",
    page=_COUNTING,
    rows=(30,),
    draw=draw,
    work=work,
    cost=(Work(3), Work(4), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "groups ignored", no_groups,
            lambda d: f"You let each kernel read all {d.seen[2]} channels. In {d.groups} groups it "
            f"reads only {d.channels}.",
            _CHANNELS,
        ),
        Slip(
            "bias forgotten", no_bias,
            lambda d: f"You counted the weights only. Each of the {d.out} {d.units} has a bias.",
        ),
        Slip(
            "bias added", with_bias,
            "You added a bias to every kernel. This layer has none.",
        ),
        Slip(
            "channels forgotten", flat,
            lambda d: f"You left out the channels. There are {d.channels} of them to read.",
            _CHANNELS,
        ),
        Slip(
            "one bias for all", one_bias,
            lambda d: f"You counted one bias. Each of the {d.out} {d.units} has its own.",
        ),
        Slip(
            "one kernel or unit counted",
            lambda d: d.fan + d.bias if d.out > 1 else None,
            lambda d: f"You counted one of the {d.units}. The layer has {d.out}.",
            "convolution/many-kernels.md", yields=True,
        ),
        Slip(
            "one group counted", one_group,
            lambda d: f"You counted the kernels of one group. There are {d.groups} groups.",
            yields=True,
        ),
        Slip(
            "counted at each place", everywhere,
            "You counted the weights anew at each place of the maps. They are shared: the same "
            "kernel is used everywhere.",
            "convolution/shared-weights.md",
        ),
        Slip(
            "bias in each slice", slices,
            "You gave each slice of a kernel a bias. The slices are summed, and the bias is added "
            "once.",
            yields=True,
        ),
        Slip(
            "biases for the inputs", inputs_biased,
            "You gave each input a bias. The biases belong to the units.", yields=True,
        ),
    ), OneNumber(unit="parameters"), points=(1, 2, 3)),),
)  # fmt: skip
