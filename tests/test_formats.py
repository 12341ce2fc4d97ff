"""Every format opens in somebody else's reader, and shows and says what the figure does."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import GALLERY
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from pypdf import PdfReader

from generator import api
from generator.cli.figure import LOOK
from generator.export import _carried
from generator.figures import EXPORTS
from generator.model import depth
from generator.options import OPTIONS
from generator.render.chunks import gif_blocks
from generator.render.palette import Palette
from generator.render.reel import Box, apart
from generator.scene.marks import Text

FIGURES = [
    "convolution", "convolution-step", "convolution-true", "pooling-max", "output-size",
    "image-matrix", "filter-edges",
]  # fmt: skip
FORMATS = [name for name, export in EXPORTS.items() if export.figure]


@pytest.fixture(scope="module", params=FIGURES)
def fig(request: pytest.FixtureRequest) -> api.Figure:
    """A few figures: films, a step, a photograph, an awkward title."""
    return api.draw(api.read(GALLERY[request.param]))


def plays(fig: api.Figure) -> bool:
    return fig.spec.step is None and fig.film("slide").count > 1


def frames(data: bytes) -> list[NDArray[np.int16]]:
    film = ImageSequence.Iterator(Image.open(BytesIO(data)))
    return [np.asarray(frame.convert("RGB")).astype(np.int16) for frame in film]


@pytest.mark.parametrize("format_", ["webp", "gif"])
def test_a_film_has_a_frame_for_every_step(fig: api.Figure, format_: str) -> None:
    film = Image.open(BytesIO(fig.render(format_, width=400)))
    count = fig.film("slide").count if plays(fig) else 1
    assert film.format == format_.upper()
    assert getattr(film, "n_frames", 1) == count
    assert film.width == 400
    if count > 1:
        assert film.info["loop"] == 0, "it begins anew"
        durations = []
        for number in range(count):
            film.seek(number)
            film.load()
            durations.append(film.info["duration"])
        assert durations == [700] * (count - 1) + [1400]


def test_a_frame_is_the_picture_of_its_step(fig: api.Figure) -> None:
    """Whatever was painted over whatever: what is seen is what a still picture would show."""
    found = frames(fig.render("webp", width=500))
    steps = range(1, len(found) + 1) if plays(fig) else [fig.spec.step]
    for frame, step in zip(found, steps, strict=True):
        still = api.draw(api.read({**asked(fig), "step": step}))
        (wanted,) = frames(still.render("png", width=500))
        far = np.abs(frame - wanted).max(axis=2)
        # The edge of a letter may be drawn a shade lighter in a part than in the whole.
        assert far.max() < 80, step
        assert (far > 16).mean() < 0.002, step


def asked(fig: api.Figure) -> dict[str, Any]:
    return dict(api.load_yaml(fig.yaml).values)


def test_a_gif_is_as_clean_as_a_webp(fig: api.Figure) -> None:
    """One palette for all frames, and no pixel is far from what it was."""
    data = fig.render("gif", width=700)
    lossless = frames(fig.render("webp", width=700))
    for one, other in zip(frames(data), lossless, strict=True):
        assert np.abs(one - other).max() <= 24
    pictures = [start for kind, start, _ in gif_blocks(data) if kind == 0x2C]
    assert all(data[start + 8] == 0 for start in pictures), "no palette of its own"


@pytest.mark.parametrize("format_", ["png", "webp", "gif"])
@pytest.mark.parametrize("width", [64, 777, 1920])
def test_any_width(format_: str, width: int) -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    scene = fig.film("slide").still(None if format_ == "png" else 1)
    picture = Image.open(BytesIO(fig.render(format_, width=width)))
    assert picture.width == width
    assert abs(picture.height - scene.height * width / scene.width) <= 1


def test_without_a_width_a_film_is_twice_as_large() -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    scene = fig.film("slide").frames[0]
    for format_ in ("webp", "gif"):
        assert Image.open(BytesIO(fig.render(format_))).width == round(2 * scene.width)


def test_a_pdf_has_a_page_for_every_step_and_its_text(fig: api.Figure) -> None:
    document = PdfReader(BytesIO(fig.render("pdf")), strict=True)
    film = fig.film("slide")
    scenes = film.frames if plays(fig) else (film.still(fig.spec.step),)
    assert len(document.pages) == len(scenes)
    for page, scene in zip(document.pages, scenes, strict=True):
        box = page.mediabox
        assert abs(float(box.width) - 0.75 * scene.width) < 0.01
        assert abs(float(box.height) - 0.75 * scene.height) < 0.01
        found = "".join(page.extract_text().split())
        for mark in scene.marks:
            if isinstance(mark, Text):
                assert "".join(mark.text.split()) in found
        photos = [mark for mark in scene.marks if type(mark).__name__ == "Image"]
        assert bool(page.images) == bool(photos), "drawn as vectors"


def test_a_pdf_is_told_to_those_who_do_not_see_it(fig: api.Figure) -> None:
    document = PdfReader(BytesIO(fig.render("pdf")), strict=True)
    root: Any = document.root_object
    assert document.metadata
    assert document.metadata.title == fig.title
    assert bool(root["/MarkInfo"]["/Marked"])
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert root["/Lang"] == "en"
    figures = [each.get_object() for each in root["/StructTreeRoot"]["/K"]["/K"]]
    says = [step.says for step in fig.steps] if plays(fig) else [fig.alt]
    if fig.spec.step:
        says = [fig.steps[fig.spec.step - 1].says]
    assert [each["/Alt"] for each in figures] == says
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, (page, figure) in enumerate(zip(document.pages, figures, strict=True)):
        assert int(page["/StructParents"]) == number == parents[2 * number]  # type: ignore
        assert parents[2 * number + 1][0].get_object() == figure
        assert figure["/Pg"].get_object() == page
        content = page.get_contents()
        assert content is not None
        assert content.get_data().count(b"/MCID 0") == 1
    xmp = ElementTree.fromstring(root["/Metadata"].get_data())
    assert xmp.find(".//{http://www.aiim.org/pdfua/ns/id/}part").text == "1"
    assert xmp.find(".//{http://purl.org/dc/elements/1.1/}title")[0][0].text == fig.title


def test_plain_text_says_every_step(fig: api.Figure) -> None:
    text = fig.render("txt").decode()
    assert text.startswith(f"{fig.title}\n")
    for step in fig.steps:
        assert f"{step.index}  " in text
        assert (step.sum or step.says) in text
    assert fig.command in text


def test_plain_text_lines_its_numbers_up() -> None:
    fig = api.draw(api.read(GALLERY["convolution-fractions"]))
    rows = api.figure("convolution", input=[[10, -2], [3, 400]], kernel=[[1]]).render("txt")
    assert b"Result\n------\n10   \xe2\x88\x922\n 3  400\n" in rows
    assert "Result\n------\n" in fig.render("txt").decode()


def test_text_in_an_html_file_is_only_text() -> None:
    fig = api.draw(api.read(GALLERY["convolution-true"]))
    page = fig.render("html").decode()
    assert "<script>alert" not in page
    assert page.count("<script") == 2, "what it carries, and the player"


@pytest.mark.parametrize("format_", FORMATS)
def test_steps_and_still(format_: str) -> None:
    """What holds steps holds those that are asked for; what shows one picture is not changed."""
    fig = api.draw(api.read(GALLERY["convolution"]))
    count = {"gif": gif_frames, "webp": gif_frames, "pdf": pdf_pages, "html": html_steps}
    if format_ in count:
        assert count[format_](fig.render(format_, steps="2-4")) == 3
        assert count[format_](fig.render(format_, steps="8-")) == 2
        assert count[format_](fig.render(format_, steps=5)) == 1
        assert count[format_](fig.render(format_)) == 9
        assert count[format_](fig.render(format_, still=True)) == 1
    elif format_ in ("png", "svg"):
        assert len(fig.render(format_, still=True)) > len(fig.render(format_))


def gif_frames(data: bytes) -> int:
    return int(getattr(Image.open(BytesIO(data)), "n_frames", 1))


def pdf_pages(data: bytes) -> int:
    return len(PdfReader(BytesIO(data)).pages)


def html_steps(data: bytes) -> int:
    _, _, rest = data.decode().partition('data-says="')
    says = rest.partition('"')[0].replace("&quot;", '"').replace("&#x27;", "'")
    return len(json.loads(says)) if says else 1


def test_a_part_of_a_film_begins_where_it_is_asked_to() -> None:
    fig = api.draw(api.read(GALLERY["convolution"]))
    whole, part = (frames(fig.render("webp", width=400, steps=s)) for s in (None, "4-6"))
    for one, other in zip(whole[3:6], part, strict=True):
        assert np.abs(one - other).max() < 80
    assert (
        "step 4 of 9" in PdfReader(BytesIO(fig.render("pdf", steps="4-"))).pages[0].extract_text()
    )


@pytest.mark.parametrize("theme", ["light", "dark", "print", "colour-blind"])
def test_every_theme_in_every_format(theme: str) -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    from generator.scene.theme import THEMES

    paper = tuple(int(THEMES[theme]["paper"][i : i + 2], 16) for i in (1, 3, 5))
    for format_ in ("png", "webp", "gif"):
        first = frames(fig.render(format_, theme, width=200))[0]
        assert np.abs(first[3, 3] - np.array(paper)).max() <= 4
    ink = " ".join(f"{c / 255:.4f}".rstrip("0").rstrip(".") for c in paper)
    content = PdfReader(BytesIO(fig.render("pdf", theme))).pages[0].get_contents()
    assert content is not None
    assert f"{ink} rg" in content.get_data().decode()
    assert f"--cb-paper:{THEMES[theme]['paper']}" in fig.render("html", theme).decode()


def digests(seed: str) -> str:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from hashlib import sha256\n"
        "from conftest import GALLERY\n"
        "from generator import api\nfrom generator.figures import EXPORTS\n"
        "for name in ('convolution-true', 'image-matrix'):\n"
        "    fig = api.draw(api.read(GALLERY[name]))\n"
        "    for format_, export in EXPORTS.items():\n"
        "        if export.figure:\n"
        "            print(name, format_, sha256(fig.render(format_)).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[1], env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    return done.stdout


def test_bytes_do_not_depend_on_the_order_of_a_set() -> None:
    found = digests("1")
    assert len(found.splitlines()) == 2 * len(FORMATS)
    assert found == digests("2")


def test_options_are_the_same_at_every_door() -> None:
    assert tuple(OPTIONS) == LOOK
    for kind in api.kinds():
        params = set(api.fields_of(api.params_of(kind)))
        assert not params & {*OPTIONS, "spec", "from", "output", "format"}, kind


def test_every_format_that_is_written_can_be_read() -> None:
    for name in FORMATS:
        assert EXPORTS[name].carried, name


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    return left, top, left + draw(st.integers(1, 20)), top + draw(st.integers(1, 20))


@given(st.lists(boxes(), max_size=12))
def test_boxes_are_merged_until_none_meet(given_: list[Box]) -> None:
    found = apart(given_)
    for one in given_:
        assert any(a <= one[0] and b <= one[1] and c >= one[2] and d >= one[3]
                   for a, b, c, d in found)  # fmt: skip
    for i, one in enumerate(found):
        for other in found[:i]:
            across = one[0] < other[2] and other[0] < one[2]
            assert not (across and one[1] < other[3] and other[1] < one[3])


def test_too_many_colours_find_near_ones() -> None:
    ramp = np.arange(4096)
    pixels = ((ramp & 15) * 17 | (ramp >> 4 & 15) * 17 << 8 | (ramp >> 8) * 17 << 16).astype("u4")
    palette = Palette(255)
    numbers = palette.numbers(pixels)
    table, nearest = palette.chosen()
    rgb = np.frombuffer(table, np.uint8).reshape(256, 3).astype(int)[nearest[numbers]]
    wanted = np.stack([pixels >> shift & 255 for shift in (0, 8, 16)], 1).astype(int)
    assert len(table) == 768
    assert np.sqrt(((rgb - wanted) ** 2).sum(1)).max() < 60
    assert len(set(nearest.tolist())) == 255


def mangled(data: bytes) -> Iterator[bytes]:
    for cut in range(0, len(data), max(1, len(data) // 40)):
        yield data[:cut]
        yield data[:cut] + b"\xff\xff\xff\xff" + data[cut + 4 :]


@pytest.mark.parametrize("format_", FORMATS)
def test_no_broken_file_does_more_than_carry_nothing(format_: str) -> None:
    fig = api.draw(api.read(GALLERY["pooling-max"]))
    options = {"width": 100} if format_ in ("png", "gif", "webp") else {}
    for data in mangled(fig.render(format_, **options)):  # type: ignore[arg-type]
        try:
            values, _ = _carried.read(data, EXPORTS.values())
        except ValueError:
            continue
        assert isinstance(values, dict)


def test_a_film_has_a_frame_for_every_step_of_the_story(figure: api.Figure) -> None:
    """Pages and frames take their words from the steps, one by one."""
    assert figure.film("slide").count in (0, len(figure.steps))


def test_plain_text_has_a_table_for_every_map() -> None:
    deep = next(figure for figure in map(_drawn, GALLERY) if depth(figure.result) == 3)
    assert deep.render("txt").decode().count("\nMap ") == len(deep.result)  # type: ignore[arg-type]


def _drawn(entry: str) -> api.Figure:
    return api.draw(api.read(GALLERY[entry]))
