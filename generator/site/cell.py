"""A piece of code is run, and the value of its last line is asked for."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import isclose
from typing import Any, TypeGuard

from generator.model import Result, shape

_KEPT = "_cb_value"
#: How near a number with a decimal point must come, as a part of it; a whole number must be met.
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Value:
    """An array as it travels from process to process.

    Parameters
    ----------
    shape
        Its sizes; empty for one number.
    numbers
        All its numbers in order, as text: ``3``, ``1/2``, ``0.25``.
    """

    shape: tuple[int, ...]
    numbers: tuple[str, ...]


def execute(source: str, namespace: dict[str, Any], name: str = "code") -> object:
    r"""Run `source` and return the value of its last line; ``None`` if that has none.

    The last line has a value if it is an expression, or prints a single thing.

    Examples
    --------
    >>> execute("a = 2\na + 1", {}), execute("a = 2", {})
    (3, None)
    >>> execute("print(2 + 2)", {})
    4
    4
    """
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    namespace.pop(_KEPT, None)
    if isinstance(last, ast.Expr):
        call = last.value
        keep = ast.Assign([ast.Name(_KEPT, ast.Store())], call)
        new: list[ast.stmt] = [keep]
        if _prints_one(call):
            keep.value = call.args[0]
            call.args = [ast.copy_location(ast.Name(_KEPT, ast.Load()), call.args[0])]
            new.append(last)
        tree.body[-1:] = [ast.fix_missing_locations(ast.copy_location(each, last)) for each in new]
    exec(compile(tree, name, "exec"), namespace)
    return namespace.pop(_KEPT, None)


def _prints_one(call: ast.expr) -> TypeGuard[ast.Call]:
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "print"
        and len(call.args) == 1
        and not isinstance(call.args[0], ast.Starred)
    )


def value_of(thing: Any) -> Value | None:
    """Return the numbers of a number, a list, an array, a tensor; ``None`` if it is none of them.

    >>> value_of([[1, 2]]), value_of(2.5), value_of("word")
    (Value(shape=(1, 2), numbers=('1', '2')), Value(shape=(), numbers=('2.5',)), None)
    """
    import numpy as np

    if hasattr(thing, "detach"):  # a tensor of torch's, and of Keras over torch
        thing = thing.detach().cpu().numpy()
    try:
        array = np.asarray(thing)
    except ValueError:  # rows of several lengths
        return None
    numbers = array.ravel().tolist()
    if not all(isinstance(each, (int, float, Fraction)) for each in numbers):
        return None
    words = (str(int(each)) if isinstance(each, bool) else str(each) for each in numbers)
    return Value(array.shape, tuple(words))


def channels_first(value: Value) -> Value:
    """Return the value with its last axis in front, as (C, H, W).

    >>> channels_first(Value((1, 2, 2), ("1", "2", "3", "4"))).numbers
    ('1', '3', '2', '4')
    """
    *sizes, last = value.shape
    numbers = tuple(number for first in range(last) for number in value.numbers[first::last])
    return Value((last, *sizes), numbers)


def squeezed(sizes: Sequence[int]) -> tuple[int, ...]:
    """Return sizes without the ones in front.

    >>> squeezed((1, 1, 3, 1))
    (3, 1)
    """
    kept = tuple(sizes)
    while kept and kept[0] == 1:
        kept = kept[1:]
    return kept


def difference(
    value: Value, result: Result, *, near: float = NEAR, digits: int | None = None
) -> tuple[str, str] | None:
    """Return what was got and what was wanted where a value is not a figure's result.

    Parameters
    ----------
    value
        What the code computed.
    result
        What the figure shows.
    near
        How far a number with a decimal point may be off, as a part of it.
    digits
        How many digits behind the point the figure keeps, if it rounds.

    Examples
    --------
    >>> difference(Value((2,), ("1", "2.0")), (1, 2))
    >>> difference(Value((2,), ("1", "3")), (1, 2))
    ('3 at [1]', '2')
    >>> difference(Value((2, 1), ("1", "3")), (1, 2))
    ('shape (2, 1)', 'shape (2,)')
    """
    sizes = shape(result)
    if value.shape != sizes:
        return f"shape {value.shape}", f"shape {sizes}"
    for place, got in zip(product(*map(range, sizes)), value.numbers, strict=True):
        wanted: Any = result
        for index in place:
            wanted = wanted[index]
        if not _same(got, wanted, near, digits):
            return got + (f" at {list(place)}" if place else ""), str(wanted)
    return None


def _same(got: str, wanted: Any, near: float, digits: int | None) -> bool:
    if digits is not None:
        half = 0.5 * 10.0**-digits
        off: float = abs(float(Fraction(got) if "/" in got else got) - float(wanted))
        return off <= half * 1.001
    if "." not in got and "e" not in got and got.lstrip("-").replace("/", "", 1).isdigit():
        return bool(Fraction(got) == wanted)
    return isclose(float(got), float(wanted), rel_tol=near, abs_tol=near / 1000)
