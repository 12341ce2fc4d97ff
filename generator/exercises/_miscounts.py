"""How the parameters of a layer are miscounted, whatever exercise asks for them."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from generator.exercises._family import D, Slip
from generator.exercises._networks import Layer, Shape, fan, weights

#: The layer that an exercise asks about, and what it reads.
At = Callable[[D], tuple[Layer, Shape]]

_COUNTING = "layers/counting-parameters.md"
_CHANNELS = "convolution/channels.md"


def no_bias(layer: Layer, seen: Shape) -> int:
    """Count the weights only.

    >>> no_bias(Layer("conv", 8, 3), (9, 9, 2))
    144
    """
    return fan(layer, seen) * layer.out


def one_bias(layer: Layer, seen: Shape) -> int:
    """Count one bias for the whole layer."""
    return fan(layer, seen) * layer.out + 1


def flat_kernel(layer: Layer, seen: Shape) -> int | None:
    """Take a kernel for as deep as a sheet; ``None`` where it is.

    >>> flat_kernel(Layer("conv", 8, 3), (9, 9, 2)), flat_kernel(Layer("conv", 8, 3), (9, 9, 1))
    (80, None)
    """
    return (layer.kernel**2 + 1) * layer.out if seen[-1] > 1 else None


def one_kernel(layer: Layer, seen: Shape) -> int:
    """Count one kernel only."""
    return fan(layer, seen) + 1


def bias_in_each_slice(layer: Layer, seen: Shape) -> int | None:
    """Give every slice of every kernel a bias of its own."""
    return (layer.kernel**2 + 1) * seen[-1] * layer.out if seen[-1] > 1 else None


def as_dense(layer: Layer, seen: Shape) -> int:
    """Connect every number of the input with every kernel."""
    return (prod(seen) + 1) * layer.out


def conv_slips(at: At[D]) -> tuple[Slip[D], ...]:
    """Return how the parameters of a convolution are miscounted, the most common way first."""

    def says_flat(d: D) -> str:
        channels = at(d)[1][-1]
        return f"You gave each kernel one slice. It has one for every channel it reads, {channels}."

    return (
        Slip(
            "bias forgotten", lambda d: no_bias(*at(d)),
            "You counted the weights only. Each kernel has a bias as well.", _COUNTING,
        ),
        Slip(
            # Behind a grey image it is what somebody gets who reads the input's one channel.
            "channels forgotten", lambda d: flat_kernel(*at(d)), says_flat, _CHANNELS, yields=True,
        ),
        Slip(
            "one bias for all", lambda d: one_bias(*at(d)),
            lambda d: f"You counted one bias. Each of the {at(d)[0].out} kernels has its own.",
            _COUNTING,
        ),
        Slip(
            "one kernel counted", lambda d: one_kernel(*at(d)),
            lambda d: f"You counted one kernel. The layer has {at(d)[0].out}.",
            "convolution/many-kernels.md",
        ),
        Slip(
            "bias in each slice", lambda d: bias_in_each_slice(*at(d)),
            "You gave each slice of a kernel a bias. The slices are summed, and the bias is added "
            "once.",
            _CHANNELS, yields=True,
        ),
        Slip(
            "counted as dense", lambda d: as_dense(*at(d)),
            "You connected every number of the input. A kernel has weights for its own window "
            "only, and uses them everywhere.",
            "convolution/shared-weights.md", yields=True,
        ),
    )  # fmt: skip


def written(layer: Layer, seen: Shape, *, bias: bool = True) -> str:
    """Return the count of a layer's parameters with all its numbers.

    >>> written(Layer("conv", 64, 3), (13, 13, 32)), written(Layer("dense", 10), (64,))
    ('(3·3·32 + 1)·64 = 18496', '(64 + 1)·10 = 650')
    """
    one = f"{layer.kernel}·{layer.kernel}·{seen[-1]}" if layer.slides else f"{seen[0]}"
    if bias:
        return f"({one} + 1)·{layer.out} = {weights(layer, seen)}"
    return f"{one}·{layer.out} = {no_bias(layer, seen)}"
