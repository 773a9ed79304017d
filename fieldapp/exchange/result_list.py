"""A plain list as a workbook: a title, headings, rows of texts. Every cell is a text, so that no number loses digits."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["result_workbook"]

_WIDEST, _NARROWEST = 50, 8


def result_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the workbook; columns are as wide as what stands in them."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet: Any = book.add_worksheet("结果")
    bold = book.add_format({"bold": True, "font_size": 14})
    heading = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, title, bold)
    widths = [len(each) for each in headings]
    number = 1
    for at, each in enumerate(headings):
        sheet.write_string(1, at, each, heading)
    for number, row in enumerate(rows, 2):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)
            widths[at] = max(widths[at], len(cell))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, max(_NARROWEST, min(_WIDEST, 2 * width + 2)))
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(1, number), max(0, len(headings) - 1))
    sheet.repeat_rows(1)
    sheet.set_landscape()
    book.close()
    return target.getvalue()
