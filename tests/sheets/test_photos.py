"""Photos and signatures on their way to paper."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from fieldapp.sheets.photos import for_print, signature_for_print
from tests.sheets.pictures import photo, signature


def opened(content: bytes | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content))


def with_exif(orientation: int) -> bytes:
    """Return a photo 1600 × 1200 with a position in its EXIF, lying as a phone was held."""
    image = Image.open(io.BytesIO(photo(1)))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def test_a_photo_has_300_dots_an_inch_of_what_is_printed() -> None:
    image = opened(for_print(photo(1), 78, 58))
    assert image.format == "JPEG"
    assert image.width <= 921
    assert image.height <= 685
    assert max(image.width / 921, image.height / 685) > 0.99


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(for_print(photo(1, (320, 240)), 78, 58)).size == (320, 240)


def test_where_it_was_taken_does_not_go_to_paper() -> None:
    printed = for_print(with_exif(1), 78, 58)
    assert printed is not None
    assert b"Exif" not in printed
    assert len(opened(printed).getexif()) == 0


@pytest.mark.parametrize("orientation", [6, 8])
def test_a_photo_taken_upright_stands_upright(orientation: int) -> None:
    image = opened(for_print(with_exif(orientation), 78, 58))
    assert image.height > image.width
    assert image.height > 680


@pytest.mark.parametrize("broken", [b"", b"not a picture", photo(1)[:300]])
def test_what_is_no_picture_is_left_out(broken: bytes) -> None:
    assert for_print(broken, 78, 58) is None
    assert signature_for_print(broken, 19, 9) is None


def test_a_signature_is_black_on_white_whatever_its_ground() -> None:
    image = opened(signature_for_print(signature(), 19, 9))
    assert (image.format, image.mode) == ("PNG", "L")
    assert image.getpixel((0, 0)) == 255
    assert image.point(lambda grey: 255 * (grey < 60)).getbbox() is not None
