"""What a page may load: the policy in its head, as text and in a browser."""

import re
from base64 import b64encode
from hashlib import sha256

from playwright.sync_api import Browser, expect
from site_project import Project, run
from site_witness import Witness

from generator.site.policy import guarded

HEAD = '<meta charset="utf-8">'


def directives(html: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return {name: rest for name, *rest in (each.split() for each in found[1].split(";"))}


def test_a_script_in_the_page_is_known_by_its_hash() -> None:
    html = guarded(f"{HEAD}<script>one()\n</script><script src='a.js'></script>")
    hashed = b64encode(sha256(b"one()\n").digest()).decode()
    assert directives(html)["script-src"] == ["'self'", f"'sha256-{hashed}'"]


def test_data_is_no_script() -> None:
    html = guarded(f'{HEAD}<script id="a" type="application/json">{{}}</script>')
    assert directives(html)["script-src"] == ["'self'"]


def test_nothing_unsafe_is_allowed_and_nobody_else() -> None:
    rules = directives(guarded(HEAD))
    assert rules["default-src"] == ["'none'"]
    assert {each for rest in rules.values() for each in rest} == {"'none'", "'self'", "data:"}
    assert [name for name, rest in rules.items() if "data:" in rest] == ["img-src"]


def test_it_comes_before_all_it_holds_for() -> None:
    html = guarded(f"<head>{HEAD}<title>a</title><script>one()</script></head>")
    assert html.startswith(f"<head>{HEAD}<meta http-equiv=")


def test_the_side_of_a_column_is_a_class() -> None:
    html = guarded('<th class="a" style="text-align: left;">x</th><td style="text-align: right;">')
    assert html == '<th class="a cb-at-left">x</th><td class="cb-at-right">'


def test_a_site_has_a_policy_if_it_wants_one_but_not_while_it_is_written(project: Project) -> None:
    run(project)
    assert "Content-Security-Policy" not in project.built("index.html")
    project.nav("index.md", "deep/other.md", options="policy: true")
    run(project)
    assert "Content-Security-Policy" in project.built("index.html")
    run(project, "serve")
    assert "Content-Security-Policy" not in project.built("index.html")


def test_the_search_and_the_colours_work_under_it(browser: Browser, address: str) -> None:
    page = browser.new_page()
    witness = Witness(page)
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("padding")
    page.locator(".md-search-result__item a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("h=padding"))
    body = page.locator("body")
    for scheme in ("default", "slate", "default"):
        page.locator("[data-md-component=palette] label:visible").click()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    page.locator("[data-md-component=palette] label:visible").click()
    page.locator("[data-md-component=palette] label:visible").click()
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert witness.complaints == []
    page.close()


def test_a_script_that_was_not_there_at_build_does_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    witness = Witness(page)
    page.goto(address)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.slipped = true";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in each for each in witness.complaints)
    page.close()
