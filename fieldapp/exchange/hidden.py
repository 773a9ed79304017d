"""Which rows of a sheet are hidden (by hand or by a filter). Readers of cells do not tell, so the file is asked itself."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

__all__ = ["hidden_rows_ole", "hidden_rows_zip"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\}id$")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_CHUNK_BYTES = 1 << 20

# BIFF8 record numbers ([MS-XLS] 2.3)
_BOUNDSHEET, _ROW_RECORD, _EOF = 0x0085, 0x0208, 0x000A
_ROW_IS_HIDDEN = 0x20


def hidden_rows_zip(archive: zipfile.ZipFile) -> dict[str, frozenset[int]]:
    """Return the hidden rows (from 1) by sheet name of an .xlsx; other zipped workbooks give none."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        return {}
    found = {}
    for name, part in _sheet_parts(archive):
        if part in names:
            with archive.open(part) as stream:
                rows = frozenset(_hidden_in_xml(stream))
            if rows:
                found[name] = rows
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for space in (_MAIN, _STRICT):
        for sheet in workbook.iter(f"{space}sheet"):
            key = next((value for name, value in sheet.attrib.items() if _RELATION.search(name)), "")
            target = targets.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield sheet.get("name", ""), part


def _hidden_in_xml(stream: IO[bytes]) -> Iterator[int]:
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        text, cut, rest = (rest + chunk).rpartition(b">")
        if b"hidden=" not in text:
            continue
        for row in _ROW.finditer(text + cut):
            number = _NUMBER.search(row[1])
            if number and _HIDDEN.search(row[1]):
                yield int(number[1])


def hidden_rows_ole(workbook: bytes) -> list[frozenset[int]]:
    """Return the hidden rows (from 1) of each sheet, in order, of an .xls ``Workbook`` stream."""
    starts = [
        struct.unpack_from("<I", workbook, at)[0]
        for record, at, size in _records(workbook, 0)
        if record == _BOUNDSHEET and size >= 4
    ]
    return [frozenset(_hidden_in_substream(workbook, start)) for start in starts]


def _hidden_in_substream(workbook: bytes, start: int) -> Iterator[int]:
    for record, at, size in _records(workbook, start):
        if record == _ROW_RECORD and size >= 16:
            (number,) = struct.unpack_from("<H", workbook, at)
            (flags,) = struct.unpack_from("<I", workbook, at + 12)
            if flags & _ROW_IS_HIDDEN:
                yield number + 1


def _records(workbook: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield (record, offset of its data, size) from ``start`` to the substream's end."""
    at = start
    while at + 4 <= len(workbook):
        record, size = struct.unpack_from("<HH", workbook, at)
        at += 4
        if at + size > len(workbook):
            return
        yield record, at, size
        if record == _EOF:
            return
        at += size
