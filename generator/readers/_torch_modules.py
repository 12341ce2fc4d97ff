"""What the modules of torch are in our language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.engine.network_ops import BatchNorm, Conv, Linear, PReLU
from generator.readers._gathered import Made
from generator.readers._torch_common import (
    POINTWISE,
    adaptive,
    both,
    flatten,
    padded,
    plain,
    pool,
    refused,
    same,
    sides,
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The arguments that a module was made with."""

    module: Any

    def get(self, key: str, default: Any = None) -> Any:
        """Return an argument."""
        return getattr(self.module, key, default)


def module_made(module: Any) -> list[Made]:
    """Return the layers of a module, mostly one; none if it hands on what it reads.

    Raises
    ------
    UserError
        If our language has no words for it.
    """
    if getattr(module, "has_uninitialized_params", bool)():
        raise refused("its weights have no shape yet", "run it once on a picture")
    for each in type(module).__mro__:
        if each.__name__ in MODULES and each.__module__.startswith("torch."):
            return MODULES[each.__name__](Remembered(module))
    raise refused(f"modules of type {type(module).__name__} are not read")


def _conv(has: Remembered) -> list[Made]:
    m = has.module
    conv = Conv(
        m.out_channels,
        both(m.kernel_size),
        both(m.stride),
        sides(m.padding),
        both(m.dilation),
        m.groups,
        m.bias is not None,
        in_channels=m.in_channels,
    )
    return [("conv", conv)]


def _linear(has: Remembered) -> list[Made]:
    m = has.module
    return [("linear", Linear(m.out_features, m.bias is not None, in_features=m.in_features))]


def _batch_norm(has: Remembered) -> list[Made]:
    m = has.module
    norm = BatchNorm(
        m.affine, track_running_stats=m.running_mean is not None, num_features=m.num_features
    )
    return [("batch_norm", norm)]


def _pad_module(has: Remembered) -> list[Made]:
    return padded(has.get("padding"))


MODULES: dict[str, Callable[[Remembered], list[Made]]] = {
    **{name: plain(word) for name, word in POINTWISE.items()},
    "Conv2d": _conv,
    "Linear": _linear,
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "SyncBatchNorm"), _batch_norm),
    "PReLU": lambda has: [("prelu", PReLU(has.get("num_parameters")))],
    "MaxPool2d": pool("max_pool"),
    "AvgPool2d": pool("avg_pool"),
    "AdaptiveMaxPool2d": adaptive("max"),
    "AdaptiveAvgPool2d": adaptive("avg"),
    "Flatten": flatten,
    "Identity": same,
    **dict.fromkeys(
        ("ZeroPad2d", "ConstantPad2d", "ReflectionPad2d", "ReplicationPad2d", "CircularPad2d"),
        _pad_module,
    ),
}
