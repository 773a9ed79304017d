"""The photos in a folder of a phone, in the order they were taken, those of one day first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from fieldapp.common.clock import CHINA
from fieldapp.common.tasks import CancelToken
from fieldapp.ui.pages.form.errors import FILE_UNREADABLE
from fieldapp.ui.pages.form.phone_format import heif_time, is_heif
from fieldapp.ui.viewmodels.photo_times import exif_time, name_time

__all__ = ["FolderPhoto", "PhotoFolder", "scan_folder"]

_READABLE = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
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
    """What was found: photos of the day first, each part by time."""

    path: Path
    photos: tuple[FolderPhoto, ...]
    of_the_day: int


def scan_folder(path: Path, day: date, cancel: CancelToken) -> PhotoFolder:
    """Look through a folder and the folders in it. Raises DESK-101, TASK-001."""
    try:
        files = [file for file in path.rglob("*") if file.suffix.lower() in _READABLE]
    except OSError as error:
        raise FILE_UNREADABLE(name=path.name) from error
    files.sort(key=lambda file: file.name, reverse=True)
    photos = []
    for file in files[:_MOST_FILES]:
        cancel.check()
        photos.append(FolderPhoto(file, _taken(file)))
    ordered = _in_order([p for p in photos if p.is_of(day)]) + _in_order(
        [p for p in photos if not p.is_of(day)]
    )
    today = sum(1 for photo in photos if photo.is_of(day))
    return PhotoFolder(path, tuple(ordered), today)


def _in_order(photos: Sequence[FolderPhoto]) -> list[FolderPhoto]:
    """Newest first; photos without a time stand last."""
    timed = [photo for photo in photos if photo.taken is not None]
    timed.sort(key=lambda photo: photo.taken.timestamp() if photo.taken else 0.0, reverse=True)
    return timed + [photo for photo in photos if photo.taken is None]


def _taken(file: Path) -> datetime | None:
    try:
        with file.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
        told = heif_time(file.read_bytes()) if is_heif(header) else exif_time(header)
        return told or name_time(file.name)
    except OSError:
        return name_time(file.name)
