"""A network that runs: pictures in, the maps of every layer out.

Everything that does not depend on the picture is done once, when the network is made ready: the
geometry of every window, the memory of every map, the turned copies of weights. A run then is a
list of calls, one a layer. The functions of :mod:`generator.engine.ops` check and allocate at every
call, which for a small network takes longer than its arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from generator.engine.forward_layers import STEPS, Maps, Run, room, weights_of
from generator.engine.network_op import Conventions, Effect, Node, Shape
from generator.errors import Problem, UserError, unknown

Array: TypeAlias = NDArray[Any]


#: The most pictures of a run.
MOST = 1_000_000


class Forward:
    """A network made ready for batches of one size.

    Parameters
    ----------
    nodes
        The layers, each reading ones before it.
    shape
        (channels, rows, columns) of one picture, or (features,).
    conventions
        Those of the network.
    weights
        By layer and torch's word, as in a ``state_dict``: ``{"C1.weight": …, "C1.bias": …}``.
    batch
        Pictures of a run.

    Raises
    ------
    UserError
        With every weight that is missing, unknown or of another shape, and every layer that the
        engine does not run.

    Examples
    --------
    >>> from generator.engine.network_ops import Linear
    >>> one = Forward([Node("sum", "linear", Linear(1), (-1,))], (3,), Conventions(),
    ...               {"sum.weight": [[1, 1, 1]], "sum.bias": [10]})
    >>> one([[1, 2, 3]]), one.maps["sum"]
    (array([[16.]], dtype=float32), array([[16.]], dtype=float32))
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        shape: Shape,
        conventions: Conventions,
        weights: Mapping[str, ArrayLike],
        batch: int = 1,
    ) -> None:
        if not 1 <= batch <= MOST:
            raise UserError(
                [Problem("", "batch", str(batch), f"a whole number from 1 to {MOST:,}")]
            )
        effects = _effects(nodes, shape, conventions)
        given = _checked(nodes, shape, effects, weights)
        self._input = room((batch, *shape))
        #: Its memory is one run's: threads that share a network take turns.
        self._alone = Lock()
        self._steps: list[Run] = []
        made: list[Maps] = []
        for node, effect in zip(nodes, effects, strict=True):
            sources = [self._input if index < 0 else made[index] for index in node.inputs]
            out = room((batch, *effect.output))
            own = {word: given[f"{node.name}.{word}"] for word in _words(node, sources)}
            self._steps.append(STEPS[node.word](node.op, effect, sources, own, out))
            made.append(out)
        #: What every layer made of the last batch, by name. The next run writes over it.
        self.maps: dict[str, Array] = {
            node.name: out.cells for node, out in zip(nodes, made, strict=True)
        }
        self._last = made[-1] if made else self._input

    def __call__(self, x: ArrayLike) -> Array:
        """Return what the last layer makes of ``x (N, C, H, W)``, as a new array of float32.

        Raises
        ------
        UserError
            If `x` has not the shape that the network was made ready for.
        """
        found = np.asarray(x)
        if found.shape != self._input.cells.shape or found.dtype.kind not in "biuf":
            wanted = f"numbers of shape {self._input.cells.shape}"
            got = f"{found.dtype} of shape {found.shape}"
            raise UserError([Problem("", "x", got, wanted)])
        with self._alone, np.errstate(all="ignore"):
            self._input.cells[...] = found
            for step in self._steps:
                step()
            return self._last.cells.copy()


def weight_shapes(
    nodes: Sequence[Node], shape: Shape, conventions: Conventions
) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every weight, as torch's ``state_dict`` has them.

    >>> from generator.engine.network_ops import Conv
    >>> weight_shapes([Node("c", "conv", Conv(6, (5, 5)), (-1,))], (1, 32, 32), Conventions())
    {'c.weight': (6, 1, 5, 5), 'c.bias': (6,)}
    """
    return _shapes(nodes, shape, _effects(nodes, shape, conventions))


def _effects(nodes: Sequence[Node], shape: Shape, conventions: Conventions) -> list[Effect]:
    effects: list[Effect] = []
    for node in nodes:
        inputs = [shape if index < 0 else effects[index].output for index in node.inputs]
        effects.append(node.op.on(tuple(inputs), conventions))
    return effects


def _shapes(
    nodes: Sequence[Node], shape: Shape, effects: Sequence[Effect]
) -> dict[str, tuple[int, ...]]:
    found = {}
    for node in nodes:
        inputs = tuple(shape if index < 0 else effects[index].output for index in node.inputs)
        for word, size in weights_of(node.op, inputs).items():
            found[f"{node.name}.{word}"] = size
    return found


def _words(node: Node, sources: Sequence[Maps]) -> list[str]:
    return list(weights_of(node.op, tuple(source.cells.shape[1:] for source in sources)))


def _checked(
    nodes: Sequence[Node],
    shape: Shape,
    effects: Sequence[Effect],
    weights: Mapping[str, ArrayLike],
) -> dict[str, Array]:
    """Return the weights as arrays of float32, contiguous."""
    problems = [
        Problem(node.where, node.name, node.word, f"one of {', '.join(sorted(STEPS))}")
        for node in nodes
        if node.word not in STEPS
    ]
    shapes = _shapes(nodes, shape, effects)
    # A state_dict of torch counts the batches that its statistics are made of; nobody needs that.
    strays = [key for key in weights if key not in shapes and "num_batches" not in key]
    problems += [unknown("weight", key, shapes) for key in strays]
    found = {}
    for key, size in shapes.items():
        if key not in weights:
            problems.append(Problem("", key, "", f"is missing: weights of shape {size}"))
            continue
        try:
            # A copy: what the caller does with its own later is of no account.
            array = np.array(weights[key], np.float32, order="C")
        except (ValueError, TypeError):
            problems.append(Problem("", key, "other things", f"{prod(size):,} numbers"))
            continue
        if array.shape != size:
            problems.append(Problem("", key, f"shape {array.shape}", f"{size}"))
        found[key] = array
    if problems:
        raise UserError(problems)
    return found
