"""What stands between the sums: activations, softmax, batch normalisation, flattening.

Whole numbers stay whole in :func:`relu` and :func:`flatten`, and become ``float64`` elsewhere.
"""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from generator.engine.checks import Array, Check
from generator.errors import unknown

Approximate = Literal["none", "tanh"]


def relu(x: ArrayLike) -> Array:
    """Return max(0, x), as ``torch.nn.functional.relu`` does, of an array of any shape.

    >>> relu([-2, 0, 3])
    array([0, 0, 3])
    """
    check = Check()
    return np.asarray(np.maximum(check.sure(check.array("x", x)), 0))


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """Return x, times `negative_slope` where negative, as torch's ``leaky_relu`` does.

    >>> leaky_relu([-2, 0, 3], 0.5)
    array([-1.,  0.,  3.])
    """
    check = Check()
    data, slope = check.floats("x", x), check.real("negative_slope", negative_slope)
    data = check.sure(data)
    with np.errstate(all="ignore"):
        return np.where(data > 0, data, data * check.sure(slope))


def sigmoid(x: ArrayLike) -> Array:
    r"""Return :math:`1 / (1 + e^{-x})`, as ``torch.sigmoid`` does.

    Of the two ways to write it the one is taken whose power is below 1, so that none overflows.

    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    check = Check()
    return _sigmoid(check.sure(check.floats("x", x)))


def tanh(x: ArrayLike) -> Array:
    """Return the hyperbolic tangent, as ``torch.tanh`` does.

    >>> tanh([-1000, 0, 1000])
    array([-1.,  0.,  1.])
    """
    check = Check()
    return np.asarray(np.tanh(check.sure(check.floats("x", x))))


def gelu(x: ArrayLike, approximate: Approximate = "none") -> Array:
    r"""Return :math:`x \Phi(x)`, as ``torch.nn.functional.gelu`` does.

    Parameters
    ----------
    x
        Of any shape.
    approximate
        ``"none"``: :math:`\Phi(x) = \tfrac12 \operatorname{erfc}(-x / \sqrt 2)`, the normal
        distribution, from the C library's erfc in float64. Written with erfc rather than
        1 + erf it keeps its digits for negative x. ``"tanh"``:
        :math:`\tfrac12 (1 + \tanh u) = 1 / (1 + e^{-2u})`,
        :math:`u = \sqrt{2 / \pi}\,(x + 0.044715\,x^3)`.

    References
    ----------
    Hendrycks, Gimpel: Gaussian error linear units, arXiv:1606.08415.

    Examples
    --------
    >>> gelu([-1.0, 0.0, 1.0]).round(6), gelu([-1.0, 0.0, 1.0], approximate="tanh").round(6)
    (array([-0.158655,  0.      ,  0.841345]), array([-0.158808,  0.      ,  0.841192]))
    """
    check = Check()
    data = check.floats("x", x)
    if approximate not in get_args(Approximate):
        known = get_args(Approximate)
        check.problems.append(unknown("approximate", str(approximate), known))
    data = check.sure(data)
    with np.errstate(all="ignore"):
        if approximate == "tanh":
            power = 2 * math.sqrt(2 / math.pi) * data * (1 + 0.044715 * data * data)
            return np.asarray(data * _sigmoid(power), data.dtype)
        scaled = data.astype(np.float64) * -math.sqrt(0.5)
        # NumPy has no erfc, and SciPy is too large a library to depend on for this one function.
        doubled = np.fromiter(map(math.erfc, scaled.ravel().tolist()), np.float64, data.size)
        return np.asarray(0.5 * data * doubled.reshape(data.shape), data.dtype)


def softmax(x: ArrayLike, dim: int) -> Array:
    r"""Return :math:`e^{x_i} / \sum_j e^{x_j}` along an axis, as torch's ``softmax`` does.

    The largest number is taken from all first, which changes nothing but keeps powers below 1.

    Parameters
    ----------
    x
        Of any shape with at least one axis.
    dim
        The axis along which the results add up to 1, counted from 0, or from the end as -1.

    Examples
    --------
    >>> softmax([1000, 1000, -1000], dim=0)
    array([0.5, 0.5, 0. ])
    """
    check = Check()
    data = check.floats("x", x)
    axis = None
    if data is not None and data.ndim:
        axis = check.dim("dim", dim, data.ndim)
    elif data is not None:
        check.add("x", "shape ()", "at least one axis")
    data, axis = check.sure(data), check.sure(axis)
    with np.errstate(all="ignore"):
        powers = np.exp(data - data.max(axis, keepdims=True))
        return np.asarray(powers / powers.sum(axis, keepdims=True))


def batch_norm(
    x: ArrayLike,
    running_mean: ArrayLike,
    running_var: ArrayLike,
    weight: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    *,
    eps: float = 1e-5,
) -> Array:
    r"""Normalise every channel as learnt, as torch's ``batch_norm`` does outside of training.

    .. math:: y = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}} \, \gamma_c + \beta_c

    Parameters
    ----------
    x : (N, C) or (N, C, …)
        The input; as in torch, channels are the second axis.
    running_mean, running_var : (C,)
        μ and σ², measured in training.
    weight, bias : (C,)
        γ and β; 1 and 0 unless given.
    eps
        ε, which keeps the root away from zero.

    Returns
    -------
    (N, C) or (N, C, …)
        float32 if all that is given is, else float64.

    Raises
    ------
    UserError
        With all problems at once: axes, lengths that are not the number of channels, a variance
        below zero or one of zero without ε.

    Examples
    --------
    >>> batch_norm([[1.0, 10.0]], [0.0, 8.0], [1.0, 4.0], bias=[0.0, 5.0], eps=0)
    array([[1., 6.]])
    """
    check, each = Check(), {1: "(C,)"}
    data = check.floats("x", x)
    given = {
        "running_mean": running_mean,
        "running_var": running_var,
        "weight": weight,
        "bias": bias,
    }
    found = {key: check.array(key, v, each) for key, v in given.items() if v is not None}
    small = check.real("eps", eps)
    if data is not None and data.ndim < 2:
        check.add("x", f"shape {data.shape}", "(N, C) or (N, C, …)")
    elif data is not None:
        for key, array in found.items():
            if array is not None and len(array) != data.shape[1]:
                check.add(key, f"shape {array.shape}", f"({data.shape[1]},), one for each channel")
    if (spread := found["running_var"]) is not None and (spread + (small or 0) <= 0).any():
        wanted = "numbers that are above 0 once eps is added"
        check.add("running_var", f"{spread.min():g}", wanted)
    data, small = check.sure(data), check.sure(small)

    axes = (-1, *(1,) * (data.ndim - 2))
    held = {key: check.sure(array).reshape(axes) for key, array in found.items()}
    dtype = np.result_type(data, *held.values())
    # The factor is rounded once, from float64; the mean goes first, so that no digits cancel.
    scale = 1 / np.sqrt(held["running_var"].astype(np.float64) + small)
    scale = scale * held.get("weight", 1.0)
    with np.errstate(all="ignore"):
        out = (data.astype(dtype, copy=False) - held["running_mean"]) * scale.astype(dtype)
        return np.asarray(out + held["bias"] if "bias" in held else out).astype(dtype, copy=False)


def flatten(x: ArrayLike, start_dim: int = 0, end_dim: int = -1) -> Array:
    """Write axes as one, as ``torch.flatten`` does; ``start_dim=1`` keeps the batch.

    Raises
    ------
    UserError
        If there is no such axis, or the last comes before the first.

    Examples
    --------
    >>> flatten([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], start_dim=1)
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])
    """
    check = Check()
    data = check.array("x", x)
    first = last = None
    if data is not None:
        axes = max(1, data.ndim)  # a single number becomes an array of one
        first, last = check.dim("start_dim", start_dim, axes), check.dim("end_dim", end_dim, axes)
        if first is not None and last is not None and first > last:
            check.add("end_dim", end_dim, f"an axis from {start_dim} on")
    data, first, last = check.sure(data), check.sure(first), check.sure(last)
    return data.reshape(*data.shape[:first], -1, *data.shape[last + 1 :]).copy()


def _sigmoid(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1, small) / (1 + small), x.dtype)
