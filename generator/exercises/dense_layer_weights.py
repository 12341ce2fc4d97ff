"""Weights of the dense layers that an image is fed to."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.model import Result
from generator.prose import Prose, Strong, line

_PAGE = "images/dense-on-pixels.md"
_COUNTING = "layers/counting-parameters.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image and the neurons of the dense layers, one or two of them.

    >>> Drawn(28, 28, 1, (128, 10)).inputs
    784
    """

    rows: int
    columns: int
    channels: int
    neurons: tuple[int, ...]

    @property
    def inputs(self) -> int:
        """Numbers after flattening."""
        return self.rows * self.columns * self.channels

    @property
    def second(self) -> int:
        """Weights of the second layer, if there is one."""
        return (self.neurons[0] + 1) * self.neurons[1] if len(self.neurons) > 1 else 0


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a network: level 2 reads colour, level 3 has a second layer."""
    neurons = (dice.pick("neurons", (16, 20, 32, 50, 64, 100, 128, 200)),)
    return Drawn(
        rows=dice.whole("rows", 8, 40),
        columns=dice.whole("columns", 8, 40),
        channels=1 if level == 1 else 3,
        neurons=(*neurons, dice.whole("classes", 3, 12)) if level == 3 else neurons,
    )


def _total(d: Drawn, inputs: int) -> int:
    """Return the weights of all layers if so many numbers go in."""
    return (inputs + 1) * d.neurons[0] + d.second


def brute(d: Drawn) -> int:
    """Build the layers neuron by neuron."""
    weights, reads = 0, len([0] * d.rows * d.columns * d.channels)
    for neurons in d.neurons:
        for _ in range(neurons):
            weights += reads
            weights += 1
        reads = neurons
    return weights


def follows(d: Drawn, given: tuple[Result, ...]) -> int:
    """Go on with another number of inputs."""
    (inputs,) = given
    assert isinstance(inputs, int)
    return _total(d, inputs)


def prompt(d: Drawn) -> Prose:
    """Describe the network."""
    kind = "grey" if d.channels == 1 else "RGB"
    layer = f"a dense layer of {d.neurons[0]} neurons"
    if len(d.neurons) > 1:
        layer += f", and that into a dense layer of {d.neurons[1]} neurons, one for each class"
    return line(
        f"A network reads {kind} images of {d.rows} rows and {d.columns} columns. "
        f"They are flattened and go into {layer}. Every neuron has a bias."
    )


def ask_weights(d: Drawn) -> Prose:
    """Ask for the weights."""
    layers = "both dense layers" if d.second else "the dense layer"
    verb = "do" if d.second else "does"
    return line(
        f"How many weights {verb} ", Strong(layers), " have",
        " together" if d.second else "", ", with the biases?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = line("How many numbers come out of flattening? And how many weights has one neuron?")
    one = line(f"One neuron of the first layer has {d.inputs} + 1 weights.")
    if not d.second:
        return first, one
    more = f"The second layer reads {d.neurons[0]} numbers, not the image."
    return first, one, line(more)


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every product."""
    factors = f"{d.rows}·{d.columns}" + (f"·{d.channels}" if d.channels > 1 else "")
    one = (d.inputs + 1) * d.neurons[0]
    steps = [
        f"Flattened, the image is a vector of {factors} = {d.inputs} numbers.",
        f"Each neuron has a weight for every number, and a bias: {d.inputs} + 1 = {d.inputs + 1}.",
        f"{d.neurons[0]} neurons: {d.neurons[0]}·{d.inputs + 1} = {one} weights.",
    ]
    if d.second:
        steps += [
            f"The second layer reads the {d.neurons[0]} outputs of the first: "
            f"{d.neurons[1]}·({d.neurons[0]} + 1) = {d.second} weights.",
            f"Together: {one} + {d.second} = {one + d.second} weights.",
        ]
    return tuple(line(step) for step in steps)


FAMILY = Family(
    name="dense-layer-weights",
    title="Weights of a dense layer",
    version=1,
    says="inputs after flattening, and the weights with biases of the dense layers behind",
    page=_PAGE,
    rows=(6,),
    draw=draw,
    fair=lambda d: d.rows != d.columns,
    # Products and sums.
    work=lambda d: Work(3 + (d.channels > 1) + 3 * (d.second > 0)),
    cost=(Work(3), Work(4), Work(7)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.inputs, lambda d: sum(d.columns * d.channels for _ in range(d.rows)), (
            Slip(
                "channels forgotten",
                lambda d: d.rows * d.columns if d.channels > 1 else None,
                lambda d: f"You counted pixels. Each holds {d.channels} values.",
                "images/colour.md",
            ),
            Slip(
                "sides added", lambda d: (d.rows + d.columns) * d.channels,
                "You added rows and columns. Every row holds all the columns, so multiply.",
                "images/resolution.md",
            ),
            Slip(
                "one column only", lambda d: d.rows * d.channels,
                "You took one pixel of each row. Flattening keeps all of them.",
                "images/flattening.md",
            ),
            Slip(
                "bias counted as input", lambda d: d.inputs + 1,
                "You added one for the bias. It belongs to the neurons, not to the vector.",
                "images/flattening.md",
            ),
        ), ask=lambda _: line("How long is the ", Strong("flattened vector"), "?"),
            points=(1, 1, 1)),
        Part(lambda d: _total(d, d.inputs), brute, (
            Slip(
                "biases forgotten",
                lambda d: d.inputs * d.neurons[0] + (d.second and d.second - d.neurons[1]),
                "You forgot the biases. Every neuron has one.",
                _COUNTING,
            ),
            Slip(
                "one bias a layer",
                lambda d: d.inputs * d.neurons[0] + 1
                + (d.second and d.second - d.neurons[1] + 1),
                "You gave the layer one bias. Every neuron has its own.",
                _COUNTING,
            ),
            Slip(
                "weights added", lambda d: d.inputs + d.neurons[0],
                "You added inputs and neurons. Every neuron is connected to every input, "
                "so multiply.",
            ),
            Slip(
                "one neuron only", lambda d: d.inputs + 1,
                lambda d: f"You counted one neuron. The layer has {d.neurons[0]}.",
            ),
            Slip(
                "second layer left out", lambda d: _total(d, d.inputs) - d.second
                if d.second else None,
                "You counted the first layer only. The second has weights too.",
                _COUNTING,
            ),
            Slip(
                "second layer reads pixels",
                lambda d: (d.inputs + 1) * sum(d.neurons) if d.second else None,
                lambda d: "You connected the second layer to the image. It reads the "
                f"{d.neurons[0]} outputs of the first.",
                _COUNTING,
            ),
        ), ask=ask_weights, points=(2, 2, 3), follows=follows),
    ),
)  # fmt: skip
