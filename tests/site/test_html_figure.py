"""A figure's HTML file in a real browser: opened from a folder, with no network at all."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from conftest import GALLERY
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator import api
from generator.export._fold import fold

Open: TypeAlias = Callable[..., Page]

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE = """
[...document.querySelectorAll("[id]")].map(one => one.id)
  .filter((id, place, all) => all.indexOf(id) !== place)
"""
#: The steps of the marks that are seen now and not always.
SEEN = """
[...document.querySelectorAll("[data-on]")]
  .filter(mark => getComputedStyle(mark).display !== "none")
  .map(mark => mark.dataset.on)
"""


def at(page: Page, step: int) -> None:
    """Check that exactly this step is shown."""
    expect(page.locator(".cb-count")).to_have_text(re.compile(f"Step {step} of "))
    seen = page.evaluate(SEEN)
    assert seen
    for runs in seen:
        spans = [[int(end) for end in run.split("-")] for run in runs.split()]
        assert any(span[0] <= step <= span[-1] for span in spans)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Write a figure of the gallery and open it; a page that complains or asks anybody fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(
        name: str = "convolution", width: int = 1440, asked: dict[str, object] | None = None,
        **how: object,
    ) -> Page:  # fmt: skip
        file = tmp_path / "figure.html"
        api.draw(api.read(GALLERY[name]), asked=api.options(asked or {})).save(file)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **how  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url[:80]))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def test_it_is_walked_without_a_click(opened: Open) -> None:
    page = opened()
    at(page, 1)
    for key, step in [
        ("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("End", 9), ("ArrowRight", 9),
        ("Home", 1), ("ArrowLeft", 1),
    ]:  # fmt: skip
        page.keyboard.press(key)
        at(page, step)
    page.keyboard.press("Space")
    expect(page.locator(".cb-play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator(".cb-count")).to_have_text(re.compile("Step 3 of 9"))
    page.keyboard.press("Space")
    expect(page.locator(".cb-play")).to_have_attribute("aria-label", "Play")
    page.locator(".cb-next").click()
    page.keyboard.press("Space")  # the button's own
    expect(page.locator(".cb-count")).to_have_text(re.compile("Step 5 of 9"))
    expect(page.locator(".cb-play")).to_have_attribute("aria-label", "Play")


def test_steps_of_a_folded_film_keep_their_numbers(opened: Open) -> None:
    page = opened("sliding-windows-large")
    steps = api.draw(api.read(GALLERY["sliding-windows-large"])).steps
    chosen = fold(steps)
    assert len(chosen) < len(steps)
    for key, place in [("Home", 0), ("ArrowRight", 1), ("End", -1), ("ArrowLeft", -2)]:
        page.keyboard.press(key)
        expect(page.locator(".cb-count")).to_have_text(f"Step {chosen[place]} of {len(steps)}")
        expect(page.locator(".cb-says > span")).to_have_text(steps[chosen[place] - 1].says)
    assert page.evaluate(TOO_WIDE) == 0


@pytest.mark.parametrize(
    "name", ["convolution", "image-matrix", "filter-edges", "convolution-true"]
)
@pytest.mark.parametrize("width", [360, 1440])
def test_it_fits(opened: Open, name: str, width: int) -> None:
    page = opened(name, width)
    assert page.evaluate(TOO_WIDE) == 0
    assert page.evaluate(TWICE) == []
    seen = [one for one in page.locator("svg.cb-svg").all() if one.is_visible()]
    assert len(seen) == 1
    box = seen[0].bounding_box()
    assert box
    if width == 1440 and name == "convolution":
        controls = page.locator(".cb-controls").bounding_box()
        assert controls
        assert controls["y"] + controls["height"] <= 900, "picture and buttons in one window"
    assert page.evaluate("document.fonts.check('600 16px Inter')")
    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")


def test_it_is_light_by_day_and_dark_by_night(opened: Open) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page = opened()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(20, 23, 28)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_a_theme_stays(opened: Open) -> None:
    page = opened(asked={"theme": "print"}, color_scheme="dark")
    fill = "getComputedStyle(document.querySelector('.cb-window-cell')).fill"
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert "cb-rising" in page.evaluate(fill)
    assert page.locator("#cb-rising").count() == 1


def test_nothing_moves_for_those_who_asked_for_it(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    expect(page.locator(".cb-play")).to_be_hidden()
    page.keyboard.press("Space")
    page.wait_for_timeout(900)
    expect(page.locator(".cb-count")).to_have_text("Step 1 of 9")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".cb-count")).to_have_text("Step 2 of 9")


def test_without_a_script_the_first_step_and_the_table_are_there(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(".cb-wide svg")).to_be_visible()
    expect(page.locator(".cb-controls")).to_be_hidden()
    page.locator(".cb-table summary").click()
    expect(page.locator(".cb-steps-table")).to_be_visible()


def test_a_part_and_a_still_picture(opened: Open) -> None:
    page = opened(asked={"steps": "4-6"})
    at(page, 1)
    assert page.locator("cb-steps").get_attribute("data-says")
    expect(page.locator(".cb-count")).to_have_text("Step 1 of 3")
    page = opened(asked={"still": True})
    assert page.locator("cb-steps").count() == 0
    assert page.locator("svg.cb-svg:visible").count() == 1


def test_its_policy_lets_nothing_else_run(opened: Open) -> None:
    """A script that somebody adds is not run, although the page's own is."""
    page = opened()
    file = Path(page.url.removeprefix("file://"))
    text = file.read_text("utf-8")
    evil = text.replace("</main>", "<script>document.title = 'evil'</script></main>")
    (file.parent / "evil.html").write_text(evil, "utf-8")
    other = page.context.new_page()  # its console is not listened to
    other.goto((file.parent / "evil.html").as_uri())
    expect(other.locator(".cb-count")).to_have_text("Step 1 of 9")
    assert other.title() == "Convolution"
