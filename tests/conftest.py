"""What all tests share."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import api

TESTS = Path(__file__).parent
#: As the gallery is written: plain values, as YAML's own loader gives them.
GALLERY: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "gallery.yaml").read_text("utf-8"))


@pytest.fixture(scope="session", params=GALLERY)
def entry(request: pytest.FixtureRequest) -> str:
    """Name of every figure of the gallery."""
    return str(request.param)


@pytest.fixture(scope="session")
def figure(entry: str) -> api.Figure:
    """Every figure of the gallery."""
    return api.draw(api.read(GALLERY[entry]))
