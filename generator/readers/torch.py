"""Networks that are modules of torch, read by following a picture that is not there (torch.fx)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from generator.engine.network_report import Report
from generator.errors import Problem, UserError, shorten
from generator.readers._gathered import START, Gathered, asked
from generator.readers._torch_common import refused
from generator.readers._torch_functions import FUNCTIONS, Asked, function_made
from generator.readers._torch_modules import module_made


def is_module(source: object) -> bool:
    """Return whether this is a module of torch; torch is not imported for the question."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(source, torch.nn.Module)


def network(module: Any, given: Mapping[str, object]) -> Report:
    """Return the report of a module.

    It is neither run nor changed, and its weights are not copied.

    Parameters
    ----------
    module
        A ``torch.nn.Module`` whose ``forward`` takes a batch of pictures.
    given
        ``input`` and conventions; ``None`` is not given.

    Raises
    ------
    UserError
        With everything that is wrong, each with the qualified name of the module.
    """
    shape, conventions, problems = asked(given)
    if given.get("input") is None:
        wanted = "is missing: channels x rows x columns, such as (3, 224, 224)"
        problems.append(Problem("", "input", "", wanted))
    gathered = Gathered("", problems)
    name = type(module).__name__
    _Walk(module, gathered).through(name)
    return gathered.report(name, "a torch module", shape, conventions)


class _Walk:
    """The way through the graph of a module, node by node."""

    def __init__(self, module: Any, gathered: Gathered) -> None:
        self.module = module
        self.gathered = gathered
        self.sources: dict[Any, int] = {}
        #: Why the inside of a module could not be followed, by its name.
        self.failed: dict[str, str] = {}
        #: The first layer that has these parameters.
        self.owners: dict[tuple[int, ...], str] = {}

    def through(self, name: str) -> None:
        """Gather all layers."""
        graph = self._traced(name)
        if graph is None:
            return
        needed = _needed(graph)
        inputs = [node for node in needed if node.op == "placeholder"]
        if len(inputs) != 1:
            got = ", ".join(str(node.target) for node in inputs) or "no input"
            self.gathered.problems.append(Problem("", "forward", got, "one input, a picture"))
        for node in needed:
            if node.op == "placeholder":
                self.sources[node] = START
            elif node.op != "output":
                self._read(node)

    def _traced(self, name: str) -> Any:
        """Return the graph of the module; what cannot be followed stands in it as it is."""
        from torch import fx

        tracer = fx.Tracer()
        follow = tracer.call_module

        def call_module(m: Any, forward: Any, args: Any, kwargs: Any) -> Any:
            depth = len(tracer.module_stack)
            try:
                return follow(m, forward, args, kwargs)
            except Exception as error:  # anything may go wrong in somebody's forward
                while len(tracer.module_stack) > depth:  # torch leaves those that failed in it
                    tracer.module_stack.popitem()
                path = tracer.path_of_module(m)
                self.failed[path] = _reason(error)
                return tracer.create_proxy("call_module", path, args, kwargs)

        tracer.call_module = call_module
        try:
            return tracer.trace(self.module)
        except Exception as error:
            self.gathered.problems += [
                Problem("", path, "", said)
                for path, said in {**self.failed, name: _reason(error)}.items()
            ]
            return None

    def _read(self, node: Any) -> None:
        """Gather the layers of one node."""
        inputs = [self.sources[each] for each in _reads(node)]
        is_module = node.op == "call_module"
        name = str(node.target) if is_module else ""
        function = getattr(node.target, "__name__", str(node.target))
        scope = "" if is_module else _scope(node)
        try:
            if name in self.failed:
                raise refused(self.failed[name])
            if is_module:
                found = self.module.get_submodule(name)
                owned = list(found.parameters(recurse=False))
                layers = module_made(found)
            else:
                call = self._asked(node, function)
                owned = [
                    each
                    for key in ("weight", "bias")
                    if (each := self._tensor(call.values.get(key))) is not None
                ]
                layers = function_made(function, call)
        except (TypeError, ValueError, KeyError):
            problem = Problem("", "", "", "its arguments are not those that torch documents")
            self._unread(node, inputs, name, scope, function, [problem])
        except UserError as error:
            self._unread(node, inputs, name, scope, function, error.problems)
        else:
            key = tuple(map(id, owned))
            shares = self.owners.get(key, "") if key else ""
            for each in layers:
                inputs = [
                    self.gathered.add(
                        each,
                        inputs,
                        name if each is layers[0] else "",
                        scope=scope,
                        shares=shares,
                    )
                ]
            if key and not shares and layers:
                self.owners[key] = self.gathered.drafts[inputs[0]].given
            self.sources[node] = inputs[0] if inputs else START

    def _unread(
        self, node: Any, inputs: list[int], name: str, scope: str, word: str, problems: Any
    ) -> None:
        place = self.gathered.add(None, inputs, name, scope=scope, word=word)
        self.gathered.unread(place, problems)
        self.sources[node] = place

    def _asked(self, node: Any, function: str) -> Asked:
        """Return the arguments of a function by name."""
        names = FUNCTIONS.get(function.rstrip("_"), (("input",), None))[0]
        args = list(node.args)
        if names[1:] == ("shape",) and len(args) > 1 and not isinstance(args[1], (tuple, list)):
            args[1:] = [args[1:]]  # a method takes sizes one by one
        values = {**dict(zip(names, args, strict=False)), **node.kwargs}
        return Asked(values, _is_node, self._tensor)

    def _tensor(self, node: Any) -> Any:
        """Return the parameter or buffer that a node fetches."""
        if not _is_node(node) or node.op != "get_attr":
            return None
        path, _, name = node.target.rpartition(".")
        return getattr(self.module.get_submodule(path), name)


def _reason(error: Exception) -> str:
    if "control flow" in str(error):
        return "its forward looks at the picture to decide what it does, which cannot be followed"
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"cannot be followed by torch.fx, which says: {shorten(lines[0], 90)}"


def _is_node(value: object) -> bool:
    from torch import fx

    return isinstance(value, fx.Node)


def _nodes(value: object) -> Iterator[Any]:
    """Yield the nodes in an argument, however deep they stand."""
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _nodes(each)
    elif _is_node(value):
        yield value


def _reads(node: Any) -> list[Any]:
    """Return the nodes whose maps flow through a node, not those that only make numbers."""
    name = getattr(node.target, "__name__", str(node.target)).rstrip("_")
    names = FUNCTIONS.get(name, ((), None))[0]
    several = node.op in ("output", "call_module") or not names or names[1:2] == ("other",)
    values = [*node.args, *node.kwargs.values()]
    if not several:
        values = values[:1]
    return [each for each in _nodes(values) if each.op != "get_attr"]


def _needed(graph: Any) -> list[Any]:
    """Return the nodes through which maps flow to the output."""
    found: list[Any] = []
    wanted: set[Any] = set()
    for node in reversed(graph.nodes):
        if node.op == "output" or node in wanted:
            found.append(node)
            wanted.update(_reads(node))
    return found[::-1]


def _scope(node: Any) -> str:
    """Return the module in whose ``forward`` a function is called, with a dot behind."""
    path = list(node.meta.get("nn_module_stack") or [""])[-1]
    return f"{path}." if path else ""
