"""The pages of the kinds of figure: a gallery of them all, and a page for each, with its options.

What a kind takes is read from its own fields, so no page can lag behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from json import dumps
from typing import Any

from generator import api

FOLDER = "gallery"
INDEX = f"{FOLDER}/index.md"
#: What stands above the pages behind the index in the navigation.
LABEL = "Kind by kind"

#: In the order of the course; a kind that is not listed comes at the end.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Images": (
        "changed-photo", "image-matrix", "picture", "resolution", "channels", "flatten",
        "dense-vs-convolution", "sliding-windows", "shift", "locality",
    ),
    "Convolution": (
        "convolution", "convolution-1d", "cross-correlation", "transposed-convolution", "im2col",
        "padding", "padding-modes", "stride", "dilation", "output-size", "filter",
        "kernel-gallery",
    ),
    "Channels and kernels": (
        "multi-channel", "many-kernels", "layer-shape", "pointwise", "bottleneck",
    ),
    "Layers": (
        "activation", "softmax", "pooling", "global-pooling", "receptive-field",
        "feature-composition", "recurrent-vs-convolution",
    ),
    "Networks": ("network", "parameter-chart", "residual-block", "inception-block"),
}  # fmt: skip

#: What is shown of a kind that has no numbers of its own.
SHOWN: Mapping[str, dict[str, Any]] = {
    "convolution": {
        "input": [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0],
                  [0, 1, 1, 0, 0]],
        "kernel": [[1, 0, 1], [0, 1, 0], [1, 0, 1]],
    },
    "filter": {"photo": "chelsea", "kernel": "laplacian-8"},
    "image-matrix": {"photo": "chelsea"},
    "output-size": {"size": 7, "kernel": 3, "stride": 2},
    "pooling": {"input": [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]},
}  # fmt: skip


@cache
def pages() -> dict[str, str]:
    """Return the Markdown of every page by the address of its source."""
    made = {INDEX: "\n".join(_index())}
    return made | {f"{FOLDER}/{kind}.md": "\n".join(_page(kind)) for _, kind in _ordered()}


def nav() -> list[str]:
    """Return the sources of the pages behind the gallery, in its order."""
    return [uri for uri in pages() if uri != INDEX]


def _ordered() -> Iterator[tuple[str, str]]:
    """Yield every kind with its group."""
    known = api.kinds()
    listed = [(group, kind) for group, kinds in GROUPS.items() for kind in kinds if kind in known]
    yield from listed
    others = set(known) - {kind for _, kind in listed}
    yield from (("More", kind) for kind in sorted(others))


def _sentence(kind: str) -> str:
    """Return what a kind is about; only the first letter changes, a name stays a name.

    >>> _sentence("activation")[:22]
    'ReLU, leaky ReLU, sigm'
    """
    said = api.about(kind)
    return f"{said[:1].upper()}{said[1:]}."


def _figure(kind: str) -> api.Figure:
    return api.figure(kind, **SHOWN.get(kind, {}))


def _index() -> Iterator[str]:
    kinds = [kind for _, kind in _ordered()]
    yield from ("---", "title: Gallery of figures", "---", "", "# Gallery of figures", "")
    yield (
        f"**{len(kinds)} kinds of worked example, each with numbers you can change.** Open one to"
        " step through it and to see what it takes; [make a figure](../make/figures.md) tells how"
        " to get it on a slide."
    )
    group = ""
    for each, kind in _ordered():
        if each != group:
            yield from ("", f"## About {each.lower()}")
            group = each
        figure = _figure(kind)
        yield from ("", f"### [{figure.title}]({kind}.md)", "", _sentence(kind))
        middle = [f"step: {(len(figure.steps) + 1) // 2}"] if len(figure.steps) > 1 else []
        yield from ("", "```figure", *figure.yaml.rstrip().splitlines(), *middle, "```")


def _page(kind: str) -> Iterator[str]:
    figure = _figure(kind)
    # In quotes: a title may hold a colon.
    yield from ("---", f"title: {dumps(figure.title)}", "---", "", f"# {figure.title}", "")
    yield f"**{_sentence(kind)}**"
    yield from ("", "```figure", *figure.yaml.rstrip().splitlines(), "```")
    yield from ("", "## With your numbers", "", "On a page, as a fence:")
    yield from ("", "````markdown", "```figure", *figure.yaml.rstrip().splitlines(), "```", "````")
    yield from ("", "In the shell:", "", "```sh", f"{figure.command} -o {kind}.svg", "```")
    yield from ("", "In Python:", "", "```python", "import generator as cb", "")
    yield from (f"cb.figure({_arguments(kind)})", "```", "", "## What it takes", "")
    yield from _options(kind)
    yield from ("", "**Next:** [all kinds](index.md), or [where figures go](../make/figures.md).")


def _arguments(kind: str) -> str:
    return ", ".join([repr(kind), *(f"{k}={v!r}" for k, v in SHOWN.get(kind, {}).items())])


def _options(kind: str) -> Iterator[str]:
    """Return the parameters as a table: name, what it is, what it is if nothing is said."""
    params = api.params_of(kind)
    defaults = api.defaults_of(params)
    yield '<div class="cb-scroll" tabindex="0" role="region" aria-label="Parameters" markdown="0">'
    heads = "".join(f"<th>{head}</th>" for head in ("parameter", "what it is", "unless given"))
    yield f'<table class="cb-steps-table"><thead><tr>{heads}</tr></thead><tbody>'
    for name, field in {**api.fields_of(params), **api.COMMON}.items():
        usual = "must be given"
        if name in defaults or name in api.COMMON:
            usual = _shown(field, defaults.get(name))
        cells = f"<code>{name}</code>", escape(field.help), usual
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</tbody></table></div>"


def _shown(field: Any, value: object) -> str:
    """Return a default as it would be written; what is long is left to the figure above."""
    if value is None:
        return "–"
    text = str(field.show(value)).replace("True", "yes").replace("False", "no")
    if text in ("", "[]"):
        return "–"
    return f"<code>{escape(text)}</code>" if len(text) <= 28 else "as shown above"
