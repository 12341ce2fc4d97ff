"""Three doors, one house: page, shell and Python give equal specs and equal bytes."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import GALLERY

import generator as cb
from generator import api
from generator.cli.main import cli
from generator.spec import write


def test_page_and_python_ask_for_the_same(entry: str) -> None:
    values = GALLERY[entry]
    body = write.yaml(api.read(values))
    page = api.read(api.load_yaml(body, "page.md", 7).values)
    params = {key: value for key, value in values.items() if key != "kind"}
    assert cb.figure(values["kind"], **params).spec == page


@pytest.mark.parametrize("suffix", ["svg", "png", "json", "md", "txt"])
def test_shell_and_python_write_the_same(
    entry: str, suffix: str, figure: api.Figure, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{suffix}"
    words = write.argv(figure.spec)[1:]
    done = CliRunner().invoke(cli, [*words, "-o", str(out)], catch_exceptions=False)
    assert done.exit_code == 0
    assert out.read_bytes() == figure.render(suffix)


def test_shell_reads_the_body_of_a_fence(entry: str, figure: api.Figure, tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(figure.yaml, "utf-8")
    done = CliRunner().invoke(cli, ["figure", "--spec", str(spec), "-o", "-", "--format", "svg"])
    assert done.stdout_bytes == figure.svg()


def test_the_printed_python_makes_the_figure_again(figure: api.Figure) -> None:
    again = eval(repr(figure), {"cb": cb})
    assert again.spec == figure.spec


def test_options_win_over_the_file(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text("size: 7\nkernel: 3\nstride: 2\n", "utf-8")
    words = ["figure", "output-size", "--spec", str(spec), "--stride", "1", "--format", "json"]
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert '"result": 5' in done.stdout


def test_the_installed_command_works(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("convbook")
    words = ["figure", "pooling", "--input", "[[1,2],[3,4]]", "-o", "a.svg", "-o", "b/c.json"]
    subprocess.run([command, *words], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<svg")
    assert '"result": [[4]]' in (tmp_path / "b/c.json").read_text()


def test_the_shell_inks_as_it_is_told(tmp_path: Path) -> None:
    words = ["figure", "output-size", "--size", "7", "--kernel", "3", "--theme", "dark"]
    done = CliRunner().invoke(cli, [*words, "-o", str(tmp_path / "a.svg")], catch_exceptions=False)
    dark = cb.figure("output-size", size=7, kernel=3).render("svg", "dark")
    assert (tmp_path / "a.svg").read_bytes() == dark, done.output


def test_a_png_is_twice_as_large(figure: api.Figure) -> None:
    from io import BytesIO

    from PIL import Image

    scene = figure.film("slide").still(figure.spec.step)
    width, height = Image.open(BytesIO(figure.render("png"))).size
    # Whole pixels, and lengths that are sums of floats.
    assert abs(width - 2 * scene.width) < 1.001
    assert abs(height - 2 * scene.height) < 1.001


def test_arrays_are_welcome() -> None:
    import numpy as np

    x, w = np.arange(9).reshape(3, 3), np.eye(2)
    lists = cb.figure("convolution", input=x.tolist(), kernel=[[1, 0], [0, 1]])
    assert cb.figure("convolution", input=x, kernel=w).svg() == lists.svg()


def test_a_figure_shows_itself_in_a_notebook(figure: api.Figure) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    formatter = shell.display_formatter
    assert formatter
    shown, _ = formatter.format(figure)  # type: ignore[no-untyped-call]
    assert shown["image/svg+xml"] == figure.svg().decode()
    assert "text/markdown" in shown
