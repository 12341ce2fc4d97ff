"""convbook: convolutional neural networks, number by number.

>>> import generator as cb
>>> fig = cb.figure("convolution", input=[[1, 2], [3, 4]], kernel=[[1, 0], [0, 1]])
>>> fig.result
((5,),)

Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.api import Figure, exercise, figure, figure_from, network, sheet
    from generator.errors import Problem, UserError

__version__ = "0.1.0"
__all__ = [
    "Figure",
    "Problem",
    "UserError",
    "exercise",
    "figure",
    "figure_from",
    "network",
    "sheet",
]

_HOMES = {"Problem": "generator.errors", "UserError": "generator.errors"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'generator' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "generator.api")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
