"""The difference list as a workbook, and any other plain table of texts: every cell is text, nothing is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from fieldapp.common.files import atomic_write

__all__ = ["write_table"]

_WIDEST = 40


def write_table(
    path: Path, title: str, note: str, headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write a table of texts as .xlsx. Raises DISK-001 or DISK-002 when it cannot be written."""
    import xlsxwriter

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet(title[:31])
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = workbook.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, note)
    widths = [len(heading) * 2 for heading in headings]
    for at, heading in enumerate(headings):
        sheet.write_string(2, at, heading, head)
    for number, row in enumerate(rows, 3):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)
            widths[at] = max(widths[at], min(_WIDEST, len(cell) * 2))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width + 2)
    sheet.freeze_panes(3, 0)
    workbook.close()
    atomic_write(path, target.getvalue())
