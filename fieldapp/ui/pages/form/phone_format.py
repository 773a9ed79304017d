"""HEIC, the format of iPhones: decoded by libheif (decoder only, see docs/decisions/030), loaded when the first one comes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from fieldapp.ui.viewmodels.photo_times import tiff_time

if TYPE_CHECKING:
    from pi_heif import HeifFile

__all__ = ["PhonePicture", "decoded_heif", "heif_time", "is_heif"]

#: Brands of an ISO media file that hold HEVC stills.
_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_EXIF_MARK = b"Exif\x00\x00"
#: What a camera of today makes; a picture that claims more is not decoded.
_MOST_PIXELS = 120_000_000
#: What libheif's binding raises for a file that is cut off or wrong.
_DAMAGED = (OSError, ValueError, RuntimeError, EOFError, SyntaxError)


@dataclass(frozen=True, slots=True)
class PhonePicture:
    """A decoded picture, upright, and when it was taken; nothing else of its metadata is read."""

    image: QImage
    taken: datetime | None


def is_heif(content: bytes) -> bool:
    """Tell by the first bytes whether this is HEIC, whatever the file is called."""
    return content[4:8] == b"ftyp" and content[8:12] in _BRANDS


def heif_time(content: bytes) -> datetime | None:
    """Return when a picture was taken by its own data, without decoding it; None when it does not say."""
    found = _opened(content)
    return _taken(found) if found is not None else None


def decoded_heif(content: bytes, longest_px: int) -> PhonePicture | None:
    """Return the picture scaled to ``longest_px``; None when the file is damaged or claims an absurd size."""
    found = _opened(content)
    if found is None or found.size[0] * found.size[1] > _MOST_PIXELS:
        return None
    try:
        pixels = bytes(found.data)  # libheif turns it upright by the file's own rotation
    except _DAMAGED:
        return None
    layout = QImage.Format.Format_RGBA8888 if found.has_alpha else QImage.Format.Format_RGB888
    width, height = found.size
    image = QImage(pixels, width, height, found.stride, layout).copy()
    if max(found.size) > longest_px:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(longest_px, longest_px), keep, smooth)
    return PhonePicture(image, _taken(found))


def _opened(content: bytes) -> HeifFile | None:
    from pi_heif import open_heif

    try:
        return open_heif(io.BytesIO(content))
    except _DAMAGED:
        return None


def _taken(found: HeifFile) -> datetime | None:
    exif = found.info.get("exif")
    return tiff_time(exif.removeprefix(_EXIF_MARK)) if isinstance(exif, bytes) else None
