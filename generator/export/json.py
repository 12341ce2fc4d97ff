"""JSON: the numbers and their story, for programs.

``{"kind", "spec", "result", "steps": [{"index", "at", "window", "terms": [[x, w], …], "value",
"says"}, …], "alt"}``. Cells are counted from 0. Integers stay integers; what has no exact
decimal is a text such as ``"1/3"``. The products of a step's terms add up to its value; a bias is
a term whose x is 1.
"""

from __future__ import annotations

from dataclasses import asdict
from json import dumps, loads

from generator.export._export import Drawing, Export
from generator.export._network_json import network_json
from generator.export._sheet_json import sheet_json
from generator.model import Result, Step
from generator.numerals import plain


def figure(drawing: Drawing) -> bytes:
    """Write one step a line, so that two files can be compared by eye."""
    example = drawing.example
    head: dict[str, object] = {"kind": example.spec.kind, "spec": drawing.spec}
    if drawing.asked:
        head["options"] = dict(drawing.asked)
    head["result"] = plainly(example.result)
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    steps = ",\n  ".join(_json(step(each)) for each in example.steps)
    lines += [f'"steps": [\n  {steps}\n ]', f'"alt": {_json(example.alt)}']
    return ("{\n " + ",\n ".join(lines) + "\n}\n").encode()


def step(each: Step) -> dict[str, object]:
    """Return a step in JSON's own types."""
    return {
        "index": each.index,
        "at": list(each.at),
        "window": asdict(each.window) if each.window else None,
        "terms": [[plain(term.x), plain(term.w)] for term in each.terms],
        "value": plain(each.value),
        "says": each.says,
    }


def plainly(result: Result) -> object:
    """Return nested rows as lists of JSON's numbers.

    >>> from fractions import Fraction
    >>> plainly(((1, Fraction(1, 3)),))
    [[1, '1/3']]
    """
    if isinstance(result, tuple):
        return [plainly(each) for each in result]
    return plain(result)


def carried(data: bytes) -> str | None:
    """Return the spec and the options, as other files carry them."""
    if data.lstrip()[:1] != b"{":
        return None
    try:
        found = loads(data)
    except (ValueError, RecursionError):
        return None
    return _json({"convbook": found.get("spec"), "options": found.get("options", {})})


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False)


EXPORT = Export(
    "json",
    "the numbers, the steps and their terms, for programs",
    figure,
    sheet_json,
    network_json,
    carried=carried,
    # It has the answers, so its name says so.
    parts=("key",),
)
