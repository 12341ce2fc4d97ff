"""Layers as a parameter: windows that read each other, or a network by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from generator.errors import Problem, unknown, wrong
from generator.spec.build import build, shown_values
from generator.spec.fields import Field, Whole, gather, listed, param

#: More layers than these tell nothing new.
MOST = 200


@dataclass(frozen=True, slots=True)
class Window:
    """The window of one layer along one axis, or of several equal layers."""

    kernel: int = param(Whole("K, cells the window reads", least=1, most=99))
    stride: int = param(Whole("S, cells it moves at a time", least=1, most=99), 1)
    dilation: int = param(Whole("D, distance of the cells it reads", least=1, most=99), 1)
    padding: int = param(Whole("P, zeros added at each side", least=0, most=99), 0)
    repeat: int = param(Whole("how many such layers follow each other", least=1, most=MOST), 1)

    def problems(self) -> Iterable[Problem]:
        """Yield nothing: any window is one."""
        return ()

    @property
    def says(self) -> str:
        """The window in a few words.

        >>> Window(3, 2).says, Window(3, dilation=2, padding=2).says
        ('3 wide, stride 2', '3 wide, dilation 2, padding 2')
        """
        said = [f"{self.kernel} wide"]
        usual = {"stride": 1, "dilation": 1, "padding": 0}
        said += [
            f"{name} {getattr(self, name)}"
            for name, default in usual.items()
            if getattr(self, name) != default
        ]
        return ", ".join(said)


#: The windows of layers, from the input on; or the name of a network.
Layers: TypeAlias = "tuple[Window, ...] | str"


class LayersField(Field[Layers]):
    """``[3, [3, 2], {kernel: 3, dilation: 2, repeat: 4}]``, or the name of a network.

    >>> field = LayersField("layers")
    >>> field.parse([3, [2, 2]]) == (Window(3), Window(2, 2)), field.parse("lenet5")
    (True, 'lenet5')
    """

    metavar = "[LAYER,…]|NETWORK"
    WANTED = "a list of layers such as [3, [3, 2], {kernel: 3, dilation: 2}], or a network's name"

    def parse(self, value: object) -> Layers:
        """Read a name, or windows in any of their spellings."""
        if isinstance(value, str):
            from generator.spec.network import names

            if value in names():
                return value
            raise wrong(value, self.WANTED, hint=unknown("network", value, names()).hint)
        items = [value] if isinstance(value, (int, Mapping, Window)) else listed(value)
        if not items:
            raise wrong(value, self.WANTED)
        named = ((f"layer {place}", item) for place, item in enumerate(items, 1))
        windows: list[Window] = gather(named, _window)
        count = sum(window.repeat for window in windows)
        if count > MOST:
            raise wrong(f"{count:,} layers", f"at most {MOST}")
        return tuple(windows)

    def show(self, value: Layers) -> object:
        """Show a name, or each window as shortly as it can be written."""
        return value if isinstance(value, str) else [_shown(window) for window in value]


def _window(item: object) -> Window:
    if isinstance(item, Window):
        return item
    if isinstance(item, Mapping):
        return build(Window, item)
    cells = listed(item)
    if cells is None:
        return build(Window, {"kernel": item})
    if not 1 <= len(cells) <= 4:
        raise wrong(item, "one to four numbers: kernel, stride, dilation, padding")
    return build(
        Window, dict(zip(("kernel", "stride", "dilation", "padding"), cells, strict=False))
    )


def _shown(window: Window) -> object:
    values = shown_values(window)
    return values if len(values) > 1 else window.kernel
