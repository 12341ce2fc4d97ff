"""Activations, softmax and batch normalisation: our ways and those of others."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from engine.cases import Array, Case, Oracle, Rng, run_onnx
from scipy import special

from generator.engine import ops

NONE = np.zeros(0)


def draw_reals(rng: Rng, *, dtype: str = "float64", most: float = 1000.0, least: int = 0) -> Case:
    """Draw an array of any shape with numbers of every size up to `most`, and with zeros."""
    shape = rng.integers(1, 8, int(rng.integers(least, 5)))
    sizes = most ** rng.uniform(-1, 1, shape)
    x = np.asarray(rng.choice([-1.0, 0.0, 1.0], shape, p=[0.45, 0.1, 0.45]) * sizes)
    return Case(x.astype(dtype), NONE, NONE)


def draw_float32(rng: Rng) -> Case:
    return draw_reals(rng, dtype="float32", most=90.0, least=1)


def draw_any_dtype(rng: Rng) -> Case:
    return draw_reals(rng, dtype=("float32", "float64", "int64")[rng.integers(3)])


def ours(function: Callable[..., Array], **arguments: Any) -> Callable[[Case], Array]:
    """Return a call of `function` with what a case holds."""

    def kernel(case: Case) -> Array:
        return function(case.x, **arguments, **(case.more or {}))

    return kernel


def onnx(operation: str, **attributes: Any) -> Callable[[Case], Array]:
    return lambda case: run_onnx(operation, {"x": case.x}, **attributes)


def plainly(function: Callable[[Array], Any]) -> Callable[[Case], Array]:
    """Return a call of somebody's function in float64."""

    def theirs(case: Case) -> Array:
        return np.asarray(function(case.x.astype(np.float64)))

    return theirs


def gelu_erf(x: Array) -> Array:
    return np.asarray(x * special.ndtr(x))


def gelu_tanh(x: Array) -> Array:
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
    return np.asarray(0.5 * x * (1 + np.tanh(inner)))


# Along an axis --------------------------------------------------------------------------------


def draw_softmax(rng: Rng, *, dtype: str = "float64") -> Case:
    case = draw_reals(rng, dtype=dtype, least=1)
    axes = case.x.ndim
    return Case(case.x, NONE, NONE, more={"dim": int(rng.integers(-axes, axes))})


def softmax_scipy(case: Case) -> Array:
    return np.asarray(special.softmax(case.x, axis=case.more["dim"]))


def softmax_onnx(case: Case) -> Array:
    return run_onnx("Softmax", {"x": case.x}, axis=case.more["dim"])


def draw_flatten(rng: Rng) -> Case:
    case = draw_reals(rng, dtype="float32", least=1)
    first, last = sorted(rng.integers(0, case.x.ndim, 2).tolist())
    return Case(case.x, NONE, NONE, more={"start_dim": first, "end_dim": last})


def flatten_onnx(case: Case) -> Array:
    """ONNX flattens into two axes; the first then is split again."""
    first, last = case.more["start_dim"], case.more["end_dim"]
    found = run_onnx("Flatten", {"x": case.x}, axis=first)
    rest = case.x.shape[last + 1 :]
    long = found.shape[1] // math.prod(rest)
    return found.reshape(*case.x.shape[:first], long, *rest)


# Batch normalisation --------------------------------------------------------------------------


def draw_batch_norm(rng: Rng, *, dtypes: tuple[str, ...] = ("float32", "float64")) -> Case:
    dtype = dtypes[rng.integers(len(dtypes))]
    shape = rng.integers(1, 6, int(rng.integers(2, 5)))
    channels = int(shape[1])
    more = {
        "running_mean": rng.normal(size=channels),
        "running_var": rng.uniform(0.01, 9, channels),
        "weight": rng.normal(size=channels),
        "bias": rng.normal(size=channels),
    }
    arrays: dict[str, Any] = {key: value.astype(dtype) for key, value in more.items()}
    arrays["eps"] = float(rng.choice([1e-5, 1e-3, 0.1]))
    return Case(rng.normal(size=shape).astype(dtype), NONE, NONE, more=arrays)


