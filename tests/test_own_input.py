"""A file of one's own stands for the numbers in it, at all three doors."""

import csv
import io
import json
import random
import shlex
import struct
import warnings
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import generator as cb
from generator import api, photos
from generator.cli.main import cli
from generator.errors import UserError
from generator.site.page import Page
from generator.site.place import Place
from generator.site.studio import Studio
from generator.spec import write
from generator.tables import Bounds, read

ALBUM = photos.ALBUM
SHADES = np.arange(48, dtype=np.uint8).reshape(6, 8) * 5


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder; the sites of other tests are not looked into."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(photos, "_FOLDERS", [])
    return tmp_path


def rows(**params: object) -> tuple[tuple[object, ...], ...]:
    """Return the input that a convolution with a 1 × 1 kernel reads: its result is the same."""
    result = cb.figure("convolution", **{"kernel": [[1]], **params}).result
    assert isinstance(result, tuple)
    return result  # type: ignore[return-value]


def problems(kind: str = "convolution", **params: object) -> list[str]:
    with pytest.raises(UserError) as caught:
        cb.figure(kind, **params)
    return str(caught.value).splitlines()


def said(file: str) -> list[str]:
    return problems(input=file, kernel=[[1]])


# What is read


@pytest.mark.parametrize("sign", [",", ";", "\t", " ", ", "])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "txt", "CSV"])
def test_any_sign_between_the_numbers(sign: str, suffix: str) -> None:
    lines = [sign.join(row) for row in (["1", "-2.5"], ["1/3", "4e1"])]
    Path(f"a.{suffix}").write_text("\n" + "\n\n".join(lines) + "\n\n")
    assert rows(input=f"a.{suffix}") == ((1, Fraction(-5, 2)), (Fraction(1, 3), 40))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_as_programs_save_it(encoding: str, end: str) -> None:
    Path("a.csv").write_bytes(f'"1","−2"{end}3,4{end},{end}'.encode(encoding))
    assert rows(input="a.csv") == ((1, -2), (3, 4))


NUMBERS = st.decimals(-1000, 1000, places=6)
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=2)
)


