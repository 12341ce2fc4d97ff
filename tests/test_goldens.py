"""Pictures are reviewed like code: a changed one is a changed file in the diff.

``make goldens`` writes them anew. On a difference the new picture is left beside the old one as
``NAME-changed.svg`` for the eye.
"""

import os
from pathlib import Path

from conftest import GALLERY, TESTS

from generator import api
from generator.render.svg import inline

GOLDENS = TESTS / "goldens"


def test_picture(entry: str, figure: api.Figure) -> None:
    _same(GOLDENS / f"{entry}.svg", figure.svg())


def test_story(entry: str, figure: api.Figure) -> None:
    # The pixels of a filtered photo stand in its picture already.
    if figure.spec.kind == "filter":
        return
    _same(GOLDENS / f"{entry}.json", figure.render("json"))


def test_inline_films(entry: str, figure: api.Figure) -> None:
    if entry in ("convolution", "pooling-max", "output-size"):
        films = "\n".join(inline(figure.film(canvas)) for canvas in ("page", "narrow"))
        _same(GOLDENS / f"{entry}-inline.svg", f"{films}\n".encode())


def test_no_golden_is_left_over() -> None:
    known = {
        path.stem.removesuffix("-inline").removesuffix("-changed") for path in GOLDENS.iterdir()
    }
    assert known == set(GALLERY)


def _same(path: Path, found: bytes) -> None:
    changed = path.with_name(f"{path.stem}-changed{path.suffix}")
    if os.environ.get("CONVBOOK_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
        changed.unlink(missing_ok=True)
        return
    if path.read_bytes() != found:
        changed.write_bytes(found)
        raise AssertionError(f"{path.name} has changed; look at {changed.name}, then make goldens")
    changed.unlink(missing_ok=True)
