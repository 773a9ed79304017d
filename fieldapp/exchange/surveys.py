"""A look at the file of a workbook before its cells are read: which rows are hidden, and how far its cells reach.

The fast reader tells neither, and makes room for the whole rectangle up to the farthest cell: one space typed in the last
row of the sheet, or a damaged number, would take all memory and end the process. So the file is asked first.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

__all__ = ["Damaged", "Survey", "survey_biff", "survey_zip"]

_SHEET = re.compile(r"\{http://(schemas\.openxmlformats\.org|purl\.oclc\.org)/.*\}sheet$")
_RELATION = re.compile(r"\}id$")
# Patterns that begin with plain characters are found several times faster than those that begin with a choice.
_ROW = re.compile(rb"row(?<=[<:]row)\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb'r="(?<=\sr=")([A-Z]{1,3})\d')
_CHUNK_BYTES = 1 << 20

# BIFF8 record numbers ([MS-XLS] 2.3)
_BOUNDSHEET, _ROW_RECORD, _SST, _EOF, _BOF = 0x0085, 0x0208, 0x00FC, 0x000A, 0x0809
_DIMENSIONS = 0x0200
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
_ROW_IS_HIDDEN = 0x20
_OLD_ROWS, _OLD_COLUMNS = 65_536, 256


class Damaged(Exception):
    """The file contradicts itself."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A sheet: its hidden rows (from 1), and the rectangle that holds all its cells."""

    name: str
    hidden: frozenset[int]
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """How many cells the rectangle has."""
        return self.rows * self.columns


def survey_zip(archive: zipfile.ZipFile) -> list[Survey]:
    """Survey the sheets of an .xlsx; other zipped workbooks give none."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        return []
    surveys = []
    for name, part in _sheet_parts(archive):
        if part in names:
            with archive.open(part) as stream:
                surveys.append(_survey_xml(name, stream))
    return surveys


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _SHEET.match(sheet.tag):
            key = next((value for name, value in sheet.attrib.items() if _RELATION.search(name)), "")
            target = targets.get(key, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield sheet.get("name", ""), part


def _survey_xml(name: str, stream: IO[bytes]) -> Survey:
    hidden: set[int] = set()
    letters: set[bytes] = set()
    count = last = 0
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        text, cut, rest = (rest + chunk).rpartition(b">")
        text += cut
        letters.update(_COLUMN.findall(text))
        is_hidden_used = b"hidden=" in text
        for row in _ROW.finditer(text):
            count += 1
            number = _NUMBER.search(row[1])
            if number:
                last = max(last, int(number[1]))
                if is_hidden_used and _HIDDEN.search(row[1]):
                    hidden.add(int(number[1]))
    return Survey(name, frozenset(hidden), max(last, count), max(map(_index, letters), default=1))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index


def survey_biff(workbook: bytes) -> list[Survey]:
    """Survey the sheets of an .xls ``Workbook`` stream, in order. Raises Damaged when its records cannot be true."""
    starts = []
    for record, at, size in _records(workbook, 0):
        if record == _BOUNDSHEET and size >= 4:
            starts.append(struct.unpack_from("<I", workbook, at)[0])
        elif record == _SST and size >= 8 and max(struct.unpack_from("<II", workbook, at)) > len(workbook):
            raise Damaged("strings")
    return [_survey_substream(workbook, start) for start in starts]


def _survey_substream(workbook: bytes, start: int) -> Survey:
    if workbook[start : start + 2] != struct.pack("<H", _BOF):
        raise Damaged("sheet")
    hidden: set[int] = set()
    rows = columns = 0
    for record, at, size in _records(workbook, start):
        if record == _ROW_RECORD and size >= 16:
            (number,) = struct.unpack_from("<H", workbook, at)
            (flags,) = struct.unpack_from("<I", workbook, at + 12)
            if flags & _ROW_IS_HIDDEN:
                hidden.add(number + 1)
        elif record in _CELLS and size >= 4:
            row, column = struct.unpack_from("<HH", workbook, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif record == _DIMENSIONS and size >= 12:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", workbook, at)
            if first_row > last_row or first_column > last_column:
                raise Damaged("dimensions")
            rows, columns = max(rows, last_row), max(columns, last_column)
    if rows > _OLD_ROWS or columns > _OLD_COLUMNS:
        raise Damaged("dimensions")
    return Survey("", frozenset(hidden), rows, columns)


def _records(workbook: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield (record, offset of its data, size) from ``start`` to the substream's end."""
    at = start
    while at + 4 <= len(workbook):
        record, size = struct.unpack_from("<HH", workbook, at)
        at += 4
        if at + size > len(workbook):
            raise Damaged("record")
        yield record, at, size
        if record == _EOF:
            return
        at += size
