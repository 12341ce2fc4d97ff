"""The pages of the networks that are shipped: a catalogue, and a page for each, all computed.

A network is one data file. Its words (``about``, ``year``, ``sources``) stand in it; every number
is worked out here when the site is built.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from generator import api

FOLDER = "networks"
INDEX = f"{FOLDER}/index.md"
#: What stands above the pages behind the catalogue in the navigation.
LABEL = "Layer by layer"
_TEXTS = Path(__file__).with_name("texts")
_FIELD = "the receptive field includes padding; where branches join, the longest path counts"


@cache
def networks() -> dict[str, api.Network]:
    """Return all networks by name, the oldest first, the small before the large."""
    found = {name: api.network(name) for name in api.catalogue()["networks"]}

    def age(name: str) -> tuple[int, int, str]:
        return found[name].card.year or 9999, found[name].total.params, name

    return {name: found[name] for name in sorted(found, key=age)}


@cache
def pages() -> dict[str, str]:
    """Return the Markdown of every page by the address of its source."""
    made = {INDEX: _catalogue()}
    return made | {f"{FOLDER}/{name}.md": _page(name, net) for name, net in networks().items()}


def nav() -> list[str]:
    """Return the sources of the pages behind the catalogue, in its order."""
    return [uri for uri in pages() if uri != INDEX]


def _catalogue() -> str:
    head = ("network", "year", "layers", "parameters", "million multiply-adds", "sees")
    lines = [_row(head), _row((":---", *["---:"] * 5))]
    for name, net in networks().items():
        total = net.total
        cells = (
            f"[{_safe(_short(name))}]({name}.md)",
            str(net.card.year or "–"),
            str(_depth(net)),
            f"{total.params:,}",
            _about(total.macs),
            str(total.receptive_field[0]),
        )
        lines.append(_row(cells))
    small = min(networks().values(), key=lambda net: net.total.params)
    large = max(networks().values(), key=lambda net: net.total.params)
    return _filled(
        "networks",
        count=str(len(networks())),
        least=_safe(_short(small.name)),
        most=_safe(_short(large.name)),
        least_params=f"{small.total.params:,}",
        most_params=f"{large.total.params:,}",
        table="\n".join(lines),
    )


def _filled(text: str, **words: str) -> str:
    """Return one of the texts beside this file with its blanks filled in."""
    source = (_TEXTS / f"{text}.md").read_text("utf-8")
    return Template(source).substitute(words)


def _page(name: str, net: api.Network) -> str:
    total, last = net.total, net.layers[-1]
    steps = len(api.figure("network", network=name).steps)
    layers = _count(_depth(net), "layer")
    published = [f"- [{_safe(each.title)}]({each.url})" for each in net.card.sources]
    heading = ["## Where it was published", ""] if published else []
    counted = [*net.conventions.says.values(), _FIELD]
    return _filled(
        "network",
        name=name,
        title=_safe(net.title),
        title_quoted=_quoted(_short(name)),
        description_quoted=_quoted(f"{net.title}: {total.params:,} parameters, layer by layer."),
        bold=f"{_hwc(net.input)} in, {_hwc(last.output)} out: {layers} with weights one after the"
        f" other, {total.params:,} parameters, {total.macs:,} multiply-adds.",
        about=_dated(net) + "\n\n".join(map(_safe, net.card.about)),
        noticed="\n".join(f"- {line}" for line in _noticed(name, net)),
        steps=_count(steps, "step"),
        layers=_count(total.layers, "layer"),
        table=_table(net),
        totals="\n".join(map(_row, [("total", ""), (":---", ":---"), *_totals(net)])),
        counted="\n".join(f"- {_capital(says)}." for says in counted),
        sources="\n".join([*heading, *published]),
    )


def _quoted(text: str) -> str:
    """Return a text as YAML takes it for one, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _dated(net: api.Network) -> str:
    return f"*{net.card.year}.* " if net.card.year else ""


def _noticed(name: str, net: api.Network) -> Iterator[str]:
    """Yield sentences that the numbers of a network tell."""
    for what in ("params", "macs"):
        says = api.figure("parameter-chart", network=name, what=what).example.says
        yield f"{_capital(says.removeprefix(f'{net.title}: '))}"
    sides = [layer for layer in net.layers if len(layer.output) == 3 and layer.output[1] > 1]
    if sides:
        layer = sides[-1]
        field, whole = layer.receptive_field, net.input[1:]
        beyond = field[0] > whole[0] or field[1] > whole[1]
        seen = ", more than there are, so padding too" if beyond else ""
        stride = layer.effective_stride
        moved = f" Its neighbour sees the same, {stride[0]} pixels further on." if stride else ""
        yield (
            f"The last map with more than one place is that of {layer.name}, {_hwc(layer.output)}."
            f" One number in it sees {_square(field)} of the {_square(whole)} pixels{seen}.{moved}"
        )
    joins = [layer for layer in net.layers if len(layer.inputs) > 1]
    if added := sum(layer.op == "add" for layer in joins):
        yield f"{_count(added, 'shortcut')}: at each, two maps of one shape are added."
    if stacked := sum(layer.op == "concat" for layer in joins):
        yield f"{_count(stacked, 'block')} with branches whose maps are put on top of each other."
    largest = max(net.layers, key=lambda layer: layer.activation_bytes)
    yield (
        f"The largest map is that of {largest.name}: {_hwc(largest.output)}, which is"
        f" {largest.activation_bytes // 4:,} numbers."
    )