@settings(max_examples=60, deadline=None)
@given(TABLES.filter(lambda table: len(table) <= 32), st.sampled_from(",;\t"))
def test_what_pythons_csv_writes_is_read_exactly(table: list[list[object]], sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(table)
    Path("a.csv").write_text(out.getvalue(), newline="")
    found = read("a.csv", Bounds((2,), 32)).planes[0]
    assert found == tuple(tuple(Fraction(str(cell)) for cell in row) for row in table)


def test_what_numpy_writes_as_text_is_read() -> None:
    array = np.array([[0.5, -2], [3, 4.25]])
    np.savetxt("a.txt", array)
    np.savetxt("b.csv", array, delimiter=",", fmt="%g")
    assert rows(input="a.txt") == rows(input="b.csv") == rows(input=[[0.5, -2], [3, 4.25]])


@pytest.mark.parametrize(
    "dtype", ["bool", "int8", "uint16", ">i4", "uint64", "float16", "float32", "float64", ">f8"]
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays(dtype: str, order: str) -> None:
    array = np.asarray([[0, 1, 1], [1, 0.1, 1]]).astype(dtype)
    np.save("a.npy", np.asarray(array, order=order))  # type: ignore[call-overload]
    tenth = Fraction(1, 10) if "f" in dtype else int(array[1, 1])
    assert rows(input="a.npy") == ((0, 1, 1), (1, tenth, 1))


def test_an_array_of_every_version() -> None:
    from numpy.lib import format as npy

    for version in ((1, 0), (2, 0), (3, 0)):
        with warnings.catch_warnings(action="ignore"), Path("a.npy").open("wb") as file:
            npy.write_array(file, np.eye(2), version=version)
        assert rows(input="a.npy") == ((1, 0), (0, 1))


def test_lists() -> None:
    Path("row.csv").write_text("1,2,4\n")
    Path("column.txt").write_text("1\n2\n4\n")
    np.save("line.npy", [1, 2, 4])
    np.save("column.npy", [[1], [2], [4]])
    spec = cb.figure("convolution-1d", input=[1, 2, 4], kernel=[1, -1], shift=1).spec
    for file in ("row.csv", "column.txt", "line.npy", "column.npy"):
        assert cb.figure("convolution-1d", input=file, kernel=[1, -1], shift=1).spec == spec
    # Where a matrix may be as well, one row of text is a list, and a column is a matrix.
    line = cb.figure("convolution", input="row.csv", kernel=[1, -1])
    assert line.spec == cb.figure("convolution", input=[1, 2, 4], kernel=[1, -1]).spec
    assert rows(input="column.txt") == ((1,), (2,), (4,))
    # Where a list may not be, one row is a matrix with one row.
    pooled = cb.figure("pooling", input="row.csv", size=[1, 2], stride=1)
    assert pooled.result == ((2, 4),)


def test_several_matrices() -> None:
    planes = np.arange(18).reshape(2, 3, 3)
    np.save("a.npy", planes)
    np.save("one.npy", planes[0])
    for name, plane in zip(("r.csv", "g.csv"), planes, strict=True):
        np.savetxt(name, plane, fmt="%d", delimiter=";")
    kernel = [[[1]], [[10]]]
    spec = cb.figure("multi-channel", input=planes, kernel=kernel).spec
    assert cb.figure("multi-channel", input="a.npy", kernel=kernel).spec == spec
    assert cb.figure("multi-channel", input=["r.csv", "g.csv"], kernel=kernel).spec == spec
    one = cb.figure("global-pooling", input="one.npy")
    assert one.spec == cb.figure("global-pooling", input=[planes[0]]).spec
    Path("k.csv").write_text("0,1,0\n1,1,1\n0,1,0\n")
    kernels = cb.figure("kernel-gallery", kernels=["sharpen", "k.csv"]).spec
    written = ["sharpen", [[0, 1, 0], [1, 1, 1], [0, 1, 0]]]
    assert kernels == cb.figure("kernel-gallery", kernels=written).spec


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif", "gif", "ppm", "jp2"])
def test_a_small_picture_is_its_own_matrix(suffix: str) -> None:
    Image.fromarray(SHADES).save(f"a.{suffix}")
    with Image.open(f"a.{suffix}") as image:
        pixels = np.asarray(image.convert("L"))
    assert rows(input=f"a.{suffix}") == tuple(map(tuple, pixels.tolist()))


@pytest.mark.parametrize("suffix", ["jpg", "webp", "avif"])
def test_a_lossy_picture_too(suffix: str) -> None:
    Image.fromarray(SHADES).save(f"a.{suffix}", quality=100)
    assert np.abs(np.array(rows(input=f"a.{suffix}"), int) - SHADES).max() <= 6


def test_a_camera_that_was_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    Image.fromarray(SHADES).save("a.png", exif=exif)
    assert rows(input="a.png") == tuple(map(tuple, np.rot90(SHADES, -1).tolist()))


def test_transparency_paint_and_many_shades() -> None:
    Image.new("RGBA", (2, 1), (0, 0, 0, 0)).save("clear.png")
    Image.new("CMYK", (2, 1), (0, 0, 0, 255)).save("paint.tif")
    Image.fromarray(np.array([[0, 32768, 65535]], np.uint16)).save("deep.png")
    assert rows(input="clear.png") == ((255, 255),)
    assert rows(input="paint.tif") == ((0, 0),)
    assert rows(input="deep.png") == ((0, 128, 255),)


@pytest.mark.parametrize(
    ("size", "shape"), [((256, 128), (32, 64)), ((128, 256), (64, 32)), ((2, 900), (64, 1))]
)
def test_a_picture_is_reduced_until_both_sides_fit(
    size: tuple[int, int], shape: tuple[int, int]
) -> None:
    Image.new("L", size, 7).save("a.png")
    found = rows(input="a.png")
    assert (len(found), len(found[0])) == shape
    assert {number for row in found for number in row} == {7}


def test_a_picture_is_reduced_as_it_is_asked_for() -> None:
    Image.fromarray(SHADES).save("a.png")
    blocks = SHADES.reshape(3, 2, 4, 2).astype(float).mean(axis=(1, 3))
    found = np.array(rows(input={"file": "a.png", "columns": "4"}), int)
    assert np.abs(found - blocks).max() <= 0.5


def test_a_picture_has_colours_where_there_are_channels() -> None:
    pixels = np.arange(60, dtype=np.uint8).reshape(4, 5, 3) * 4
    Image.fromarray(pixels).save("a.png")
    channels = cb.figure("channels", input="a.png").spec
    assert channels == cb.figure("channels", input=pixels.transpose(2, 0, 1)).spec


@pytest.mark.parametrize(
    "kind",
    ["channels", "convolution", "cross-correlation", "feature-composition", "global-pooling",
     "im2col", "many-kernels", "multi-channel", "padding-modes", "pointwise", "pooling",
     "residual-block", "sliding-windows", "stride", "dilation", "transposed-convolution"],
)  # fmt: skip
def test_a_whole_photo_is_small_enough_for_every_kind(kind: str) -> None:
    more: dict[str, dict[str, object]] = {
        "convolution": {"kernel": "sobel-x"},
        "pointwise": {"weights": [[1, 1, 1]]},
    }
    made = cb.figure(kind, input=ALBUM / "chelsea.png", **more.get(kind, {}))
    assert made.svg()


# The three doors


def fence(body: str) -> tuple[list[api.Figure], list[str]]:
    page = Page(Studio(), Place("docs/x.md"))
    page.compose(f"```figure\n{body}```\n", stash=lambda html: html)
    return [e.figure for e in page.entries if e.figure], [str(each) for each in page.problems]


def test_page_shell_and_python_read_the_same(folder: Path) -> None:
    Path("data.csv").write_text("3;0;1\n2;5;4\n1;1;0\n")
    Path("kernel.csv").write_text("1,-1\n0,2\n")
    made = cb.figure("convolution", input=Path("data.csv"), kernel="kernel.csv")
    assert made.result == ((13, 7), (-1, 1))
    (page,), none = fence("kind: convolution\ninput: data.csv\nkernel: kernel.csv\n")
    assert page.spec == made.spec
    assert not none
    words = ["figure", "convolution", "--input", "data.csv", "--kernel", "kernel.csv"]
    done = CliRunner().invoke(cli, [*words, "-o", "a.svg"], catch_exceptions=False)
    assert done.exit_code == 0
    assert Path("a.svg").read_bytes() == made.svg()


def test_a_fence_looks_in_the_folder_of_the_pages(folder: Path) -> None:
    (folder / "docs/data").mkdir(parents=True)
    (folder / "docs/data/a.csv").write_text("1,2\n3,4\n")
    body = "kind: pooling\ninput: data/a.csv\n"
    assert fence(body)[1] == [
        "docs/x.md:3: input: got data/a.csv, wanted a file that is there;"
        " there is no such file in the folder 'data'"
    ]
    api.look_for_photos_in(folder / "docs")
    assert fence(body)[0][0].result == ((4,),)
    near = fence("kind: pooling\ninput: data/A.txt\n")[1]
    assert near[0].endswith("; did you mean 'data/a.csv'?")


def test_a_name_may_hold_the_signs_of_yaml() -> None:
    for name in ("my data #2.csv", "{1}: a.csv", "[x] & y.csv"):
        Path(name).write_text("1,2\n3,4\n")
        words = ["figure", "pooling", "--input", name, "--format", "json"]
        done = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert json.loads(done.stdout)["result"] == [[4]], name


def test_the_spec_keeps_the_numbers_and_not_the_name() -> None:
    Path("a.csv").write_text("1,0.5\n1/3,4\n")
    Image.fromarray(SHADES).save("b.png")
    for file in ("a.csv", "b.png"):
        made = cb.figure("pooling", input=file, mode="average")
        made.save("old.svg", "old.png")
        Path(file).unlink()
        assert (
            file
            not in write.command(made.spec) + write.yaml(made.spec) + made.render("md").decode()
        )
        words = [*write.argv(made.spec)[1:], "-o", "new.svg"]
        assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
        assert Path("new.svg").read_bytes() == Path("old.svg").read_bytes()
        assert cb.figure_from("old.png").spec == made.spec


def test_a_changed_file_makes_another_figure() -> None:
    studio = Studio()
    values: dict[str, object] = {"kind": "pooling", "input": "a.csv"}
    for most in (4, 9):
        Path("a.csv").write_text(f"1,2\n3,{most}\n")
        assert studio.draw(values, lambda key: "").result == ((most,),)


def test_the_commands_of_the_page_about_it_work(folder: Path) -> None:
    page = Path(api.__file__).parents[1] / "docs/make/figures.md"
    section = page.read_text("utf-8").partition("### From a file")[2].partition("\n## ")[0]
    commands = section.partition("```sh\n")[2].partition("```")[0].splitlines()
    Path("data.csv").write_text("3,0,1\n2,5,4\n1,1,0\n")
    Path("kernel.csv").write_text("1,-1\n0,2\n")
    Image.open(ALBUM / "chelsea.png").save("photo.jpg")
    for command in commands:
        words = shlex.split(command)[1:]
        assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
        assert Path(words[-1]).stat().st_size
    assert len(commands) == 3
    Path("data.csv").write_text("1,2\n3,4\n5,abc\n")
    done = CliRunner().invoke(cli, ["figure", "pooling", "--input", "data.csv"])
    assert f"```text\nconvbook: {done.exception}\n```" in section


# What is told


def text(content: str | bytes, name: str = "data.csv") -> Callable[[], list[str]]:
    def check() -> list[str]:
        data = content.encode() if isinstance(content, str) else content
        Path(name).write_bytes(data)
        return said(name)

    return check


def array(value: object, dtype: str | None = None) -> Callable[[], list[str]]:
    def check() -> list[str]:
        np.save("a.npy", np.array(value, dtype))
        return said("a.npy")

    return check


def npy_header(header: str) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }\n"
ENDLESS = "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 2), }\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", b"")
    + chunk(b"IEND", b"")
)
OF_NUMPY = "input: got a.npy, wanted an array as numpy.save writes it, whole"


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        (
            text("1,2\n\n3,abc\n,5\n"),
            [
                "input, data.csv, row 3, column 2: got 'abc', wanted a number",
                "input, data.csv, row 4, column 1: got an empty cell, wanted a number",
            ],
        ),
        (
            text("1,5;2\n3;nan\n"),
            [
                "input, data.csv, row 1, column 1: got '1,5', wanted a number with a decimal point",
                "input, data.csv, row 2, column 2: got 'nan', wanted a finite number",
            ],
        ),
        (
            text("1,2,3\n4,5\n\n6\n7,8,9\n"),
            [
                "input, data.csv, row 2: got 2 numbers, wanted 3, as many as in row 1",
                "input, data.csv, row 4: got 1 number, wanted 3, as many as in row 1",
            ],
        ),
        (
            text("\nx,Height [cm]\n1,2\n3,?\n"),
            [
                "input, data.csv, row 2: got a heading, wanted numbers; delete this line",
                "input, data.csv, row 4, column 2: got '?', wanted a number",
            ],
        ),
        (
            text("nan\n1\n"),
            ["input, data.csv, row 1, column 1: got 'nan', wanted a finite number"],
        ),
        (text("4e1;-3E2\n1;x\n"), ["input, data.csv, row 2, column 2: got 'x', wanted a number"]),
        (text("1," + "2" * 200_000), ["input: got data.csv, wanted a table of numbers"]),
        (text(""), ["input: got an empty file, data.csv, wanted at least one number"]),
        (text("\n , \n"), ["input: got an empty file, data.csv, wanted at least one number"]),
        (
            text((",".join("1" * 65) + "\n") * 1000),
            [
                "input, data.csv: got 1,000 rows, wanted at most 64, so that every number can be"
                " read",
                "input, data.csv: got 65 columns, wanted at most 64, so that every number can be"
                " read",
            ],
        ),
        (
            text("1," * 2**20),
            ["input: got a larger file, data.csv, wanted at most 1 MB of text"],
        ),
        (
            text("1,2".encode("utf-16")),
            [
                "input: got data.csv, wanted text in UTF-8; a spreadsheet calls it CSV UTF-8 when"
                " it saves"
            ],
        ),
        (
            text("0.0000000000000000000001"),
            [
                "input, data.csv, row 1, column 1: got '0.0000000000000000000001', wanted a"
                " decimal, or a fraction with a denominator up to 1,000; round it first"
            ],
        ),
        (
            array([[None, "x"]], "O"),
            ["input, a.npy: got an array of objects, wanted an array of numbers"],
        ),
        (
            array([[1j]]),
            ["input, a.npy: got an array of complex128, wanted an array of numbers"],
        ),
        (
            array([[["x"]]]),
            [
                "input, a.npy: got an array of str32, wanted an array of numbers",
                "input, a.npy: got 3 axes, [1, 1, 1], wanted 1 (a list) or 2 (rows, columns)",
            ],
        ),
        (array(7), ["input, a.npy: got 0 axes, [], wanted 1 (a list) or 2 (rows, columns)"]),
        (
            array([[]]),
            ["input, a.npy: got an empty array, wanted at least one number"],
        ),
        (
            array([[1, float("inf")]]),
            ["input, a.npy, row 1, column 2: got 'inf', wanted a finite number"],
        ),
        (
            text(npy_header(HUGE), "a.npy"),
            [
                "input, a.npy: got 1,000,000 rows, wanted at most 64, so that every number can be"
                " read",
                "input, a.npy: got 1,000,000 columns, wanted at most 64, so that every number can"
                " be read",
            ],
        ),
        (
            text(npy_header(ENDLESS), "a.npy"),
            ["input, a.npy: got an empty array, wanted at least one number"],
        ),
        (text(npy_header(HUGE.replace("1000000", "3")), "a.npy"), [OF_NUMPY]),
        (text(npy_header("{" * 30), "a.npy"), [OF_NUMPY]),
        (text(b"", "a.npy"), [OF_NUMPY]),
        (text(b"PK\x03\x04", "a.npy"), [OF_NUMPY]),
        (
            text(b"%PDF-1.7\n1 0 obj\n", "a.png"),
            ["input: got a.png, wanted a picture; this file is none, or of an unknown format"],
        ),
        (
            text(BOMB, "a.png"),
            ["input: got 50,000 × 50,000 pixels, wanted at most 100 million pixels"],
        ),
        (
            text(b"PK\x03\x04", "a.xlsx"),
            ["input: got a.xlsx, wanted a picture, or numbers in .csv, .tsv, .txt or .npy"],
        ),
    ],
)
def test_what_is_told(check: Callable[[], list[str]], wanted: list[str]) -> None:
    assert check() == wanted


