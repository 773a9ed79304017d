"""The photos in a folder of a phone, in the order they were taken, those of one day first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fieldapp.common.clock import CHINA
from fieldapp.common.tasks import CancelToken
from fieldapp.ui.pages.form.errors import FILE_UNREADABLE
from fieldapp.ui.viewmodels.photo_times import exif_time, name_time

__all__ = ["FolderPhoto", "PhotoFolder", "scan_folder"]

_READABLE = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_PHONE_ONLY = frozenset({".heic", ".heif"})
_HEADER_BYTES = 256 * 1024
#: A camera folder may hold years; the newest files are looked at, by name and date.
_MOST_FILES = 3000


@dataclass(frozen=True, slots=True)
class FolderPhoto:
    """A file and when it was taken; None when neither the picture nor its name says so."""

    path: Path
    taken: datetime | None

    def is_of(self, day: date) -> bool:
        """Tell whether it was taken on a day in China."""
        return self.taken is not None and self.taken.astimezone(CHINA).date() == day


@dataclass(frozen=True, slots=True)
class PhotoFolder:
    """What was found: photos of the day first, each part by time; and how many are in a format not opened here."""

    path: Path
    photos: tuple[FolderPhoto, ...]
    of_the_day: int
    phone_only: int


def scan_folder(path: Path, day: date, opens_phone_format: bool, cancel: CancelToken) -> PhotoFolder:
    """Look through a folder and the folders in it. Raises DESK-101, TASK-001."""
    try:
        files = [file for file in path.rglob("*") if file.suffix.lower() in _READABLE | _PHONE_ONLY]
    except OSError as error:
        raise FILE_UNREADABLE(name=path.name) from error
    files.sort(key=lambda file: file.name, reverse=True)
    readable = [f for f in files if opens_phone_format or f.suffix.lower() in _READABLE][:_MOST_FILES]
    photos = []
    for file in readable:
        cancel.check()
        photos.append(FolderPhoto(file, _taken(file)))
    ordered = _in_order([p for p in photos if p.is_of(day)]) + _in_order(
        [p for p in photos if not p.is_of(day)]
    )
    today = sum(1 for photo in photos if photo.is_of(day))
    unread = 0 if opens_phone_format else sum(1 for file in files if file.suffix.lower() in _PHONE_ONLY)
    return PhotoFolder(path, tuple(ordered), today, unread)


def _in_order(photos: Sequence[FolderPhoto]) -> list[FolderPhoto]:
    """Newest first; photos without a time stand last."""
    timed = [photo for photo in photos if photo.taken is not None]
    timed.sort(key=lambda photo: photo.taken.timestamp() if photo.taken else 0.0, reverse=True)
    return timed + [photo for photo in photos if photo.taken is None]


def _taken(file: Path) -> datetime | None:
    try:
        with file.open("rb") as stream:
            return exif_time(stream.read(_HEADER_BYTES)) or name_time(file.name)
    except OSError:
        return name_time(file.name)
