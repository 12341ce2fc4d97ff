"""What can be measured of how figures look: text that is read, and that touches nothing else.

That no text lies on another, leaves its cell or leaves the picture is a contract of every figure
(``test_contract.py``); here are the sizes, the frames and the inks.
"""

from functools import cache
from itertools import chain

import pytest

from generator import api
from generator.scene.canvas import CANVASES
from generator.scene.fonts import advance
from generator.scene.marks import Rect, Text
from generator.scene.parts import LEGIBLE, Cell, arithmetic, fitted, grid, roomy, words
from generator.site import gallery

#: Text of a figure with the largest numbers that are allowed may shrink to this [px].
LEAST = 9
#: Frames of these roles stand around numbers.
FRAMES = ("window", "kernel", "result")


@cache
def shown(kind: str) -> api.Figure:
    """Return a kind's figure as the gallery has it."""
    return api.figure(kind, **gallery.SHOWN.get(kind, {}))


def small(figure: api.Figure, canvas: str, least: float) -> set[tuple[str, float]]:
    """Return the texts of a figure, of all its steps, that are smaller than this [px]."""
    film = figure.film(canvas)
    marks = chain.from_iterable(scene.marks for scene in (film.poster, *film.frames))
    return {(m.text, m.size) for m in marks if isinstance(m, Text) and m.size < least}


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("kind", api.kinds())
def test_every_kind_is_read_from_the_last_row_and_on_a_phone(kind: str, canvas: str) -> None:
    """Canvases are as wide as they are shown: a slide 1120 px, a page 640 px, a phone 328 px."""
    assert not small(shown(kind), canvas, LEGIBLE)


@pytest.mark.parametrize("canvas", CANVASES)
def test_even_the_longest_numbers_are_read_or_left_out(figure: api.Figure, canvas: str) -> None:
    assert not small(figure, canvas, LEAST)


@pytest.mark.parametrize("canvas", CANVASES)
def test_no_text_touches_a_frame(figure: api.Figure, canvas: str) -> None:
    """What stands in a frame stands in it whole, and what stands outside does not reach it."""
    film = figure.film(canvas)
    seen: set[tuple[Text, tuple[Rect, ...]]] = set()
    for scene in (film.poster, *film.frames):
        frames = tuple(m for m in scene.marks if isinstance(m, Rect) and m.role in FRAMES)
        for text in (m for m in scene.marks if isinstance(m, Text)):
            if (text, frames) in seen:
                continue
            seen.add((text, frames))
            left, top, right, bottom = bounds(text)
            for box in frames:
                x2, y2 = box.x + box.width, box.y + box.height
                apart = right <= box.x or x2 <= left or bottom <= box.y or y2 <= top
                inside = box.x <= left and right <= x2 and box.y <= top and bottom <= y2
                assert apart or inside, (text, box)


def bounds(text: Text) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is inked."""
    width = advance(text.text, text.size, text.weight)
    left = text.x - {"start": 0, "middle": 0.5, "end": 1}[text.anchor] * width
    drop = 0.2 if set("gjpqy").intersection(text.text) else 0
    return left, text.y - 0.72 * text.size, left + width, text.y + drop * text.size


def test_small_cells_keep_numbers_that_are_read() -> None:
    """A single figure in a cell of a phone is as large as a label."""
    assert fitted("7", 24) == LEGIBLE
    assert fitted("7", 56) > LEGIBLE
    assert roomy({"104", "−1131"}, 30) > 30
    body = grid([[Cell("104"), Cell("−1131")]], 30, width=roomy({"104", "−1131"}, 30))
    sizes = {mark.size for mark in body.marks if isinstance(mark, Text)}
    assert sizes
    assert min(sizes) >= LEGIBLE


def test_numbers_that_nobody_could_read_are_left_out() -> None:
    crowded = grid([[Cell("123456"), Cell("−1")]], 14)
    assert not [mark for mark in crowded.marks if isinstance(mark, Text)]


@pytest.mark.parametrize(("notes", "drawn"), [(("×1", "×−1"), 2), (("×1", "×−1234/567"), 0)])
def test_notes_stand_in_all_cells_or_in_none(notes: tuple[str, ...], drawn: int) -> None:
    body = grid([[Cell("5", note=note) for note in notes]], 56)
    found = [mark for mark in body.marks if isinstance(mark, Text) and mark.text in notes]
    assert len(found) == drawn
    assert all(mark.size >= LEGIBLE for mark in found)


def test_no_word_is_left_alone_on_the_last_line() -> None:
    said = "The window stands at the same place on every channel and reads all of them at once."
    for room in range(200, 700, 10):
        lines = [mark for mark in words(said, 18, room=room).marks if isinstance(mark, Text)]
        widths = [advance(mark.text, 18) for mark in lines]
        assert max(widths) <= room
        if len(lines) > 1:
            assert widths[-1] > 0.2 * room, [mark.text for mark in lines]


def test_a_result_is_not_left_alone_on_the_last_line() -> None:
    chunks = [[("12·34 +", "muted", "regular")]] * 5 + [[("= 2040", "result-ink", "bold")]]
    for room in range(160, 600, 10):
        marks = arithmetic(chunks, 20, room).marks  # type: ignore[arg-type]
        ends = [mark for mark in marks if isinstance(mark, Text)]
        last = max(mark.y for mark in ends)
        assert len([mark for mark in ends if mark.y == last]) > 1


def test_blanks_do_not_indent_a_line_of_arithmetic() -> None:
    chunks = [[("sigmoid(2) = 0.881", "muted", "regular")], [("  rounded", "muted", "regular")]]
    marks = arithmetic(chunks, 20, 190).marks  # type: ignore[arg-type]
    first, second = (mark for mark in marks if isinstance(mark, Text))
    assert second.y > first.y
    assert second.x == 0


def test_an_enlarged_photo_shows_its_pixels_in_every_program() -> None:
    """Rasterisers know the word of SVG 1.1, browsers the one of CSS."""
    drawn = api.figure("resolution").svg().decode()
    images = drawn.split("<image ")[1:]
    enlarged = [image for image in images if 'image-rendering="optimizeSpeed"' in image]
    assert 0 < len(enlarged) < len(images)
    assert all('style="image-rendering:pixelated"' in image for image in enlarged)
