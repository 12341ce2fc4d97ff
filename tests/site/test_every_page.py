"""Every page of the built site, visited once: at three widths, in light and in dark.

Every page is checked for what the browser complains of, for requests, width, size of text and
contrast, in all six ways. axe-core, which takes longer, looks at a page that is written by hand as
it comes on a desk in light, and on a phone in dark with everything unfolded; at a page that a
template makes in one of these two ways, in turn.
"""

import gzip
from collections.abc import Iterable
from functools import cache
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, expect
from site_witness import Witness

WIDTHS = {360: 780, 768: 1024, 1440: 900}
SCHEMES = {"light": "default", "dark": "slate"}
AUDITED = ((360, "dark"), (1440, "light"))
#: All that is fetched before anybody scrolls or clicks, compressed as a server does [bytes].
HEAVIEST = 250_000
#: Shows every figure there is.
CATALOGUES = {"gallery/index.html"}
PACKED = {".woff2", ".png", ".webp"}
DOCS = Path(__file__).parents[2] / "docs"
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
POLICY = """
() => document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? ""
"""


def by_hand(name: str) -> bool:
    """Say whether somebody wrote the page."""
    stem = name.removesuffix(".html").removesuffix("/index")
    sources = (f"{stem}{ending}" for ending in (".md", "/index.md", ".py"))
    return any((DOCS / source).is_file() for source in sources)


@cache
def weight(file: Path) -> int:
    """Return how many bytes of a file travel."""
    data = file.read_bytes()
    return len(data) if file.suffix in PACKED else len(gzip.compress(data, mtime=0))


def first_load(site: Path, urls: Iterable[str]) -> dict[str, int]:
    """Return what each file weighs that was asked for, the heaviest first."""
    paths = (site / unquote(urlsplit(url).path).lstrip("/") for url in urls if url[:4] == "http")
    files = {path / "index.html" if path.is_dir() else path for path in paths}
    found = {file.relative_to(site).as_posix(): weight(file) for file in files}
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def look(page: Page, witness: Witness, name: str, audited: set[tuple[int, str]]) -> set[str]:
    """Return all that is wrong with a page."""
    found = {"no policy"} if "script-src 'self'" not in page.evaluate(POLICY) else set()
    body = page.locator("body")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme, called in SCHEMES.items():
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            expect(body).to_have_attribute("data-md-color-scheme", called, timeout=30_000)
            told = witness.judge()
            if (width, scheme) in audited:
                told += witness.barriers()
            found |= {f"{name} ({width} px, {scheme}): {each}" for each in told}
            page.evaluate(OPEN)  # after the first look, which is the reader's
    return found


def test_every_page_is_sound(browser: Browser, site: Path, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.set_default_timeout(20_000)
    witness = Witness(page)
    devtools = page.context.new_cdp_session(page)
    complaints: set[str] = set()
    turn = cycle(AUDITED)
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page.set_viewport_size({"width": 360, "height": 780})
        page.emulate_media(color_scheme="light")
        witness.requests.clear()
        # A page is weighed as by somebody who has seen no other.
        devtools.send("Network.clearBrowserCache")
        page.goto(address + name, wait_until="networkidle")
        parts = first_load(site, witness.requests)
        if (total := sum(parts.values())) > HEAVIEST and name not in CATALOGUES:
            heaviest = ", ".join(f"{part} {size:,}" for part, size in [*parts.items()][:5])
            complaints.add(f"{name}: weighs {total:,} bytes: {heaviest}")
        complaints |= look(page, witness, name, set(AUDITED) if by_hand(name) else {next(turn)})
        complaints |= {f"{name}: {each}" for each in witness.complaints}
        witness.complaints.clear()
    page.close()
    assert not complaints, "\n".join(sorted(complaints))
