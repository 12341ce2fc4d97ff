"""A figure as one page that needs nothing else: no server, no network, no installed font.

It walks through the steps with the site's own player, and may do nothing but that: its policy
allows this very style sheet, this very script, and pictures and fonts that stand in the page.
"""

from __future__ import annotations

import base64
from hashlib import sha256
from html import escape
from pathlib import Path

from generator.export._carried import tucked
from generator.export._export import Drawing
from generator.export._player import player, steps_table
from generator.render.svg import hatches, inline, plays
from generator.scene.film import Film, Scene
from generator.scene.theme import css_alone

#: Files of the site, not its code: one player, one look, one set of fonts.
_FOLDER = Path(__file__).parents[1] / "site" / "assets"
_SCRIPT, _LOOKS = _FOLDER / "convbook.js", _FOLDER / "convbook-player.css"
_FONTS = {weight: _FOLDER / "fonts" / f"inter-{weight}.woff2" for weight in (400, 600, 700)}
ASSETS = (_SCRIPT, _LOOKS, *_FONTS.values())


def figure_html(drawing: Drawing) -> bytes:
    """Write the page."""
    example, title = drawing.example, escape(drawing.title, quote=False)
    chosen = drawing.chosen()
    steps = [example.steps[i - 1] for i in chosen] if chosen else example.steps
    folded = "steps" not in drawing.asked and len(steps) < len(example.steps)
    of = len(example.steps) if folded else len(steps)
    films = [_film(drawing, canvas) for canvas in ("page", "narrow")]
    wide, narrow = map(inline, films)
    pictures = f'<div class="cb-wide">{wide}</div><div class="cb-narrow">{narrow}</div>'
    shown = player(steps, pictures, " data-page", of) if plays(films[0], None) else pictures
    style = _style(drawing, films[0].still(1 if plays(films[0], None) else None))
    script = _SCRIPT.read_text("utf-8")
    policy = (
        "default-src 'none'; img-src data:; font-src data:;"
        f" style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        f'<script type="application/json" id="convbook">{tucked(drawing)}</script>',
        "</head>",
        "<body>",
        hatches(drawing.theme),
        "<main>",
        f"<h1>{title}</h1>",
        f'<figure class="cb-figure">{shown}',
        f"<figcaption>{escape(example.says, quote=False)}</figcaption></figure>",
        steps_table(example.steps if folded else steps) if len(steps) > 1 else "",
        f'<details class="cb-more"><summary>Made with convbook</summary>'
        f"<pre><code>{escape(drawing.command, quote=False)}</code></pre></details>",
        "</main>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(filter(None, lines)) + "\n").encode()


def _film(drawing: Drawing, canvas: str) -> Film:
    """Return the film of the steps, or of a single picture if no more is wanted."""
    film, chosen = drawing.film(canvas), drawing.chosen()
    if chosen and plays(part := film.part(chosen), None):
        return part
    only = chosen[0] if chosen and len(chosen) == 1 else drawing.example.spec.step
    return Film(film.title, film.alt, lambda: film.still(only))


def _style(drawing: Drawing, scene: Scene) -> str:
    """Return the page's look; its picture is as large as the window lets it be, but readable."""
    fonts = "".join(
        f'@font-face{{font-family:"Inter";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{_base64(file)})"
        ' format("woff2")}\n'
        for weight, file in _FONTS.items()
    )
    inks = css_alone(drawing.theme)
    look = _LOOKS.read_text("utf-8")
    return f"{fonts}{inks}{look}{_LOOK}.cb-wide .cb-svg{{--shape:{scene.width / scene.height:.3f}}}"


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()


def _hash(text: str) -> str:
    """Return how a policy names a style sheet or a script that stands in the page."""
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode()


_LOOK = """
:root {
  --md-text-font: "Inter";
}
html {
  background: var(--cb-paper);
  color: var(--cb-ink);
  font: 20px/1.5 "Inter", sans-serif;
}
body {
  margin: 0;
}
main {
  max-width: 62rem;
  margin: 0 auto;
  padding: 1.5rem 16px 3rem;
}
h1 {
  margin: 0 0 1rem;
  font-size: 1.3rem;
  font-weight: 600;
  letter-spacing: -0.018em;
  line-height: 1.2;
}
.cb-figure {
  margin: 0;
}
.cb-wide .cb-svg {
  width: max(100% * 0.55, min(100%, (100vh - 15rem) * var(--shape)));
}
cb-steps .cb-says,
figcaption {
  max-width: 40rem;
}
.cb-controls {
  max-width: 32rem;
}
.cb-controls button {
  padding: 0;
  background: none;
}
figcaption {
  margin: 1.2rem 0;
  color: var(--cb-muted);
  font-size: 0.75rem;
}
.cb-more {
  margin: 0.4rem 0;
  font-size: 0.75rem;
}
summary {
  width: fit-content;
  color: var(--cb-window);
  cursor: pointer;
}
.cb-scroll,
pre {
  overflow-x: auto;
}
pre {
  padding: 0.8em 1em;
  background: var(--cb-cell);
  font-size: 0.7rem;
}
.cb-steps-table {
  margin: 0.6rem 0;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}
.cb-steps-table :is(th, td) {
  padding: 0.4em 1.4em 0.4em 0;
  border-bottom: 1px solid var(--cb-line);
  text-align: start;
  vertical-align: baseline;
}
.cb-steps-table th {
  color: var(--cb-muted);
  font-weight: 600;
}
.cb-steps-table :is(th, td):last-child {
  padding-right: 0;
  text-align: right;
}
.cb-hatches {
  position: absolute;
  width: 0;
  height: 0;
}
:is(a, button, input, summary, .cb-scroll):focus-visible {
  outline: 2px solid var(--cb-window);
  outline-offset: 2px;
}
@media print {
  .cb-controls,
  .cb-more {
    display: none;
  }
}
"""
