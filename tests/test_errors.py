"""What a person is told who wrote something wrong: all of it, where it is, and what was meant."""

import struct
import zlib
from pathlib import Path

import pytest

import generator as cb
from generator import api
from generator.cli.main import main
from generator.errors import UserError


def problems(kind: str, **params: object) -> list[str]:
    with pytest.raises(UserError) as caught:
        cb.figure(kind, **params)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            {"input": [[1, 2], [3, 4]], "kernel": [[1, 2, 3]] * 3},
            [
                "kernel: got 3 columns, wanted at most 2, the columns of the input with its"
                " padding",
                "kernel: got 3 rows, wanted at most 2, the rows of the input with its padding",
            ],
        ),
        (
            {"input": [], "kernel": [[1, float("nan")], [2, "x"]]},
            [
                "input: got an empty matrix, wanted at least one number",
                "kernel, row 1, column 2: got nan, wanted a finite number",
                "kernel, row 2, column 2: got x, wanted a number",
            ],
        ),
        (
            {"input": [[1, 2], [3]], "kernal": 1, "stride": 0, "padding": "sam"},
            [
                "unknown key 'kernal'; did you mean 'kernel'?",
                "input, row 2: got 1 number, wanted 2, as many as in row 1",
                "kernel: is missing: the weights, or the name of a kernel",
                "stride: got 0, wanted a whole number of at least 1",
                "padding: got sam, wanted a whole number of at least 0, a pair, or one of valid,"
                " same, full; did you mean 'same'?",
            ],
        ),
        (
            {"input": [1, 2, 3], "kernel": [1], "padding": 3, "padding_mode": "reflect"},
            ["padding: got 3 cells of reflect padding, wanted at most 2: the input has 3 columns"],
        ),
        (
            {"input": [1, 2, 3], "kernel": [1], "step": 99},
            ["step: got 99, wanted at most 3, the number of steps"],
        ),
        (
            {"input": [1, 2, 3], "kernel": [[1]]},
            ["kernel: got a matrix (2-D), wanted a list (1-D), as the input is one"],
        ),
        (
            {"input": {"shape": [4, 4], "low": 5, "high": 1, "seed": "a"}, "kernel": [[1]]},
            ["input, high: got 1, wanted at least 5, the low one"],
        ),
        (
            {"input": {"shape": [4, 99], "low": 1.5, "sed": 1}, "kernel": "sobelx"},
            [
                "input: unknown key 'sed'; did you mean 'seed'?",
                "input, shape: got 99, wanted a whole number from 1 to 64",
                "input, low: got 1.5, wanted a whole number of at least -9999",
                "input, high: is missing: the largest number",
                "input, seed: is missing: a word or a number; the same one draws the same numbers",
                "kernel: got sobelx, wanted a matrix such as [[1, 0], [0, 1]], or a name; did you"
                " mean 'sobel-x'?",
            ],
        ),
        (
            {"input": [[0] * 70], "kernel": [[1e300]]},
            [
                "input, row 1: got 70 columns, wanted at most 64, so that every number can be read",
                "kernel, row 1, column 1: got 1e+300, wanted a number between −10¹⁵ and 10¹⁵",
            ],
        ),
    ],
)
def test_convolution(params: dict[str, object], said: list[str]) -> None:
    assert problems("convolution", **params) == said


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"input": [1, 2, 3], "kernel": [1, 1], "padding": [1, 2], "stride": [5, 1]},
         ["stride: got [5, 1], wanted one number; the input is a list",
          "padding: got [1, 2], wanted one number, or [[0, 0], [before, after]]; the input is a"
          " list"]),
        ({"input": [[1] * 5] * 5, "kernel": [[1] * 3] * 3, "dilation": 500, "padding": "full"},
         ["padding: got 2005 columns with the padding, wanted at most 64, to be read",
          "padding: got 2005 rows with the padding, wanted at most 64, to be read"]),
        ({"input": [[1] * 32] * 32, "kernel": [[1] * 16] * 16, "padding": 16},
         ["input: got 614,656 products, wanted at most 100,000 for a worked example"]),
        ({"input": [[[1]]], "kernel": [[1]]},
         ["input, row 1: got lists in lists in lists, wanted two dimensions: a list of rows"]),
        ({"input": [[10**5000]], "kernel": [["1/123456789"]]},
         ["input, row 1, column 1: got a number of very many digits, wanted a number between"
          " −10¹⁵ and 10¹⁵",
          "kernel, row 1, column 1: got 1/123456789, wanted a decimal, or a fraction with a"
          " denominator up to 1,000"]),
    ],
)  # fmt: skip
def test_too_much(params: dict[str, object], said: list[str]) -> None:
    assert problems("convolution", **params) == said


def test_numpy_numbers_are_numbers() -> None:
    import numpy as np

    fig = cb.figure("convolution", input=[1, 2], kernel=[1], bias=np.float64(0.5))
    assert fig.result == cb.figure("convolution", input=[1, 2], kernel=[1], bias=0.5).result


