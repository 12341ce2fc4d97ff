"""A small network as people write it in PyTorch, line by line, and bugs to put into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

#: The lines that may be wrong, in the order of the program, with the others between them.
SLOTS = ("conv1", "conv2", "fc1", "fc2", "pool1", "pool2", "flatten", "dense", "out", "loss")


@dataclass(frozen=True, slots=True)
class Net:
    """Two convolutions with pooling, and two dense layers.

    >>> net = Net(5, 7, 1, (5, 3), (8, 16), 64, 10, "nll")
    >>> net.size, net.right["fc1"]
    ((28, 36), 'self.fc1 = nn.Linear(16 * 5 * 7, 64)')

    Parameters
    ----------
    high, wide
        Rows and columns of the maps that are flattened.
    channels
        Of the images.
    kernels, maps
        Of the two convolutions.
    hidden, classes
        Neurons of the dense layers.
    loss
        What is called after the network: nll_loss or cross_entropy.
    """

    high: int
    wide: int
    channels: int
    kernels: tuple[int, int]
    maps: tuple[int, int]
    hidden: int
    classes: int
    loss: Literal["nll", "cross_entropy"]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the images; every pooling comes out even."""
        one, two = self.kernels
        rows, columns = (2 * (2 * side + two - 1) + one - 1 for side in (self.high, self.wide))
        return rows, columns

    @property
    def flat(self) -> str:
        """Length of the flattened vector, as one writes it."""
        return f"{self.maps[1]} * {self.high} * {self.wide}"

    @property
    def output(self) -> str:
        """What the network gives out."""
        return "F.log_softmax(self.fc2(x), dim=1)" if self.loss == "nll" else "self.fc2(x)"

    @property
    def right(self) -> dict[str, str]:
        """The lines as they should be."""
        (k1, k2), (m1, m2) = self.kernels, self.maps
        loss = "F.nll_loss" if self.loss == "nll" else "F.cross_entropy"
        return {
            "conv1": f"self.conv1 = nn.Conv2d({self.channels}, {m1}, {k1})",
            "conv2": f"self.conv2 = nn.Conv2d({m1}, {m2}, {k2})",
            "fc1": f"self.fc1 = nn.Linear({self.flat}, {self.hidden})",
            "fc2": f"self.fc2 = nn.Linear({self.hidden}, {self.classes})",
            "pool1": "x = F.max_pool2d(F.relu(self.conv1(x)), 2)",
            "pool2": "x = F.max_pool2d(F.relu(self.conv2(x)), 2)",
            "flatten": "x = torch.flatten(x, 1)",
            "dense": "x = F.relu(self.fc1(x))",
            "out": f"return {self.output}",
            "loss": f"loss = {loss}(net(images), labels)",
        }


def program(lines: dict[str, str]) -> tuple[str, ...]:
    """Return the program of these lines; one that is empty is left out.

    >>> program({"flatten": "x = torch.flatten(x, 1)"})[-3:]
    ('        x = torch.flatten(x, 1)', 'net = Net()', '')
    """
    made = ["class Net(nn.Module):", "    def __init__(self):", "        super().__init__()"]
    made += [f"        {lines[slot]}" for slot in SLOTS[:4] if lines.get(slot)]
    made.append("    def forward(self, x):")
    made += [f"        {lines[slot]}" for slot in SLOTS[4:9] if lines.get(slot)]
    return (*made, "net = Net()", lines.get("loss", ""))


@dataclass(frozen=True, slots=True)
class Repair:
    """A line that somebody writes who has a misconception, and why it is wrong.

    Parameters
    ----------
    slot
        One of :data:`SLOTS`.
    name
        In two or three words.
    line
        The line.
    says
        To whom it was, beginning with "You".
    loss
        The loss with which it is wrong; empty if it is with either.
    """

    slot: str
    name: str
    line: Callable[[Net], str]
    says: str
    loss: str = ""


@dataclass(frozen=True, slots=True)
class Bug:
    """A bug.

    Parameters
    ----------
    name
        In two or three words.
    level
        Where it is asked.
    slot
        One of :data:`SLOTS`.
    line
        What the line becomes; empty if it is missing altogether.
    why
        What happens, for the solution.
    loss
        The loss that it needs; empty if either will do.
    """

    name: str
    level: int
    slot: str
    line: Callable[[Net], str]
    why: Callable[[Net], str]
    loss: str = ""
