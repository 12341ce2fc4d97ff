"""What may be said of a layer: the words of the language, and the arguments of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.engine import network_ops as ops
from generator.engine import network_pool as pools
from generator.engine.network_op import Op
from generator.errors import Problem, UserError, unknown, wrong
from generator.spec.fields import Field, Flag, Pair, Real, Whole, gather, listed, under, whole
from generator.spec.network_tree import Keys, Tree
from generator.spec.padding import PaddingField

#: No layer of a network that anybody trained is wider.
_WIDEST = 10_000_000


class Connections(Field[tuple[tuple[int, ...], ...]]):
    """For every kernel the maps that it reads, counted from 0.

    >>> Connections("maps").parse([["0", "1"], ["1", "2"]])
    ((0, 1), (1, 2))
    """

    metavar = "[[N,…],…]"

    def parse(self, value: object) -> tuple[tuple[int, ...], ...]:
        """Read a list of lists."""
        rows = listed(value)
        if not rows:
            raise wrong(value, "a list for every kernel: the maps that it reads")
        named = ((f"kernel {i}", row) for i, row in enumerate(rows, 1))
        return tuple(gather(named, _maps))

    def show(self, value: tuple[tuple[int, ...], ...]) -> object:
        """Show it as lists."""
        return [list(row) for row in value]


def _maps(row: object) -> tuple[int, ...]:
    items = listed(row)
    if not items:
        raise wrong(row, "a list of maps, counted from 0")
    maps = tuple(whole(item, 0) for item in items)
    if len(set(maps)) < len(maps):
        raise wrong(row, "each map once")
    return maps


class Maps(Field[tuple[int, int, int]]):
    """Channels, rows and columns.

    >>> Maps("a shape").parse(["64", "7", "7"])
    (64, 7, 7)
    """

    metavar = "[N,N,N]"

    def parse(self, value: object) -> tuple[int, int, int]:
        """Read a list of three."""
        items = listed(value)
        if items is None or len(items) != 3:
            raise wrong(value, "channels, rows and columns, such as [64, 7, 7]")
        channels, rows, columns = (whole(item, 1) for item in items)
        return channels, rows, columns

    def show(self, value: tuple[int, int, int]) -> object:
        """Show it as a list."""
        return list(value)


@dataclass(frozen=True, slots=True)
class Word:
    """One word for a layer.

    Parameters
    ----------
    makes
        Makes the layer of its arguments.
    fields
        The arguments; the first may be written alone, as in ``linear: 10``.
    needed
        Those that have no default.
    instead
        Of those that are needed the ones that another argument may replace, with that one.
    """

    makes: Callable[..., Op]
    fields: dict[str, Field[Any]] = dataclasses.field(default_factory=dict)
    needed: tuple[str, ...] = ()
    instead: dict[str, str] = dataclasses.field(default_factory=dict)


def _pair(what: str) -> Pair:
    return Pair(what, least=1, most=10_000)


_KERNEL = _pair("rows and columns of the window")
_STRIDE = _pair("cells that the window moves at a time")
_PADDING = PaddingField("cells of padding around the input")
_DILATION = _pair("distance of neighbouring cells that the window reads")
_MAPS = Maps("channels, rows and columns that the numbers make")
_SIZE = _pair("rows and columns that come out")
_INCLUDE = Flag("whether cells of the padding count in the mean")
_BIAS = Flag("whether a number is learned that is added to every sum")
_FEATURES = Whole("how many numbers come out", least=1, most=_WIDEST)
_POOL: dict[str, Field[Any]] = {
    "kernel_size": _KERNEL,
    "stride": _STRIDE,
    "padding": _PADDING,
    "ceil_mode": Flag("whether a last window may hang over the edge"),
}


def _conv(**given: Any) -> ops.Conv:
    """Return a convolution; the kernels are counted, or listed with what they read."""
    made = ops.Conv(**{"out_channels": None, **given})
    listed_kernels = len(made.connections)
    if listed_kernels and made.out_channels not in (None, listed_kernels):
        raise wrong(made.out_channels, f"{listed_kernels}, as connections has", key="out_channels")
    if listed_kernels and made.groups > 1:
        raise wrong(made.groups, "1 where connections are listed", key="groups")
    return made


def _pointwise(**given: Any) -> ops.Pointwise:
    """Return a layer that keeps the shape, whatever its arguments."""
    return ops.Pointwise()


def _rbf(out_features: int) -> ops.Linear:
    return ops.Linear(out_features, bias=False, fixed=True)


#: How branches may meet.
JOINS: dict[str, ops.Join] = {
    "add": ops.Join("add"), "mul": ops.Join("mul"), "concat": ops.Join("concat"),
}  # fmt: skip
#: Functions of one number, or softmax, that have no arguments.
ACTIVATIONS = (
    "relu", "relu6", "gelu", "silu", "mish", "selu", "hardswish", "hardsigmoid", "sigmoid", "tanh",
    "softplus", "softsign", "softmax", "log_softmax",
)  # fmt: skip

WORDS: dict[str, Word] = {
    "conv": Word(
        _conv,
        {
            "out_channels": Whole("how many kernels there are", least=1, most=_WIDEST),
            "kernel_size": _pair("rows and columns of a kernel"),
            "stride": _STRIDE,
            "padding": _PADDING,
            "dilation": _DILATION,
            "groups": Whole("parts of the maps that do not mix", least=1, most=_WIDEST),
            "bias": _BIAS,
            "connections": Connections("for every kernel the maps that it reads, from 0"),
        },
        ("out_channels", "kernel_size"),
        {"out_channels": "connections"},
    ),
    "max_pool": Word(pools.Pool, {**_POOL, "dilation": _DILATION}, ("kernel_size",)),
    "avg_pool": Word(pools.Pool, {**_POOL, "count_include_pad": _INCLUDE}, ("kernel_size",)),
    "adaptive_max_pool": Word(pools.AdaptivePool, {"output_size": _SIZE}, ("output_size",)),
    "adaptive_avg_pool": Word(pools.AdaptivePool, {"output_size": _SIZE}, ("output_size",)),
    "global_max_pool": Word(pools.GlobalAveragePool),
    "global_avg_pool": Word(pools.GlobalAveragePool),
    "subsample": Word(pools.Subsample, {"kernel_size": _KERNEL}, ("kernel_size",)),
    "linear": Word(ops.Linear, {"out_features": _FEATURES, "bias": _BIAS}, ("out_features",)),
    "rbf": Word(_rbf, {"out_features": _FEATURES}, ("out_features",)),
    "flatten": Word(ops.Flatten),
    "unflatten": Word(ops.Unflatten, {"unflattened_size": _MAPS}, ("unflattened_size",)),
    "batch_norm": Word(ops.BatchNorm, {"affine": Flag("whether scale and shift are learned")}),
    **{word: Word(_pointwise) for word in ACTIVATIONS},
    "leaky_relu": Word(_pointwise, {"negative_slope": Real("slope below 0")}),
    "prelu": Word(ops.PReLU, {"num_parameters": Whole("how many slopes are learned", least=1)}),
    "elu": Word(_pointwise, {"alpha": Real("minus the value far below 0")}),
    "celu": Word(_pointwise, {"alpha": Real("minus the value far below 0")}),
    "hardtanh": Word(
        _pointwise, {"min_val": Real("the smallest value"), "max_val": Real("the largest value")}
    ),
    "scale": Word(_pointwise, {"factor": Real("what every number is multiplied by")}),
    "shift": Word(_pointwise, {"amount": Real("what is added to every number")}),
    "pad": Word(pools.Pad, {"padding": _PADDING}, ("padding",)),
    "lrn": Word(_pointwise, {"size": Whole("maps that are looked at together", least=1)}),
    "dropout": Word(_pointwise, {"p": Real("the share of numbers that are left out")}),
    **{word: Word(partial(JOINS.__getitem__, word)) for word in JOINS},
}


def layer(word: str, given: Tree) -> Op:
    """Return the layer that a word and its arguments ask for.

    Raises
    ------
    UserError
        With every unknown, missing and wrong argument; the keys are those of the arguments.

    Examples
    --------
    >>> layer("linear", "10")
    Linear(out_features=10, bias=True, fixed=False)
    >>> layer("max_pool", {"kernal_size": "2"})
    Traceback (most recent call last):
    ...
    generator.errors.UserError: unknown key 'kernal_size'; did you mean 'kernel_size'?
    kernel_size: is missing: rows and columns of the window
    """
    entry = WORDS[word]
    values = arguments(given, list(entry.fields))
    problems = [
        dataclasses.replace(unknown("key", key, entry.fields), key=key)
        for key in values
        if key not in entry.fields
    ]
    found: dict[str, object] = {}
    for name, field in entry.fields.items():
        if values.get(name) is None:
            if name in entry.needed and values.get(entry.instead.get(name, name)) is None:
                problems.append(Problem("", name, "", f"is missing: {field.help}"))
            continue
        try:
            found[name] = field.parse(values[name])
        except UserError as error:
            problems += under(name, error.problems)
    if problems:
        raise UserError(problems)
    return entry.makes(**found)


def arguments(given: Tree, names: list[str]) -> dict[str, Tree]:
    """Return arguments by name: a mapping as it is, anything else as the first of `names`.

    Raises
    ------
    UserError
        If something is given where nothing can be.
    """
    if given is None:
        return {}
    if isinstance(given, Keys | dict):
        if given and not names:
            raise wrong(", ".join(given), "no arguments")
        return dict(given)
    if not names:
        raise wrong(given, "no arguments")
    return {names[0]: given}
