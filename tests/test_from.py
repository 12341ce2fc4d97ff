"""A file that convbook made is made again from what it carries; another one is refused politely."""

import json
import shlex
import struct
import time
import zlib
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import GALLERY
from PIL import Image
from test_errors import shell

import generator as cb
from generator import api
from generator.cli.main import cli
from generator.errors import UserError
from generator.figures import EXPORTS

FORMATS = [name for name, export in EXPORTS.items() if export.figure]
#: A figure, and what is asked of its files.
ASKED: list[tuple[str, dict[str, object]]] = [
    ("convolution-true", {}),
    ("pooling-max", {"theme": "dark", "width": 240, "steps": "2-"}),
    ("output-size", {"theme": "print", "still": True}),
    ("filter-own", {"theme": "colour-blind", "width": 300}),
]
AWKWARD = '</metadata></script>--> \\ ]]> (x) \' " & é ∑ 漢 convbook: {"convbook": 1}'


def figure(name: str, asked: dict[str, object]) -> api.Figure:
    return api.draw(api.read(GALLERY[name]), asked=api.options(asked))


@pytest.fixture(scope="module", params=ASKED, ids=lambda asked: str(asked[0]))
def fig(request: pytest.FixtureRequest) -> api.Figure:
    return figure(*request.param)


@pytest.mark.parametrize("format_", FORMATS)
def test_any_format_in_any_format_out(fig: api.Figure, format_: str, tmp_path: Path) -> None:
    """The same bytes again, when nothing else is asked."""
    old = tmp_path / f"old.{format_}"
    fig.save(old)
    again = cb.figure_from(old)
    assert again.spec == fig.spec
    assert again.options == fig.options
    for name in FORMATS:
        assert again.render(name) == fig.render(name), name


@pytest.mark.parametrize("format_", FORMATS)
def test_the_shell_makes_it_again(format_: str, tmp_path: Path) -> None:
    fig = figure("pooling-max", {"theme": "dark", "width": 200, "steps": "1-2"})
    old, new = tmp_path / f"old.{format_}", tmp_path / f"new.{format_}"
    fig.save(old)
    done = CliRunner().invoke(cli, ["figure", "--from", str(old), "-o", str(new)])
    assert done.exit_code == 0, done.output
    assert new.read_bytes() == old.read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_command_that_is_printed_makes_it_again(format_: str) -> None:
    fig = figure("pooling-max", {"theme": "dark", "width": 200, "steps": "1-2"})
    assert fig.command.endswith(" --theme dark --width 200 --steps 1-2")
    text = EXPORTS[format_].carried(fig.render(format_))  # type: ignore[misc]
    if format_ != "json":  # the command would only repeat what it holds
        assert json.loads(text or "")["command"] == fig.command


@pytest.mark.parametrize("format_", FORMATS)
def test_words_are_escaped_as_each_format_wants(format_: str, tmp_path: Path) -> None:
    fig = cb.figure("output-size", size=5, kernel=3, title=AWKWARD)
    fig.save(tmp_path / f"a.{format_}")
    assert cb.figure_from(tmp_path / f"a.{format_}").spec == fig.spec


def test_pillow_finds_what_is_carried() -> None:
    fig = cb.figure("output-size", size=5, kernel=3, title=AWKWARD)
    png = Image.open(BytesIO(fig.render("png")))
    assert json.loads(png.text["convbook"])["convbook"]["title"] == fig.title  # type: ignore[attr-defined]
    gif = Image.open(BytesIO(fig.render("gif", width=100)))
    assert json.loads(gif.info["comment"])["convbook"]["title"] == fig.title
    webp = Image.open(BytesIO(fig.render("webp", width=100)))
    assert b"<convbook:spec>{&quot;convbook&quot;" in webp.info["xmp"]


def test_one_number_is_changed(tmp_path: Path) -> None:
    cb.figure("output-size", size=7, kernel=3).save(tmp_path / "old.webp", theme="dark")
    new = tmp_path / "new.json"
    words = ["figure", "output-size", "--from", str(tmp_path / "old.webp"), "--stride", "2"]
    done = CliRunner().invoke(cli, [*words, "-o", str(new)])
    assert done.exit_code == 0, done.output
    wanted = cb.figure("output-size", size=7, kernel=3, stride=2).render("json", "dark")
    assert new.read_bytes() == wanted


