"""Somebody who looks at a page of the built site and says all that is wrong with it."""

from dataclasses import dataclass, field
from importlib.resources import files

from playwright.sync_api import Page

#: Text in a figure is at least this high where it is shown [px].
SMALLEST = 11
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

SMALL_TEXT = """
smallest => [...document.querySelectorAll("svg.cb-svg text")]
  .filter(text => text.getClientRects().length && text.checkVisibility())
  .map(text => [parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a, text])
  .filter(([size]) => size < smallest)
  .map(([size, text]) => `${size.toFixed(1)} px: ${text.textContent}`)
"""
#: Words outside figures that can hardly be told from their ground; figures have a test of inks.
FAINT = """
() => {
  const parts = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return {rgb: [r, g, b], a};
  };
  const over = (top, below) => top.rgb.map((c, i) => c * top.a + below[i] * (1 - top.a));
  const light = rgb => rgb.map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = one => one
    ? over(parts(getComputedStyle(one).backgroundColor), ground(one.parentElement))
    : [255, 255, 255];
  const found = new Set();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    const text = words.currentNode.data.trim();
    if (!text || one.closest("svg, script, style, [aria-disabled=true], .md-overlay")) continue;
    if (!one.getClientRects().length) continue;
    if (!one.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const below = ground(one);
    const ink = over(parts(getComputedStyle(one).color), below);
    const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.add(`${ratio.toFixed(1)}: "${text.slice(0, 30)}" in ${one.className}`);
  }
  return [...found];
}
"""
BROKEN_IMAGES = """
() => [...document.images].filter(image => !image.naturalWidth).map(image => image.src)
"""
TOO_WIDE = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
TWICE = """
() => [...document.querySelectorAll("[id]")].map(one => one.id)
  .filter((id, at, all) => all.indexOf(id) !== at)
"""
#: A change of colours takes a moment; axe would see it on its way.
ARRIVE = """
() => document.getAnimations().forEach(each => each.finish())
"""
#: The inside of a figure is one picture with a description, and its inks have a test of their own;
#: its thousands of marks are put aside meanwhile.
BARRIERS = """
async () => {
  const figures = [...document.querySelectorAll("svg.cb-svg")];
  const insides = figures.map(figure => [...figure.childNodes]);
  figures.forEach(figure => figure.replaceChildren());
  const found = await axe.run({resultTypes: ["violations"]});
  figures.forEach((figure, place) => figure.replaceChildren(...insides[place]));
  return found.violations.map(rule => `${rule.id}, ${rule.nodes.length} times: ` +
    `${rule.nodes[0].html.slice(0, 120)}: ${rule.nodes[0].failureSummary.split("\\n")[1]}`);
}
"""


@dataclass
class Witness:
    """A page, and everything it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        say = self.complaints.append
        page = self.page
        page.on("console", lambda m: say(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: say(f"error: {error}"))
        page.on("requestfailed", lambda request: say(f"failed: {request.url}"))
        page.on("response", lambda r: say(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        """Note a request, and complain of one to anybody but us."""
        self.requests.append(url)
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.complaints.append(f"asks {url}")

    def judge(self) -> list[str]:
        """Return all that is wrong with what is shown now."""
        found = [f"text of {text}" for text in self.page.evaluate(SMALL_TEXT, SMALLEST)]
        found += [f"contrast of {words}" for words in self.page.evaluate(FAINT)]
        found += [f"broken image {src}" for src in self.page.evaluate(BROKEN_IMAGES)]
        found += [f"id twice: {name}" for name in self.page.evaluate(TWICE)]
        if wide := self.page.evaluate(TOO_WIDE):
            found.append(f"{wide} px too wide")
        return found

    def barriers(self) -> list[str]:
        """Return what axe-core finds: barriers for readers who see or operate a page otherwise."""
        self.page.evaluate(ARRIVE)
        self.page.evaluate(f"window.axe || (() => {{ {AXE} }})()")
        return [f"axe: {each}" for each in self.page.evaluate(BARRIERS)]
