"""The built site in a real browser: on a desk and on a phone, in light and in dark."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

SIZES = {"phone": (360, 780), "desk": (1440, 900)}

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
    """The first figure of a page; that of the front page plays by itself."""
    page.goto(f"{address}convolution/convolution/")
    figure = page.locator(".cb-figure").first
    expect(figure.locator(".cb-count")).to_have_text(re.compile("Step 1 of [0-9]+"))
    return figure


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


def test_the_formulas_are_one_sheet_of_paper(browser: Browser, address: str) -> None:
    page = opened(browser, "desk")
    page.goto(f"{address}reference/formulas/", wait_until="networkidle")
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1
    page.close()
