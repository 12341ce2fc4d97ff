"""Convolution layers and LeNet-5 beside torch; how cost grows; the share of the machine's peak."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from bench.measure import Case
from generator.engine import ops

# Nothing is learned here, and what remembers how to learn is slower.
torch.set_grad_enabled(False)

#: Layers of AlexNet, VGG-16 and ResNet-50: name, channels, kernels, side, kernel, stride, padding.
LAYERS = (
    ("AlexNet conv1", 3, 64, 224, 11, 4, 2),
    ("AlexNet conv2", 64, 192, 27, 5, 1, 2),
    ("AlexNet conv3", 192, 384, 13, 3, 1, 1),
    ("AlexNet conv4", 384, 256, 13, 3, 1, 1),
    ("AlexNet conv5", 256, 256, 13, 3, 1, 1),
    ("VGG conv1.1", 3, 64, 224, 3, 1, 1),
    ("VGG conv1.2", 64, 64, 224, 3, 1, 1),
    ("VGG conv2.1", 64, 128, 112, 3, 1, 1),
    ("VGG conv2.2", 128, 128, 112, 3, 1, 1),
    ("VGG conv3.1", 128, 256, 56, 3, 1, 1),
    ("VGG conv3.2", 256, 256, 56, 3, 1, 1),
    ("VGG conv4.1", 256, 512, 28, 3, 1, 1),
    ("VGG conv4.2", 512, 512, 28, 3, 1, 1),
    ("VGG conv5", 512, 512, 14, 3, 1, 1),
    ("ResNet conv1", 3, 64, 224, 7, 2, 3),
    ("ResNet 1×1, 56", 64, 64, 56, 1, 1, 0),
    ("ResNet 3×3, 56", 64, 64, 56, 3, 1, 1),
    ("ResNet 1×1 up, 56", 64, 256, 56, 1, 1, 0),
    ("ResNet 1×1 down, 56", 256, 128, 56, 1, 1, 0),
    ("ResNet 3×3 /2, 56", 128, 128, 56, 3, 2, 1),
    ("ResNet 3×3, 28", 128, 128, 28, 3, 1, 1),
    ("ResNet 1×1 up, 28", 128, 512, 28, 1, 1, 0),
    ("ResNet 3×3, 14", 256, 256, 14, 3, 1, 1),
    ("ResNet 1×1 down, 14", 1024, 256, 14, 1, 1, 0),
    ("ResNet 3×3, 7", 512, 512, 7, 3, 1, 1),
    ("ResNet 1×1 /2", 256, 512, 56, 1, 2, 0),
)


def layers() -> Iterator[Case]:
    """Both sides allocate their result at every call, as a network does that keeps its maps."""
    for name, channels, kernels, side, size, stride, padding in LAYERS:
        x, w = torch.randn(1, channels, side, side), torch.randn(kernels, channels, size, size)
        b = torch.randn(kernels)
        yield conv(name, x, w, b, stride, padding)


def conv(name: str, x: Any, w: Any, b: Any, stride: int, padding: int) -> Case:
    mine = x.numpy(), w.numpy(), b.numpy()
    out = functional.conv2d(x, w, b, stride, padding)
    gap = np.abs(ops.conv2d(*mine, stride, padding) - out.numpy()).max() / out.abs().max().item()
    assert gap < 1e-5, f"{name}: {gap}"
    return Case(
        f"{name}: {w.shape[1]} → {w.shape[0]}, {w.shape[2]}×{w.shape[3]}, {x.shape[2]}²",
        lambda: ops.conv2d(*mine, stride, padding),
        {"torch": lambda: functional.conv2d(x, w, b, stride, padding)},
        {"torch": 1.3},
        2 * out.numel() * w[0].numel(),
    )


def lenet() -> Iterator[Case]:
    """LeNet-5 as it is taught, from a picture to ten shares."""
    import generator as cb

    layer = torch.nn
    theirs = layer.Sequential(
        layer.Conv2d(1, 6, 5), layer.Tanh(), layer.AvgPool2d(2),
        layer.Conv2d(6, 16, 5), layer.Tanh(), layer.AvgPool2d(2),
        layer.Conv2d(16, 120, 5), layer.Tanh(), layer.Flatten(),
        layer.Linear(120, 84), layer.Tanh(), layer.Linear(84, 10), layer.Softmax(1),
    )  # fmt: skip
    net = cb.network("lenet5")
    weights = [value.numpy() for value in theirs.state_dict().values()]
    named = dict(zip(net.weights, weights, strict=True))
    for batch, goal in ((1, 0.5), (64, 1.0)):
        x = torch.randn(batch, 1, 32, 32)
        ours, mine = net.forward(named, batch=batch), x.numpy()
        assert np.abs(ours(mine) - theirs(x).numpy()).max() < 1e-6
        yield Case(
            f"LeNet-5 forward, batch {batch}",
            partial(ours, mine),
            {"torch": partial(theirs, x)},
            {"torch": goal},
            2 * net.total.macs * batch,
        )


def peak() -> float:
    """Return the multiply-adds that all cores together reach at best, times two, per second."""
    import time

    from generator.engine.jit import cores, in_bands
    from generator.engine.kernels_conv import block
    from generator.engine.tile import TALL, width

    columns = width(np.dtype(np.float32))
    terms, times = 1024, 100
    # All rows of weights are one, and windows overlap: little memory, many sums.
    a, b = np.ones(terms, np.float32), np.ones(terms + columns, np.float32)
    offs, bias = np.arange(terms), np.zeros(TALL, np.float32)

    def run(first: int, last: int) -> None:
        c = np.empty(TALL * columns, np.float32)
        for _ in range(first, last):
            many(a, b, offs, bias, times, c)

    many = _many(block)
    tasks = cores() * 4
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter()
        in_bands(run, tasks, 1 << 30)
        best = min(best, time.perf_counter() - start)
    return 2 * tasks * times * TALL * columns * terms / best


def _many(block: Any) -> Any:
    """Return a loop over one tile whose numbers all stay in the nearest cache."""
    import numba

    from generator.engine.tile import TALL, width

    columns = width(np.dtype(np.float32))

    @numba.njit(nogil=True)
    def many(a: Any, b: Any, offs: Any, bias: Any, times: int, c: Any) -> None:
        for _ in range(times):
            at, size = (0, 0, 0, 0), (len(offs), 0, columns)
            block(a, b, offs, bias, at, size, c, (TALL, columns, columns))

    return many


def growth() -> Iterator[tuple[str, list[float], list[Any]]]:
    """Yield what grows, how large it is, and a call for each size."""
    rng = np.random.default_rng(1)

    def call(channels: int, kernels: int, side: int, size: int) -> Any:
        x = rng.standard_normal((1, channels, side, side)).astype(np.float32)
        w = rng.standard_normal((kernels, channels, size, size)).astype(np.float32)
        return lambda: ops.conv2d(x, w, padding=size // 2)

    sides, channels, kernels = (28, 56, 112, 224), (16, 32, 64, 128), (3, 5, 7, 9)
    yield "pixels, 5×5, 32 → 32", [s * s for s in sides], [call(32, 32, s, 5) for s in sides]
    yield "channels, 5×5, 56²", list(channels), [call(c, 32, 56, 5) for c in channels]
    yield "kernels, 5×5, 56²", list(channels), [call(32, f, 56, 5) for f in channels]
    areas = [float(k * k) for k in kernels]
    yield "kernel area, 32 → 32, 56²", areas, [call(32, 32, 56, k) for k in kernels]
