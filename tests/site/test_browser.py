"""The built site in a real browser: on a desk and on a phone, in light and in dark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

#: Text in a figure is at least this high where it is shown [px].
SMALLEST = 11
SIZES = {"phone": (360, 780), "desk": (1440, 900)}

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
#: Marks that are seen though their step is not, or not seen though it is.
WRONG_MARKS = """
(figure, step) => [...figure.querySelectorAll("[data-on]")].filter(mark => {
  const on = mark.dataset.on.split(" ").some(run => {
    const [first, last = first] = run.split("-").map(Number);
    return first <= step && step <= last;
  });
  return on === mark.hasAttribute("hidden") ||
    (!on && getComputedStyle(mark).display !== "none");
}).length
"""


@dataclass
class Witness:
    """A page, and everything it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        say = self.complaints.append
        page = self.page
        page.on("console", lambda m: say(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: say(f"error: {error}"))
        page.on("requestfailed", lambda request: say(f"failed: {request.url}"))
        page.on("response", lambda r: say(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        """Note a request to anybody but us."""
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


def opened(browser: Browser, size: str, scheme: Literal["light", "dark"] = "light") -> Page:
    width, height = SIZES[size]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, service_workers="block"
    )
    page.set_default_timeout(10_000)
    return page


@pytest.fixture(params=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a phone and on a desk."""
    page = opened(browser, request.param)
    yield page
    page.close()


@pytest.fixture
def figure(page: Page, address: str) -> Locator:
    """The first figure of the front page."""
    page.goto(address)
    figure = page.locator(".cb-figure").first
    expect(figure.locator(".cb-count")).to_have_text(re.compile("Step 1 of [0-9]+"))
    return figure


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_sound(browser: Browser, site: Path, address: str, size: str) -> None:
    complaints: list[str] = []
    page = opened(browser, size)
    witness = Witness(page)
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page.emulate_media(color_scheme="light")
        page.goto(address + name, wait_until="networkidle")
        found = witness.judge()
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        found += witness.judge()
        complaints += [f"{name}: {each}" for each in {*witness.complaints, *found}]
        witness.complaints.clear()
    page.close()
    assert not complaints, "\n".join(sorted(complaints))


def test_the_fonts_are_ours(browser: Browser, address: str) -> None:
    page = opened(browser, "desk")
    page.goto(address, wait_until="networkidle")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert '"Inter"' in loaded or "Inter" in loaded
    assert page.evaluate("document.fonts.check('16px Inter')")
    page.close()


def at(figure: Locator, step: int) -> None:
    """Check that exactly this step is shown."""
    expect(figure.locator(".cb-count")).to_have_text(re.compile(f"Step {step} of "))
    assert figure.evaluate(WRONG_MARKS, step) == 0
    says = figure.locator("cb-steps").get_attribute("data-says") or ""
    assert figure.locator(".cb-says > span").inner_text() in says


def test_steps_are_walked_with_buttons_keys_and_range(figure: Locator) -> None:
    at(figure, 1)
    assert figure.locator(".cb-previous").get_attribute("aria-disabled") == "true"
    figure.locator(".cb-next").click()
    at(figure, 2)
    figure.page.keyboard.press("ArrowRight")
    at(figure, 3)
    figure.page.keyboard.press("ArrowLeft")
    at(figure, 2)
    figure.page.keyboard.press("End")
    last = int(figure.locator(".cb-range").get_attribute("max") or 0)
    at(figure, last)
    figure.page.keyboard.press("ArrowRight")
    at(figure, last)
    figure.page.keyboard.press("Home")
    at(figure, 1)
    figure.locator(".cb-range").fill("4")
    at(figure, 4)


def test_it_plays_until_it_is_told_to_stop(figure: Locator) -> None:
    play = figure.locator(".cb-play")
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    expect(figure.locator(".cb-count")).to_have_text(re.compile("Step 3 of "))
    play.click()
    expect(play).to_have_attribute("aria-label", "Play")
    shown = figure.locator(".cb-count").inner_text()
    figure.page.wait_for_timeout(900)
    assert figure.locator(".cb-count").inner_text() == shown


def test_nothing_moves_for_those_who_asked_for_it(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(address)
    expect(page.locator(".cb-next").first).to_be_visible()
    expect(page.locator(".cb-play").first).to_be_hidden()
    page.close()


def test_a_step_moves_nothing_else_on_the_page(figure: Locator) -> None:
    height = "figure => figure.getBoundingClientRect().height"
    before = figure.evaluate(height)
    for _ in range(3):
        figure.locator(".cb-next").click()
        assert figure.evaluate(height) == before


def test_one_picture_is_seen_and_it_is_described(figure: Locator) -> None:
    seen = [one for one in figure.locator("svg.cb-svg").all() if one.is_visible()]
    assert len(seen) == 1
    assert figure.get_by_role("img").count() == 1
    assert len(seen[0].get_attribute("aria-label") or "") > 20


def test_without_a_script_the_first_step_and_the_table_are_there(
    browser: Browser, address: str
) -> None:
    heights = []
    for script in (True, False):
        page = browser.new_page(java_script_enabled=script)
        page.goto(address)
        figure = page.locator(".cb-figure").first
        box = figure.bounding_box()
        assert box
        heights.append(box["height"])
        expect(figure.locator(".cb-wide svg")).to_be_visible()
        if not script:
            expect(figure.locator(".cb-controls")).to_be_hidden()
            figure.locator(".cb-table summary").click()
            expect(figure.locator(".cb-steps-table")).to_be_visible()
        page.close()
    assert heights[0] == heights[1], "the buttons keep their room"


def test_a_printed_page_is_a_hand_out(browser: Browser, address: str) -> None:
    page = opened(browser, "desk", "dark")
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator(".cb-controls").first).to_be_hidden()
    table = page.locator(".cb-steps-table").first.bounding_box()
    assert table
    assert table["height"] > 100, "folded steps are opened"
    paper = page.evaluate("getComputedStyle(document.body).getPropertyValue('--cb-paper')")
    assert paper == "#ffffff", "paper is white, whatever the screen was"
    page.close()


def test_the_search_dialog_has_a_name(browser: Browser, address: str) -> None:
    page = opened(browser, "desk")
    page.goto(address)
    assert page.locator("[role=dialog]").get_attribute("aria-label") == "Search"
    page.close()
