"""Writing a ledger as a workbook: title, by which rule, headings, one line each. Numbers that are names stay text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fieldapp.common.files import known_disk_errors

__all__ = ["LedgerColumn", "write_ledger"]

_HEADER_ROW = 2


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column: its heading, and its width in characters of a sheet."""

    zh: str
    en: str
    width: int


def write_ledger(
    path: Path,
    *,
    title: str,
    note: str,
    columns: Sequence[LedgerColumn],
    rows: Sequence[Sequence[str | float]],
    day: date,
) -> None:
    """Write the workbook; nothing half-written stays. Raises DISK-001, DISK-002."""
    import xlsxwriter

    temporary = path.with_name(path.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(temporary), options)
    book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
    sheet = book.add_worksheet("台账")
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0.##", "valign": "top"})
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, f"{note}　{day.isoformat()} 导出，共 {len(rows)} 行")
    sheet.write_string(_HEADER_ROW, 0, "序号", head)
    sheet.set_column(0, 0, 6)
    for at, column in enumerate(columns, start=1):
        sheet.set_column(at, at, column.width)
        sheet.write_string(_HEADER_ROW, at, column.zh, head)
    for line, cells in enumerate(rows, start=1):
        sheet.write_number(_HEADER_ROW + line, 0, line)
        for at, cell in enumerate(cells, start=1):
            if isinstance(cell, str):
                sheet.write_string(_HEADER_ROW + line, at, cell, text)
            else:
                sheet.write_number(_HEADER_ROW + line, at, cell, number)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, len(rows)), len(columns))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    try:
        with known_disk_errors(path):
            book.close()
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
