"""What units see, found with SciPy: ones that are sent through the layers, back and forth."""

import re
from typing import NamedTuple

import numpy as np
from scipy.signal import correlate, correlate2d


class Layer(NamedTuple):
    """The window of a layer, as a prompt says it."""

    kernel: int
    stride: int
    dilation: int = 1
    padding: int = 0

    @property
    def taps(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Ones where the window reads."""
        taps = np.zeros((self.kernel - 1) * self.dilation + 1)
        taps[:: self.dilation] = 1
        return taps


_LAYER = re.compile(
    r"(\d+) × \1, stride (\d+)(?:, dilation (\d+))?(?:, padding (\d+))?(?=\n|$|,? [a-z]|\.)"
)


def layers_of(text: str) -> list[Layer]:
    """The layers that a prompt lists."""
    found = [
        Layer(int(kernel), int(stride), int(dilation or 1), int(padding or 0))
        for kernel, stride, dilation, padding in _LAYER.findall(text)
    ]
    assert len(found) == len(re.findall(r"Layer \d+: ", text))
    return found


def field(layers: list[Layer]) -> int:
    """Cells that reach one unit: a one is sent back through every layer, as a gradient is."""
    back = np.ones(1)
    for layer in reversed(layers):
        spaced = np.zeros((len(back) - 1) * layer.stride + 1)
        spaced[:: layer.stride] = back
        back = np.rint(correlate(spaced, layer.taps, mode="full", method="direct"))
    return len(back)


def reached(size: int, layers: list[Layer], unit: int) -> tuple[int, int]:
    """The first and the last cell of an input whose one arrives at a unit; all from 0 on."""
    ones = np.eye(size)
    for layer in layers:
        padded = np.pad(ones, ((0, 0), (layer.padding, layer.padding)))
        ones = correlate2d(padded, layer.taps[None], mode="valid")[:, :: layer.stride]
    cells = np.flatnonzero(ones[:, unit])
    return int(cells[0]), int(cells[-1])
