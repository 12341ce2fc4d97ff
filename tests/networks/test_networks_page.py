"""The page about networks shows what the program says: its files are run, its tables compared."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from readers.models import exported

from generator.cli.main import cli
from generator.errors import UserError
from generator.spec.network_layers import WORDS

FILE = Path(__file__).parents[2] / "docs/make/networks.md"
PAGE = FILE.read_text("utf-8")
FILES = dict(re.findall(r'^```yaml title="(\S+)"\n(.*?)^```', PAGE, re.M | re.S))
SAID = dict(
    re.findall(r'^```text title="(convbook [^"]+)"\n(.*?)^```', PAGE, re.M | re.S)
    + re.findall(r"^<!-- (convbook .*?) -->\n(.*?)^<!-- end -->", PAGE, re.M | re.S)
)
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    for line in block.splitlines() if line.startswith("convbook")
]  # fmt: skip


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, "utf-8")
    exported("lenet5").save(Path("lenet.onnx"))


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, words)
    if isinstance(done.exception, UserError):
        return "".join(f"convbook: {line}\n" for line in str(done.exception).splitlines())
    assert done.exit_code == 0, done.output
    return done.stdout


def test_there_is_something_to_test() -> None:
    assert len(FILES) == 3
    assert set(SAID) == {"convbook network wrong.yaml", "convbook network small.yaml --format md"}
    assert len(COMMANDS) >= 3


@pytest.mark.parametrize("words", SAID)
def test_what_it_shows_is_what_is_said(words: str) -> None:
    said = run(*words.split()[1:])
    # The page has a heading of its own.
    said = said[said.find("| layer") :] if words.endswith("md") else said
    if os.environ.get("CONVBOOK_GOLDENS"):
        before, end = (f"<!-- {words} -->\n", "<!-- end -->")
        if not words.endswith("md"):
            before, end = (f'```text title="{words}"\n', "```")
        page = FILE.read_text("utf-8")
        start = page.index(before) + len(before)
        FILE.write_text(page[:start] + said.rstrip() + "\n" + page[page.index(end, start) :])
    else:
        assert SAID[words].rstrip() == said.rstrip()


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command: str) -> None:
    assert not run(*command.split()[1:]).startswith("convbook:")


@pytest.mark.parametrize("name", ["small.yaml", "residual.yaml"])
@pytest.mark.parametrize(
    "words", [[], ["--rounding", "ceil"], ["--padding", "tf-same"], ["--count", "flop"]]
)
def test_files_and_conventions(name: str, words: list[str]) -> None:
    assert run("network", name, *words).startswith(name.partition(".")[0])


def test_the_table_has_every_word() -> None:
    table = PAGE.partition("## Every word")[2].partition("##")[0]
    assert sorted(re.findall(r"`(\w+)`", table)) == sorted(WORDS)