def test_half_a_photo() -> None:
    Image.open(ALBUM / "chelsea.png").save("whole.jpg")
    Path("half.jpg").write_bytes(Path("whole.jpg").read_bytes()[:5000])
    (line,) = said("half.jpg")
    assert line.startswith("input: got half.jpg, wanted a picture that can be read; image file is")
    assert "truncated" in line


def test_a_file_that_is_not_there(folder: Path) -> None:
    Path("data.csv").write_text("1")
    folder.joinpath("zoo.csv").mkdir()
    assert problems(input="dta.csv", kernel="sobel.csv", strid=2) == [
        "unknown key 'strid'; did you mean 'stride'?",
        "input: got dta.csv, wanted a file that is there; did you mean 'data.csv'?",
        "kernel: got sobel.csv, wanted a file that is there;"
        f" there is no such file in the folder '{folder.name}'",
    ]
    assert said("zoo.csv") == [
        "input: got zoo.csv, wanted a file that is there;"
        f" there is no such file in the folder '{folder.name}'"
    ]
    assert said("a\x00.csv") == ["input: got 'a\\x00.csv', wanted a name that can be printed"]
    assert said("a" * 300 + ".csv")[0].startswith("input: got aaa")
    # No suffix, no file: the words are those for a kernel's name.
    assert problems(input=[[1]], kernel="sobel-q")[0].endswith("did you mean 'sobel-y'?")


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.csv").write_text("1")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert said("a.csv") == ["input: got a.csv, wanted a file that can be read; Permission denied"]


