"""From a :class:`~generator.model.Spec` back to text: YAML, a shell command, Python, a key.

Whatever is written is read back to an equal spec; a test holds every kind to it.
"""

from __future__ import annotations

import json
import shlex
from hashlib import sha256
from typing import cast

from generator.model import Spec
from generator.spec.build import shown_values
from generator.spec.fields import Params


def mapping(spec: Spec) -> dict[str, object]:
    """Return the spec as plain values; what equals its default is left out."""
    values: dict[str, object] = {"kind": spec.kind, **shown_values(cast(Params, spec.params))}
    if spec.title:
        values["title"] = spec.title
    if spec.step is not None:
        values["step"] = spec.step
    return values


def yaml(spec: Spec) -> str:
    """Return the body of a fence."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in mapping(spec).items())


def _flow(value: object) -> str:
    # JSON is YAML, and keeps a matrix on one line; words stay bare where YAML reads them as words.
    bare = isinstance(value, str) and value.replace("-", "").replace("/", "").isalnum()
    if isinstance(value, str) and bare and value != "null":
        return value
    return json.dumps(value, ensure_ascii=False)


def argv(spec: Spec) -> list[str]:
    """Return the words of the shell command that makes the figure."""
    values = mapping(spec)
    words = ["convbook", "figure", str(values.pop("kind"))]
    for key, value in values.items():
        option = "--" + key.replace("_", "-")
        if isinstance(value, bool):
            words.append(option if value else "--no-" + option[2:])
        else:
            words += [option, value if isinstance(value, str) else json.dumps(value)]
    return words


def command(spec: Spec) -> str:
    """Return the shell command that makes the figure, quoted."""
    return shlex.join(argv(spec))


def python(spec: Spec) -> str:
    """Return the call that makes the figure."""
    values = mapping(spec)
    kind = values.pop("kind")
    given = "".join(f", {key}={value!r}" for key, value in values.items())
    return f"cb.figure({kind!r}{given})"


def key(spec: Spec) -> str:
    """Return a short name made of the content: equal specs have equal keys."""
    text = json.dumps(mapping(spec), sort_keys=True)
    return sha256(text.encode()).hexdigest()[:12]