def batch_norm_onnx(case: Case) -> Array:
    m = case.more
    feeds = {"x": case.x, "scale": m["weight"], "b": m["bias"]}
    feeds |= {"mean": m["running_mean"], "var": m["running_var"]}
    return run_onnx("BatchNormalization", feeds, epsilon=m["eps"])


def batch_norm_numpy(case: Case) -> Array:
    """Channel by channel, in float64."""
    out = np.empty(case.x.shape)
    m = case.more
    for c in range(case.x.shape[1]):
        root = math.sqrt(float(m["running_var"][c]) + m["eps"])
        normal = (case.x[:, c].astype(np.float64) - float(m["running_mean"][c])) / root
        out[:, c] = normal * float(m["weight"][c]) + float(m["bias"][c])
    return out


ORACLES: dict[str, Oracle] = {
    "relu, onnxruntime": Oracle(300, draw_float32, (ours(ops.relu),), onnx("Relu")),
    "relu, numpy": Oracle(
        300, draw_any_dtype, (ours(ops.relu),), lambda case: np.where(case.x > 0, case.x, 0)
    ),
    "leaky_relu, onnxruntime": Oracle(
        300,
        draw_float32,
        (ours(ops.leaky_relu, negative_slope=0.125),),
        onnx("LeakyRelu", alpha=0.125),
    ),
    "sigmoid, onnxruntime": Oracle(
        300, draw_float32, (ours(ops.sigmoid),), onnx("Sigmoid"), near=1e-5, off=1e-6
    ),
    "sigmoid, scipy": Oracle(
        400, draw_reals, (ours(ops.sigmoid),), plainly(special.expit), near=1e-14, off=1e-300
    ),
    "tanh, onnxruntime": Oracle(
        300, draw_float32, (ours(ops.tanh),), onnx("Tanh"), near=1e-5, off=1e-6
    ),
    "tanh, math": Oracle(
        300, draw_reals, (ours(ops.tanh),), plainly(np.vectorize(math.tanh)), near=1e-14, off=1e-300
    ),
    "gelu, onnxruntime": Oracle(
        300, draw_float32, (ours(ops.gelu),), onnx("Gelu"), near=1e-5, off=1e-5
    ),
    "gelu, scipy": Oracle(
        400, draw_reals, (ours(ops.gelu),), plainly(gelu_erf), near=1e-12, off=1e-300
    ),
    "gelu by tanh, onnxruntime": Oracle(
        300,
        draw_float32,
        (ours(ops.gelu, approximate="tanh"),),
        onnx("Gelu", approximate="tanh"),
        near=1e-5,
        off=1e-5,
    ),
    "gelu by tanh, numpy": Oracle(
        300, draw_reals, (ours(ops.gelu, approximate="tanh"),), plainly(gelu_tanh), near=1e-13
    ),
    "softmax, scipy": Oracle(
        400, draw_softmax, (ours(ops.softmax),), softmax_scipy, near=1e-13, off=1e-300
    ),
    "softmax, onnxruntime": Oracle(
        300,
        lambda rng: draw_softmax(rng, dtype="float32"),
        (ours(ops.softmax),),
        softmax_onnx,
        near=1e-5,
        off=1e-6,
    ),
    "batch_norm, onnxruntime": Oracle(
        300,
        lambda rng: draw_batch_norm(rng, dtypes=("float32",)),
        (ours(ops.batch_norm),),
        batch_norm_onnx,
        near=1e-5,
        off=1e-5,
    ),
    "batch_norm, numpy": Oracle(
        400, draw_batch_norm, (ours(ops.batch_norm),), batch_norm_numpy, near=1e-5, off=1e-5
    ),
    "flatten, onnxruntime": Oracle(300, draw_flatten, (ours(ops.flatten),), flatten_onnx),
}
