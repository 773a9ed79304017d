"""Writing rows that are to come back: Chinese headings, drop-downs, text cells, a locked heading, hidden columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.files import known_disk_errors
from fieldapp.exchange.round_trip.rows import SentRow, sealed
from fieldapp.register.id_formats import IdFormat, format_id_number, is_whole
from fieldapp.register.schema import Property, RegisterSchema
from fieldapp.register.values import Value, display

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["HIDDEN", "LOOK_ONLY", "Heading", "cell_of", "write_round_trip"]

#: The headings of the hidden columns; nobody else's columns are called so.
HIDDEN = ("记录编号·勿删", "版本·勿删", "校验·勿删", "原值·勿删")
#: Behind the heading of a column that is there to be looked at.
LOOK_ONLY = "（仅供查看）"
_CHOICES = "选项"
_NOTE = "说明"
_NOTES = (
    "1. 只改白底列里的内容；标有“仅供查看”的列改了也不会导回。",
    "2. 可以排序、筛选、删掉不需要的行、删掉或调换列；不要新增行，新增的农户和成员请在程序里登记。",
    "3. 右侧隐藏的四列记着每一行是哪条记录，请不要删除。",
    "4. 改完存成 .xlsx，在“表格 → 导出修改再导回”里选这个文件，逐行看过再接受。",
)
_WIDE = 22
_NARROW = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its property, and whether what is typed there can come back."""

    prop: Property
    editable: bool


def write_round_trip(
    path: Path,
    sheet_name: str,
    context: Sequence[str],
    headings: Sequence[Heading],
    rows: Sequence[SentRow],
    *,
    schema: RegisterSchema,
    id_format: IdFormat,
    county: str,
    day: date,
    step: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the workbook; ``step`` is told each row's number and may raise to stop. Raises DISK-001, DISK-002."""
    import xlsxwriter

    temporary = path.with_name(path.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(temporary), options)
    book.set_properties({"title": sheet_name, "created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
    try:
        sheet = book.add_worksheet(sheet_name)
        writer = _Sheet(book, sheet, list(context), list(headings), schema, id_format, county)
        for number, row in enumerate(rows, start=1):
            step(number)
            writer.write(number, row)
        writer.finish(len(rows))
        _write_notes(book)
        with known_disk_errors(path):
            book.close()
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def cell_of(prop: Property, value: Value, schema: RegisterSchema, id_format: IdFormat) -> str | float:
    """Return what stands in a cell: numbers as numbers, everything else as the text people read."""
    if value is None or value == "" or value == []:
        return ""
    if prop.type in ("decimal", "integer"):
        return float(str(value))
    if prop.type == "id_number":
        return format_id_number(str(value), id_format)
    return str(value) if prop.codes is None and prop.type != "boolean" else display(prop, value, schema)


class _Sheet:
    """One sheet on its way to the file."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        context: list[str],
        headings: list[Heading],
        schema: RegisterSchema,
        id_format: IdFormat,
        county: str,
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._context = context
        self._headings = headings
        self._schema = schema
        self._id_format = id_format
        self._county = county
        self._sent = tuple(
            h.prop.name
            for h in headings
            if h.editable and (h.prop.type != "id_number" or is_whole(id_format))
        )
        self._text = book.add_format({"num_format": "@", "locked": False})
        self._number = book.add_format({"locked": False})
        self._look = book.add_format(
            {"num_format": "@", "locked": False, "font_color": "#666666", "bg_color": "#F2F2F2"}
        )
        self._head()

    def _head(self) -> None:
        head = self._book.add_format(
            {"bold": True, "bottom": 1, "locked": True, "text_wrap": True, "valign": "vcenter"}
        )
        titles = [name + LOOK_ONLY for name in self._context]
        titles += [h.prop.zh + ("" if h.prop.name in self._sent else LOOK_ONLY) for h in self._headings]
        for at, title in enumerate([*titles, *HIDDEN]):
            self._sheet.write_string(0, at, title, head)
        at = len(self._context)
        self._sheet.set_column(0, max(at - 1, 0), _NARROW, self._look)
        for number, heading in enumerate(self._headings, start=at):
            wide = heading.prop.type in ("id_number", "text", "codes")
            self._sheet.set_column(number, number, _WIDE if wide else _NARROW, self._format(heading))
        last = at + len(self._headings)
        self._sheet.set_column(last, last + len(HIDDEN) - 1, _NARROW, self._text, {"hidden": True})

    def _format(self, heading: Heading) -> object:
        if heading.prop.name not in self._sent:
            return self._look
        return self._number if heading.prop.type in ("decimal", "integer") else self._text

    def write(self, number: int, row: SentRow) -> None:
        for at, text in enumerate(row.context):
            self._sheet.write_string(number, at, text, self._look)
        at = len(self._context)
        for heading in self._headings:
            cell = cell_of(heading.prop, row.values.get(heading.prop.name), self._schema, self._id_format)
            if isinstance(cell, str):
                self._sheet.write_string(number, at, cell, self._format(heading))
            else:
                self._sheet.write_number(number, at, cell, self._format(heading))
            at += 1
        for text in sealed(row, self._sent, self._county):
            self._sheet.write_string(number, at, text, self._text)
            at += 1

    def finish(self, rows: int) -> None:
        """Add drop-downs, the frozen heading, the filter and the protection of the heading."""
        choices = self._book.add_worksheet(_CHOICES)
        choices.hide()
        start = len(self._context)
        for number, heading in enumerate(self._headings):
            labels = self._labels(heading.prop) if heading.prop.name in self._sent else []
            if labels:
                choices.write_column(0, number, labels)
                self._sheet.data_validation(
                    1, start + number, max(rows, 1), start + number, _dropdown(number, len(labels))
                )
        self._sheet.freeze_panes(1, min(len(self._context), 4))
        if rows:
            self._sheet.autofilter(0, 0, rows, start + len(self._headings) + len(HIDDEN) - 1)
        allowed = ("format_cells", "format_columns", "format_rows", "delete_rows", "sort", "autofilter")
        self._sheet.protect("", {**dict.fromkeys(allowed, True), "objects": True})

    def _labels(self, prop: Property) -> list[str]:
        if prop.type == "boolean":
            return ["是", "否"]
        return [code.zh for code in self._schema.codes[prop.codes or ""].codes] if prop.type == "code" else []


def _dropdown(column: int, count: int) -> dict[str, object]:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(column)
    return {
        "validate": "list",
        "source": f"={_CHOICES}!${letter}$1:${letter}${count}",
        "error_title": "不在选项里",
        "error_message": "请从下拉选项里选，或清空这一格。",
    }


def _write_notes(book: Workbook) -> None:
    sheet = book.add_worksheet(_NOTE)
    sheet.set_column(0, 0, 100)
    for number, line in enumerate(_NOTES):
        sheet.write_string(number, 0, line)
