"""The programs with a bug, run by PyTorch: right, wrong, and with each wrong repair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from torch import nn

from generator.exercises import find_the_bug
from generator.exercises._bugs import BUGS
from generator.exercises._make import name_of
from generator.exercises._program import SLOTS, program
from generator.exercises._settle import settle

FAMILY = find_the_bug.FAMILY


def _loss(d: Any, lines: dict[str, str]) -> float:
    """Run a program on a batch with the same weights each time."""
    images = torch.randn(6, d.net.channels, *d.net.size, generator=torch.Generator().manual_seed(3))
    labels = torch.arange(6) % d.net.classes
    torch.manual_seed(5)
    there = {"nn": nn, "F": F, "torch": torch, "images": 3 * images, "labels": labels}
    exec("\n".join(program(lines)), there)
    loss: Any = there["loss"]
    loss.backward()
    return float(loss.detach())


def _refused(d: Any, lines: dict[str, str], right: float) -> str:
    """What is raised, or an empty text if it runs; then the loss must be another."""
    try:
        found = _loss(d, lines)
    except (TypeError, AttributeError, RuntimeError, ValueError, IndexError) as error:
        return type(error).__name__
    assert abs(found - right) > 1e-6, lines
    return ""


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_bug_is_one_and_no_repair_but_the_right_one_helps(level: int) -> None:
    met = {}
    for seed in range(120):
        d = settle(FAMILY, name_of(FAMILY, level, f"fern-{seed}")).drawn
        lines, slot = d.net.right, d.broken.slot
        right = _loss(d, lines)
        broken = {**lines, slot: d.broken.line(d.net)}
        met[d.bug] = _refused(d, broken, right)
        for repair, slip in find_the_bug._REPAIRS:
            if slip.name in d.offered:
                _refused(d, {**broken, repair.slot: repair.line(d.net)}, right)
                # A line that was right is wrong now even where the bug is mended.
                _refused(d, {**lines, repair.slot: repair.line(d.net)}, right)
    assert set(met) == {bug.name for bug in BUGS if bug.level == level}
    # What is said to run does, and nothing else.
    runs = {name for name, error in met.items() if not error}
    assert runs == (set(met) if level == 3 else set())


def test_it_stops_as_is_said() -> None:
    """The errors that the solutions name."""
    d = settle(FAMILY, name_of(FAMILY, 1, "fern-1")).drawn
    for loss in ("nll", "cross_entropy"):
        net = replace(d.net, loss=loss)
        for bug in BUGS:
            for error in (TypeError, AttributeError):
                if error.__name__ in bug.why(net) and bug.loss in ("", loss):
                    with pytest.raises(error):
                        _loss(replace(d, net=net), {**net.right, bug.slot: bug.line(net)})


def test_all_slots_are_lines() -> None:
    d = settle(FAMILY, name_of(FAMILY, 1, "fern-1")).drawn
    shown = program(d.net.right)
    assert all(d.net.right[slot] in shown[d.number(slot) - 1] for slot in SLOTS)
