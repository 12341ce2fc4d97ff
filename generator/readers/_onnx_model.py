"""An ONNX file as a graph of nodes whose weights are shapes."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from math import prod
from pathlib import Path
from typing import Any

from generator.engine.network_op import Shape
from generator.errors import Problem, UserError
from generator.readers._onnx_file import load

#: Longer constants are weights: of these the shape is kept, and no number.
_LONGEST = 64
#: Inputs behind the first of these say how, not what: a shape, axes, bounds.
_SETTINGS = {
    "Clip", "Dropout", "Expand", "Pad", "ReduceMean", "Reshape", "Squeeze", "Unsqueeze",
}  # fmt: skip


class Call:
    """One node of a model: an operator, its arguments, and what it reads.

    Parameters
    ----------
    model
        The model it stands in.
    proto
        The node as the file has it.
    """

    def __init__(self, model: Model, proto: Any) -> None:
        import onnx

        self.model = model
        self.proto = proto
        self.type: str = proto.op_type
        self.domain: str = "" if proto.domain == "ai.onnx" else proto.domain
        self.inputs: list[str] = list(proto.input)
        self.outputs: list[str] = list(proto.output)
        out = self.outputs[0] if self.outputs else ""
        # Numbers as names of tensors say nothing; such a layer is called after its word.
        self.name: str = proto.name or ("" if out.isdigit() else out)
        self.arguments: dict[str, Any] = {
            each.name: onnx.helper.get_attribute_value(each) for each in proto.attribute
        }

    def get(self, key: str, default: Any = None) -> Any:
        """Return an argument; texts are texts, lists are tuples."""
        value = self.arguments.get(key, default)
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        return tuple(value) if isinstance(value, list) else value

    def has(self, which: int) -> bool:
        """Return whether there is an input of this number."""
        return which < len(self.inputs) and bool(self.inputs[which])

    def dims(self, which: int) -> Shape | None:
        """Return the shape of a constant input; ``None`` if it is computed or not there."""
        return self.model.dims(self.inputs[which]) if self.has(which) else None

    def values(self, which: int) -> tuple[Any, ...] | None:
        """Return the numbers of a constant input; ``None`` if they are not in the file."""
        return self.model.values(self.inputs[which]) if self.has(which) else None

    def shape(self, which: int = 0) -> Shape | None:
        """Return the whole shape of an input, with the batch; ``None`` if nobody knows."""
        return self.model.shape(self.inputs[which]) if self.has(which) else None

    @property
    def output(self) -> Shape | None:
        """The whole shape of the output."""
        return self.model.shape(self.outputs[0])

    @property
    def reads(self) -> list[str]:
        """The inputs that are computed and flow through it."""
        inputs = self.inputs[:1] if self.type in _SETTINGS else self.inputs
        return [each for each in inputs if each and each not in self.model.constants]


class Model:
    """A model as a file has it.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    UserError
        If there is no ONNX in the file.
    """

    def __init__(self, path: Path) -> None:
        from onnx import inliner

        proto = load(path)
        if proto.functions:
            proto = inliner.inline_local_functions(proto)
        self.folder = path.parent
        self._proto = proto
        self._dims: dict[str, Shape] = {}
        self._numbers: dict[str, Any] = {}
        self._lighten()
        #: Nodes behind those they read; those that feed each other in a circle are put apart.
        self.calls, self.circles = _sorted([Call(self, each) for each in proto.graph.node])
        self.constants = set(self._dims)
        for call in self.calls:
            if call.inputs and all(not each or each in self.constants for each in call.inputs):
                self.constants.update(call.outputs)
        given = [each for each in proto.graph.input if each.name not in self._dims]
        #: The inputs by name, each with its sizes; ``None`` or a word where a size is left open.
        self.inputs: dict[str, list[int | str | None] | None] = {
            each.name: _sizes(each.type) for each in given
        }
        self.outputs = [each.name for each in proto.graph.output]
        #: How often every tensor is read.
        self.uses = Counter(self.outputs)
        for call in self.calls:
            self.uses.update(call.inputs)

    @property
    def title(self) -> str:
        """What the file says of itself."""
        made = f"{self._proto.producer_name} {self._proto.producer_version}".split()
        return f"ONNX by {' '.join(made)}" if made else "an ONNX file"

    @property
    def needed(self) -> list[Call]:
        """The nodes through which pictures flow to an output; not those that only make shapes."""
        wanted, found = set(self.outputs), []
        for call in reversed(self.calls):
            if not wanted.isdisjoint(call.outputs) and not self.constants.issuperset(call.outputs):
                found.append(call)
                wanted.update(call.reads)
        return found[::-1]

    def dims(self, name: str) -> Shape | None:
        """Return the shape of a constant."""
        if name in self._dims:
            return self._dims[name]
        return self.shape(name) if name in self.constants else None

    def values(self, name: str) -> tuple[Any, ...] | None:
        """Return the numbers of a short constant, as one list.

        Raises
        ------
        UserError
            If they stand in a file of their own, which is not there.
        """
        import onnx

        if (tensor := self._numbers.get(name)) is None:
            return self._computed(name) if name in self.constants else None
        try:
            return tuple(onnx.numpy_helper.to_array(tensor, str(self.folder)).ravel().tolist())
        except (OSError, ValueError, TypeError, onnx.checker.ValidationError):
            beside = {each.key: each.value for each in tensor.external_data}.get("location")
            said = f"the numbers of {name} are not in the file"
            said += f", and {beside} beside it cannot be read" if beside else ""
            raise UserError([Problem("", "", "", said)]) from None

    def _computed(self, name: str) -> tuple[Any, ...] | None:
        """Return the numbers of a constant that nodes make of others, as exporters like to do."""
        import numpy as np
        import onnx
        from onnx import helper, reference

        wanted, nodes = {name}, []
        for call in reversed(self.calls):
            if not wanted.isdisjoint(call.outputs):
                nodes.append(call.proto)
                wanted.update(each for each in call.inputs if each)
        made = {each for node in nodes for each in node.output}
        if not nodes or not wanted <= made | self._numbers.keys():
            return None
        tensors = [onnx.TensorProto(name=each) for each in sorted(wanted - made)]
        for each in tensors:
            each.MergeFrom(self._numbers[each.name])
        output = helper.make_empty_tensor_value_info(name)
        graph = helper.make_graph(nodes[::-1], "constant", [], [output], tensors)
        model = helper.make_model(graph, opset_imports=self._proto.opset_import)
        try:
            (found,) = reference.ReferenceEvaluator(model).run(None, {})
            return tuple(np.ravel(found).tolist())
        except Exception:  # anything, since the file may hold anything
            return None

    def shape(self, name: str) -> Shape | None:
        """Return the shape of a tensor, with its batch; ``None`` if it is not known."""
        return self._dims[name] if name in self._dims else self._shapes.get(name)

    def fix(self, shape: Shape) -> None:
        """Say how large the input is, channels first and without the batch."""
        (name,) = self.inputs
        for each in self._proto.graph.input:
            if each.name == name:
                dims = each.type.tensor_type.shape.dim
                for dim, size in zip(dims, (dims[0].dim_value or 1, *shape), strict=True):
                    dim.dim_value = size

    @cached_property
    def _shapes(self) -> dict[str, Shape]:
        """The shapes that onnx can tell."""
        import onnx

        # An operator that onnx does not know would end its telling; one of a domain that it does
        # not know is passed over.
        for node in self._proto.graph.node:
            if not onnx.defs.has(node.op_type, node.domain):
                node.domain = "unknown"
        self._proto.opset_import.append(onnx.helper.make_opsetid("unknown", 1))
        try:
            told = onnx.shape_inference.infer_shapes(self._proto, data_prop=True).graph
        except (onnx.shape_inference.InferenceError, RuntimeError, ValueError):
            return {}
        found = {}
        for each in (*told.value_info, *told.output, *told.input):
            sizes = _sizes(each.type)
            if sizes is not None and all(isinstance(size, int) for size in sizes):
                found[each.name] = tuple(size for size in sizes if isinstance(size, int))
        return found

    def _lighten(self) -> None:
        """Keep of long constants their shapes alone, and of tensors no shapes that the file says.

        A picture of another size than the file's may be asked for.
        """
        import numpy as np
        import onnx

        graph = self._proto.graph
        inputs = {each.name for each in graph.input}
        for tensor in graph.initializer:
            self._dims[tensor.name] = tuple(tensor.dims)
            if prod(tensor.dims) <= _LONGEST:
                self._numbers[tensor.name] = tensor
            elif tensor.name not in inputs:
                # An input of this shape stands for it; onnx asks of a constant to have its numbers.
                weight = graph.input.add()
                weight.name = tensor.name
                weight.type.tensor_type.elem_type = tensor.data_type
                for size in tensor.dims:
                    weight.type.tensor_type.shape.dim.add().dim_value = size
        for sparse in graph.sparse_initializer:
            self._dims[sparse.values.name] = tuple(sparse.dims)
        short = list(self._numbers.values())
        del graph.initializer[:]
        graph.initializer.extend(short)
        for node in graph.node:
            for each in node.attribute if node.op_type == "Constant" else ():
                value = onnx.helper.get_attribute_value(each)
                if not isinstance(value, onnx.TensorProto):  # value_float, value_ints, …
                    value = onnx.numpy_helper.from_array(np.asarray(value))
                self._dims[node.output[0]] = tuple(value.dims)
                self._numbers[node.output[0]] = value
        del graph.value_info[:]
        for output in graph.output:
            output.type.tensor_type.ClearField("shape")


def _sizes(kind: Any) -> list[int | str | None] | None:
    """Return the sizes of a tensor; a word or ``None`` where one is left open."""
    if not kind.tensor_type.HasField("shape"):
        return None
    return [
        dim.dim_value if dim.HasField("dim_value") else dim.dim_param or None
        for dim in kind.tensor_type.shape.dim
    ]


def _sorted(calls: list[Call]) -> tuple[list[Call], list[tuple[Call, ...]]]:
    """Return the nodes behind those they read, and the circles, whose nodes are left out."""
    makers = {name: i for i, call in enumerate(calls) for name in call.outputs if name}
    links = {
        i: {makers[name] for name in call.inputs if name in makers} for i, call in enumerate(calls)
    }
    circles: list[tuple[Call, ...]] = []
    while any(link >= i for i, found in links.items() for link in found):
        try:
            order = list(TopologicalSorter(links).static_order())
        except CycleError as error:
            circle = error.args[1]
            circles.append(tuple(calls[i] for i in circle))
            links = {i: found for i, found in links.items() if i not in circle}
            links = {i: found.difference(circle) for i, found in links.items()}
        else:
            return [calls[i] for i in order], circles
    return [calls[i] for i in links], circles
