"""What the functions and methods of torch are in our language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.engine.network_ops import (
    BatchNorm,
    Conv,
    Flatten,
    Join,
    Linear,
    Pointwise,
    PReLU,
    Unflatten,
)
from generator.engine.network_pool import GlobalAveragePool
from generator.errors import wrong
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
class Asked:
    """One call of a function: its arguments by name, and what they are.

    Parameters
    ----------
    values
        The arguments; what is computed is a node.
    is_node
        Tells a node.
    tensor
        Returns the parameter or buffer that a node fetches; ``None`` if it computes something.
    """

    values: dict[str, Any]
    is_node: Callable[[object], bool]
    tensor: Callable[[object], Any]

    def get(self, key: str, default: Any = None) -> Any:
        """Return an argument; raise if it is only known when the network runs."""
        value = self.values.get(key, default)
        for each in value if isinstance(value, (tuple, list)) else [value]:
            if self.is_node(each):
                raise refused(f"its {key} is computed, and not known before it runs")
        return default if value is None else value

    def weights(self, key: str) -> Any:
        """Return a stored tensor; ``None`` if there is none."""
        value = self.values.get(key)
        found = self.tensor(value) if self.is_node(value) else value
        if found is None and value is not None:
            raise refused(f"its {key} is computed by other layers; only stored weights are read")
        return found


def function_made(name: str, asked: Asked) -> list[Made]:
    """Return the layers of a function or method likewise."""
    plain = name.rstrip("_")
    if plain in FUNCTIONS:
        return FUNCTIONS[plain][1](asked)
    raise refused(f"the function {name} is not read")


def _conv_function(asked: Asked) -> list[Made]:
    weight, groups = asked.weights("weight"), asked.get("groups", 1)
    out, fan, *kernel = weight.shape
    conv = Conv(
        out,
        both(kernel),
        both(asked.get("stride", 1)),
        sides(asked.get("padding", 0)),
        both(asked.get("dilation", 1)),
        groups,
        asked.weights("bias") is not None,
        in_channels=fan * groups,
    )
    return [("conv", conv)]


def _linear_function(asked: Asked) -> list[Made]:
    out, features = asked.weights("weight").shape
    bias = asked.weights("bias") is not None
    return [("linear", Linear(out, bias, in_features=features))]


def _batch_norm_function(asked: Asked) -> list[Made]:
    weight, kept = asked.weights("weight"), asked.weights("running_mean")
    known = weight if weight is not None else kept
    features = None if known is None else len(known)
    norm = BatchNorm(
        weight is not None, track_running_stats=kept is not None, num_features=features
    )
    return [("batch_norm", norm)]


def _prelu_function(asked: Asked) -> list[Made]:
    return [("prelu", PReLU(len(asked.weights("weight"))))]


def _view(asked: Asked) -> list[Made]:
    shape = asked.values["shape"]
    sizes = [None if asked.is_node(size) or size == -1 else int(size) for size in shape]
    if len(sizes) == 2:
        return [("flatten", Flatten(sizes[1]))]
    if len(sizes) == 4 and None not in sizes[2:]:
        return [("unflatten", Unflatten((sizes[1], int(sizes[2] or 0), int(sizes[3] or 0))))]
    raise refused(f"it makes {len(sizes)} axes; only flattening and its contrary are read")


def _mean(asked: Asked) -> list[Made]:
    axes = asked.get("dim", ())
    axes = axes if isinstance(axes, (tuple, list)) else (axes,)
    if sorted(axis % 4 for axis in axes) != [2, 3]:
        raise refused("it takes means along other axes than rows and columns")
    pool: list[Made] = [("global_avg_pool", GlobalAveragePool())]
    return pool if asked.get("keepdim", False) else [*pool, ("flatten", Flatten())]


def _cat(asked: Asked) -> list[Made]:
    if (axis := asked.get("dim", 0)) not in (1, -3):
        raise wrong(axis, "1, the channels", key="dim")
    return [("concat", Join("concat"))]


def _arithmetic(one: str, both: str) -> Callable[[Asked], list[Made]]:
    """Read what is done with a number, as the word `one`, or with two maps, as `both`."""

    def read(asked: Asked) -> list[Made]:
        operands = [asked.values[key] for key in ("input", "other")]
        stored = [each for each in operands if asked.is_node(each)]
        stored = [found for each in stored if (found := asked.tensor(each)) is not None]
        if any(each.numel() > 1 for each in stored):
            raise refused("it reads a parameter or a buffer; only those of layers are read")
        if stored or not all(map(asked.is_node, operands)):
            return [(one, Pointwise())]
        if both == "add":
            return [(both, Join("add"))]
        if both == "mul":
            return [(both, Join("mul"))]
        raise refused("it is not read between two maps")

    return read


def _pad(asked: Asked) -> list[Made]:
    return padded(asked.get("pad", ()))


_TWO = ("input", "other")
#: The names of the arguments in their order, and what is made of them.
FUNCTIONS: dict[str, tuple[tuple[str, ...], Callable[[Asked], list[Made]]]] = {
    **{word: (("input",), plain(word)) for word in POINTWISE.values()},
    **dict.fromkeys(
        ("dropout2d", "alpha_dropout", "feature_dropout", "stochastic_depth"),
        (("input",), plain("dropout")),
    ),
    "local_response_norm": (("input",), plain("lrn")),
    "clamp": (("input",), plain("hardtanh")),
    **dict.fromkeys(
        ("contiguous", "clone", "detach", "to", "float", "expand_as"), (("input",), same)
    ),
    "conv2d": (
        ("input", "weight", "bias", "stride", "padding", "dilation", "groups"),
        _conv_function,
    ),
    "linear": (("input", "weight", "bias"), _linear_function),
    "prelu": (("input", "weight"), _prelu_function),
    "batch_norm": (
        ("input", "running_mean", "running_var", "weight", "bias"),
        _batch_norm_function,
    ),
    "max_pool2d": (
        ("input", "kernel_size", "stride", "padding", "dilation", "ceil_mode"),
        pool("max_pool"),
    ),
    "avg_pool2d": (
        ("input", "kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"),
        pool("avg_pool"),
    ),
    "adaptive_max_pool2d": (("input", "output_size"), adaptive("max")),
    "adaptive_avg_pool2d": (("input", "output_size"), adaptive("avg")),
    "flatten": (("input", "start_dim", "end_dim"), flatten),
    **dict.fromkeys(("view", "reshape"), (("input", "shape"), _view)),
    "mean": (("input", "dim", "keepdim"), _mean),
    **dict.fromkeys(("cat", "concat", "concatenate"), (("tensors", "dim"), _cat)),
    **dict.fromkeys(("add", "iadd"), (_TWO, _arithmetic("shift", "add"))),
    **dict.fromkeys(("sub", "isub"), (_TWO, _arithmetic("shift", ""))),
    **dict.fromkeys(("mul", "imul", "multiply"), (_TWO, _arithmetic("scale", "mul"))),
    **dict.fromkeys(("div", "truediv", "itruediv"), (_TWO, _arithmetic("scale", ""))),
    "pad": (("input", "pad"), _pad),
}
