"""The shell's door."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import api
from generator.cli.main import cli


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_list_as_json_gives_names_only() -> None:
    found = json.loads(run("list", "--format", "json"))
    assert list(found) == ["kinds", "families", "formats", "networks"]
    assert set(found["kinds"]) >= {
        "convolution", "filter", "image-matrix", "output-size", "pooling"
    }  # fmt: skip
    assert set(found["families"]) >= {"convolution-cell", "output-size"}
    assert set(found["formats"]) >= {
        "svg", "png", "json", "md", "html", "gif", "webp", "pdf", "txt"
    }  # fmt: skip
    assert isinstance(found["networks"], list)


def test_list_describes_everything() -> None:
    text = run("list")
    for entries in api.catalogue().values():
        for name, says in entries.items():
            assert name in text
            assert says in text


@pytest.mark.parametrize("kind", api.kinds())
def test_help_names_every_parameter(kind: str) -> None:
    text = run("figure", kind, "--help")
    for name, field in api.fields_of(api.params_of(kind)).items():
        assert f"--{name.replace('_', '-')}" in text
        assert field.help.split()[0] in text


def test_standard_output() -> None:
    words = ("figure", "output-size", "--size", "7", "--kernel", "3", "-o", "-", "--format", "json")
    assert json.loads(run(*words))["result"] == 5


def test_help_without_a_kind() -> None:
    assert "convolution" in run("figure")


def test_negative_numbers_are_values() -> None:
    words = ("figure", "convolution", "--input", "[1,2]", "--kernel", "[-1]", "--bias", "-3")
    assert json.loads(run(*words, "--format", "json"))["result"] == [-4, -5]


def test_sheet(tmp_path: Path) -> None:
    words = ["sheet", "--families", "output-size,convolution-cell", "--count", "6"]
    words += ["--seed", "fern-12", "--format", "md,html,pdf,json"]
    run(*words, "-o", str(tmp_path / "a"))
    run(*words, "-o", str(tmp_path / "b"))
    parts = ["key", "sheet", "solutions"]
    names = [f"{part}.{suffix}" for part in parts for suffix in ("html", "md", "pdf")]
    names = sorted([*names, "key.json"])
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
