"""One convolutional layer as a line of Keras and as a line of PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What an argument of Keras's is called in PyTorch.
NAMES = {"strides": "stride", "dilation_rate": "dilation", "use_bias": "bias"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layer, the framework it is to be written in, and the wrong options, by name.

    >>> d = Drawn("PyTorch", 28, 30, 3, 32, 5, 1, same=True, dilation=1, bias=False, offered=())
    >>> keras(d)
    'layers.Conv2D(32, 5, padding="same", use_bias=False)'
    >>> torch(d)
    'nn.Conv2d(3, 32, 5, padding=2, bias=False)'
    """

    to: Literal["PyTorch", "Keras"]
    rows: int
    columns: int
    channels: int
    filters: int
    kernel: int
    stride: int
    same: bool
    dilation: int
    bias: bool
    offered: tuple[str, ...]

    @property
    def padding(self) -> int:
        """Zeros at each side; the kernels are odd, and only stride 1 keeps the size."""
        return self.dilation * (self.kernel - 1) // 2 if self.same else 0


def _line(name: str, first: list[int], named: dict[str, str]) -> str:
    given = [*map(str, first), *(f"{key}={value}" for key, value in named.items() if value)]
    return f"{name}({', '.join(given)})"


def keras(d: Drawn, padding: str = "") -> str:
    """Return the layer in Keras; what is as it is anyway is not written."""
    return _line("layers.Conv2D", [d.filters, d.kernel], {
        "strides": str(d.stride) if d.stride > 1 else "",
        "padding": padding or ('"same"' if d.same else ""),
        "dilation_rate": str(d.dilation) if d.dilation > 1 else "",
        "use_bias": "" if d.bias else "False",
    })  # fmt: skip


def torch(d: Drawn, padding: int | None = None) -> str:
    """Return the layer in PyTorch."""
    padding = d.padding if padding is None else padding
    return _line("nn.Conv2d", [d.channels, d.filters, d.kernel], {
        "stride": str(d.stride) if d.stride > 1 else "",
        "padding": str(padding) if padding else "",
        "dilation": str(d.dilation) if d.dilation > 1 else "",
        "bias": "" if d.bias else "False",
    })  # fmt: skip
