"""Single modules and functions of torch, drawn at random too; and what is told of the rest."""

from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import generator as cb
from generator import api
from generator.errors import UserError

PAIR = st.one_of(st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3)))


class Calls(nn.Module):
    """A module that calls a function."""

    def __init__(self, function: Any, **parts: Any) -> None:
        super().__init__()
        self.function = function
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x: Any) -> Any:
        return self.function(self, x)


def read(module: nn.Module, *shape: int) -> api.Network:
    """Return our report, after its last shape was compared with a run, and its parameters."""
    made = cb.network(module, input=shape)
    with torch.no_grad():
        output = module.eval()(torch.ones(2, *shape))
    assert (2, *made.layers[-1].output) == tuple(output.shape)
    assert made.total.params == sum(each.numel() for each in module.parameters())
    return made


@settings(max_examples=150, deadline=None)
@given(PAIR, PAIR, st.integers(0, 2), PAIR, st.sampled_from([1, 2]), st.booleans())
def test_convolutions(
    kernel: Any, stride: Any, padding: int, dilation: Any, groups: int, bias: bool
) -> None:
    conv = nn.Conv2d(4, 6, kernel, stride, padding, dilation, groups, bias)
    called = Calls(
        lambda self, x: F.conv2d(
            x, self.kernel, self.added, stride, padding, dilation=dilation, groups=groups
        ),
        kernel=conv.weight,
        added=conv.bias,
    )
    layers = [read(each, 4, 9, 11).layers[0] for each in (conv, called)]
    assert layers[0].output == layers[1].output
    assert layers[0].macs == layers[1].macs


@settings(max_examples=150, deadline=None)
@given(PAIR, st.one_of(st.none(), PAIR), st.integers(0, 1), PAIR, st.booleans(), st.booleans())
def test_pooling(
    kernel: Any, stride: Any, padding: int, dilation: Any, ceil: bool, largest: bool
) -> None:
    least = min(kernel) if isinstance(kernel, tuple) else kernel
    padding = padding if 2 * padding <= least else 0
    if largest:
        pool: nn.Module = nn.MaxPool2d(kernel, stride, padding, dilation, ceil_mode=ceil)
        called = Calls(lambda self, x: F.max_pool2d(x, kernel, stride, padding, dilation, ceil))
    else:
        pool = nn.AvgPool2d(kernel, stride, padding, ceil)
        called = Calls(lambda self, x: F.avg_pool2d(x, kernel, stride, padding, ceil_mode=ceil))
    layers = [read(each, 2, 9, 11).layers[0] for each in (pool, called)]
    assert layers[0].receptive_field == layers[1].receptive_field