def test_other_kinds() -> None:
    assert problems("poolin") == ["unknown kind 'poolin'; did you mean 'pooling'?"]
    assert problems("pooling", input=[[1]], mode="maximum", size=2) == [
        "mode: got maximum, wanted one of max, average; did you mean 'max'?"
    ]
    assert problems("pooling", input=[[1, 2], [3, 4]], padding=2) == [
        "padding: got 2 rows, wanted at most 1, half the window's rows",
        "padding: got 2 columns, wanted at most 1, half the window's columns",
    ]
    assert problems("output-size", size=7, kernel=4, dilation=3) == [
        "kernel: got 4 cells at distance 3, which span 10, wanted at most 7,"
        " the input with its padding"
    ]


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("words.png").write_text("hello")
    whole = (Path(api.__file__).parent / "album/chelsea.png").read_bytes()
    Path("half.png").write_bytes(whole[:5000])
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    Path("bomb.png").write_bytes(bomb)

    def said(photo: str) -> list[str]:
        return problems("filter", photo=photo, kernel="sharpen")

    assert said("a" * 300)[0].startswith("photo: got aaa")
    assert said("a\x01.png") == ["photo: got 'a\\x01.png', wanted a name that can be printed"]
    assert said("chelse") == ["photo: unknown photo 'chelse'; did you mean 'chelsea'?"]
    assert said("no.png")[0].startswith("photo: got no.png, wanted a picture file; there is no")
    assert said("words.png") == [
        "photo: got words.png, wanted a picture; this file is none, or of an unknown format"
    ]
    assert said("half.png")[0].startswith("photo: got half.png, wanted a picture that can be read")
    assert said("bomb.png") == [
        "photo: got 50,000 × 50,000 pixels, wanted at most 100 million pixels"
    ]


def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Run the command line; it must end with status 2, and is to say something."""
    monkeypatch.setattr("sys.argv", ["convbook", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_shell_tells_all_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["figure", "convolution", "--kernal", "[[1]]", "--stride", "0", "--input", "[[1,2],[3"]
    assert shell(capsys, monkeypatch, *words).splitlines() == [
        "convbook: convbook figure: unknown option '--kernal'; did you mean '--kernel'?",
        "convbook: --input: this is no YAML: while parsing a flow sequence expected ',' or ']',"
        " but got '<stream end>'",
        "convbook: convbook figure: kernel: is missing: the weights, or the name of a kernel",
        "convbook: --stride: got 0, wanted a whole number of at least 1",
    ]
    assert shell(capsys, monkeypatch, "figure", "convolutoin") == (
        "convbook: unknown kind 'convolutoin'; did you mean 'convolution'?\n"
    )
    assert shell(capsys, monkeypatch, "figures") == (
        "convbook: unknown command 'figures'; did you mean 'figure'?\n"
    )


def test_a_file_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text("kind: pooling\ninput: [[1, 2], [3, 4]]\n\nsize: 3\n")
    said = shell(capsys, monkeypatch, "figure", "--spec", "s.yaml", "-o", "a.svg")
    assert said.splitlines()[0].startswith("convbook: s.yaml:4: size: got 3 rows, wanted at most 2")
    Path("s.yaml").write_text("kind: pooling\nkind: pooling\n")
    said = shell(capsys, monkeypatch, "figure", "--spec", "s.yaml")
    assert said == "convbook: s.yaml:2: kind: stands twice, first in line 1\n"
    assert not Path("a.svg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["figure", "-o", "x.svg", "pooling", "--input", "[[1]]", "--size", "1"],
         "convbook figure: -o: stands before 'pooling'; options come after the kind"),
        (["figure", "output-size", "--size", "7", "--kernel", "3", "--format", "x", "-o", "q.svg"],
         "--format: got x, wanted -o - beside it; -o goes by the suffix"),
        (["figure", "pooling", "--input", "[[1]]", "--size", "1", "-o", "foo"],
         "got a name without suffix, wanted one that ends in .gif, .html, .json,"
         " .md, .pdf, .png, .svg, .txt, .webp"),
        (["figure", "pooling", "--input", "{[1,2],[3,4]}"],
         "--input: curly brackets hold names and values; a matrix has square ones:"
         " [[1, 2], [3, 4]]"),
        (["sheet", "--families", "output-size", "--seed", "a", "--format", ""],
         "--format: got no format, wanted some of html, json, md, pdf"),
    ],
)  # fmt: skip
def test_the_line_is_read_to_its_end(
    words: list[str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell(capsys, monkeypatch, *words) == f"convbook: {said}\n"
    assert not list(tmp_path.iterdir())


def test_nothing_is_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.svg").write_text("old")
    Path("folder.svg").mkdir()
    size = ["figure", "output-size", "--size", "7", "--kernel", "3"]
    said = shell(capsys, monkeypatch, *size, "-o", "old.svg", "-o", "folder.svg")
    assert said == "convbook: folder.svg: cannot be written: there is a folder of this name\n"
    said = shell(capsys, monkeypatch, *size, "-o", "old.svg", "-o", "new.sgv")
    assert said == "convbook: unknown format 'sgv'; did you mean 'svg'?\n"
    assert Path("old.svg").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.svg", "old.svg"]


def test_text_is_only_text() -> None:
    title = "<script>alert('x')</script> & ]]> \"quotes\""
    fig = cb.figure("output-size", size=3, kernel=1, title=title)
    assert b"<script" not in fig.svg()
    assert "<script" not in fig.film_svg("page")
    assert "\\<script\\>" in fig.render("md").decode()


def test_twice_in_one_process() -> None:
    """A submodule must not hide the function of its name."""
    assert cb.figure("output-size", size=3, kernel=1).result == 3
    assert cb.figure("output-size", size=4, kernel=1).result == 4
