"""The container of .xls files (OLE, [MS-CFB]), read leniently and written anew cleanly.

The fast reader trusts the numbers in the container: a damaged one makes it ask for hundreds of gigabytes, which ends the
whole process. So the one stream that counts is taken out by a careful reader and put into a fresh container.
"""

from __future__ import annotations

import io
import struct

__all__ = ["clean_container", "workbook_stream"]

_SECTOR = 512
_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_IN_FAT_SECTOR = _SECTOR // 4
#: So many FAT sectors fit the header: 7 MB of workbook each 109; more go to a chain of their own.
_IN_HEADER = 109
#: A stream shorter than this would live in the mini stream; it is padded instead (readers stop at the EOF record).
_SHORTEST = 4096


def workbook_stream(data: bytes) -> bytes | None:
    """Return the BIFF stream of an .xls file, or None when there is none. Raises what olefile raises on damage."""
    import olefile  # type: ignore[import-untyped]  # ships no types; comes with msoffcrypto

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                content: bytes = ole.openstream(name).read()
                return content
    return None


def clean_container(stream: bytes) -> bytes:
    """Return an OLE file with ``stream`` as its only stream, ``Workbook``."""
    padded = stream + bytes(max(0, _SHORTEST - len(stream)))
    sectors = -(-len(padded) // _SECTOR)
    fat_sectors, chain_sectors = _fat_size(sectors + 1)
    first_fat = sectors + 1
    fat = [*range(1, sectors), _END, _END, *[_FAT_SECTOR] * fat_sectors, *[0xFFFFFFFC] * chain_sectors]
    fat += [_FREE] * (fat_sectors * _IN_FAT_SECTOR - len(fat))
    places = list(range(first_fat, first_fat + fat_sectors))
    header = _header(places, sectors, first_fat + fat_sectors if chain_sectors else _END, chain_sectors)
    body = padded.ljust(sectors * _SECTOR, b"\0") + _directory(len(padded))
    return header + body + struct.pack(f"<{len(fat)}I", *fat) + _chain(places, first_fat + fat_sectors)


def _fat_size(sectors: int) -> tuple[int, int]:
    """Return how many FAT sectors, and sectors listing them, so many sectors and they themselves need."""
    fat, chain = 1, 0
    while True:
        needed = -(-(sectors + fat + chain) // _IN_FAT_SECTOR)
        beyond = -(-max(0, needed - _IN_HEADER) // (_IN_FAT_SECTOR - 1))
        if (needed, beyond) == (fat, chain):
            return fat, chain
        fat, chain = max(fat, needed), max(chain, beyond)


def _header(places: list[int], directory: int, chain: int, chain_sectors: int) -> bytes:
    listed = places[:_IN_HEADER] + [_FREE] * (_IN_HEADER - len(places))
    return struct.pack(
        "<8s16xHHHHH6x9I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, len(places), directory, 0, _SHORTEST, _END, 0, chain, chain_sectors),
        *listed,
    )


def _directory(size: int) -> bytes:
    root = _entry("Root Entry", 5, 1, _END, 0)
    return root + _entry("Workbook", 2, _FREE, 0, size) + _entry("", 0, _FREE, 0, 0) * 2


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16x4x16xIQ", text, length, kind, 1, _FREE, _FREE, child, start, size)


def _chain(places: list[int], first: int) -> bytes:
    """Return the sectors that list the FAT sectors beyond those in the header."""
    rest = places[_IN_HEADER:]
    out = b""
    for number, at in enumerate(range(0, len(rest), _IN_FAT_SECTOR - 1), 1):
        part = rest[at : at + _IN_FAT_SECTOR - 1]
        following = first + number if at + len(part) < len(rest) else _END
        part += [_FREE] * (_IN_FAT_SECTOR - 1 - len(part))
        out += struct.pack(f"<{_IN_FAT_SECTOR}I", *part, following)
    return out