SMALL: dict[str, Any] = {
    "activations": lambda: nn.Sequential(
        nn.ReLU(), nn.ReLU6(), nn.LeakyReLU(), nn.ELU(), nn.CELU(), nn.SELU(), nn.GELU(), nn.SiLU(),
        nn.Mish(), nn.Hardswish(), nn.Hardsigmoid(), nn.Hardtanh(), nn.Sigmoid(), nn.Tanh(),
        nn.Softplus(), nn.Softsign(), nn.Softmax(1), nn.LogSoftmax(1), nn.Dropout(), nn.Dropout2d(),
        nn.LocalResponseNorm(3), nn.Identity(),
    ),
    "learned": lambda: nn.Sequential(
        nn.PReLU(), nn.PReLU(4), nn.BatchNorm2d(4, affine=False),
        nn.BatchNorm2d(4, track_running_stats=False), nn.Flatten(), nn.BatchNorm1d(256),
        nn.Linear(256, 8, bias=False), nn.Linear(8, 8),
    ),
    "pads": lambda: nn.Sequential(
        nn.ZeroPad2d(1), nn.ReflectionPad2d((1, 2, 0, 1)), nn.ReplicationPad2d(2),
        nn.Conv2d(4, 4, 3, padding="same", dilation=2), nn.Conv2d(4, 4, 4, padding="valid"),
        nn.AdaptiveMaxPool2d(1),
    ),
    "adaptive": lambda: nn.Sequential(nn.AdaptiveAvgPool2d((4, None)), nn.AdaptiveMaxPool2d(2)),
    "functions": lambda: Calls(
        lambda self, x: F.hardtanh(F.pad(torch.sigmoid(x) * 2 - 1 + x / 3, (1, 2, 0, 1)).tanh_())
    ),
    "flat": lambda: Calls(lambda self, x: x.contiguous().reshape(x.shape[0], -1).clamp(0, 1)),
    "means": lambda: Calls(lambda self, x: torch.mean(x, dim=(-1, -2), keepdim=True) * x),
    "joined": lambda: Calls(
        lambda self, x: torch.add(torch.cat((x, x, x), 1), torch.concat([x] * 3, dim=-3))
    ),
    "linear": lambda: Calls(
        lambda self, x: F.linear(torch.flatten(x, 1), self.w), w=nn.Parameter(torch.ones(5, 256))
    ),
    "norm": lambda: Calls(
        lambda self, x: F.batch_norm(x, None, None, self.w, self.b, training=True),
        w=nn.Parameter(torch.ones(4)), b=nn.Parameter(torch.ones(4)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_small_modules(name: str) -> None:
    read(SMALL[name](), 4, 8, 8)


class Gate(nn.Module):
    """Squeeze and excitation, as it is mostly written."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(nn.Linear(8, 2), nn.ReLU(), nn.Linear(2, 8), nn.Sigmoid())

    def forward(self, x: Any) -> Any:
        batch, maps, _, _ = x.size()
        gate = self.fc(self.pool(x).view(batch, maps)).view(batch, maps, 1, 1)
        return x * gate.expand_as(x)


def test_a_gate() -> None:
    made = read(nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), Gate()), 3, 10, 12)
    assert [layer.op for layer in made.layers] == [
        "conv", "global_avg_pool", "flatten", "linear", "relu", "linear", "sigmoid", "unflatten",
        "mul",
    ]  # fmt: skip
    assert made.layers[-1].name == "1.mul1"
    assert made.total.receptive_field == (12, 14)


def test_a_module_that_is_used_twice_counts_once() -> None:
    conv = nn.Conv2d(4, 4, 3, padding=1)
    made = read(nn.Sequential(conv, nn.ReLU(), conv), 4, 8, 8)
    assert [layer.name for layer in made.layers] == ["0", "1", "0.2"]
    assert [layer.params for layer in made.layers] == [148, 0, 0]
    assert made.layers[2].macs == made.layers[0].macs
    assert made["0.2"].note == "its weights are those of 0 and are counted there"


class Follows(nn.Module):
    def forward(self, x: Any) -> Any:
        return x if x.sum() > 0 else -x


class Breaks(nn.Module):
    def forward(self, x: Any) -> Any:
        return x.numpy() + len(x)


class Wrong(nn.Module):
    """Much is wrong with it; all is told at once."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.ReLU(), Follows(), nn.Conv2d(3, 3, 3), Breaks())
        self.up = nn.ConvTranspose2d(3, 3, 2)
        self.wide = nn.Conv2d(5, 3, 3)
        self.lazy = nn.LazyConv2d(3, 3)
        self.shift = nn.Parameter(torch.ones(3, 1, 1))

    def forward(self, x: Any) -> Any:
        a = self.inner(x)
        b = self.up(x)
        c = self.wide(x)
        d = F.interpolate(x, scale_factor=2)
        e = x.permute(0, 2, 3, 1)
        f = torch.flatten(x)
        g = x.view(-1, 100)
        h = x + self.shift
        i = F.conv2d(x, x)
        j = torch.cat([x, x], 2)
        k = x.view(2, 3, -1)
        m = x.mean(1)
        return a, b, c, d, e, f, g, h, i, j, k, m, self.lazy(x), F.max_pool2d(x, "two")


def problems(module: nn.Module, **given: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        cb.network(module, **given)
    return str(caught.value).splitlines()


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert problems(Wrong(), input=(3, 8, 8)) == [
        "inner.1: its forward looks at the picture to decide what it does, which cannot be"
        " followed",
        "inner.3: cannot be followed by torch.fx, which says: 'len' is not supported in symbolic"
        " tracing by default. If you want this call to be record…",
        "up: modules of type ConvTranspose2d are not read",
        "wide, in_channels: got 3 channels, wanted 5, which its weights are made for",
        "interpolate1: the function interpolate is not read",
        "permute1: the function permute is not read",
        "flatten1: it mixes the pictures of a batch; give it start_dim=1",
        "flatten2: got 3×8×8, which is 192 numbers, wanted 100 numbers",
        "add1: it reads a parameter or a buffer; only those of layers are read",
        "conv2d1: its weight is computed by other layers; only stored weights are read",
        "cat1, dim: got 2, wanted 1, the channels",
        "view1: it makes 3 axes; only flattening and its contrary are read",
        "mean1: it takes means along other axes than rows and columns",
        "lazy: its weights have no shape yet; run it once on a picture",
        "max_pool2d1: its arguments are not those that torch documents",
    ]


class Branches(nn.Module):
    def forward(self, x: Any, y: Any) -> Any:
        return x + y


def test_what_the_whole_cannot() -> None:
    assert problems(Follows(), input=(3, 8, 8)) == [
        "Follows: its forward looks at the picture to decide what it does, which cannot be"
        " followed",
    ]
    assert problems(Branches(), input=(3, 8, 8)) == [
        "forward: got x, y, wanted one input, a picture",
    ]
    assert problems(nn.ReLU()) == [
        "input: is missing: channels x rows x columns, such as (3, 224, 224)",
    ]
    assert problems(nn.ReLU(), input="3x8", count="x") == [
        "input: got 3x8, wanted channels x rows x columns, such as 3x224x224",
        "count: got x, wanted one of mac, flop",
    ]
    assert problems(nn.Linear(5, 5), input=(3, 8, 8)) == [
        "linear1: got 3×8×8, wanted a flat input; put flatten before it",
    ]
