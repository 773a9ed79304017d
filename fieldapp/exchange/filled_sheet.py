"""A sheet in another system's own columns: its heading as it was, rows of ours below. Numbers are numbers, names and numbers of
certificates are texts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["filled_sheet"]

_WIDEST, _NARROWEST = 40, 8


def filled_sheet(
    name: str, above: Sequence[Sequence[str]], headings: Sequence[str], rows: Iterable[Sequence[str | float]]
) -> bytes:
    """Return a workbook with one sheet: what stood above the heading, the heading, the rows."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    sheet: Any = book.add_worksheet(name[:31] or "Sheet1")
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    for number, cells in enumerate(above):
        for at, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, at, cell)
    for at, heading in enumerate(headings):
        sheet.write_string(len(above), at, heading, bold)
        sheet.set_column(at, at, max(_NARROWEST, min(_WIDEST, 2 * len(heading) + 2)))
    for number, row in enumerate(rows, len(above) + 1):
        for at, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(number, at, value)
            elif value:
                sheet.write_string(number, at, value, text)
    book.close()
    return target.getvalue()
