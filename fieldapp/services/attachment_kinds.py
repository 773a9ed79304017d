"""Which files may be an answer: recognised by their first bytes, never by their name alone; nothing that could run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from fieldapp.services.errors import (
    FILE_TOO_LARGE,
    FORBIDDEN_FILE,
    NOT_A_PHOTO,
    NOT_A_RECORDING,
    NOT_A_VIDEO,
    PHOTO_TOO_LARGE,
)
from fieldapp.wire.limits import MAX_BLOB_BYTES

__all__ = ["FileKind", "recognised"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type and the ending it is kept under."""

    media_type: str
    suffix: str


_JPEG, _PNG = FileKind("image/jpeg", ".jpg"), FileKind("image/png", ".png")
_BY_HEAD: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"ID3", FileKind("audio/mpeg", ".mp3")),
    (b"OggS", FileKind("audio/ogg", ".ogg")),
    (b"#!AMR", FileKind("audio/amr", ".amr")),
    (b"fLaC", FileKind("audio/flac", ".flac")),
    (b"\x1a\x45\xdf\xa3", FileKind("video/webm", ".webm")),
    (b"%PDF-", FileKind("application/pdf", ".pdf")),
)
_MP4_AUDIO = frozenset({b"M4A ", b"M4B "})
_TABLE = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    ".docx": FileKind(_TABLE + "wordprocessingml.document", ".docx"),
    ".xlsx": FileKind(_TABLE + "spreadsheetml.sheet", ".xlsx"),
    ".pptx": FileKind(_TABLE + "presentationml.presentation", ".pptx"),
}
_OLD_OFFICE = {
    ".doc": FileKind("application/msword", ".doc"),
    ".xls": FileKind("application/vnd.ms-excel", ".xls"),
    ".wps": FileKind("application/vnd.ms-works", ".wps"),
    ".et": FileKind("application/vnd.ms-excel", ".et"),
}
#: What a system runs when it is opened, or what holds such things; the county must never hand one on.
_RUNS_LINE = """
.exe .com .scr .pif .msi .msp .dll .sys .cpl .bat .cmd .ps1 .psm1 .vbs .vbe .js .jse .mjs .wsf .wsh
.hta .lnk .url .reg .jar .class .apk .sh .bash .run .desktop .deb .rpm .appimage .py .pyw .pl .rb
.php .docm .xlsm .pptm .dotm .xltm .xlam .html .htm .svg .chm .iso .img .app .dmg .command
"""
_RUNS = frozenset(_RUNS_LINE.split())
_RUNS_BY_HEAD = (
    b"MZ",
    b"\x7fELF",
    b"#!/",
    b"#! /",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)


def recognised(kind: str, filename: str, content: bytes) -> FileKind:
    """Return what a file is, for a question of a kind (image, audio, video, file).

    Raises VISIT-004 to VISIT-009: too large to be sent, not of the kind that is asked for, or something that could run.
    """
    if len(content) > MAX_BLOB_BYTES:
        told = PHOTO_TOO_LARGE if kind == "image" else FILE_TOO_LARGE
        raise told(name=filename, limit_mb=MAX_BLOB_BYTES // 2**20)
    suffix = PurePath(filename).suffix.lower()
    found = _kind_of(content, suffix)
    if kind == "image":
        if found not in (_JPEG, _PNG):
            raise NOT_A_PHOTO(name=filename)
    elif kind == "audio":
        if found is None or not found.media_type.startswith("audio/"):
            raise NOT_A_RECORDING(name=filename)
    elif kind == "video":
        if found is None or not found.media_type.startswith("video/"):
            raise NOT_A_VIDEO(name=filename)
    elif suffix in _RUNS or content.startswith(_RUNS_BY_HEAD):
        raise FORBIDDEN_FILE(name=filename)
    return found or FileKind("application/octet-stream", _plain(suffix))


def _kind_of(content: bytes, suffix: str) -> FileKind | None:
    for head, kind in _BY_HEAD:
        if content.startswith(head):
            return kind
    if content[4:8] == b"ftyp":
        return _boxed(content[8:12])
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return FileKind("audio/wav", ".wav")
    if content[:4] == b"RIFF" and content[8:12] == b"AVI ":
        return FileKind("video/x-msvideo", ".avi")
    if content[:4] == b"PK\x03\x04":
        return _OFFICE.get(suffix, FileKind("application/zip", ".zip") if suffix == ".zip" else None)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _OLD_OFFICE.get(suffix)
    return _framed(content)


def _boxed(brand: bytes) -> FileKind | None:
    """Return what a file of MP4 boxes is, by its brand; pictures in such boxes (HEIC) are none of these."""
    if brand in _MP4_AUDIO:
        return FileKind("audio/mp4", ".m4a")
    if brand.startswith(b"3g"):
        return FileKind("video/3gpp", ".3gp")
    if brand.startswith((b"hei", b"hev", b"mif", b"msf", b"avif")):
        return None
    return FileKind("video/quicktime", ".mov") if brand == b"qt  " else FileKind("video/mp4", ".mp4")


def _framed(content: bytes) -> FileKind | None:
    """Return what a bare stream of audio frames is: ADTS (aac) and MPEG begin with a sync word only."""
    if len(content) < 2 or content[0] != 0xFF:
        return None
    if content[1] & 0xF6 == 0xF0:
        return FileKind("audio/aac", ".aac")
    layer = content[1] & 0x06
    return FileKind("audio/mpeg", ".mp3") if content[1] & 0xE0 == 0xE0 and layer else None


def _plain(suffix: str) -> str:
    return suffix if 1 < len(suffix) <= 8 and suffix[1:].isascii() and suffix[1:].isalnum() else ".bin"
