"""Which sheet of a workbook is what: by its name, else by its headings."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.errors import EMPTY_BOOK, MISSING_COLUMNS, NO_KNOWN_SHEET
from fieldapp.exchange.findings import Findings
from fieldapp.exchange.grids import Book, Grid, SheetHandle
from fieldapp.exchange.headers import Header, find_header
from fieldapp.exchange.layouts import Layout, SheetLayout
from fieldapp.exchange.sheet_rows import KnownSheet

__all__ = ["known_sheets"]

#: Enough to see the header and whether a row follows it.
_TOP_ROWS = 40


def known_sheets(book: Book, layout: Layout, findings: Findings) -> Iterator[KnownSheet]:
    """Yield the sheets that the layout knows, in the layout's order, the cells of one at a time.

    A sheet of no known name is recognised by its headings; what is recognised by neither is told and left. Raises
    BOOK-007 when a recognised sheet lacks a required column, BOOK-008 when there is none, BOOK-009 when all are empty.
    All sheets are checked before the first one is yielded, so that a workbook is refused whole or not at all.
    """
    plan = _plan(book, layout, findings)
    if not plan:
        names = "、".join(handle.name for handle in book.sheets[:8])
        raise NO_KNOWN_SHEET(
            book=book.name, sheets=names or "–", wanted=f"「{layout.zh}」", wanted_en=f"“{layout.en}”"
        )
    if not any(has_rows for _, _, _, has_rows in plan):
        raise EMPTY_BOOK(book=book.name)
    plan.sort(key=lambda entry: layout.sheets.index(entry[1]))
    for handle, sheet, header, _ in plan:
        yield KnownSheet(handle.load(), sheet, header, handle.visible)


def _plan(
    book: Book, layout: Layout, findings: Findings
) -> list[tuple[SheetHandle, SheetLayout, Header, bool]]:
    plan = []
    for handle in book.sheets:
        grid = handle.load(_TOP_ROWS)
        found = _recognise(book, grid, layout)
        if found is None:
            if any(cell != "" for row in grid.rows for cell in row):
                findings.add(rows.UNKNOWN_SHEET, "info", sheet=handle.name)
            continue
        sheet, header = found
        has_rows = any(any(cell != "" for cell in row) for row in grid.rows[header.last + 1 :])
        plan.append((handle, sheet, header, has_rows))
    return plan


def _recognise(book: Book, grid: Grid, layout: Layout) -> tuple[SheetLayout, Header] | None:
    for sheet in layout.sheets:
        if sheet.named(grid.name):
            header = find_header(grid.rows, sheet, layout.header_row)
            if header is not None:
                _require(book, grid, layout, header)
                return sheet, header
    best: tuple[SheetLayout, Header] | None = None
    for sheet in layout.sheets:
        header = find_header(grid.rows, sheet, layout.header_row)
        # A sheet of another name must look like it: most of what is required is there.
        if header is None or len(header.missing) * 2 >= len(sheet.required):
            continue
        if best is None or (len(header.missing), -header.known) < (len(best[1].missing), -best[1].known):
            best = sheet, header
    if best is not None:
        _require(book, grid, layout, best[1])
    return best


def _require(book: Book, grid: Grid, layout: Layout, header: Header) -> None:
    if header.missing:
        raise MISSING_COLUMNS(
            book=book.name,
            sheet=grid.name,
            columns="、".join(f"「{column.heading}」" for column in header.missing),
            header_row=layout.header_row,
        )
