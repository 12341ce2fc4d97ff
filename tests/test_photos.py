"""Photographs of every sort become the same kind of numbers."""

from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator import photos


def test_the_album_is_described() -> None:
    about = (photos.ALBUM / "PROVENANCE.md").read_text("utf-8")
    assert photos.shipped()
    assert all(name in about for name in photos.shipped())


def test_every_number_is_the_mean_of_its_pixels(tmp_path: Path) -> None:
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8) * 3
    Image.fromarray(pixels).save(tmp_path / "a.png")
    blocks = pixels.reshape(4, 2, 4, 2).astype(float).mean(axis=(1, 3))
    got = np.array(photos.grey(str(tmp_path / "a.png"), 4))
    assert np.abs(got - blocks).max() <= 0.5


def test_a_small_picture_stays_as_it_is(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 128, 255]], np.uint8)).save(tmp_path / "a.png")
    assert photos.grey(str(tmp_path / "a.png"), 100) == ((0, 128, 255),)


def test_a_turned_camera_is_turned_back(tmp_path: Path) -> None:
    image = Image.fromarray(np.array([[0, 60, 120]], np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    image.save(tmp_path / "a.png", exif=exif)
    assert photos.grey(str(tmp_path / "a.png"), 9) == ((0,), (60,), (120,))


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (2, 1), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert photos.grey(str(tmp_path / "a.png"), 9) == ((255, 255),)
    palette = Image.new("P", (1, 1))
    palette.putpalette([0, 0, 0, 255, 255, 255])
    palette.save(tmp_path / "b.png", transparency=0)
    assert photos.grey(str(tmp_path / "b.png"), 9) == ((255,),)


def test_sixteen_bits_keep_their_shades(tmp_path: Path) -> None:
    Image.fromarray(np.array([[0, 32768, 65535]], np.uint16)).save(tmp_path / "a.png")
    assert photos.grey(str(tmp_path / "a.png"), 9) == ((0, 128, 255),)


@pytest.mark.parametrize(("mode", "suffix"), [("CMYK", "jpg"), ("1", "png"), ("RGB", "webp")])
def test_other_modes(mode: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", (8, 8), "white").convert(mode).save(path)
    assert min(min(row) for row in photos.grey(str(path), 8)) >= 250


def test_a_part(tmp_path: Path) -> None:
    pixels = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    half = Fraction(1, 2)
    crop = (Fraction(0), half, Fraction(1), half)
    assert photos.grey(str(tmp_path / "a.png"), 9, crop) == ((3, 4), (7, 8))


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (1, 1), 10).save(path)
    assert photos.grey(str(path), 1) == ((10,),)
    Image.new("L", (1, 1), 20).save(path)
    assert photos.grey(str(path), 1) == ((20,),)


def test_colour_is_the_mean_of_every_channel(tmp_path: Path) -> None:
    pixels = np.arange(192, dtype=np.uint8).reshape(8, 8, 3)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    blocks = pixels.reshape(4, 2, 4, 2, 3).astype(float).mean(axis=(1, 3))
    got = np.array(photos.colour(str(tmp_path / "a.png"), 4))
    assert np.abs(got - blocks.transpose(2, 0, 1)).max() <= 0.5


def test_colour_is_turned_flattened_and_cut(tmp_path: Path) -> None:
    image = Image.fromarray(np.array([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    image.save(tmp_path / "a.png", exif=exif)
    assert photos.colour(str(tmp_path / "a.png"), 9) == (
        ((1,), (4,), (7,)), ((2,), (5,), (8,)), ((3,), (6,), (9,)),
    )  # fmt: skip
    third = Fraction(1, 3)
    crop = (third, Fraction(0), third, Fraction(1))
    assert photos.colour(str(tmp_path / "a.png"), 9, crop) == (((4,),), ((5,),), ((6,),))
    Image.new("RGBA", (1, 1), (200, 0, 0, 0)).save(tmp_path / "b.png")
    assert photos.colour(str(tmp_path / "b.png"), 9) == (((255,),), ((255,),), ((255,),))


@pytest.mark.parametrize(
    "pixels", [np.array([[0, 32768, 65535]], np.uint16), np.array([[0, 128, 255]], np.uint8)]
)
def test_a_grey_picture_has_three_equal_channels(pixels: Any, tmp_path: Path) -> None:
    Image.fromarray(pixels).save(tmp_path / "a.png")
    assert photos.colour(str(tmp_path / "a.png"), 9) == (((0, 128, 255),),) * 3


@pytest.mark.parametrize(("mode", "suffix"), [("CMYK", "jpg"), ("P", "png"), ("RGB", "webp")])
def test_other_modes_keep_their_colour(mode: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", (8, 8), (255, 0, 0)).convert(mode).save(path)
    red, green, blue = photos.colour(str(path), 8)
    assert min(min(row) for row in red) >= 240
    assert max(max(row) for row in (*green, *blue)) <= 40


@pytest.mark.parametrize("file", sorted(photos.ALBUM.glob("*.png")), ids=lambda file: file.name)
def test_every_photo_is_the_one_that_is_described(file: Path) -> None:
    about = (photos.ALBUM / "PROVENANCE.md").read_text("utf-8")
    line = next(line for line in about.splitlines() if line.startswith(f"| `{file.name}`"))
    assert sha256(file.read_bytes()).hexdigest() in line
    with Image.open(file) as image:
        colours = {"L": "grey", "RGB": "RGB"}[image.mode]
        assert f"{image.width} × {image.height}, {colours}" in line
    assert file.stat().st_size < 300_000


def test_there_is_something_to_choose_from() -> None:
    assert {"chelsea", "coffee", "brick", "stairs", "handwriting"} <= set(photos.shipped())
