"""What all tests share."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import api

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
