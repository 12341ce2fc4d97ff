"""Who may know whom, and which library has which single door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.drawn import APART

ROOT = Path(__file__).parents[1] / "generator"

#: Rooms that know nothing but each other's leftmost neighbours; every room may know them.
BASE = {"errors", "discover", "numerals", "dice", "caches"}

#: Room by room, what else it may know. Imports go down this table only.
MAY_KNOW: dict[str, set[str]] = {
    "errors": set(),
    "discover": set(),
    "numerals": set(),
    "dice": set(),
    "caches": set(),
    "drawn": set(),
    "files": set(),
    "photos": set(),
    "album": set(),
    "tables": {"photos"},
    "networks": set(),
    "model": set(),
    "prose": {"model"},
    "paper": {"model", "prose"},
    "engine": {"model"},
    # A matrix may be the name of a file; its numbers are read where the parameter is.
    "spec": {"model", "engine", "tables"},
    "readers": {"model", "engine", "spec"},
    "scene": set(),
    "options": {"spec", "scene"},
    "render": {"scene"},
    "examples": {"model", "engine", "spec", "scene", "photos"},
    "exercises": {"model", "prose", "paper", "engine", "spec", "examples", "files"},
    # A picture in a sheet's JSON is its spec in plain values.
    "export": {"model", "prose", "paper", "spec", "scene", "render"},
    "figures": {
        "model", "spec", "scene", "options", "render", "examples", "export", "files", "photos",
        "drawn",
    },
    "practice": {"model", "paper", "exercises", "export"},
    "nets": {"engine", "spec", "export", "files", "readers", "figures"},
    "handout": {
        "model", "paper", "exercises", "export", "figures", "files", "drawn", "sheets",
    },
    "ready": {"classes", "practice", "sheets", "drawn"},
    "classes": {"paper", "exercises", "export", "sheets", "handout"},
    "sheets": {"model", "paper", "scene", "exercises", "export", "figures", "files"},
    "api": {
        "sheets",
        "model", "prose", "paper", "spec", "scene", "render", "examples", "exercises", "export",
        "figures", "files", "options", "photos", "readers", "nets", "tables", "engine",
        "drawn", "practice", "classes", "ready",
    },
    "cli": {"api"},
    "site": {"api", "model"},
    # What a stranger's family is made of.
    "family": {"exercises", "paper", "prose"},
    "__init__": {"api"},
}  # fmt: skip

DOORS: dict[str, set[str]] = {
    "numba": {"engine"},
    "llvmlite": {"engine"},
    "resvg_py": {"render"},
    "pydyf": {"render"},
    "typst": {"render"},
    "segno": {"render"},
    "PIL": {"render", "photos"},
    "click": {"cli"},
    "mkdocs": {"site"},
    "markdown": {"site"},
    "material": {"site"},
    "pymdownx": {"site"},
    "math_core": {"site"},
    "fontTools": {"scene"},
    "yaml": {"spec"},
    "onnx": {"readers"},
    "torch": {"readers"},
}

FILES = sorted(ROOT.rglob("*.py"))


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            assert node.module
            if node.module == "generator":
                yield from (f"generator.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_room_is_in_the_table() -> None:
    assert {room_of(file) for file in FILES} <= set(MAY_KNOW)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_go_down_the_table(file: Path) -> None:
    room = room_of(file)
    allowed = MAY_KNOW[room] | BASE | {room, "__version__"}
    known = {name.split(".")[1] for name in imports(file) if name.startswith("generator.")}
    assert known <= allowed, f"{room} may not know {sorted(known - allowed)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_library_has_its_door(file: Path) -> None:
    for name in imports(file):
        rooms = DOORS.get(name.split(".")[0])
        assert rooms is None or room_of(file) in rooms, f"{name} is for {rooms}"


def test_the_table_has_no_circle() -> None:
    order: list[str] = []
    rest = dict(MAY_KNOW)
    while rest:
        free = [room for room, known in rest.items() if known <= set(order)]
        assert free, f"these know each other in a circle: {sorted(rest)}"
        order += free
        for room in free:
            del rest[room]


def test_what_draws_knows_no_room_that_is_left_out_of_its_digest() -> None:
    """Or a change there would leave an old picture under a name that is still right."""
    known, new = set(BASE), {"figures"}
    while new:
        known |= new
        new = set().union(*(MAY_KNOW[room] for room in new)) - known
    assert "render" in known
    assert not known & APART
    # The photographs that come along have no code, and are read as those of one's own are.
    assert [file.name for file in FILES if room_of(file) == "album"] == ["__init__.py"]


def test_files_are_one_concept_long() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in FILES
        if (lines := len(file.read_text("utf-8").splitlines())) > 400
    }
    assert not long