def test_another_choice_of_steps_takes_the_place_of_the_old(tmp_path: Path) -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    fig.save(tmp_path / "part.gif", steps="1-2", width=100)
    old = ["figure", "--from", str(tmp_path / "part.gif"), "-o", str(tmp_path / "new.gif")]
    for words, wanted in [
        (["--still"], fig.render("gif", still=True, width=100)),
        (["--steps", "3-"], fig.render("gif", steps="3-", width=100)),
    ]:
        done = CliRunner().invoke(cli, [*old, *words])
        assert done.exit_code == 0, done.output
        assert (tmp_path / "new.gif").read_bytes() == wanted
    again = cb.figure_from(tmp_path / "part.gif", step=2)
    assert again.render("svg") == cb.figure_from(tmp_path / "part.gif", step=2).render("svg")
    assert again.options == api.options({"width": 100})


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0))
    + chunk(b"iTXt", b"convbook\0\0\0\0\0"
            b'{"convbook": {"kind": "output-size", "size": 5, "kernel": 3}}')
    + chunk(b"IDAT", zlib.compress(bytes(10**6)))
)  # fmt: skip

REFUSED = {
    "words.txt": b"hello",
    "empty.png": b"",
    "foreign.png": (Path(api.__file__).parent / "album/chelsea.png").read_bytes(),
    "squeezed.png": b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", bytes(13))
    + chunk(b"iTXt", b"convbook\0\1\0\0\0" + zlib.compress(bytes(10**8))),
    "deep.json": b"[" * 10**6,
    "deeper.json": b'{"spec": ' * 10**5,
    "deep.svg": b"<metadata>" + b"[" * 10**6 + b"</metadata>",
    "wide.svg": b"<metadata>" * 10**6,
    "long.svg": b'<metadata>{"convbook": {"title": "' + b"x" * 10**6 + b'"}}</metadata>',
    "digits.svg": b'<metadata>{"convbook": {"size": ' + b"9" * 10**5 + b"}}</metadata>",
    "list.svg": b'<metadata>{"convbook": [1]}</metadata>',
    "network.json": b'{"name": "lenet5", "layers": []}',
    "short.webp": b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff",
    "entities.svg": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><metadata>&a;&a;&a;</metadata>',
    "comments.gif": b"GIF89a\1\0\1\0\0\0\0" + b"!\xfe" + b"\xff" + b"a" * 255 * 4000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_from_elsewhere_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(REFUSED[name])
    began = time.perf_counter()
    assert shell(capsys, monkeypatch, "figure", "--from", name, "-o", "new.svg") == (
        f"convbook: {name}: carries no spec; convbook did not make it, or another program has"
        " changed it\n"
    )
    assert time.perf_counter() - began < 5
    assert [path.name for path in Path().iterdir()] == [name]


def test_no_pixel_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(BOMB)
    assert cb.figure_from(tmp_path / "bomb.png").result == 3


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"kind": "output-size", "size": 0, "kernel": 3},
         "a.svg: size: got 0, wanted a whole number of at least 1"),
        ({"kind": "no"}, "a.svg: unknown kind 'no'; there are: "),
        ({}, "a.svg: kind: is missing: one of "),
        ({"kind": "output-size", "size": [[[]]], "kernel": {"a": 1}}, "a.svg: size: got "),
    ],
)  # fmt: skip
def test_a_spec_that_was_changed_by_hand_is_checked(
    spec: dict[str, object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.svg").write_text(f"<metadata>{json.dumps({'convbook': spec})}</metadata>")
    with pytest.raises(UserError) as caught:
        cb.figure_from("a.svg")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pooling", "--from", "a.gif", "-o", "x.svg"],
         ["--from: got a figure of kind convolution, wanted pooling"]),
        (["--from", "a.gif", "--spec", "a.yaml", "-o", "x.svg"],
         ["--from: is too much beside --spec"]),
        (["--from", "none.gif", "-o", "x.svg"],
         ["none.gif: cannot be read: No such file or directory"]),
        (["--from", "a.gif", "-o", "x.gif", "-o", "x.sgv", "--theme", "drak", "--width", "9",
          "--steps", "3-1"],
         ["unknown format 'sgv'; did you mean 'svg'?",
          "--theme: got drak, wanted one of light, dark, print, colour-blind; did you mean 'dark'?",
          "--width: got 9, wanted a whole number from 64 to 4096",
          "--steps: got 3-1, wanted the first step before the last one, such as 1-3"]),
        (["convolution", "--input", "[1, 2, 3]", "--kernel", "[1]", "--strid", "2",
          "--steps", "9-12", "--width", "x", "-o", "x.gif"],
         ["convbook figure: unknown option '--strid'; did you mean '--stride'?",
          "--width: got x, wanted a whole number from 64 to 4096",
          "--steps: got 9-12, wanted at most 3, the number of steps"]),
        (["convolution", "--input", "[1, 2, 3]", "--kernel", "[1, 2", "--steps", "all",
          "-o", "x.gif"],
         ["--kernel: this is no YAML: while parsing a flow sequence expected ',' or ']',"
          " but got '<stream end>'",
          "--steps: got all, wanted steps such as 2, 1-3 or 4-"]),
        (["convolution", "--from", "a.gif", "--stride", "9", "-o", "x.gif"],
         ["a.gif: steps: got 1-3, wanted none; this figure is a single picture"]),
        (["--from", "a.gif", "--steps", "1-99999", "-o", "x.gif"],
         ["--steps: got 99999, wanted a whole number from 1 to 10000"]),
        (["--from", "a.gif", "--steps", "1-10", "-o", "x.gif"],
         ["--steps: got 1-10, wanted at most 9, the number of steps"]),
        (["--from", "a.gif", "--steps", "1-2", "--still", "-o", "x.gif"],
         ["--still: got steps 1-2 too, wanted either one picture or steps"]),
        (["convolution", "--from", "a.gif", "--step", "2", "--steps", "1-2", "-o", "x.gif"],
         ["--steps: got 1-2, wanted none beside step 2, which is one picture"]),
        (["--from", "a.gif", "--width", "300", "--steps", "2", "-o", "x.svg"],
         ["--width: got 300, wanted a picture of pixels: .gif, .png, .webp",
          "--steps: got 2, wanted a file that holds steps: .gif, .html, .pdf, .webp"]),
        (["--theme", "dark", "--from", "a.gif", "pooling"],
         ["convbook figure: --theme: stands before 'pooling'; options come after the kind",
          "convbook figure: --from: stands before 'pooling'; options come after the kind"]),
    ],
)  # fmt: skip
def test_everything_is_told_at_once_and_nothing_is_written(
    words: list[str],
    said: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    api.draw(api.read(GALLERY["convolution"])).save("a.gif", steps="1-3", width=100)
    before = sha256(Path("a.gif").read_bytes()).hexdigest()
    assert shell(capsys, monkeypatch, "figure", *words).splitlines() == [
        f"convbook: {each}" for each in said
    ]
    assert [path.name for path in Path().iterdir()] == ["a.gif"]
    assert sha256(Path("a.gif").read_bytes()).hexdigest() == before


@pytest.mark.parametrize("steps", [True, 1.5, [1, 2], "", "-3", "1--2", "a-b", "0", "²"])
def test_steps_are_not_guessed(steps: object) -> None:
    fig = api.draw(api.read(GALLERY["convolution"]))
    with pytest.raises(UserError, match="steps: got"):
        fig.render("gif", steps=steps)  # type: ignore[arg-type]


def test_steps_from_python() -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    assert fig.render("pdf", steps=2) == fig.render("pdf", steps="2")
    assert fig.render("pdf", steps="1 - 2") == fig.render("pdf", steps="1-2")


def test_two_doors_one_word_for_each_option(tmp_path: Path) -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    words = shlex.split(fig.command)[1:]
    look = ["--theme", "print", "--width", "320", "--steps", "2-3", "-o", str(tmp_path / "a.webp")]
    done = CliRunner().invoke(cli, [*words, *look])
    assert done.exit_code == 0, done.output
    wanted = fig.render("webp", "print", width=320, steps="2-3")
    assert (tmp_path / "a.webp").read_bytes() == wanted