def test_very_many_mistakes_are_not_all_told() -> None:
    Path("a.csv").write_text("0,b,c,d\n" * 5)
    told = said("a.csv")
    assert told[7] == "input, a.csv, row 3, column 3: got 'c', wanted a number"
    assert told[8:] == ["input, a.csv: has 7 more problems of this sort"]


def test_columns_are_for_pictures() -> None:
    Path("a.csv").write_text("1")
    Image.fromarray(SHADES).save("a.png")

    def told(**value: object) -> list[str]:
        return problems(input=value, kernel=[[1]])

    assert told(file="a.csv", columns=3) == [
        "input, columns: is for pictures; numbers stay as they are"
    ]
    assert told(file="a.png", columns=65) == [
        "input, columns: got 65, wanted at most 64, so that every number can be read"
    ]
    assert told(file="a.png", colums=6) == ["input: unknown key 'colums'; did you mean 'columns'?"]
    assert told(file="chelsea") == [
        "input, file: got chelsea, wanted the name of a file, such as data.csv or photo.jpg"
    ]


def test_channels_come_first() -> None:
    np.save("a.npy", np.zeros((20, 4, 3)))
    assert problems("multi-channel", input="a.npy") == [
        "input, a.npy: got 20 matrices, wanted at most 12; the channels come first: (C, H, W)"
    ]
    np.save("b.npy", np.full((2, 1, 2), np.nan))
    assert problems("multi-channel", input="b.npy")[3] == (
        "input, b.npy, matrix 2, row 1, column 2: got 'nan', wanted a finite number"
    )


