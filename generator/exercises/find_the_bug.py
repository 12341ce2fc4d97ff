"""One wrong line in a small PyTorch program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.dice import Dice
from generator.exercises._bugs import BUGS, REPAIRS
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._offered import offer, only_offered
from generator.exercises._program import SLOTS, Bug, Net, Repair, program
from generator.prose import Code, Prose, line

_PAGE = "learning/frameworks.md"
_PAGES = {
    "conv1": "convolution/channels.md", "conv2": "convolution/channels.md",
    "fc1": "images/flattening.md", "fc2": "images/dense-on-pixels.md",
    "pool1": "layers/pooling.md", "pool2": "layers/pooling.md", "flatten": "images/flattening.md",
    "dense": "layers/activations.md", "out": "layers/softmax.md",
}  # fmt: skip
_BUGS = {bug.name: bug for bug in BUGS}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network, the name of the bug in it, and the wrong repairs, by name."""

    net: Net
    bug: str
    offered: tuple[str, ...]

    @property
    def broken(self) -> Bug:
        """The bug."""
        return _BUGS[self.bug]

    @property
    def shown(self) -> tuple[str, ...]:
        """The program with the bug."""
        return program({**self.net.right, self.broken.slot: self.broken.line(self.net)})

    def number(self, slot: str) -> int:
        """Return the line of a slot in the program that is shown, counted from 1.

        A line that is missing is counted as the one it should stand before.
        """
        place = SLOTS.index(slot)
        missing = not self.broken.line(self.net) and place > SLOTS.index(self.broken.slot)
        return place + 4 + (place > 3) + (slot == "loss") - missing


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a network and a bug: level 2 has wrong numbers, level 3 what runs or stops elsewhere."""
    there = [bug for bug in BUGS if bug.level == level]
    slot = dice.pick("slot", sorted({bug.slot for bug in there}))
    bug = dice.pick("bug", [bug for bug in there if bug.slot == slot])
    loss = dice.pick("loss", ("nll", "cross_entropy")) if not bug.loss else bug.loss
    net = Net(
        high=dice.whole("high", 3, 6),
        wide=dice.whole("wide", 3, 6),
        channels=dice.pick("channels", (1, 3)),
        kernels=(dice.pick("kernel", (5, 7) if bug.slot == "conv1" else (3, 5)), 3),
        maps=(dice.pick("maps", (4, 6, 8, 10)), dice.pick("more maps", (12, 16, 20, 24))),
        hidden=dice.pick("hidden", (32, 50, 64, 84, 100, 120)),
        classes=dice.whole("classes", 4, 11),
        loss="nll" if loss == "nll" else "cross_entropy",
    )
    d = Drawn(net, bug.name, ())
    # Two repairs of the line with the bug and two of another: which it is, is not given away.
    own = [slip for repair, slip in _REPAIRS if repair.slot == bug.slot]
    place = d.number(bug.slot)
    other = dice.pick("other", [slot for slot in SLOTS[:-1] if d.number(slot) != place])
    others = [slip for repair, slip in _REPAIRS if repair.slot == other]
    names = (*offer(dice, d, own, repaired(d), 1), *offer(dice, d, others, repaired(d), 2))
    return replace(d, offered=tuple(sorted(names)))


def fair(d: Drawn) -> bool:
    """Tell whether no number stands for two things."""
    net = d.net
    return net.high != net.wide and len({*net.maps, net.kernels[0], net.channels, net.classes}) == 5


def repaired(d: Drawn) -> str:
    """Return the line that puts it right, with its number."""
    return f"{d.number(d.broken.slot)}|{d.net.right[d.broken.slot]}"


def _first_difference(d: Drawn) -> tuple[int, str]:
    """Compare the program with the right one, line by line."""
    pairs = enumerate(zip(d.shown, program(d.net.right), strict=False), 1)
    return next((i, right.strip()) for i, (wrong, right) in pairs if wrong != right)


def prompt(d: Drawn) -> Prose:
    """Describe the network and show the program."""
    net, (rows, columns) = d.net, d.net.size
    kind = "grey" if net.channels == 1 else "RGB"
    layers = " and ".join(
        f"{maps} kernels of {k} × {k}" for maps, k in zip(net.maps, net.kernels, strict=True)
    )
    return line(
        f"This program classifies a batch of {kind} images of {rows} rows and {columns} columns. "
        f"It is meant to have two convolutional layers without padding, with {layers}, each "
        "followed by ReLU and 2 × 2 max pooling; then a dense layer of "
        f"{net.hidden} neurons with ReLU, and one of {net.classes} for the classes. "
        "The imports are right. One line is wrong or missing.",
        Code(d.shown),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = {
        1: "Read each line by itself: does it do anything with x, and does what it calls exist?",
        2: "Follow the shape of x from line to line. Does each layer get what it expects?",
        3: "Compare each line with the description. A program may run and still be wrong.",
    }[d.broken.level]
    half = "__init__" if SLOTS.index(d.broken.slot) < 4 else "forward"
    return line(first), line(f"Look into {half}.")


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Name the line, say what happens, and put it right."""
    number, bug = d.number(d.broken.slot), d.broken
    where = (
        f"Line {number} is wrong." if bug.line(d.net) else f"Before line {number} one is missing."
    )
    return (
        line(f"{where} {bug.why(d.net)}"),
        line("It has to be:", Code((d.net.right[bug.slot],))),
    )


