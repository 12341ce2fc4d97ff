"""What every node of a network is called, and which nodes it reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generator.engine.network_op import Node, Op
from generator.errors import Problem, unknown
from generator.spec.network_tree import Said

#: The index of the network's own input.
START = -1
#: Gives the place of a part of a file.
At = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A node whose name, and whose inputs, may still have to be found.

    Parameters
    ----------
    scope
        The names of what it stands in, each with a dot behind: ``body.main.``.
    given
        Its own name; empty for one that is made of its word and a number.
    word
        The word it was asked for with.
    op
        What it does; ``None`` if that could not be read.
    inputs
        Indices of the nodes it reads, or their names.
    where
        Its place.
    shares
        The layer whose weights it has too; empty if they are its own.
    """

    scope: str
    given: str
    word: str
    op: Op | None
    inputs: tuple[int | Said, ...]
    where: str
    shares: str = ""


def resolved(drafts: Sequence[Draft], at: At) -> tuple[list[Node], list[Problem]]:
    """Return the nodes that can be judged, and what is wrong with names and inputs.

    A node that could not be read is left out, and so is every node that reads it: nobody knows what
    it is given.
    """
    names, problems = _named(drafts)
    places = {name: index for index, name in enumerate(names)}
    links: list[list[int | None]] = []
    for draft, name in zip(drafts, names, strict=True):
        links.append([_place(each, draft.scope, places) for each in draft.inputs])
        for written, found in zip(draft.inputs, links[-1], strict=True):
            if found is None:
                # Most people write one of the names they gave, not one that was made.
                own = [each.given for each in drafts if each.given]
                near = unknown("input", str(written), [*own, *names, "input"], at(written))
                near = near if "did you" in near.hint else replace(near, hint="")
                problems.append(replace(near, key=name))
    nodes: list[Node] = []
    known = {START: START}
    for index, (draft, name) in enumerate(zip(drafts, names, strict=True)):
        inputs = []
        for written, found in zip(draft.inputs, links[index], strict=True):
            if found is not None and found >= index:
                problems.append(_forward(index, found, names, links, at(written)))
            elif found in known:
                inputs.append(known[found])
        if draft.op is not None and len(inputs) == len(draft.inputs):
            known[index] = len(nodes)
            node = Node(name, draft.word, draft.op, tuple(inputs), draft.where, draft.shares)
            nodes.append(node)
    return nodes, problems


def _named(drafts: Sequence[Draft]) -> tuple[list[str], list[Problem]]:
    """Return the name of every node, its own or its word and a number, and the names given twice.

    Given names go first: a made name is one that nobody has given.
    """
    taken: dict[str, str] = {}
    problems = []
    for draft in drafts:
        name = draft.scope + draft.given
        if draft.given and name in taken:
            wanted = "the name stands twice" + (f", first in {taken[name]}" if taken[name] else "")
            problems.append(Problem(draft.where, name, "", wanted))
        elif draft.given:
            taken[name] = draft.where
    counts: Counter[str] = Counter()
    names = []
    for draft in drafts:
        stem = draft.scope + (draft.given or draft.word)
        name = stem
        while not draft.given and (name == stem or name in taken):
            counts[stem] += 1
            name = f"{stem}{counts[stem]}"
        names.append(name)
    return names, problems


def _place(written: int | Said, scope: str, places: dict[str, int]) -> int | None:
    """Return the index of an input; the names near a node are looked through first."""
    if isinstance(written, int):
        return written
    while scope and scope + written not in places:
        scope = scope[:-1].rpartition(".")[0]
        scope += "." if scope else ""
    return START if written == "input" else places.get(scope + written)


def _forward(
    index: int, found: int, names: Sequence[str], links: Sequence[list[int | None]], where: str
) -> Problem:
    """Return the problem of a node that reads one below it."""
    path = _path(found, index, links)
    if path:
        circle = " → ".join(names[each] for each in reversed([index, *path]))
        return Problem(where, names[index], "", f"layers feed each other in a circle: {circle}")
    wanted = "the name of a layer above it"
    return Problem(where, f"{names[index]}, inputs", names[found], wanted)


def _path(start: int, goal: int, links: Sequence[list[int | None]]) -> list[int]:
    """Return the nodes from `start` to `goal`, each of which reads the next; empty if none do."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop()
        if path[-1] == goal:
            return path
        for each in links[path[-1]]:
            if each is not None and each >= 0 and each not in seen:
                seen.add(each)
                paths.append([*path, each])
    return []
