"""What modules and functions of torch have in common.

torch itself is not imported here: a layer is known by the name of its class, a function by its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from generator.engine.network_op import Op
from generator.engine.network_ops import Flatten, Pointwise
from generator.engine.network_pool import AdaptivePool, GlobalAveragePool, Pad, Pool
from generator.errors import Problem, UserError, wrong
from generator.readers._gathered import Made


class Has(Protocol):
    """Arguments by name: those of a call, or those that a module remembers."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return an argument."""
        ...


POINTWISE = {
    "ReLU": "relu", "ReLU6": "relu6", "LeakyReLU": "leaky_relu", "ELU": "elu", "CELU": "celu",
    "SELU": "selu", "GELU": "gelu", "SiLU": "silu", "Mish": "mish", "Hardswish": "hardswish",
    "Hardsigmoid": "hardsigmoid", "Hardtanh": "hardtanh", "Sigmoid": "sigmoid", "Tanh": "tanh",
    "Softplus": "softplus", "Softsign": "softsign", "Softmax": "softmax", "Softmax2d": "softmax",
    "LogSoftmax": "log_softmax", "Dropout": "dropout", "Dropout2d": "dropout",
    "AlphaDropout": "dropout", "FeatureAlphaDropout": "dropout", "LocalResponseNorm": "lrn",
}  # fmt: skip


def refused(said: str, hint: str = "") -> UserError:
    """Return the error of something that is not read."""
    return UserError([Problem("", "", "", said, hint)])


def both(value: Any) -> tuple[int, int]:
    """Return a pair; torch takes one number for both as well."""
    rows, columns = value if isinstance(value, (tuple, list)) else (value, value)
    return int(rows), int(columns)


def sides(value: Any) -> Any:
    """Return padding: torch's word, or the same in front and behind."""
    if isinstance(value, str):
        return value
    rows, columns = both(value)
    return (rows, rows), (columns, columns)


def pool(word: str) -> Callable[[Has], list[Made]]:
    """Read a pooling layer."""

    def read(has: Has) -> list[Made]:
        stride = has.get("stride")
        made = Pool(
            both(has.get("kernel_size")),
            # torch takes an empty list for none as well.
            both(stride) if stride not in (None, (), []) else None,
            sides(has.get("padding", 0)),
            bool(has.get("ceil_mode", False)),
            both(has.get("dilation", 1)),
            count_include_pad=bool(has.get("count_include_pad", True)),
        )
        return [(word, made)]

    return read


def adaptive(how: str) -> Callable[[Has], list[Made]]:
    """Read a pooling layer that is told the size that comes out."""

    def read(has: Has) -> list[Made]:
        size = has.get("output_size")
        rows, columns = size if isinstance(size, (tuple, list)) else (size, size)
        if (rows, columns) == (1, 1):
            return [(f"global_{how}_pool", GlobalAveragePool())]
        return [(f"adaptive_{how}_pool", AdaptivePool((rows, columns)))]

    return read


def flatten(has: Has) -> list[Made]:
    """Read what makes a list of every picture."""
    start, end = has.get("start_dim", 0), has.get("end_dim", -1)
    if start == 0:
        raise refused("it mixes the pictures of a batch", "give it start_dim=1")
    if (start, end) not in ((1, -1), (1, 3)):
        raise wrong(f"{start} to {end}", "1 to -1, all but the batch", key="start_dim")
    return [("flatten", Flatten())]


def padded(sides: Sequence[int]) -> list[Made]:
    """Read cells around a map."""
    # torch begins with the last axis.
    left, right, top, bottom, *more = (*sides, 0, 0)[: max(4, len(sides))]
    if any(more) or min(left, right, top, bottom) < 0:
        raise refused("it does not only add cells around every map")
    return [("pad", Pad(((top, bottom), (left, right))))]


def same(has: Has) -> list[Made]:
    """Read what hands on what it reads."""
    return []


def plain(word: str, op: Op | None = None) -> Callable[[Any], list[Made]]:
    """Read what has no arguments that change a shape."""
    return lambda has: [(word, op or Pointwise())]