def _suspect(slot: str, name: str, says: Callable[[Drawn], str]) -> Slip[Drawn]:
    """Return the mistake to suspect a line that is right."""

    def compute(d: Drawn) -> int | None:
        return d.number(slot) if slot != d.broken.slot else None

    return Slip(name, compute, says, _PAGES[slot])


def _says_out(d: Drawn) -> str:
    if d.net.loss == "nll":
        return (
            "You suspected the output. F.nll_loss wants logarithms of probabilities, which "
            "log_softmax over the classes, axis 1, gives."
        )
    return "You suspected the output. F.cross_entropy wants logits, so there is no softmax."


_SUSPECTS = (
    _suspect(
        "fc1",
        "fc1 suspected",
        lambda d: (
            f"You suspected fc1. Its numbers are right: {d.net.maps[1]} maps of "
            f"{d.net.high} × {d.net.wide} cells come in."
        ),
    ),
    _suspect(
        "conv2",
        "conv2 suspected",
        lambda d: (
            f"You suspected conv2. It reads the {d.net.maps[0]} maps of conv1 and makes "
            f"{d.net.maps[1]}."
        ),
    ),
    _suspect(
        "pool2",
        "pooling suspected",
        lambda _: (
            "You suspected the second pooling. The 2 is the side of its window, and its "
            "stride is as long."
        ),
    ),
    _suspect("out", "output suspected", _says_out),
)


def _slip(repair: Repair) -> Slip[Drawn]:
    """Return a wrong repair of the line with the bug, or of one that was right."""

    def compute(d: Drawn) -> str | None:
        text, slot = repair.line(d.net), repair.slot
        there = "" if slot != d.broken.slot else d.broken.line(d.net)
        if repair.loss not in ("", d.net.loss) or text in (there, d.net.right[slot]):
            return None
        return f"{d.number(slot)}|{text}"

    return Slip(repair.name, compute, repair.says, _PAGES[repair.slot])


_REPAIRS = tuple((repair, _slip(repair)) for repair in REPAIRS)


def _option(_: Drawn, value: str) -> Prose:
    number, text = value.split("|", 1)
    return line(f"Line {number}: {text}")


FAMILY = Family(
    name="find-the-bug",
    title="Find the bug",
    version=1,
    says="the wrong line of a small PyTorch network, and what it has to be",
    page=_PAGE,
    rows=(42,),
    draw=draw,
    fair=fair,
    # Lines to be read, and shapes to be followed from level 2 on.
    work=lambda d: Work(len(d.shown) + 4 * (d.broken.level > 1)),
    cost=(Work(15), Work(19), Work(19)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            lambda d: d.number(d.broken.slot), lambda d: _first_difference(d)[0], _SUSPECTS,
            ask=lambda _: line("Which line is wrong, or before which line is one missing?"),
            points=(1, 2, 2),
        ),
        Part(
            repaired, lambda d: "{}|{}".format(*_first_difference(d)),
            only_offered([slip for _, slip in _REPAIRS]),
            Options(_option),
            lambda _: line(
                "Which change puts the program right? A line that is missing gets the number of "
                "the line that it is put before."
            ),
            points=(1, 1, 2),
        ),
    ),
)  # fmt: skip
