"""The error report of an import: every finding with its place, beside the workbook it speaks of, as .xlsx or .csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from fieldapp.common.files import atomic_write
from fieldapp.exchange.finding_list import add_finding_sheet
from fieldapp.exchange.findings import Finding
from fieldapp.exchange.records import BookReading, LedgerReading, UnitReading

__all__ = ["write_import_report"]

_LEVELS = {"error": "错误（未导入）", "warning": "疑点（已导入，请核对）", "info": "提示"}
_HEADINGS = (
    "序号",
    "级别",
    "工作表",
    "行号",
    "列",
    "户编号",
    "原内容（已遮挡）",
    "问题",
    "怎么改",
    "代码",
    "English",
    "Remedy",
)
_WIDTHS = (6, 20, 28, 8, 20, 18, 24, 48, 48, 10, 48, 48)


def write_import_report(
    book: Path,
    reading: BookReading | LedgerReading | UnitReading,
    *,
    today: date,
    kind: Literal["xlsx", "csv"] = "xlsx",
    doubts: Sequence[tuple[str, ...]] = (),
) -> Path:
    """Write the findings of ``reading`` beside ``book`` and return the report's path.

    ``doubts`` are what the data checks found in what was imported; they get a sheet of their own in the workbook.

    A second report of the same day replaces the first. Raises DISK-001 or DISK-002 when it cannot be written.
    """
    path = book.with_name(f"{book.stem}_导入核对_{today:%Y%m%d}.{kind}")
    lines = [_line(number, finding) for number, finding in enumerate(reading.findings, 1)]
    if kind == "csv":
        atomic_write(path, _csv(lines))
    else:
        atomic_write(path, _workbook(book.name, reading, lines, doubts, today))
    return path


def _line(number: int, finding: Finding) -> tuple[str, ...]:
    return (
        str(number),
        _LEVELS[finding.level],
        finding.sheet,
        str(finding.row) if finding.row else "整张",
        finding.column,
        finding.house_no,
        finding.value_masked,
        finding.zh,
        finding.remedy_zh,
        finding.code,
        finding.en,
        finding.remedy_en,
    )


def _summary(book: str, reading: BookReading | LedgerReading | UnitReading, today: date) -> str:
    counts = reading.counts
    told = (
        f"{book}　{today.isoformat()}　读到 {counts.rows} 行，导入 {counts.taken} 行，未导入 {counts.refused} 行，"
        f"合计行 {counts.totals} 行"
    )
    return f"{told}，隐藏行 {counts.hidden} 行" if counts.hidden else told


def _csv(lines: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    # The mark lets Excel and WPS see UTF-8 instead of GBK.
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return a cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _workbook(
    book: str,
    reading: BookReading | LedgerReading | UnitReading,
    lines: Sequence[tuple[str, ...]],
    doubts: Sequence[tuple[str, ...]],
    today: date,
) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("导入核对")
    title = workbook.add_format({"bold": True, "font_size": 14})
    heading = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, "导入核对表", title)
    sheet.write_string(1, 0, _summary(book, reading, today))
    for at, (name, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(2, at, name, heading)
    for number, line in enumerate(lines, 3):
        for at, cell in enumerate(line):
            sheet.write_string(number, at, cell, text)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, max(2, len(lines) + 2), len(_HEADINGS) - 1)
    if doubts:
        add_finding_sheet(workbook, f"数据核查　{book}　{len(doubts)} 条", doubts)
    workbook.close()
    return target.getvalue()
