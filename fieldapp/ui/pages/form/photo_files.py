"""A photo on its way into a draft: read, turned upright, scaled down and written anew without position and camera."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from fieldapp.ui.pages.form.errors import FILE_UNREADABLE, NO_PICTURE, PHONE_FORMAT
from fieldapp.ui.pages.form.phone_format import decoded_heif, is_heif
from fieldapp.ui.viewmodels.photo_times import exif_time, name_time, with_time

__all__ = ["PHOTO_PATTERNS", "StoredPhoto", "is_phone_format", "read_photo", "small_picture"]

PHOTO_PATTERNS = "*.jpg *.jpeg *.png *.webp *.heic *.heif"
#: The longer side of a stored photo: 300 dpi on half an A4 page.
_LONGEST_PX = 1600
_JPEG_QUALITY = 82
_PHONE_SUFFIXES = frozenset({".heic", ".heif"})
_MOST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """What is kept: a JPEG whose only metadata is the moment it was taken (also given here, None when unknown)."""

    name: str
    content: bytes
    taken: datetime | None


def is_phone_format(path: Path) -> bool:
    """Tell whether a file is named as HEIC."""
    return path.suffix.lower() in _PHONE_SUFFIXES


def read_photo(path: Path, longest_px: int | None = None) -> StoredPhoto:
    """Read a photo for keeping. Raises DESK-101, DESK-102, DESK-103."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise NO_PICTURE(name=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise FILE_UNREADABLE(name=path.name) from error
    image, taken = _read(content, longest_px or _LONGEST_PX)
    if image.isNull():
        raise (PHONE_FORMAT if is_phone_format(path) else NO_PICTURE)(name=path.name)
    taken = taken or name_time(path.name)
    jpeg = _as_jpeg(image)
    return StoredPhoto(path.stem + ".jpg", with_time(jpeg, taken) if taken else jpeg, taken)


def small_picture(content: bytes, longest_px: int) -> QImage:
    """Return a picture scaled down while it is decoded, upright; a null image when it is none."""
    return _read(content, longest_px)[0]


def _read(content: bytes, longest_px: int) -> tuple[QImage, datetime | None]:
    """Return the picture and when it was taken by its own data; a null image when it is none."""
    if is_heif(content):
        found = decoded_heif(content, longest_px)
        return (found.image, found.taken) if found is not None else (QImage(), None)
    return _decoded(content, longest_px), exif_time(content)


def _decoded(content: bytes, longest_px: int) -> QImage:
    # The buffer only points at the bytes, so they need a name of their own while it is read.
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest_px:
        reader.setScaledSize(size.scaled(QSize(longest_px, longest_px), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _as_jpeg(image: QImage) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The pixels alone go into a new image: texts that the reader attached (comments, positions) stay behind.
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    for key in plain.textKeys():
        plain.setText(key, "")
    plain.save(buffer, "JPEG", _JPEG_QUALITY)  # type: ignore[call-overload]  # the stub wants bytes for the format
    buffer.close()
    return bytes(store.data())