def test_the_shell_names_the_option_and_shows_no_traceback() -> None:
    Path("data.csv").write_text("1,2\n3,4\n5,abc\n")
    done = CliRunner().invoke(cli, ["figure", "pooling", "--input", "data.csv"])
    assert isinstance(done.exception, UserError)
    assert str(done.exception) == ("--input: data.csv, row 3, column 2: got 'abc', wanted a number")
    assert fence("kind: pooling\ninput: data.csv\n")[1] == [
        "docs/x.md:3: input, data.csv, row 3, column 2: got 'abc', wanted a number"
    ]


@pytest.mark.parametrize(
    "suffix", ["png", "jpg", "gif", "bmp", "tif", "webp", "avif", "npy", "csv"]
)
def test_broken_files_are_told_in_sentences(suffix: str) -> None:
    path = Path(f"a.{suffix}")
    if suffix == "npy":
        np.save(path, SHADES)
    elif suffix == "csv":
        np.savetxt(path, SHADES, delimiter=",")
    else:
        Image.fromarray(SHADES).convert("RGB").save(path)
    whole, chance = path.read_bytes(), random.Random(suffix)
    refused = 0
    for turn in range(80):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 30])):
            data[chance.randrange(min(len(data), 400))] = chance.randrange(256)
        path.write_bytes(data if turn % 2 else data[: chance.randrange(len(data))])
        try:
            read(path.name, Bounds((1, 2), 64))
        except UserError:
            refused += 1
    assert refused
