"""Bugs of small PyTorch programs, and repairs that do not repair."""

from __future__ import annotations

from generator.exercises._program import Bug, Net, Repair


def _conv(name: str, *numbers: int) -> str:
    return f"self.{name} = nn.Conv2d({', '.join(map(str, numbers))})"


def _linear(name: str, inputs: object, outputs: int) -> str:
    return f"self.{name} = nn.Linear({inputs}, {outputs})"


def _layer(slot: str, layer: str, other: str, around: str) -> tuple[Repair, ...]:
    """Return the wrong ways to apply a layer and then ReLU."""
    wrong = (
        (
            "layer dropped", "F.relu(x)",
            "You left the layer out. Its weights are never used, and the next shapes do not fit.",
        ),
        (
            "ReLU dropped", f"self.{layer}(x)",
            "You left ReLU out. Without it two layers in a row can do no more than one.",
        ),
        (
            "called with nothing", f"F.relu(self.{layer}())",
            "You called the layer with nothing. It has to be given x.",
        ),
        (
            "function given", f"self.{layer}(F.relu)",
            "You gave the layer a function. It wants numbers, and ReLU comes after it.",
        ),
        (
            "other layer", f"F.relu(self.{other}(x))",
            "You took another layer. Each one is applied once, in its place.",
        ),
    )  # fmt: skip

    def repair(name: str, inner: str, says: str) -> Repair:
        return Repair(slot, f"{layer}: {name}", lambda _: "x = " + around.format(inner), says)

    return tuple(repair(*each) for each in wrong)


#: What is wrong instead of the right line, whether that line has the bug or not.
REPAIRS = (
    *_layer("pool1", "conv1", "conv2", "F.max_pool2d({}, 2)"),
    *_layer("pool2", "conv2", "conv1", "F.max_pool2d({}, 2)"),
    *_layer("dense", "fc1", "fc2", "{}"),
    Repair(
        "conv1", "image channels last",
        lambda n: _conv("conv1", n.maps[0], n.channels, n.kernels[0]),
        "You swapped the channels of conv1. in_channels comes first: those of the image.",
    ),
    Repair(
        "conv1", "kernel before maps",
        lambda n: _conv("conv1", n.channels, n.kernels[0], n.maps[0]),
        "You put the kernel's side before the number of maps. It comes last.",
    ),
    Repair(
        "conv1", "image channels left out", lambda n: _conv("conv1", n.maps[0], n.kernels[0]),
        "You left in_channels out. PyTorch has to be told how many channels come in.",
    ),
    Repair(
        "conv2", "channels swapped",
        lambda n: _conv("conv2", n.maps[1], n.maps[0], n.kernels[1]),
        "You swapped the channels of conv2. in_channels is what the layer before gives.",
    ),
    Repair(
        "conv2", "own maps read", lambda n: _conv("conv2", n.maps[1], n.maps[1], n.kernels[1]),
        "You let conv2 read as many maps as it makes. It reads those of conv1.",
    ),
    Repair(
        "conv2", "kernel for channels",
        lambda n: _conv("conv2", n.kernels[0], n.maps[1], n.kernels[1]),
        "You took the side of the kernel for the number of maps.",
    ),
    Repair(
        "conv2", "image read too",
        lambda n: _conv("conv2", n.channels + n.maps[0], n.maps[1], n.kernels[1]),
        "You let conv2 read the image as well. It is given the maps of conv1 only.",
    ),
    Repair(
        "fc1", "maps forgotten", lambda n: _linear("fc1", f"{n.high} * {n.wide}", n.hidden),
        "You counted the cells of one map. All maps are flattened.",
    ),
    Repair(
        "fc1", "maps of conv1",
        lambda n: _linear("fc1", f"{n.maps[0]} * {n.high} * {n.wide}", n.hidden),
        "You took the number of maps of conv1. What is flattened comes from conv2.",
    ),
    Repair(
        "fc1", "image flattened",
        lambda n: _linear("fc1", f"{n.channels} * {n.size[0]} * {n.size[1]}", n.hidden),
        "You counted the values of the image. fc1 reads what the second pooling leaves.",
    ),
    Repair(
        "fc1", "only pooling counted",
        lambda n: _linear("fc1", f"{n.maps[1]} * {n.size[0] // 4} * {n.size[1] // 4}", n.hidden),
        "You divided the image by 4. The convolutions without padding shrink it too.",
    ),
    Repair(
        "fc2", "inputs and outputs swapped", lambda n: _linear("fc2", n.classes, n.hidden),
        "You swapped inputs and outputs. nn.Linear takes what it reads first.",
    ),
    Repair(
        "fc2", "maps for neurons", lambda n: _linear("fc2", n.maps[1], n.classes),
        "You took the maps of conv2. Between them and fc2 stands fc1.",
    ),
    Repair(
        "fc2", "no classes", lambda n: _linear("fc2", n.hidden, n.hidden),
        "You made as many outputs as inputs. There has to be one for each class.",
    ),
    Repair(
        "flatten", "everything flattened", lambda _: "x = torch.flatten(x, 0)",
        "You flattened from axis 0 on. That is the batch: all images become one vector.",
    ),
    Repair(
        "flatten", "each map flattened", lambda _: "x = torch.flatten(x, 2)",
        "You flattened each map by itself. The maps of an image have to come together: axis 1.",
    ),
    Repair(
        "flatten", "one row for all", lambda _: "x = x.view(1, -1)",
        "You put all images of the batch into one row. Each needs a row of its own.",
    ),
    Repair(
        "flatten", "rows of maps", lambda n: f"x = x.view(-1, {n.maps[1]})",
        "You made rows of one number a map. A row has to hold all the cells of all maps.",
    ),
    Repair(
        "out", "probabilities returned", lambda _: "return F.softmax(self.fc2(x), dim=1)",
        "You returned probabilities. F.nll_loss expects their logarithms.", "nll",
    ),
    Repair(
        "out", "batch normalised", lambda _: "return F.log_softmax(self.fc2(x), dim=0)",
        "You normalised over dim 0, the images of the batch. The classes are dim 1.", "nll",
    ),
    Repair(
        "out", "layer itself given", lambda _: "return F.log_softmax(self.fc2, dim=1)",
        "You gave log_softmax the layer itself. It wants the layer's output: self.fc2(x).", "nll",
    ),
    Repair(
        "out", "looked for in nn", lambda _: "return nn.logsoftmax(self.fc2(x), dim=1)",
        "You looked for the function in nn. There it is a class, nn.LogSoftmax.", "nll",
    ),
    Repair(
        "out", "third axis", lambda _: "return F.log_softmax(self.fc2(x), dim=2)",
        "You chose axis 2. The output has two: 0 for the images and 1 for the classes.", "nll",
    ),
    Repair(
        "out", "softmax kept", lambda _: "return F.softmax(self.fc2(x), dim=1)",
        "You gave F.cross_entropy probabilities. It applies log_softmax itself and wants logits.",
        "cross_entropy",
    ),
    Repair(
        "out", "softmax over images", lambda _: "return F.softmax(self.fc2(x), dim=0)",
        "You used softmax, over the batch even. F.cross_entropy wants none at all.",
        "cross_entropy",
    ),
    Repair(
        "out", "logits cut off", lambda _: "return F.relu(self.fc2(x))",
        "You cut negative logits off. F.cross_entropy wants them as they are.", "cross_entropy",
    ),
    Repair(
        "out", "class returned", lambda _: "return self.fc2(x).argmax(dim=1)",
        "You returned the class. There is no slope in it, so nothing can be learned.",
        "cross_entropy",
    ),
    Repair(
        "out", "logits squeezed", lambda _: "return torch.sigmoid(self.fc2(x))",
        "You squeezed each logit between 0 and 1. F.cross_entropy wants logits.", "cross_entropy",
    ),
)  # fmt: skip


