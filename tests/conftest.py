"""What all tests share."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import api
from generator.scene.film import Film

# Every test draws for itself, in whatever process; those of the store open one of their own.
os.environ["CONVBOOK_CACHE"] = "off"

TESTS = Path(__file__).parent
#: One spec for every way a figure can look, a file a kind. They are the goldens, and every contract
#: test walks them. Plain values, as YAML's own loader gives them.
GALLERY: dict[str, dict[str, Any]] = {
    name: values
    for file in sorted((TESTS / "gallery").glob("*.yaml"))
    for name, values in yaml.safe_load(file.read_text("utf-8")).items()
}


@pytest.fixture(scope="session", params=GALLERY)
def entry(request: pytest.FixtureRequest) -> str:
    """Name of every figure of the gallery."""
    return str(request.param)


@pytest.fixture(scope="session")
def figure(entry: str) -> api.Figure:
    """Every figure of the gallery."""
    return api.draw(api.read(GALLERY[entry]))


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the titles of the pictures that are drawn: of the whole, and of every step."""
    found: list[str] = []
    made = Film.__init__

    def noted(title: str, draw: Any) -> Any:
        def drawn(*step: int) -> Any:
            found.append(title)
            return draw(*step)

        return draw and drawn

    def counted(
        film: Film, title: str, alt: str, poster: Any, frame: Any = None, count: int = 0
    ) -> None:
        made(film, title, alt, noted(title, poster), noted(title, frame), count)

    monkeypatch.setattr(Film, "__init__", counted)
    return found
