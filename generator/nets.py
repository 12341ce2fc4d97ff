"""A network that has been counted: its table, its files, and how it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import Problem, UserError, unknown
from generator.export._export import NetworkTable
from generator.figures import EXPORTS
from generator.files import write_all
from generator.spec import network as networks
from generator.spec import network_write
from generator.spec.fields import Field

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from generator.engine.forward import Forward
    from generator.engine.network_op import Node


@dataclass(frozen=True)
class Network(networks.Report):
    """A network, layer by layer; it shows itself as a table.

    >>> made = network("lenet5")
    >>> made["C3"].params_formula, made.total.params
    ('(5·5·6 + 1)·16 = 2,416', 61706)
    """

    def _table(self) -> NetworkTable:
        return NetworkTable(
            self.name,
            self.title,
            list(self.input),
            tuple(map(network_write.plain_layer, self.layers)),
            network_write.plain_total(self),
            network_write.conventions(self),
        )

    def render(self, format: str) -> bytes:  # noqa: A002
        """Return the bytes of a file.

        Raises
        ------
        UserError
            If there is no such format, or it has no use for a network.
        """
        writer = EXPORTS[format].network if format in EXPORTS else None
        if writer is None:
            known = [name for name, export in EXPORTS.items() if export.network]
            raise UserError([unknown("format", format, known)])
        return writer(self._table())

    def save(self, *paths: str | Path) -> None:
        """Write files; the suffix of each chooses its format. All are written, or none."""
        targets = [Path(path) for path in paths]
        write_all({path: self.render(path.suffix[1:]) for path in targets})

    @property
    def weights(self) -> dict[str, tuple[int, ...]]:
        """The name and shape of every weight, as torch's ``state_dict`` has them.

        >>> network("lenet5").weights["C3.weight"]
        (16, 6, 5, 5)
        """
        from generator.engine.forward import weight_shapes

        return weight_shapes(self._runnable(), self.input, self.conventions)

    def forward(self, weights: Mapping[str, ArrayLike], *, batch: int = 1) -> Forward:
        """Return the network made ready to run, for batches of one size.

        Called with pictures ``(N, C, H, W)`` it returns what the last layer makes of them; its
        ``maps`` then hold what every layer made. Memory and geometry are laid out once.

        Parameters
        ----------
        weights
            Arrays with the names and shapes of :attr:`weights`; a ``state_dict`` will do.
        batch
            Pictures of a run.

        Raises
        ------
        UserError
            With every weight that is missing, unknown or of another shape, every layer that the
            engine does not run, or if the network was read from another program's file.

        Examples
        --------
        >>> import numpy as np
        >>> net = network("lenet5")
        >>> run = net.forward({name: np.zeros(shape) for name, shape in net.weights.items()})
        >>> run(np.ones((1, 1, 32, 32)))[0, :2], run.maps["C3"].shape
        (array([0.1, 0.1], dtype=float32), (1, 16, 10, 10))
        """
        from generator.engine.forward import Forward

        return Forward(self._runnable(), self.input, self.conventions, weights, batch)

    def _runnable(self) -> tuple[Node, ...]:
        if not self.nodes:
            # Their readers keep shapes only: an average may count its padding, a slope be another.
            wanted = "a network of ours; one that was read from another program runs there"
            raise UserError([Problem("", self.name, "", wanted)])
        return self.nodes

    def _repr_markdown_(self) -> str:
        """Show itself in a notebook."""
        return self.render("md").decode()

    def __str__(self) -> str:
        from generator.export._network_text import network_text

        return network_text(self._table())


def network(
    source: object,
    *,
    input: str | Sequence[int] | None = None,  # noqa: A002 - as in the file
    rounding: str | None = None,
    padding: str | None = None,
    count: str | None = None,
) -> Network:
    """Return shapes, parameters, multiply-adds, memory and receptive fields of a network.

    Parameters
    ----------
    source
        One of ``catalogue()["networks"]``, a YAML file or what such a file holds, an ONNX file
        (``.onnx``), or a ``torch.nn.Module``.
    input
        Another input: ``"3x224x224"`` or ``(3, 224, 224)``, channels x rows x columns. A module
        needs one.
    rounding, padding, count
        Conventions, if they are to differ from the network's own: see :func:`network_options`.

    Raises
    ------
    UserError
        With everything that is wrong, each with its layer and its line.

    Examples
    --------
    >>> network({"input": "1x28x28", "layers": ["flatten", {"linear": 10}]}).total.params
    7850
    """
    from generator.readers import torch

    ours = False
    given = {"input": input, "rounding": rounding, "padding": padding, "count": count}
    if isinstance(source, str | Path) and Path(source).suffix == ".onnx":
        from generator.readers import onnx

        found = onnx.network(source, given)
    elif torch.is_module(source):
        found = torch.network(source, given)
    else:
        found, ours = networks.network(source, given), True
    made = Network(**{each.name: getattr(found, each.name) for each in fields(found)})
    return made if ours else replace(made, nodes=())


def network_options() -> dict[str, Field[Any]]:
    """Return what a door may ask of a network besides its name, with help for each."""
    return {"input": networks.INPUT, **networks.CONVENTIONS}
