"""Where compiled code is kept, on machines of every kind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import generator
from generator.engine import jit

PACKAGE = Path(generator.__file__).parent

POOL = """
from generator.engine import ops
assert ops.max_pool2d([[[1, 2], [3, 4]]], 2).tolist() == [[[4]]]
from generator.engine.jit import cache_folder
print(cache_folder())
"""


def run(code: str, root: Path = PACKAGE.parent, **environment: str) -> str:
    """Run Python with warnings as errors and with nothing in the environment but `environment`."""
    command = [sys.executable, "-W", "error", "-B", "-c", code]
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    kept |= {"PYTHONPATH": str(root), **environment}
    done = subprocess.run(command, env=kept, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_code_is_kept_in_the_users_cache_and_read_back(tmp_path: Path) -> None:
    folder = Path(run(POOL, XDG_CACHE_HOME=str(tmp_path)))
    assert folder == tmp_path / "convbook" / jit.fingerprint()
    kept = sorted(folder.rglob("*.nbc"))
    assert len(kept) == 1
    written = kept[0].stat().st_mtime_ns
    run(POOL, XDG_CACHE_HOME=str(tmp_path))
    assert [file.stat().st_mtime_ns for file in folder.rglob("*.nbc")] == [written]


def test_numba_waits_for_the_first_call(tmp_path: Path) -> None:
    code = "import sys\nfrom generator.engine import named, ops, shapes, trace\n"
    code += "assert 'numba' not in sys.modules" + POOL + "assert 'numba' in sys.modules"
    run(code, XDG_CACHE_HOME=str(tmp_path))


def test_a_folder_of_the_users_choice_is_respected(tmp_path: Path) -> None:
    assert (
        Path(run(POOL, NUMBA_CACHE_DIR=str(tmp_path / "mine")))
        == tmp_path / "mine" / jit.fingerprint()
    )
    assert list((tmp_path / "mine").rglob("*.nbc"))


def test_a_read_only_home_falls_back_to_a_temporary_folder(tmp_path: Path) -> None:
    # Nothing can be made below a file, not even by root, whom no permission stops.
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.touch()
    temporary.mkdir()
    folder = Path(run(POOL, HOME=str(home), TMPDIR=str(temporary)))
    assert folder.is_relative_to(temporary)
    assert list(folder.rglob("*.nbc"))
    if sys.platform != "win32":
        assert folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such owners")
def test_a_temporary_folder_that_others_may_write_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nothing")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    folder = jit.cache_folder()
    assert folder is not None
    folder.parent.chmod(0o777)
    assert jit.cache_folder() is None


def test_no_folder_at_all_still_works(tmp_path: Path) -> None:
    code = "import tempfile; tempfile.tempdir = '/dev/null/nothing'" + POOL
    assert run(code, HOME=os.devnull, XDG_CACHE_HOME="/dev/null/nothing") == "None"
    assert not list(tmp_path.iterdir())


def test_no_home_at_all_works() -> None:
    assert run(POOL)


def test_the_folder_changes_with_every_source(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE / "engine", tmp_path / "engine")
    seen = {jit.fingerprint(tmp_path / "engine")}
    assert seen == {jit.fingerprint()}
    sources = sorted((tmp_path / "engine").glob("*.py"))
    for source in sources:
        source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        seen.add(jit.fingerprint(tmp_path / "engine"))
    assert len(seen) == len(sources) + 1


def test_an_edited_loop_is_compiled_anew(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(PACKAGE, root / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    first = run(POOL, root, XDG_CACHE_HOME=str(tmp_path))
    shapes = root / "generator" / "engine" / "shapes.py"
    shapes.write_text(shapes.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    second = run(POOL, root, XDG_CACHE_HOME=str(tmp_path))
    assert first != second
    assert list(Path(second).rglob("*.nbc"))


def test_other_users_of_numba_keep_their_folder(tmp_path: Path) -> None:
    code = "import numba; before = numba.config.CACHE_DIR" + POOL
    code += "assert numba.config.CACHE_DIR == before\n"
    code += "import os; assert 'NUMBA_CACHE_DIR' not in os.environ"
    assert str(tmp_path) in run(code, XDG_CACHE_HOME=str(tmp_path))


@pytest.mark.parametrize(("rows", "width"), [(1, 1), (7, 3), (600, 1000), (2, 10**6), (1, 10**6)])
@pytest.mark.parametrize("cores", [1, 2, 5])
def test_bands_make_up_all_rows(
    rows: int, width: int, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "cores", lambda: cores)
    counts = np.zeros(rows, int)

    def run_band(top: int, bottom: int) -> None:
        counts[top:bottom] += 1

    jit.in_bands(run_band, rows, width)
    assert counts.tolist() == [1] * rows


def test_an_error_in_a_band_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "cores", lambda: 3)

    def run_band(top: int, bottom: int) -> None:
        if bottom == 3000:
            raise MemoryError

    with pytest.raises(MemoryError):
        jit.in_bands(run_band, 3000, 1000)


FORKED = """
import multiprocessing, threading
import numpy as np
from generator.engine import ops
picture = np.ones((1200, 1200), np.float32)
def work(_):
    return float(ops.filter2d(picture, [[0, 0, 0], [0, 1, 0], [0, 0, 0]])[5, 5])
threads = [threading.Thread(target=work, args=(0,)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map_async(work, range(4)).get(60))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_filters_run_in_threads_and_in_forked_processes(tmp_path: Path) -> None:
    code = f"import warnings; warnings.simplefilter('default'){FORKED}"
    assert run(code, XDG_CACHE_HOME=str(tmp_path)) == "[1.0, 1.0, 1.0, 1.0]"
