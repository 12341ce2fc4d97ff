"""Networks in ONNX files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from math import prod
from pathlib import Path

from generator.engine.network_op import Shape
from generator.engine.network_ops import Conv, Linear
from generator.engine.network_report import Report
from generator.errors import Problem, UserError
from generator.readers._gathered import START, Gathered, Made, asked
from generator.readers._onnx_model import Call, Model
from generator.readers._onnx_ops import constant, made, refused


def network(path: str | Path, given: Mapping[str, object]) -> Report:
    """Return the report of the network in an ONNX file.

    Its weights are not needed, even if they stand in a file beside it: their shapes are enough.

    Parameters
    ----------
    path
        The file.
    given
        ``input`` and conventions; ``None`` is not given.

    Raises
    ------
    UserError
        With everything that is wrong, each with the name of its node.
    """
    if find_spec("onnx") is None:
        said = "reading ONNX files needs the package onnx"
        raise UserError([Problem(str(path), "", "", said, 'pip install "convbook[onnx]"')])
    shape, conventions, problems = asked(given)
    model = Model(Path(path))
    gathered = Gathered(str(path), problems)
    shape = _input(model, shape, gathered)
    _Walk(model, gathered).through()
    return gathered.report(Path(path).stem, model.title, shape, conventions)


def _input(model: Model, asked_for: Shape | None, gathered: Gathered) -> Shape | None:
    """Return channels, rows and columns of the input: as asked for, else as the file has it."""

    def wrong(got: str, wanted: str, hint: str = "") -> None:
        gathered.problems.append(Problem(gathered.where, "input", got, wanted, hint))

    if len(model.inputs) != 1:
        wrong(", ".join(model.inputs) or "no input", "one input, a picture")
        return None
    ((name, sizes),) = model.inputs.items()
    said = "×".join("?" if size is None else str(size) for size in sizes or ())
    if sizes is None or len(sizes) not in (2, 4):
        wrong(f"{name} of {said or 'an unknown shape'}", "batch×channels×rows×columns")
        return None
    shape = asked_for or tuple(size for size in sizes[1:] if isinstance(size, int) and size > 0)
    if len(shape) != len(sizes) - 1:
        if asked_for:
            wrong("×".join(map(str, asked_for)), f"an input for {name}, which is {said}")
        elif any(each.key == "input" for each in gathered.problems):
            return None
        else:
            hint = "give channels x rows x columns, such as 3x224x224"
            wrong(f"{name} of {said}", "an input whose size is known", hint)
        return None
    model.fix(shape)
    return shape


class _Walk:
    """The way from the input to the outputs, node by node."""

    def __init__(self, model: Model, gathered: Gathered) -> None:
        self.model = model
        self.gathered = gathered
        # Where several inputs are refused, what reads them is still read.
        self.sources: dict[str, int] = dict.fromkeys(model.inputs, START)
        #: The first layer that has these weights.
        self.owners: dict[tuple[str, ...], str] = {}

    def through(self) -> None:
        """Gather all layers."""
        for circle in self.model.circles:
            # A circle begins and ends with the same node.
            places = [self._unread(call, ()) for call in circle[:-1]]
            names = [self.gathered.drafts[place].given for place in places]
            said = f"layers feed each other in a circle: {' → '.join([*names, names[0]])}"
            self.gathered.unread(places[0], [Problem("", "", "", said)])
        for call in self.model.needed:
            missing = [name for name in call.reads if name not in self.sources]
            inputs = [self.sources[name] for name in call.reads if name in self.sources]
            try:
                if missing:
                    raise refused(f"it reads {', '.join(missing)}, which no node makes")
                if call.type != "Add" or not self._is_bias(call, inputs):
                    self._layers(call, made(call), inputs)
            except UserError as error:
                self.gathered.unread(self._unread(call, inputs), error.problems)

    def _unread(self, call: Call, inputs: Sequence[int]) -> int:
        """Gather a node that is not read; what reads it is not judged."""
        place = self.gathered.add(None, inputs, call.name, word=call.type)
        self.sources.update(dict.fromkeys(call.outputs, place))
        return place

    def _layers(self, call: Call, layers: list[Made], inputs: list[int]) -> None:
        """Gather the layers of a node, one behind the other."""
        for i, (word, op) in enumerate(layers):
            weights = tuple(call.inputs[1:]) if isinstance(op, Conv | Linear) else ()
            shares = self.owners.get(weights, "")
            name = call.name if i == 0 else ""
            inputs = [self.gathered.add((word, op), inputs, name, shares=shares)]
            if weights and not shares:
                self.owners[weights] = self.gathered.drafts[inputs[0]].given
        self.sources.update(dict.fromkeys(call.outputs, inputs[0]))

    def _is_bias(self, call: Call, inputs: list[int]) -> bool:
        """Make a constant that is added to what a layer makes its bias, if it can be one."""
        found = constant(call)
        if not found or not inputs or inputs[0] < 0:
            return False
        draft = self.gathered.drafts[inputs[0]]
        op, (which, dims) = draft.op, found
        if self.model.uses[call.inputs[1 - which]] > 1:
            return False
        if isinstance(op, Linear) and not op.bias:
            fits = dims[-1:] == (op.out_features,) == (prod(dims),)
        elif isinstance(op, Conv) and not op.bias:
            fits = dims[-3:] == (op.out_channels, 1, 1) and prod(dims) == op.out_channels
        else:
            return False
        if fits:
            self.gathered.drafts[inputs[0]] = replace(draft, op=replace(op, bias=True))
            self.sources[call.outputs[0]] = inputs[0]
        return fits