def _not_applied(slot: str, layer: str, around: str) -> Bug:
    why = f"F.relu is given the layer self.{layer} itself, not its output: a TypeError."
    broken = "x = " + around.format(f"F.relu(self.{layer})")
    return Bug(f"{layer} never applied", 1, slot, lambda _: broken, lambda _: why)


def _no_relu(slot: str, layer: str, around: str) -> Bug:
    why = f"ReLU is missing after {layer}. The program runs, but is not what was described."
    broken = "x = " + around.format(f"self.{layer}(x)")
    return Bug(f"{layer} without ReLU", 3, slot, lambda _: broken, lambda _: why)


def _nothing(_: Net) -> str:
    return ""


BUGS = (
    _not_applied("dense", "fc1", "{}"),
    _not_applied("pool1", "conv1", "F.max_pool2d({}, 2)"),
    _not_applied("pool2", "conv2", "F.max_pool2d({}, 2)"),
    Bug(
        "no such function", 1, "out",
        lambda _: "return F.logsoftmax(self.fc2(x), dim=1)",
        lambda _: "F.logsoftmax does not exist: an AttributeError. It is called F.log_softmax.",
        "nll",
    ),
    Bug(
        "batch flattened", 1, "flatten", lambda _: "x = torch.flatten(x)",
        lambda n: "Without a start axis everything becomes one vector, the batch too. fc1 wants "
        f"a row of {n.flat} numbers for each image.",
    ),
    Bug(
        "channels do not follow", 2, "conv2",
        lambda n: _conv("conv2", n.channels, n.maps[1], n.kernels[1]),
        lambda n: f"conv2 reads the {n.maps[0]} maps of conv1, not the image.",
    ),
    Bug(
        "pooling forgotten", 2, "fc1",
        lambda n: _linear("fc1", f"{n.maps[1]} * {2 * n.high} * {2 * n.wide}", n.hidden),
        lambda n: f"After the second pooling the maps have {n.high} × {n.wide} cells; "
        "the line counts those before it.",
    ),
    Bug(
        "dense layers do not fit", 2, "fc2", lambda n: _linear("fc2", n.flat, n.classes),
        lambda n: f"fc2 reads the {n.hidden} outputs of fc1, not the flattened maps.",
    ),
    Bug(
        "flatten missing", 2, "flatten", _nothing,
        lambda _: "The maps reach fc1 as they are. Before it each image has to become one vector.",
    ),
    Bug(
        "softmax twice", 3, "out", lambda _: "return F.softmax(self.fc2(x), dim=1)",
        lambda _: "F.cross_entropy applies log_softmax itself and wants logits. With softmax "
        "before it the program runs, but learns slowly.",
        "cross_entropy",
    ),
    Bug(
        "wrong axis", 3, "out", lambda _: "return F.log_softmax(self.fc2(x), dim=0)",
        lambda _: "dim 0 is the batch. The program runs, but lets the images compete, "
        "not the classes.",
        "nll",
    ),
    _no_relu("pool1", "conv1", "F.max_pool2d({}, 2)"),
    _no_relu("pool2", "conv2", "F.max_pool2d({}, 2)"),
    _no_relu("dense", "fc1", "{}"),
    Bug(
        "kernel too small", 3, "conv1",
        lambda n: _conv("conv1", n.channels, n.maps[0], n.kernels[0] - 2),
        lambda n: f"conv1 was described with {n.kernels[0]} × {n.kernels[0]} kernels. The "
        "maps come out larger, and the second pooling drops what is left over: the program runs, "
        "but is not what was described.",
    ),
)  # fmt: skip
