"""The same convolutional layer in Keras and in PyTorch."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Literal

from generator.dice import Dice
from generator.exercises._family import Family, Options, Part, Slip, Work
from generator.exercises._frameworks import NAMES, Drawn, keras, torch
from generator.exercises._offered import offer, only_offered
from generator.prose import Code, Prose, Strong, line

_PAGE = "learning/frameworks.md"
_PADDING = "convolution/padding.md"
_CHANNELS = "convolution/channels.md"


def closed(d: Drawn) -> str:
    """Write the layer in the other framework."""
    return torch(d) if d.to == "PyTorch" else keras(d)


def given(d: Drawn) -> str:
    """Write the layer in the framework that is given."""
    return keras(d) if d.to == "PyTorch" else torch(d)


def brute(d: Drawn) -> str:
    """Read the line that is given as Python and translate it argument by argument."""
    call = ast.parse(given(d), mode="eval").body
    assert isinstance(call, ast.Call)
    first = [ast.literal_eval(argument) for argument in call.args]
    named = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    if d.to == "Keras":
        back = {theirs: ours for ours, theirs in NAMES.items()}
        words = [f'{back.get(str(k), k)}={v if k != "padding" else chr(34) + "same" + chr(34)}'
                 for k, v in named.items()]  # fmt: skip
        return f"layers.Conv2D({', '.join([*map(str, first[1:]), *words])})"
    reach = first[1] + (first[1] - 1) * (named.get("dilation_rate", 1) - 1)
    words = [f"{NAMES.get(str(k), k)}={v if k != 'padding' else reach // 2}"
             for k, v in named.items()]  # fmt: skip
    return f"nn.Conv2d({', '.join([str(d.channels), *map(str, first), *words])})"


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a layer: level 2 goes both ways and strides, level 3 has dilation and no bias."""
    same = dice.pick("same", (True, False, True) if level != 2 else (True, False, False))
    ways: tuple[Literal["PyTorch", "Keras"], ...] = ("PyTorch", "Keras")
    # To PyTorch, with padding and nothing else, is level 1.
    one_way = level == 1 or (level == 2 and same)
    d = Drawn(
        to=ways[level - 1] if one_way else dice.pick("to", ways),
        rows=dice.whole("rows", 24, 64),
        columns=dice.whole("columns", 24, 64),
        channels=dice.pick("channels", (1, 3, 4, 6, 8)),
        filters=dice.pick("filters", (10, 12, 16, 20, 32, 64)),
        kernel=dice.pick("kernel", (3, 5, 7)),
        # Keras pads a long stride's input unevenly: "same" has no equal in PyTorch then.
        stride=dice.whole("stride", 2, 3) if level == 2 and not same else 1,
        same=same,
        dilation=dice.whole("dilation", 2, 3) if level == 3 else 1,
        bias=level < 3,
        offered=(),
    )
    return replace(d, offered=offer(dice, d, _SLIPS, closed(d)))


def fair(d: Drawn) -> bool:
    """Tell whether rows, columns, channels and filters are all told apart."""
    return len({d.rows, d.columns, d.channels, d.filters, d.kernel}) == 5


def work(d: Drawn) -> Work:
    """Count the arguments to be translated, and the padding to be computed."""
    there = (d.stride > 1, d.same, d.same, d.dilation > 1, not d.bias)
    return Work(3 + sum(there))


