"""When a picture was taken, by its data or its name; nothing else of it is kept."""

from __future__ import annotations

import io
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from fieldapp.common.clock import CHINA
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken
from fieldapp.ui.pages.form.photo_files import read_photo
from fieldapp.ui.pages.form.photo_folder import scan_folder
from fieldapp.ui.viewmodels.photo_times import exif_time, name_time, with_time
from tests.architecture.tree import ROOT

TAKEN = datetime(2026, 11, 20, 10, 11, 12, tzinfo=CHINA)

#: Drawn, not photographed (see tests/fixtures/photos/README.md): 640 × 360, 2026-11-20 15:04:05, with a position.
HOUSE = ROOT / "tests" / "fixtures" / "photos" / "house.heic"


def photograph(path: Path, *, taken: datetime | None = TAKEN, size: tuple[int, int] = (2400, 1800)) -> Path:
    """Write a JPEG as a phone does: with time, position, camera and orientation."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif[0x0112] = 6  # turned by 90 degrees
    if taken is not None:
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 1.0, 2.0), 3: "E", 4: (112.0, 8.0, 9.0)})
    Image.new("RGB", size, "tan").save(path, "JPEG", exif=exif)
    return path


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("mmexport1763604672123.jpg", datetime(2025, 11, 20, 10, 11, 12, 123000, tzinfo=CHINA)),
        ("IMG_20261120_101112.jpg", TAKEN),
        ("IMG20261120101112.jpg", TAKEN),
        ("微信图片_20261120101112.jpg", TAKEN),
        ("WX_20261120_101112_3.jpg", TAKEN),
        ("Screenshot_2026-11-20-10-11-12-88.png", TAKEN),
        ("PXL_20261120_101112345.jpg", TAKEN),
    ],
)
def test_the_names_of_phones_and_messengers_tell_the_time(name: str, moment: datetime) -> None:
    assert name_time(name) == moment


@pytest.mark.parametrize("name", ["照片1.jpg", "IMG_20261320_101112.jpg", "DSC00012.jpg", "12345.jpg"])
def test_other_names_tell_nothing(name: str) -> None:
    assert name_time(name) is None


def test_the_time_in_the_picture_is_read_and_written(tmp_path: Path) -> None:
    content = photograph(tmp_path / "a.jpg").read_bytes()
    assert exif_time(content) == TAKEN
    bare = photograph(tmp_path / "b.jpg", taken=None).read_bytes()
    assert exif_time(bare) is None
    assert exif_time(with_time(bare, TAKEN)) == TAKEN


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\xff\xff\xff\xff" + b"\0" * 20]
)
def test_damaged_data_tell_nothing(damage: bytes) -> None:
    assert exif_time(damage) is None


def test_a_kept_photo_has_its_time_and_neither_position_nor_camera(
    tmp_path: Path, dressed: QApplication
) -> None:
    photo = read_photo(photograph(tmp_path / "IMG_1.jpg"))
    assert photo.taken == TAKEN
    assert b"SecretPhone" not in photo.content
    kept = Image.open(io.BytesIO(photo.content))
    exif = kept.getexif()
    assert dict(exif.get_ifd(0x8825)) == {}
    assert set(exif) <= {0x8769}
    assert exif.get_ifd(0x8769)[0x9003] == "2026:11:20 10:11:12"


def test_a_kept_photo_is_upright_and_not_larger_than_paper_needs(
    tmp_path: Path, dressed: QApplication
) -> None:
    photo = read_photo(photograph(tmp_path / "IMG_1.jpg"))
    kept = Image.open(io.BytesIO(photo.content))
    assert kept.size == (1200, 1600)


def test_a_messenger_picture_without_data_takes_its_time_from_the_name(
    tmp_path: Path, dressed: QApplication
) -> None:
    photo = read_photo(photograph(tmp_path / "mmexport1763604672123.jpg", taken=None))
    assert photo.taken == datetime(2025, 11, 20, 10, 11, 12, 123000, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"no picture", "DESK-102"),
        ("a.heic", b"\0\0\0 ftypheic", "DESK-103"),
        ("a.png", None, "DESK-101"),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, code: str, dressed: QApplication
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(KnownError) as told:
        read_photo(tmp_path / name)
    assert told.value.code == code


def test_the_photos_of_the_day_come_first_and_those_without_time_last(tmp_path: Path) -> None:
    photograph(tmp_path / "one.jpg", size=(40, 30))
    photograph(tmp_path / "IMG_20261118_080000.jpg", taken=None, size=(40, 30))
    photograph(tmp_path / "IMG_20261120_080000.jpg", taken=None, size=(40, 30))
    photograph(tmp_path / "unknown.jpg", taken=None, size=(40, 30))
    shutil.copy(HOUSE, tmp_path / "IMG_9.heic")
    folder = scan_folder(tmp_path, TAKEN.date(), CancelToken())
    assert [photo.path.name for photo in folder.photos] == [
        "IMG_9.heic",
        "one.jpg",
        "IMG_20261120_080000.jpg",
        "IMG_20261118_080000.jpg",
        "unknown.jpg",
    ]
    assert folder.of_the_day == 3


def test_looking_through_a_folder_can_be_cancelled(tmp_path: Path) -> None:
    photograph(tmp_path / "one.jpg", size=(40, 30))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(KnownError) as told:
        scan_folder(tmp_path, TAKEN.date(), cancel)
    assert told.value.code == "TASK-001"


def test_an_iphones_photo_is_kept_as_jpeg_with_its_time_and_without_its_position(
    tmp_path: Path, dressed: QApplication
) -> None:
    assert b"synthetic camera" in HOUSE.read_bytes()
    kept = read_photo(Path(shutil.copy(HOUSE, tmp_path / "IMG_0001.HEIC")), 320)
    picture = Image.open(io.BytesIO(kept.content))
    assert (kept.name, picture.format, picture.size) == ("IMG_0001.jpg", "JPEG", (320, 180))
    assert kept.taken == datetime(2026, 11, 20, 15, 4, 5, tzinfo=CHINA)
    assert not picture.getexif().get_ifd(0x8825)
    assert b"synthetic camera" not in kept.content
    wall, meadow = picture.getpixel((80, 100)), picture.getpixel((240, 100))
    assert isinstance(wall, tuple)
    assert isinstance(meadow, tuple)
    assert (wall[0] > wall[2], meadow[1] > meadow[0]) == (True, True), "the colours are where they were"


@pytest.mark.parametrize("length", [12, 100, 700, 1500, 2000])
def test_a_photo_of_an_iphone_that_is_cut_off_is_refused_in_words(
    tmp_path: Path, length: int, dressed: QApplication
) -> None:
    (tmp_path / "a.heic").write_bytes(HOUSE.read_bytes()[:length])
    with pytest.raises(KnownError) as told:
        read_photo(tmp_path / "a.heic")
    assert told.value.code == "DESK-103"
