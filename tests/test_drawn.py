"""What has been drawn is kept, and never the wrong thing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import generator
from generator import api, drawn
from generator.errors import UserError
from generator.figures import EXPORTS

PACKAGE = Path(generator.__file__).parent
SPEC: dict[str, Any] = {"input": [[1, 2, 3], [3, 4, 0]], "size": 2, "stride": 1}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open a store of its own; return its folder."""
    monkeypatch.setenv(drawn.SETTING, "50")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "convbook" / "drawn"


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def everything(figure: api.Figure) -> dict[str, bytes | str]:
    files = {name: figure.render(name) for name, export in EXPORTS.items() if export.figure}
    pages = {canvas: figure.film_svg(canvas) for canvas in ("page", "narrow")}
    return {**files, **pages}


@pytest.mark.parametrize(
    ("kind", "params"), [("pooling", SPEC), ("filter", {"photo": "brick", "kernel": "sobel-x"})]
)
def test_the_same_bytes_with_and_without(
    kept: Path,
    draws: list[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    params: dict[str, object],
) -> None:
    with monkeypatch.context() as without:
        without.setenv(drawn.SETTING, "off")
        wanted = everything(api.figure(kind, **params))
        assert not kept.exists()
    draws.clear()
    assert everything(api.figure(kind, **params)) == wanted
    assert draws
    assert len(entries(kept)) == len(wanted) - 3, "md, txt and json are written, not drawn"
    draws.clear()
    assert everything(api.figure(kind, **params)) == wanted
    assert not draws


def test_a_page_has_its_photographs_where_it_wants_them(kept: Path) -> None:
    """The store knows a picture, not the addresses of a page."""
    figure = api.figure("filter", photo="brick", kernel="sobel-x")
    first = figure.film_svg("page", lambda png: "one.png")
    again = api.figure("filter", photo="brick", kernel="sobel-x")
    second = again.film_svg("page", lambda png: "../two.png?a&b")
    assert first.count('href="one.png"') == 2
    assert second == first.replace("one.png", "../two.png?a&amp;b")


def test_whatever_is_asked_for_otherwise_is_drawn_anew(kept: Path, draws: list[str]) -> None:
    asked: list[Callable[[], object]] = [
        lambda: api.figure("pooling", **SPEC).render("webp"),
        lambda: api.figure("pooling", **SPEC).render("gif"),
        lambda: api.figure("pooling", **SPEC).render("webp", "dark"),
        lambda: api.figure("pooling", **SPEC).render("webp", width=300),
        lambda: api.figure("pooling", **SPEC).render("webp", steps="1"),
        lambda: api.figure("pooling", **SPEC).render("webp", still=True),
        lambda: api.figure("pooling", **SPEC, mode="average").render("webp"),
        lambda: api.figure("pooling", **SPEC, title="Mine").render("webp"),
        lambda: api.figure("pooling", **SPEC, step=2).render("webp"),
        lambda: api.figure("pooling", **SPEC).film_svg("page"),
        lambda: api.figure("pooling", **SPEC).film_svg("narrow"),
    ]
    for number, draw in enumerate(asked, 1):
        draws.clear()
        draw()
        assert draws
        assert len(entries(kept)) == number
        draws.clear()
        draw()
        assert not draws


def test_a_changed_photo_is_drawn_anew(kept: Path, draws: list[str], tmp_path: Path) -> None:
    """Even with the same name, size and time."""
    photo = tmp_path / "mine.png"
    pictures = []
    for shade in (40, 200):
        Image.new("L", (32, 32), shade).save(photo)
        draws.clear()
        pictures.append(api.figure("filter", photo=str(photo), kernel="identity").svg())
        assert draws
    assert pictures[0] != pictures[1]


def test_a_changed_network_is_drawn_anew(kept: Path, draws: list[str], tmp_path: Path) -> None:
    net = tmp_path / "net.yaml"
    for width in (3, 5):
        layer = f"conv: {{out_channels: {width}, kernel_size: 3}}"
        net.write_text(f"input: 1x8x8\nlayers:\n- {layer}\n", "utf-8")
        draws.clear()
        api.figure("network", network=str(net)).svg()
        assert draws


def test_every_source_that_draws_counts(tmp_path: Path) -> None:
    """Also one that is added, and a font or a network, which are no Python."""
    root = tmp_path / "generator"
    shutil.copytree(PACKAGE, root, ignore=shutil.ignore_patterns("__pycache__"))
    seen = {drawn.sources(root)}
    assert seen == {drawn.sources()}
    rooms = [path for path in sorted(root.iterdir()) if path.name not in drawn.APART]
    changed = [path if path.is_file() else sorted(path.rglob("*.*"))[-1] for path in rooms]
    changed += [root / "scene/fonts/glyphs.json", root / "examples/new.py"]
    assert root / "figures.py" in changed
    for path in changed:
        with path.open("ab") as file:
            file.write(b"\n")
        seen.add(drawn.sources(root))
    assert len(seen) == len(changed) + 1
    with (root / "cli" / "main.py").open("ab") as file:
        file.write(b"\n")
    assert drawn.sources(root) in seen


def test_another_version_of_a_library_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn.sources()
    monkeypatch.setattr(drawn, "version", lambda name: "99" if name == "pillow" else "1")
    other = drawn.sources()
    monkeypatch.setattr(drawn, "version", lambda name: "1")
    assert len({before, other, drawn.sources()}) == 3


def test_sources_that_change_meanwhile_are_not_mixed_up(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that runs on has the old code in memory: what it draws has no right to a name."""
    drawn._sources()
    monkeypatch.setattr(drawn, "_state", lambda: "saved again")
    api.figure("pooling", **SPEC).svg()
    assert not entries(kept)


def test_sources_that_cannot_be_seen_have_no_name(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "_sources", lambda: ("ab12", []))
    api.figure("pooling", **SPEC).svg()
    assert not entries(kept)


def test_a_file_that_has_gone_is_for_those_to_tell_who_read_it(kept: Path, tmp_path: Path) -> None:
    assert drawn.kept("asked", lambda: b"drawn", [tmp_path / "gone.png"]) == b"drawn"
    assert not entries(kept)


def test_the_style_of_a_page_counts_for_html_alone() -> None:
    assert {name for name, export in EXPORTS.items() if export.reads} == {"html"}
    assert all(path.is_file() for path in EXPORTS["html"].reads)


@pytest.mark.parametrize("harm", [b"", b"short", None])
def test_a_damaged_file_is_drawn_anew(kept: Path, draws: list[str], harm: bytes | None) -> None:
    wanted = api.figure("pooling", **SPEC).svg()
    (entry,) = entries(kept)
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if harm is None else harm)
    draws.clear()
    assert api.figure("pooling", **SPEC).svg() == wanted
    assert draws
    assert entry.read_bytes() == whole


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    store = drawn.Store(tmp_path, most=10_000)
    names = [f"{place:064x}" for place in range(9)]
    for age, name in enumerate(names):
        store.put(name, bytes(1000))
        path = tmp_path / name[:2] / name[2:]
        os.utime(path, (1000 + age, 1000 + age))
    assert store.get(names[0]) == bytes(1000)
    store.put("f" * 64, bytes(1000))
    left = [name for name in names if store.get(name)]
    assert names[0] in left, "it has just been read"
    assert names[1] not in left
    assert names[-1] in left
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 10_000


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    store = drawn.Store(tmp_path / "new", most=100)
    store.put("ab" * 32, bytes(101))
    assert store.get("ab" * 32) is None
    assert not (tmp_path / "new").exists()


def test_what_a_stopped_writer_left_goes(tmp_path: Path) -> None:
    store = drawn.Store(tmp_path, most=1000)
    store.put("ab" * 32, b"1")
    old, new = tmp_path / "ab" / ".old", tmp_path / "ab" / ".new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    store.prune()
    assert not old.exists()
    assert new.exists(), "somebody is writing it"
    assert store.get("ab" * 32) == b"1"


MANY = """
import random, sys
from hashlib import sha256
from pathlib import Path
from generator.drawn import Store
store, found = Store(Path(sys.argv[1]), most=60_000), 0
dice = random.Random(int(sys.argv[2]))
for _ in range(3000):
    number = dice.randrange(60)
    name = sha256(bytes([number])).hexdigest()
    data = store.get(name)
    if data is None:
        store.put(name, bytes([number]) * 2000)
    else:
        assert data == bytes([number]) * 2000
        found += 1
print(found)
"""


def test_two_processes_at_once(tmp_path: Path) -> None:
    """They read, write and make room in one folder, and neither sees half a file."""
    code = [sys.executable, "-W", "error", "-c", MANY, str(tmp_path)]
    both = [
        subprocess.Popen([*code, seed], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for seed in ("1", "2")
    ]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
        assert int(out) > 100
    assert not [path for path in entries(tmp_path) if path.name.startswith(".")]
    # Each may have added a sixteenth since it counted.
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 60_000 * 18 / 16 + 2 * 2032


def test_without_a_folder_all_is_drawn_and_nothing_said(
    kept: Path,
    tmp_path: Path,
    draws: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    # Nothing can be made below a file, not even by root, whom no permission stops.
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "caches"))
    for _ in range(2):
        draws.clear()
        api.figure("pooling", **SPEC).svg()
        assert draws
    assert capfd.readouterr() == ("", "")


def test_without_a_home_all_is_drawn(
    kept: Path, draws: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr("generator.caches.user", homeless)
    api.figure("pooling", **SPEC).svg()
    assert draws


@pytest.mark.parametrize(("said", "most"), [("", 500), ("off", 0), ("OFF", 0), ("0", 0), ("7", 7)])
def test_how_much_is_kept(monkeypatch: pytest.MonkeyPatch, said: str, most: int) -> None:
    monkeypatch.setenv(drawn.SETTING, said)
    assert drawn.setting() == most * 2**20


def test_a_setting_nobody_understands_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drawn.SETTING, "a little")
    with pytest.raises(UserError) as caught:
        api.figure("pooling", **SPEC).svg()
    wanted = "off, or how many megabytes may be kept, such as 500"
    assert str(caught.value) == f"CONVBOOK_CACHE: got a little, wanted {wanted}"
