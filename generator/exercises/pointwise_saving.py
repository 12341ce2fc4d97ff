"""What a 1×1 bottleneck saves: parameters and multiplications with it and without."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_PAGE = "convolution/pointwise.md"
_COUNT = "layers/counting-parameters.md"


class Layer(NamedTuple):
    """A layer's kernel size, and the channels it reads and makes.

    >>> Layer(3, 64, 32).weights, Layer(3, 64, 32).text
    (18432, '3·3·64·32')
    """

    side: int
    reads: int
    makes: int

    @property
    def weights(self) -> int:
        """Weights without biases."""
        return self.side * self.side * self.reads * self.makes

    @property
    def text(self) -> str:
        """The product of the weights, as it is written."""
        sides = f"{self.side}·{self.side}·" if self.side > 1 else ""
        return f"{sides}{self.reads}·{self.makes}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A large layer, and the channels to which a 1×1 layer reduces its input first.

    >>> drawn = Drawn(14, 64, 16, 3, 32, biases=False, widened=False)
    >>> drawn.direct.weights, [layer.weights for layer in drawn.chain]
    (18432, [1024, 4608])
    """

    size: int
    channels: int
    reduced: int
    kernel: int
    filters: int
    biases: bool
    widened: bool

    @property
    def direct(self) -> Layer:
        """The large layer without a bottleneck."""
        return Layer(self.kernel, self.channels, self.filters)

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The layers with the bottleneck."""
        first = Layer(1, self.channels, self.reduced)
        if self.widened:
            middle = Layer(self.kernel, self.reduced, self.reduced)
            return first, middle, Layer(1, self.reduced, self.filters)
        return first, Layer(self.kernel, self.reduced, self.filters)

    def parameters(self, *layers: Layer, biases: bool | None = None) -> int:
        """Return the parameters of layers, with their biases if there are any."""
        with_biases = self.biases if biases is None else biases
        return sum(layer.weights + with_biases * layer.makes for layer in layers)

    @property
    def places(self) -> int:
        """Cells of a map."""
        return self.size**2

    @property
    def saved(self) -> int:
        """Multiplications that the bottleneck saves."""
        weights = self.direct.weights - self.parameters(*self.chain, biases=False)
        return weights * self.places


def draw(dice: Dice, level: int) -> Drawn:
    """Draw layers: level 2 has biases, level 3 a 1×1 layer behind the large one too."""
    return Drawn(
        size=dice.whole("size", 7, 28),
        channels=dice.pick("channels", (32, 48, 64, 96, 128, 192)),
        reduced=dice.pick("reduced", (4, 6, 8, 10, 12, 16)),
        kernel=dice.pick("kernel", (3, 5, 7)),
        filters=dice.pick("filters", (20, 24, 32, 40, 48, 64)),
        biases=level > 1,
        widened=level > 2,
    )


def fair(d: Drawn) -> bool:
    """Tell whether channels can be told apart, and something is saved."""
    return d.channels != d.filters and d.parameters(d.direct) > d.parameters(*d.chain)


def brute_parameters(d: Drawn, *layers: Layer) -> int:
    """Add up the weights, kernel by kernel, and its bias."""
    count = 0
    for side, reads, makes in layers:
        kernel = sum(side * side for _ in range(reads)) + (1 if d.biases else 0)
        count += sum(kernel for _ in range(makes))
    return count


def brute_saved(d: Drawn) -> int:
    """Multiply at every place of every map, with the one way and the other."""
    costs = [
        sum(d.size * d.size * prod((each.side, each.side, each.reads)) for _ in range(each.makes))
        for each in (d.direct, *d.chain)
    ]
    return costs[0] - sum(costs[1:])


def prompt(d: Drawn) -> Prose:
    """Describe both ways."""
    k = f"{d.kernel} × {d.kernel}"
    biases = "Every kernel has a bias." if d.biases else "There are no biases."
    second = (
        f"a layer of {d.reduced} kernels of {k}, and last a layer of {d.filters} kernels of 1 × 1"
        if d.widened
        else f"the layer of {d.filters} kernels of {k}"
    )
    return line(
        f"A map of {d.size} × {d.size} cells with {d.channels} channels goes into a layer of "
        f"{d.filters} kernels of {k}, which keeps its rows and columns. With a ",
        Strong("bottleneck"),
        f", there is first a layer of {d.reduced} kernels of 1 × 1, then {second}; all keep rows "
        f"and columns. {biases}",
    )


def ask_direct(_: Drawn) -> Prose:
    """Ask for the large layer."""
    return line("How many ", Strong("parameters"), " has the layer without the bottleneck?")


def ask_chain(_: Drawn) -> Prose:
    """Ask for the layers of the bottleneck."""
    return line("How many ", Strong("parameters"), " have the layers with the bottleneck together?")


def ask_saved(d: Drawn) -> Prose:
    """Ask for what is saved."""
    biases = " Adding a bias is no multiplication." if d.biases else ""
    return line(
        "How many ", Strong("multiplications"), " does the bottleneck save for this map? Count "
        f"those with the zeros of the padding too.{biases}",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("How many numbers does one kernel read, over all channels?"),
        line(f"A 1 × 1 kernel has one weight for each of its channels; the {d.kernel} × {d.kernel} "
             f"kernels behind the bottleneck read {d.reduced} channels only."),
        line("At each place of the map every weight is multiplied once."),
    )  # fmt: skip


def _written(d: Drawn, layer: Layer) -> str:
    biases = f" + {layer.makes}" if d.biases else ""
    return f"{layer.text}{biases} = {d.parameters(layer)}"


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Count parameters, then multiply by the places."""
    weights = d.parameters(*d.chain, biases=False)
    each = "; ".join(_written(d, layer) for layer in d.chain)
    total = " + ".join(str(d.parameters(layer)) for layer in d.chain)
    difference = d.direct.weights - weights
    bare = ""
    if d.biases:
        added = " + ".join(str(layer.weights) for layer in d.chain)
        bare = (
            f"Without biases there are {d.direct.weights} weights, with the bottleneck "
            f"{added} = {weights}. "
        )
    picture = (
        ()
        if d.widened
        else (
            figure(
                "bottleneck", size=d.size, channels=d.channels, reduced=d.reduced,
                filters=d.filters, kernel_size=d.kernel,
            ),
        )
    )  # fmt: skip
    return (
        line(f"a) {_written(d, d.direct)}."),
        line(f"b) Layer by layer: {each}. Together: {total} = {d.parameters(*d.chain)}."),
        line(
            f"c) {bare}At each of the {d.size}·{d.size} = {d.places} places, "
            f"{d.direct.weights} − {weights} = {difference} multiplications are saved: "
            f"{difference}·{d.places} = {d.saved}.",
            *picture,
        ),
    )


