"""The list of findings as a workbook (疑点清单): one line a finding, to be worked through with the village."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["FINDING_HEADINGS", "add_finding_sheet", "finding_workbook"]

FINDING_HEADINGS = ("序号", "级别", "村", "村民小组", "户编号", "户主", "疑点", "要改的项目", "核实情况")
_WIDTHS = (6, 8, 16, 12, 20, 12, 64, 20, 40)


def finding_workbook(title: str, lines: Iterable[tuple[str, ...]]) -> bytes:
    """Return a workbook with the lines, each as :data:`FINDING_HEADINGS` after the number."""
    import xlsxwriter

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    add_finding_sheet(workbook, title, lines)
    workbook.close()
    return target.getvalue()


def add_finding_sheet(workbook: Workbook, title: str, lines: Iterable[tuple[str, ...]]) -> None:
    """Add the sheet 疑点 to a workbook that is being written."""
    sheet: Any = workbook.add_worksheet("疑点")
    bold = workbook.add_format({"bold": True, "font_size": 14})
    heading = workbook.add_format({"bold": True, "bottom": 1})
    text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, title, bold)
    for at, (name, width) in enumerate(zip(FINDING_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(1, at, name, heading)
    number = 0
    for number, line in enumerate(lines, 1):
        for at, cell in enumerate((str(number), *line)):
            sheet.write_string(number + 1, at, cell, text)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(1, number + 1), len(FINDING_HEADINGS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
