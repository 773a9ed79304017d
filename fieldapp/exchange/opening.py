"""Opening a workbook by what it is, not by its name: xlsx, real .xls, web pages and CSV named .xls, with or without
password. Whatever cannot be opened is a known error that says what to do."""

from __future__ import annotations

import contextlib
import functools
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.archives import DAMAGED_INSIDE
from fieldapp.common.errors import KnownError
from fieldapp.exchange.errors import (
    CANNOT_READ,
    ET_FILE,
    FAR_CELL,
    NOT_A_BOOK,
    NOT_FOUND,
    PASSWORD_NEEDED,
    TOO_LARGE,
    WRONG_PASSWORD,
    XML_SPREADSHEET,
)
from fieldapp.exchange.grids import Book, Cell, Grid, SheetHandle, fill_merges
from fieldapp.exchange.old_container import clean_container, workbook_stream
from fieldapp.exchange.plain_books import decode, grid_of_text, grids_of_html, looks_like_html
from fieldapp.exchange.surveys import Survey, survey_biff, survey_zip

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["MOST_CELLS", "MOST_UNPACKED_MB", "open_book"]

#: More than this is no town's export; it keeps a zip bomb from filling the memory.
MOST_UNPACKED_MB = 1024
#: Room for a ledger of a million visits; at 32 bytes a cell it is 1 GB.
MOST_CELLS = 30_000_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ET_SUFFIXES = frozenset({".et", ".ett"})
_XML_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
#: Excel's own password for workbooks that are only write-protected ([MS-OFFCRYPTO] 2.3.6.1).
_WRITE_PROTECTED = "VelvetSweatshop"


def open_book(path: Path, password: str | None = None) -> Book:
    """Open the workbook at ``path``. Its sheets are loaded one by one, when asked for.

    Raises BOOK-001 … BOOK-006, BOOK-010 … BOOK-012.
    """
    if not path.is_file():
        raise NOT_FOUND(book=path.name)
    if path.suffix.lower() in _ET_SUFFIXES:
        raise ET_FILE(book=path.name)
    size_mb = path.stat().st_size >> 20
    if size_mb > MOST_UNPACKED_MB:
        raise TOO_LARGE(book=path.name, size_mb=size_mb, most_mb=MOST_UNPACKED_MB)
    data = path.read_bytes()
    if data.startswith(_OLE):
        return _open_ole(path.name, data, password)
    if data.startswith(_ZIP):
        return _open_zip(path.name, data)
    return _open_text(path, data)


def _open_ole(name: str, data: bytes, password: str | None) -> Book:
    plain = _decrypted(name, data, password)
    if plain.startswith(_ZIP):
        return _open_zip(name, plain)
    try:
        stream = workbook_stream(plain)
        if stream is None:
            raise NOT_A_BOOK(book=name)
        surveys = survey_biff(stream)
    except KnownError:
        raise
    except Exception as error:  # broad: olefile raises whatever its parser raises
        raise CANNOT_READ(book=name, reason=type(error).__name__) from error
    return _calamine_book(name, clean_container(stream), surveys)


def _decrypted(name: str, data: bytes, password: str | None) -> bytes:
    import msoffcrypto
    from msoffcrypto import exceptions

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except Exception as error:  # broad: msoffcrypto and olefile raise whatever struct and their parsers raise
        raise CANNOT_READ(book=name, reason=type(error).__name__) from error
    for candidate in (_WRITE_PROTECTED, password):
        if candidate is None:
            continue
        plain = io.BytesIO()
        try:
            office.load_key(password=candidate, verify_password=True)
            office.decrypt(plain)
        except (exceptions.InvalidKeyError, exceptions.DecryptionError):
            continue
        except Exception as error:  # broad: as above, a damaged file fails anywhere in the parser
            raise CANNOT_READ(book=name, reason=type(error).__name__) from error
        return plain.getvalue()
    raise (PASSWORD_NEEDED if password is None else WRONG_PASSWORD)(book=name)


def _open_zip(name: str, data: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise NOT_A_BOOK(book=name)
            size_mb = sum(item.file_size for item in archive.infolist()) >> 20
            if size_mb > MOST_UNPACKED_MB:
                raise TOO_LARGE(book=name, size_mb=size_mb, most_mb=MOST_UNPACKED_MB)
            surveys = survey_zip(archive)
    except DAMAGED_INSIDE as error:
        # SyntaxError: ElementTree.ParseError is one.
        raise CANNOT_READ(book=name, reason=type(error).__name__) from error
    return _calamine_book(name, data, surveys)


def _calamine_book(name: str, data: bytes, surveys: list[Survey]) -> Book:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    for survey in surveys:
        if survey.cells > MOST_CELLS:
            raise FAR_CELL(book=name, sheet=survey.name, rows=survey.rows, columns=survey.columns)
    with _known_damage(name):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    named = {survey.name: survey.hidden for survey in surveys}
    handles = []
    for index, told in enumerate(workbook.sheets_metadata):
        if told.typ != SheetTypeEnum.WorkSheet:
            continue
        # The old format's sheets have their place only.
        in_order = surveys[index].hidden if index < len(surveys) else frozenset[int]()
        loader = _SheetLoader(name, workbook, told.name, named.get(told.name, in_order))
        handles.append(SheetHandle(told.name, loader, told.visible == SheetVisibleEnum.Visible))
    return Book(name, tuple(handles))


class _SheetLoader:
    """Loads one sheet of an opened workbook; the parsed sheet is kept, its cells are made anew each time."""

    def __init__(self, book: str, workbook: CalamineWorkbook, name: str, hidden: frozenset[int]) -> None:
        self._book = book
        self._workbook = workbook
        self._name = name
        self._hidden = hidden
        self._sheet: CalamineSheet | None = None

    def __call__(self, most_rows: int | None) -> Grid:
        with _known_damage(self._book):
            if self._sheet is None:
                self._sheet = self._workbook.get_sheet_by_name(self._name)
            rows: list[list[Cell]] = self._sheet.to_python(skip_empty_area=False, nrows=most_rows)
            merges = self._sheet.merged_cell_ranges or ()
        fill_merges(rows, merges)
        return Grid(self._name, rows, frozenset(number for number in self._hidden if number <= len(rows)))


@contextlib.contextmanager
def _known_damage(book: str) -> Iterator[None]:
    """Turn what the fast reader raises on a damaged file into BOOK-004; its panics are no ordinary exceptions."""
    from python_calamine import CalamineError

    try:
        yield
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise CANNOT_READ(book=book, reason=type(error).__name__) from error
        raise


def _open_text(path: Path, data: bytes) -> Book:
    text = decode(data)
    if text is None:
        raise NOT_A_BOOK(book=path.name)
    if _XML_SPREADSHEET in text[:4096]:
        raise XML_SPREADSHEET(book=path.name)
    name = path.stem
    if looks_like_html(text):
        grids = grids_of_html(text, name)
        if not grids:
            raise NOT_A_BOOK(book=path.name)
    else:
        grids = [grid_of_text(text, name)]
    return Book(path.name, tuple(SheetHandle(grid.name, functools.partial(_top, grid)) for grid in grids))


def _top(grid: Grid, most_rows: int | None) -> Grid:
    return grid if most_rows is None else Grid(grid.name, grid.rows[:most_rows], grid.hidden)