def prompt(d: Drawn) -> Prose:
    """Show a line."""
    other = "Keras" if d.to == "PyTorch" else "PyTorch"
    order = "rows, columns, channels" if other == "Keras" else "channels, rows, columns"
    place = "first" if d.to == "PyTorch" else "last"
    sizes = (d.rows, d.columns, d.channels)
    shape = sizes if other == "Keras" else (sizes[2], *sizes[:2])
    return line(
        f"In {other} this layer reads images of shape ({order}) = {shape}:",
        Code((given(d),)),
        "Which line makes the same layer in ", Strong(d.to), f"? There the channels come {place}.",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.to == "PyTorch":
        first = "PyTorch's Conv2d begins with in_channels, out_channels and kernel_size."
        second = "Keras's padding is a word; PyTorch's is the number of zeros at each side."
    else:
        first = "Keras's Conv2D begins with filters and kernel_size. It finds the channels itself."
        second = 'Keras calls the padding that keeps the size "same", and none "valid".'
    return line(first), line(second)


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Translate argument by argument."""
    if d.to == "PyTorch":
        steps = [
            f"in_channels is the number of channels that the layer reads: {d.channels}. "
            "Keras finds it by itself.",
            f"filters is called out_channels: {d.filters}. kernel_size stays: {d.kernel}.",
        ]
    else:
        steps = [
            f"in_channels ({d.channels}) is left out: Keras finds it by itself.",
            f"out_channels is called filters: {d.filters}. kernel_size stays: {d.kernel}.",
        ]
    pairs = (
        ("strides", d.stride > 1, str(d.stride)),
        ("dilation_rate", d.dilation > 1, str(d.dilation)),
        ("use_bias", not d.bias, "False"),
    )
    steps += [f"Keras's {k} is PyTorch's {NAMES[k]}: {v}." for k, there, v in pairs if there]
    dilated = f"{d.dilation}·" if d.dilation > 1 else ""
    half = f"{dilated}({d.kernel} − 1) / 2 = {d.dilation * (d.kernel - 1) // 2}"
    if d.same:
        steps.append(
            f'The size stays the same with a padding of {half} at each side: "same" in Keras, '
            f"{d.padding} in PyTorch."
        )
    else:
        steps.append("No padding is the default of both, so nothing is written.")
    return (*(line(step) for step in steps), line("Together:", Code((closed(d),))))


def _to(d: Drawn, framework: str, text: str | None, *, where: bool = True) -> str | None:
    """Return a line if it is written in this framework, and the mistake applies."""
    return text if d.to == framework and where else None


def _written(d: Drawn) -> str:
    return torch(d) if d.to == "PyTorch" else keras(d)


def _pads(d: Drawn) -> bool:
    """Tell whether "same" would pad anything; with a long stride it may find that all fits."""
    return any((-(-n // d.stride) - 1) * d.stride + d.kernel > n for n in (d.rows, d.columns))


def _their_names(d: Drawn) -> str | None:
    """Keep the names of the arguments."""
    text = _written(d)
    for ours, theirs in NAMES.items():
        old, new = (theirs, ours) if d.to == "PyTorch" else (ours, theirs)
        text = text.replace(f" {old}=", f" {new}=")
    return text if text != _written(d) else None


def _says_names(d: Drawn) -> str:
    other = "Keras" if d.to == "PyTorch" else "PyTorch"
    return f"You kept the names of {other}. {d.to} does not know them and raises a TypeError."


_SLIPS: tuple[Slip[Drawn], ...] = (
    Slip(
        "padding forgotten", lambda d: _written(replace(d, same=False)) if d.same else None,
        'You left the padding out. The map would be smaller; "same" keeps its size.',
        _PADDING,
    ),
    Slip(
        "padding added",
        lambda d: None if d.same or not _pads(d) else _written(replace(d, same=True)),
        lambda d: "You added padding. The given layer has none: that is the default in Keras "
        '("valid") and in PyTorch (0).',
        _PADDING,
    ),
    Slip(
        "channels swapped",
        lambda d: _to(d, "PyTorch", torch(replace(d, channels=d.filters, filters=d.channels))),
        "You swapped the channels. PyTorch's Conv2d takes in_channels first, then out_channels.",
        _CHANNELS,
    ),
    Slip(
        "in_channels left out",
        lambda d: _to(d, "PyTorch", torch(d).replace(f"({d.channels}, ", "(")),
        lambda d: "You left in_channels out, as in Keras. PyTorch then reads "
        f"{d.filters} as in_channels and misses an argument.",
        _CHANNELS,
    ),
    Slip(
        "rows for channels", lambda d: _to(d, "PyTorch", torch(replace(d, channels=d.rows))),
        lambda d: f"You took {d.rows} for the channels. Keras names the channels last, so these "
        "are the rows.",
    ),
    Slip(
        "padding of both sides",
        lambda d: _to(d, "PyTorch", torch(d, 2 * d.padding), where=d.same),
        lambda d: f"You gave the zeros of both sides together. PyTorch adds its number at each "
        f"side: {d.padding}.",
        _PADDING,
    ),
    Slip(
        "padding without dilation",
        lambda d: _to(d, "PyTorch", torch(d, d.kernel // 2), where=d.same and d.dilation > 1),
        lambda d: f"You padded for a kernel that is not spread out. With dilation {d.dilation} it "
        f"reaches {d.padding} pixels to each side.",
        "convolution/dilation.md",
    ),
    Slip(
        "in_channels given",
        lambda d: _to(d, "Keras", keras(d).replace("(", f"({d.channels}, ", 1)),
        lambda d: "You gave in_channels too. Keras begins with filters and kernel_size: it would "
        f"take {d.channels} for the filters and {d.filters} for the size.",
        _CHANNELS,
    ),
    Slip(
        "channels for filters", lambda d: _to(d, "Keras", keras(replace(d, filters=d.channels))),
        lambda d: f"You took the first number for the filters. In PyTorch it is in_channels; "
        f"out_channels, the second, is what Keras calls filters: {d.filters}.",
        _CHANNELS,
    ),
    Slip(
        "number for padding",
        lambda d: _to(d, "Keras", keras(d, str(d.padding)), where=d.same),
        'You gave the padding as a number. Keras wants a word: "same" or "valid".',
        _PADDING,
    ),
    Slip(
        "channels first",
        lambda d: _to(d, "Keras", keras(d).replace(")", ', data_format="channels_first")')),
        "You kept PyTorch's order of the axes. Keras expects the channels last, and here they come "
        "last, so nothing has to be said.",
    ),
    Slip("other names", _their_names, _says_names),
    Slip(
        "stride forgotten",
        lambda d: _written(replace(d, stride=1)) if d.stride > 1 else None,
        lambda d: f"You left the stride out. It would be 1; the given layer moves by {d.stride}.",
        "convolution/stride.md",
    ),
    Slip(
        "dilation forgotten",
        lambda d: (torch(replace(d, dilation=1), d.padding) if d.to == "PyTorch"
                   else keras(replace(d, dilation=1))) if d.dilation > 1 else None,
        lambda d: "You left the dilation out. The kernel would not be spread out.",
        "convolution/dilation.md",
    ),
    Slip(
        "bias kept", lambda d: None if d.bias else _written(replace(d, bias=True)),
        "You kept the bias. The given layer has none, and both frameworks add one unless told "
        "otherwise.",
    ),
)  # fmt: skip

FAMILY = Family(
    name="same-layer",
    title="The same layer in Keras and PyTorch",
    version=1,
    says="the line of PyTorch or Keras that makes the same convolutional layer",
    page=_PAGE,
    rows=(42,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(4), Work(4), Work(6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        closed, brute, only_offered(_SLIPS), Options(lambda _, text: (Code((text,)),)),
        points=(1, 2, 2),
    ),),
)  # fmt: skip