def carried(d: Drawn, before: tuple[int, ...]) -> int | None:
    """Go on with wrong numbers of parameters; biases are taken off before."""
    direct, chain = before
    if d.biases:
        direct -= d.filters
        chain -= sum(layer.makes for layer in d.chain)
    return (direct - chain) * d.places if direct > chain > 0 else None


def _biased(d: Drawn, number: int) -> int | None:
    return number if d.biases else None


FAMILY = Family(
    name="pointwise-saving",
    title="What a 1 × 1 layer saves",
    version=1,
    says="parameters and multiplications of a large layer, with a 1×1 bottleneck and without",
    page=_PAGE,
    rows=(25,),
    draw=draw,
    fair=fair,
    # Products, sums and differences of the three parts.
    work=lambda d: Work(8 + 3 * d.biases + 3 * d.widened),
    cost=(Work(8), Work(11), Work(14)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.parameters(d.direct), lambda d: brute_parameters(d, d.direct), (
            Slip(
                "channels left out", lambda d: d.parameters(Layer(d.kernel, 1, d.filters)),
                lambda d: f"You gave each kernel one slice. It has one for each of the "
                f"{d.channels} channels.",
                "convolution/channels.md",
            ),
            Slip(
                "side for a square", lambda d: d.direct.weights // d.kernel + d.biases * d.filters,
                lambda d: f"You counted {d.kernel} weights a slice. A slice has {d.kernel} rows of "
                f"{d.kernel}.",
                _COUNT, yields=True,
            ),
            Slip(
                "one kernel only", lambda d: d.kernel**2 * d.channels + d.biases,
                lambda d: f"You counted one kernel. There are {d.filters}.",
                "convolution/many-kernels.md",
            ),
            Slip(
                "biases forgotten", lambda d: _biased(d, d.direct.weights),
                "You left out the biases. Each kernel has one.",
                _COUNT,
            ),
            Slip(
                "biases counted",
                lambda d: None if d.biases else d.parameters(d.direct, biases=True),
                "You counted biases. Here there are none.",
                _COUNT,
            ),
            Slip(
                "weights at every place", lambda d: d.parameters(d.direct) * d.places,
                "You gave every place of the map weights of its own. They are shared.",
                "convolution/shared-weights.md",
            ),
        ), OneNumber(unit="parameters"), ask_direct, (1, 1, 1)),
        Part(lambda d: d.parameters(*d.chain), lambda d: brute_parameters(d, *d.chain), (
            Slip(
                "1 × 1 layer left out", lambda d: d.parameters(*d.chain[1:]),
                lambda d: f"You left out the first 1 × 1 layer. It has "
                f"{d.channels}·{d.reduced} weights.",
            ),
            Slip(
                "channels not reduced",
                lambda d: d.parameters(
                    d.chain[0], d.chain[1]._replace(reads=d.channels), *d.chain[2:]
                ),
                lambda d: f"You let the large kernels read {d.channels} channels. After the "
                f"1 × 1 layer there are {d.reduced}.",
            ),
            Slip(
                "1 × 1 taken for large",
                lambda d: d.parameters(*(layer._replace(side=d.kernel) for layer in d.chain)),
                lambda d: f"You gave the 1 × 1 kernels {d.kernel}·{d.kernel} weights a channel. "
                "They have one.",
            ),
            Slip(
                "last layer left out",
                lambda d: d.parameters(*d.chain[:-1]) if d.widened else None,
                "You left out the last 1 × 1 layer, which makes the channels many again.",
            ),
            Slip(
                "biases left out", lambda d: _biased(d, d.parameters(*d.chain, biases=False)),
                "You left out the biases. Each kernel of each layer has one.",
                _COUNT,
            ),
        ), OneNumber(unit="parameters"), ask_chain, (1, 2, 2)),
        Part(lambda d: d.saved, brute_saved, (
            Slip(
                "places left out", lambda d: d.saved // d.places,
                lambda d: f"You counted one place of the map. There are {d.places}.",
            ),
            Slip(
                "not compared", lambda d: d.parameters(*d.chain, biases=False) * d.places,
                "You gave the multiplications with the bottleneck. The question is how many it "
                "saves.",
            ),
            Slip(
                "compared with nothing", lambda d: d.direct.weights * d.places,
                "You gave the multiplications without the bottleneck. Those with it come off.",
            ),
            Slip(
                "biases multiplied",
                lambda d: _biased(
                    d, (d.parameters(d.direct) - d.parameters(*d.chain)) * d.places
                ),
                "You counted the biases as multiplications. They are only added.",
            ),
            Slip(
                "one side of the map", lambda d: d.saved // d.size,
                lambda d: f"You multiplied by {d.size}. The map has {d.size} rows of {d.size}.",
            ),
        ), OneNumber(unit="multiplications"), ask_saved, (1, 1, 2), follows=carried),
    ),
)  # fmt: skip