_HEAD = (
    "layer",
    "what",
    "output",
    "parameters",
    "how they are counted",
    "multiply-adds",
    "sees",
    "step",
)
#: Columns that hold numbers, at the right.
_NUMBERS = (2, 3, 5, 6, 7)


def _table(net: api.Network) -> str:
    """Return all layers as a table that is folded, and scrolls by itself."""
    head = "".join(_cell("th", i, text) for i, text in enumerate(_HEAD))
    rows = []
    for layer in net.layers:
        cells = (
            layer.name,
            f"{layer.op} {layer.says}".rstrip(),
            _hwc(layer.output),
            f"{layer.params:,}",
            layer.params_formula.rpartition(" = ")[0],
            f"{layer.macs:,}",
            _square(layer.receptive_field),
            str(layer.effective_stride[0]) if layer.effective_stride else "–",
        )
        rows.append(
            "<tr>" + "".join(_cell("td", i, text) for i, text in enumerate(cells)) + "</tr>"
        )
    return (
        '<details class="cb-more cb-table" data-search-exclude>'
        f"<summary>All {_count(len(rows), 'layer')} as a table</summary>"
        '<div class="cb-scroll" tabindex="0" role="region" aria-label="Layers as a table">'
        f'<table class="cb-steps-table cb-layers"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _cell(tag: str, column: int, text: str) -> str:
    number = ' class="cb-number"' if column in _NUMBERS else ""
    return f"<{tag}{number}>{escape(text, quote=False)}</{tag}>"


def _totals(net: api.Network) -> list[tuple[str, str]]:
    total = net.total
    found = [
        ("parameters", f"{total.params:,}, {_size(total.weight_bytes)} as float32"),
        ("multiply-adds", f"{total.macs:,} for one picture"),
        ("activations", f"{_size(total.activation_bytes)}, every output kept, one picture"),
        ("receptive field", f"{_square(total.receptive_field)} of the last layer"),
    ]
    if total.buffers:
        found.insert(1, ("kept, not learned", f"{total.buffers:,} numbers"))
    return found


def _depth(net: api.Network) -> int:
    """Return how many layers with weights stand one after the other on the longest path.

    That is what people count who say ResNet-50: a shortcut is no way around.
    """
    depths = {"input": 0}
    for layer in net.layers:
        weighs = layer.macs > 0 and layer.op != "subsample"
        depths[layer.name] = max(depths[name] for name in layer.inputs) + weighs
    return depths[net.layers[-1].name]


def _short(name: str) -> str:
    """Return the title of a network up to its comma, if no other is called so."""
    titles = {other: net.title.partition(",")[0] for other, net in networks().items()}
    alone = list(titles.values()).count(titles[name]) == 1
    return titles[name] if alone else networks()[name].title


def _about(number: int) -> str:
    """Return a large count in millions, for a narrow column.

    >>> _about(416_520), _about(11_513_626_624)
    ('0.4', '11,514')
    """
    tenths = (number + 50_000) // 100_000
    return f"{tenths / 10:,.1f}" if tenths < 1000 else f"{round(tenths / 10):,}"


def _hwc(shape: Sequence[int]) -> str:
    """Return a shape as rows × columns × channels.

    >>> _hwc((6, 28, 28)), _hwc((10,))
    ('28×28×6', '10')
    """
    return "×".join(map(str, (*shape[1:], shape[0])))


def _square(field: Sequence[int]) -> str:
    return "×".join(map(str, field))


def _size(count: int) -> str:
    """Return a number of bytes in powers of 1,000.

    >>> _size(840), _size(246_824), _size(102_228_128)
    ('840 bytes', '246.8 kB', '102.2 MB')
    """
    for unit, word in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            tenths = (count * 10 + unit // 2) // unit
            return f"{tenths // 10:,}.{tenths % 10} {word}"
    return f"{count} bytes"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _safe(text: str) -> str:
    """Return text that Markdown, and our own signs in it, take for what it is."""
    for mark in "\\`*_{}[]<>#|$":
        text = text.replace(mark, "\\" + mark)
    return text
