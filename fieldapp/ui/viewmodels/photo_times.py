"""When a phone took a picture: from its EXIF data, else from the name that phones and messengers give their files.

Only the time is read. Position and device are neither read nor kept; the stored picture is written anew by the page,
and :func:`with_time` puts nothing but the time back into it.
"""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime

from fieldapp.common.clock import CHINA

__all__ = ["exif_time", "name_time", "tiff_time", "with_time"]

#: ``mmexport1699999999999.jpg`` (WeChat), ``wx_camera_…``: milliseconds since 1970, between 2001 and 2286.
_MILLISECONDS = re.compile(r"(?<!\d)(1\d{12})(?!\d)")
#: ``IMG_20261122_101112.jpg``, ``Screenshot_2026-11-22-10-11-12``, ``微信图片_20261122101112``.
_STAMP = re.compile(
    r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)[-_. T]?([0-2]\d)[-_.:]?([0-5]\d)[-_.:]?([0-5]\d)"
)
_EXIF_MARK = b"Exif\x00\x00"
_EXIF_IFD, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132
_ENTRY_BYTES = 12
#: The header of a JPEG ends within this many bytes.
_HEADER_BYTES = 256 * 1024


def name_time(name: str) -> datetime | None:
    """Return the moment in a file's name, in Chinese time; None when there is none."""
    if match := _MILLISECONDS.search(name):
        return datetime.fromtimestamp(int(match.group(1)) / 1000, UTC).astimezone(CHINA)
    if match := _STAMP.search(name):
        return _moment(*(int(part) for part in match.groups()))
    return None


def exif_time(content: bytes) -> datetime | None:
    """Return when a JPEG was taken by its EXIF data, in Chinese time; None when it does not say."""
    block = _exif_block(content[:_HEADER_BYTES])
    return None if block is None else tiff_time(block)


def tiff_time(tiff: bytes) -> datetime | None:
    """Return when a picture was taken by the TIFF data of its EXIF block, in Chinese time; None when it does not say."""
    try:
        text = _taken_text(tiff)
    except (struct.error, IndexError):  # damaged EXIF tells nothing
        return None
    match = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)", text)
    return _moment(*(int(part) for part in match.groups())) if match else None


def with_time(jpeg: bytes, taken: datetime) -> bytes:
    """Return a JPEG that says when it was taken and nothing else about its making."""
    text = f"{taken.astimezone(CHINA):%Y:%m:%d %H:%M:%S}".encode() + b"\x00"
    first = struct.pack("<H", 1) + struct.pack("<HHII", _EXIF_IFD, 4, 1, 26) + struct.pack("<I", 0)
    second = struct.pack("<H", 1) + struct.pack("<HHII", _TAKEN, 2, len(text), 44) + struct.pack("<I", 0)
    body = _EXIF_MARK + b"II*\x00" + struct.pack("<I", 8) + first + second + text
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def _exif_block(header: bytes) -> bytes | None:
    """Return the TIFF data of the APP1 segment of a JPEG."""
    if not header.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 4 <= len(header) and header[at] == 0xFF and header[at + 1] != 0xDA:
        length = int.from_bytes(header[at + 2 : at + 4], "big")
        body = header[at + 4 : at + 2 + length]
        if header[at + 1] == 0xE1 and body.startswith(_EXIF_MARK):
            return body[len(_EXIF_MARK) :]
        at += 2 + length
    return None


def _taken_text(tiff: bytes) -> str:
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    first = _entries(tiff, start, order)
    inner = _entries(tiff, first[_EXIF_IFD], order) if _EXIF_IFD in first else {}
    at = inner.get(_TAKEN, first.get(_CHANGED))
    return "" if at is None else tiff[at : at + 19].decode("ascii", "replace")


def _entries(tiff: bytes, at: int, order: str) -> dict[int, int]:
    """Return the value (or where it stands) of each tag of one directory."""
    (count,) = struct.unpack_from(order + "H", tiff, at)
    found = {}
    for number in range(min(count, 200)):
        tag, _, _, value = struct.unpack_from(order + "HHII", tiff, at + 2 + number * _ENTRY_BYTES)
        found[tag] = value
    return found


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None
