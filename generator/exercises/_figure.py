"""Worked examples inside exercises."""

from __future__ import annotations

from typing import Any

from generator.discover import Catalogue
from generator.model import Spec
from generator.prose import Figure
from generator.spec.fields import fields_of

_KINDS: Catalogue[Any] = Catalogue("generator.examples", "KIND")


def spec(kind: str, step: int | None = None, **params: Any) -> Spec:
    """Return the spec of a kind; its parameters are written as in a fence.

    >>> spec("output-size", size=7, kernel=3).params.axis.output
    5
    """
    record = _KINDS[kind].params
    fields = fields_of(record)
    return Spec(kind, record(**{k: fields[k].parse(v) for k, v in params.items()}), "", step)


def figure(kind: str, step: int | None = None, **params: Any) -> Figure:
    """Return the picture of a kind, to stand in a question or a solution."""
    return Figure(spec(kind, step, **params))
