"""What the operators of ONNX are in our language.

References
----------
https://onnx.ai/onnx/operators/
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from generator.engine.network_op import Op, Shape
from generator.engine.network_ops import BatchNorm, Conv, Flatten, Join, Linear, Pointwise, PReLU
from generator.engine.network_pool import GlobalAveragePool, Pad, Pool
from generator.engine.network_window import Padding, planes
from generator.engine.shapes import padding_sides
from generator.errors import Problem, UserError, wrong
from generator.readers._gathered import Made
from generator.readers._onnx_model import Call


def made(call: Call) -> list[Made]:
    """Return the layers of a node, mostly one; none if it hands on what it reads.

    Raises
    ------
    UserError
        If our language has no words for it.
    """
    reader = READERS.get(call.type) if not call.domain else None
    if reader is None:
        operator = f"{call.domain}.{call.type}" if call.domain else call.type
        raise refused(f"the operator {operator} is not read", _WAYS_OUT.get(call.type, ""))
    try:
        return reader(call)
    except (TypeError, ValueError, IndexError):
        # A file may say anything: a word for a stride, three pads, weights of one axis.
        raise refused(f"its arguments are not those of {call.type}") from None


def refused(said: str, hint: str = "") -> UserError:
    """Return the error of a node that is not read."""
    return UserError([Problem("", "", "", said, hint)])


def constant(call: Call) -> tuple[int, Shape] | None:
    """Return which input of a sum or product is constant, and its shape; ``None`` if none is."""
    for which in range(len(call.inputs)):
        dims = call.dims(which)
        if dims is not None:
            return which, dims
    return None


def _weights(call: Call, which: int = 1) -> Shape:
    dims = call.dims(which)
    if dims is None:
        raise refused("its weights are computed by other layers; only stored weights are read")
    return dims


def _pair(call: Call, key: str, default: tuple[int, ...] = (1, 1)) -> tuple[int, int]:
    values = call.get(key, default)
    if len(values) != 2:
        raise wrong(planes(values), "rows and columns; other windows are not read", key=key)
    if min(values) < 1:
        raise wrong(planes(values), "at least 1", key=key)
    return values[0], values[1]


def _padding(call: Call, kernel: tuple[int, int]) -> Padding:
    """Return the cells around the input."""
    word = call.get("auto_pad", "NOTSET")
    if word in ("SAME_UPPER", "VALID"):
        return "same" if word == "SAME_UPPER" else 0
    if word == "SAME_LOWER":
        shape = call.shape()
        if shape is None:
            raise refused("the size of its input is not known, and auto_pad needs it")
        strides, dilations = _pair(call, "strides"), _pair(call, "dilations")
        walks = zip(shape[2:], kernel, strides, dilations, strict=True)
        # An odd cell goes in front.
        (top, bottom), (left, right) = (padding_sides("same", *walk)[::-1] for walk in walks)
    else:
        top, left, bottom, right = call.get("pads", (0, 0, 0, 0))
    if min(top, left, bottom, right) < 0:
        raise wrong(min(top, left, bottom, right), "padding of at least 0", key="pads")
    return (top, bottom), (left, right)


def _conv(call: Call) -> list[Made]:
    dims = _weights(call)
    if len(dims) != 4:
        raise refused(f"its weights are {planes(dims)}; only kernels of rows and columns are read")
    kernel, groups = (dims[2], dims[3]), call.get("group", 1)
    if min(*dims, groups) < 1:
        raise wrong(f"{groups} groups of {planes(dims)}", "at least 1 of everything")
    conv = Conv(
        dims[0],
        kernel,
        _pair(call, "strides"),
        _padding(call, kernel),
        _pair(call, "dilations"),
        groups,
        call.has(2),
        in_channels=dims[1] * groups,
    )
    return [("conv", conv)]


def _pool(word: str) -> Callable[[Call], list[Made]]:
    def read(call: Call) -> list[Made]:
        kernel = _pair(call, "kernel_shape", ())
        pool = Pool(
            kernel,
            _pair(call, "strides"),
            _padding(call, kernel),
            bool(call.get("ceil_mode", 0)),
            _pair(call, "dilations"),
            half=False,
            count_include_pad=bool(call.get("count_include_pad", 0)),
        )
        return [(word, pool)]

    return read


def _gemm(call: Call) -> list[Made]:
    dims = _weights(call)
    if call.get("transA", 0):
        raise refused("it turns its input over (transA), which no layer of ours does")
    if call.has(2) and call.dims(2) is None:
        raise refused("its bias is computed by other layers; only stored weights are read")
    out, features = dims if call.get("transB", 0) else dims[::-1]
    return [("linear", Linear(out, call.has(2), in_features=features))]


def _matmul(call: Call) -> list[Made]:
    dims = _weights(call)
    if len(dims) != 2:
        raise refused(f"its weights are {planes(dims)}; only those of a linear layer are read")
    return [("linear", Linear(dims[1], bias=False, in_features=dims[0]))]


def _arithmetic(one: str, both: str) -> Callable[[Call], list[Made]]:
    """Read what is done with a number, as the word `one`, or with several maps, as `both`."""

    def read(call: Call) -> list[Made]:
        found = constant(call)
        if found and prod(found[1]) == 1:
            return [(one, Pointwise())]
        if found:
            said = f"its constant is {planes(found[1])}; only single numbers and biases are read"
            raise refused(said)
        if both == "add":
            return [(both, Join("add"))]
        if both == "mul":
            return [(both, Join("mul"))]
        raise refused(f"the operator {call.type} is not read between two maps")

    return read


def _sum(call: Call) -> list[Made]:
    if constant(call):
        raise refused("it adds a constant; only biases are read")
    return [("add", Join("add"))] if len(call.inputs) > 1 else []


def _concat(call: Call) -> list[Made]:
    axis, shape = call.get("axis", 1), call.shape()
    if constant(call):
        raise refused("it appends a constant; only maps are joined")
    if axis != 1 and (shape is None or axis + len(shape) != 1):
        raise wrong(axis, "1, the channels", key="axis")
    return [("concat", Join("concat"))] if len(call.inputs) > 1 else []


def _flatten(call: Call) -> list[Made]:
    axis, shape = call.get("axis", 1), call.shape()
    if axis != 1 and (shape is None or axis + len(shape) != 1):
        raise wrong(axis, "1, which keeps the pictures of a batch apart", key="axis")
    return [("flatten", Flatten())] if shape is None or len(shape) > 2 else []


def _reshape(call: Call) -> list[Made]:
    before, after = call.shape(), call.output
    target = call.values(1) if call.type == "Reshape" else None
    if target and len(target) == 2 and target[1] != 0 and (before is None or before != after):
        # The engine compares the number: a batch of another size would swallow the difference.
        return [("flatten", Flatten(target[1] if target[1] > 0 else None))]
    if before is None or after is None:
        said = "the shape that it makes is not known before it runs"
        raise refused(said, _WAYS_OUT.get(call.type, ""))
    if before == after:
        return []
    if after != (before[0], prod(before[1:])):
        said = f"it makes {planes(after)} of {planes(before)}; only flattening is read"
        raise refused(said, _WAYS_OUT.get(call.type, ""))
    return [("flatten", Flatten())]


def _batch_norm(call: Call) -> list[Made]:
    (channels,) = _weights(call)
    return [("batch_norm", BatchNorm(num_features=channels))]


def _prelu(call: Call) -> list[Made]:
    return [("prelu", PReLU(prod(_weights(call))))]


def _clip(call: Call) -> list[Made]:
    bounds = [
        call.get(key, (call.values(which) or (None,))[0]) for which, key in ((1, "min"), (2, "max"))
    ]
    return [("relu6" if bounds == [0, 6] else "hardtanh", Pointwise())]


def _reduce_mean(call: Call) -> list[Made]:
    axes = call.get("axes") or call.values(1) or ()
    shape = call.shape()
    if (
        sorted(axis % len(shape or axes or (0,)) for axis in axes) != [2, 3]
        or len(shape or ()) != 4
    ):
        raise refused("it takes means along other axes than rows and columns")
    pool: list[Made] = [("global_avg_pool", GlobalAveragePool())]
    return pool if call.get("keepdims", 1) else [*pool, ("flatten", Flatten())]


def _pad(call: Call) -> list[Made]:
    pads = call.get("pads") or call.values(1)
    if pads is None or len(pads) != 8 or call.has(3):
        raise refused("which cells it adds is not known before it runs")
    sides = (pads[2], pads[6]), (pads[3], pads[7])
    if any(pads[each] for each in (0, 1, 4, 5)) or min(pads) < 0:
        raise refused("it does not only add cells around every map")
    return [("pad", Pad(sides))] if any(pads) else []


def _same(call: Call) -> list[Made]:
    return []


def _plain(word: str, op: Op | None = None) -> Callable[[Call], list[Made]]:
    return lambda call: [(word, op or Pointwise())]


READERS: dict[str, Callable[[Call], list[Made]]] = {
    "Conv": _conv,
    "MaxPool": _pool("max_pool"),
    "AveragePool": _pool("avg_pool"),
    "GlobalAveragePool": _plain("global_avg_pool", GlobalAveragePool()),
    "GlobalMaxPool": _plain("global_max_pool", GlobalAveragePool()),
    "ReduceMean": _reduce_mean,
    "Gemm": _gemm,
    "MatMul": _matmul,
    "BatchNormalization": _batch_norm,
    "Add": _arithmetic("shift", "add"),
    "Sub": _arithmetic("shift", ""),
    "Mul": _arithmetic("scale", "mul"),
    "Div": _arithmetic("scale", ""),
    "Sum": _sum,
    "Concat": _concat,
    "Pad": _pad,
    **dict.fromkeys(("Reshape", "Squeeze", "Unsqueeze", "Transpose"), _reshape),
    "Flatten": _flatten,
    **dict.fromkeys(("Identity", "Cast"), _same),
    "Clip": _clip,
    "PRelu": _prelu,
    "LRN": _plain("lrn"),
    "Relu": _plain("relu"),
    "LeakyRelu": _plain("leaky_relu"),
    "Elu": _plain("elu"),
    "Celu": _plain("celu"),
    "Selu": _plain("selu"),
    "Gelu": _plain("gelu"),
    "Swish": _plain("silu"),
    "Mish": _plain("mish"),
    "HardSwish": _plain("hardswish"),
    "HardSigmoid": _plain("hardsigmoid"),
    "Sigmoid": _plain("sigmoid"),
    "Tanh": _plain("tanh"),
    "Softplus": _plain("softplus"),
    "Softsign": _plain("softsign"),
    "Softmax": _plain("softmax"),
    "LogSoftmax": _plain("log_softmax"),
    "Dropout": _plain("dropout"),
}

#: What one can do about some of what is not read.
_WAYS_OUT = {
    "Transpose": "write the file with channels first, as tf2onnx does with --inputs-as-nchw",
}
