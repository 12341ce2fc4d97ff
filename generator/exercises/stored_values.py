"""Values and bytes of images with channels."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.model import Result
from generator.prose import Prose, Strong, line

_PAGE = "images/colour.md"
_CHANNELS = {2: "2 channels (grey and transparency)", 3: "3 channels (red, green, blue)",
             4: "4 channels (red, green, blue, transparency)"}  # fmt: skip
#: Bytes of a number, and how the type is called.
_TYPES = {1: "uint8", 2: "float16", 4: "float32", 8: "float64"}
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, the size of a number, how many images there are, or the room for them.

    >>> Drawn(30, 40, 3, 4, images=1, megabytes=0).image
    14400
    """

    rows: int
    columns: int
    channels: int
    bytes: int
    images: int
    megabytes: int

    @property
    def values(self) -> int:
        """Values of one image."""
        return self.rows * self.columns * self.channels

    @property
    def image(self) -> int:
        """Bytes of one image."""
        return self.values * self.bytes


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an image: level 2 has a batch of them, level 3 asks how many fit in the memory."""
    return Drawn(
        rows=dice.whole("rows", 5, 40) * (4 if level == 3 else 1),
        columns=dice.whole("columns", 5, 40) * (4 if level == 3 else 1),
        channels=dice.pick("channels", (2, 3, 3, 3, 4)),
        bytes=dice.pick("bytes", (2, 4, 8)),
        images=dice.pick("images", (8, 16, 32, 64)) if level == 2 else 1,
        megabytes=dice.whole("megabytes", 2, 16) if level == 3 else 0,
    )


def fair(d: Drawn) -> bool:
    """Tell whether the sides differ, and some images fit but not quite."""
    if d.rows == d.columns:
        return False
    fit, left = divmod(d.megabytes * _MEGA, d.image)
    return not d.megabytes or (16 <= fit <= 99 and left > 0)


def closed(d: Drawn) -> int:
    """Return the bytes of all images, or how many fit."""
    return d.megabytes * _MEGA // d.image if d.megabytes else d.image * d.images


def brute(d: Drawn) -> int:
    """Add up image after image, a plane of numbers at a time, as long as there is room."""
    plane = sum(d.bytes * d.columns for _ in range(d.rows))
    one = sum(plane for _ in range(d.channels))
    if not d.megabytes:
        return sum(one for _ in range(d.images))
    fit, room = 0, d.megabytes * _MEGA
    while room >= one:
        fit, room = fit + 1, room - one
    return fit


def follows(d: Drawn, given: tuple[Result, ...]) -> int | None:
    """Go on from another number of values."""
    (values,) = given
    assert isinstance(values, int)
    bytes_ = values * d.bytes
    return d.megabytes * _MEGA // bytes_ if d.megabytes else bytes_ * d.images


def prompt(d: Drawn) -> Prose:
    """Tell what is stored."""
    return line(
        f"An image has {d.rows} rows, {d.columns} columns and {_CHANNELS[d.channels]}. "
        f"Each value is stored as a {_TYPES[d.bytes]}, a number of {8 * d.bytes} bits."
    )


def ask_bytes(d: Drawn) -> Prose:
    """Ask for the bytes, or for the number of images."""
    if d.megabytes:
        return line(
            "How many such images fit into ", Strong(f"{d.megabytes} MB"),
            f" whole? 1 MB is {_MEGA} bytes.",
        )  # fmt: skip
    if d.images > 1:
        return line("How many bytes does a ", Strong(f"batch of {d.images}"), " such images take?")
    return line("How many ", Strong("bytes"), " do they take?")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = line("Every pixel holds one value for each channel.")
    size = line(f"A byte has 8 bits, so each value takes {8 * d.bytes} / 8 bytes.")
    if d.megabytes:
        return first, size, line(f"Divide {d.megabytes * _MEGA} bytes by those of one image.")
    return first, size


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every product."""
    steps = [
        f"Rows times columns times channels: {d.rows}·{d.columns}·{d.channels} = {d.values}.",
        f"A value takes {8 * d.bytes} / 8 = {d.bytes} bytes, so an image takes "
        f"{d.values}·{d.bytes} = {d.image} bytes.",
    ]
    if d.images > 1:
        steps.append(f"The batch takes {d.images}·{d.image} = {d.image * d.images} bytes.")
    if d.megabytes:
        room = d.megabytes * _MEGA
        left = room - closed(d) * d.image
        steps.append(
            f"In {room} bytes there is room for ⌊{room} / {d.image}⌋ = {closed(d)} images; "
            f"{left} bytes are left over."
        )
    return tuple(line(step) for step in steps)


def _fit(d: Drawn, bytes_: int) -> int:
    """Return what the question asks if one image took so many bytes."""
    return d.megabytes * _MEGA // bytes_ if d.megabytes else bytes_ * d.images


FAMILY = Family(
    name="stored-values",
    title="What an image takes to store",
    version=1,
    says="values of an image with channels, their bytes, and those of a batch",
    page=_PAGE,
    rows=(4,),
    draw=draw,
    fair=fair,
    # Products and quotients; the bytes of a value are one.
    work=lambda d: Work(4 + (d.images > 1) + 3 * (d.megabytes > 0)),
    cost=(Work(4), Work(5), Work(7)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.values, lambda d: sum(d.columns * d.channels for _ in range(d.rows)), (
            Slip(
                "channels forgotten", lambda d: d.rows * d.columns,
                lambda d: f"You counted the pixels. Each of them holds {d.channels} values.",
            ),
            Slip(
                "channel added", lambda d: d.rows * d.columns + d.channels,
                lambda d: f"You added the channels once. Each pixel has {d.channels} values, "
                "so multiply.",
            ),
            Slip(
                "sides added", lambda d: (d.rows + d.columns) * d.channels,
                "You added rows and columns. Every row holds all the columns, so multiply.",
                "images/resolution.md",
            ),
            Slip(
                "bytes for values", lambda d: d.image,
                "You counted bytes already. This part asks for the values, whatever their size.",
            ),
        ), ask=lambda _: line("How many ", Strong("values"), " does one such image hold?"),
            points=(1, 1, 1)),
        Part(closed, brute, (
            Slip(
                "bits for bytes", lambda d: _fit(d, d.image * 8),
                "You counted bits. Eight bits make a byte, so divide by 8.",
            ),
            Slip(
                "a byte a value", lambda d: _fit(d, d.values),
                lambda d: f"You took one byte for each value. A {_TYPES[d.bytes]} takes {d.bytes}.",
            ),
            Slip(
                "one image only", lambda d: d.image if d.images > 1 else None,
                lambda d: f"You counted one image. The batch has {d.images} of them.",
            ),
            Slip(
                "rounded up", lambda d: closed(d) + 1 if d.megabytes else None,
                "You rounded up. The last image would not fit whole.",
            ),
            Slip(
                "channels left out", lambda d: _fit(d, d.rows * d.columns * d.bytes),
                lambda d: f"You left the channels out. Every pixel stores {d.channels} values.",
            ),
            Slip(
                "bits doubled", lambda d: _fit(d, d.values * 2 * d.bytes),
                lambda d: f"You took {2 * d.bytes} bytes for a value. "
                f"{8 * d.bytes} bits are {d.bytes} bytes.",
                yields=True,
            ),
        ), ask=ask_bytes, points=(1, 2, 3), follows=follows),
    ),
)  # fmt: skip
