"""Writing sheets by the same layouts that reading uses: title, note, header on its row, facts in the export's columns.

Numbers that are names (户编号, 证件号码, telephones) are text cells in text columns; amounts are numbers; everything else is
the text the national system prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from fieldapp.common.files import known_disk_errors
from fieldapp.exchange.layouts import Column, SheetLayout
from fieldapp.register.schema import RegisterSchema, register_schema
from fieldapp.register.values import Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from fieldapp.exchange.fast_sheet import FastSheet, SheetCell

__all__ = ["BookWriter", "RowFacts", "SheetWriter"]

#: A row's facts by list and property name, as the reader gives them; "" holds texts by heading, for columns that are
#: no facts of the register; ``measures`` of a persons sheet holds items by group.
RowFacts: TypeAlias = "Mapping[str, Mapping[str, Value]]"
_Shown: TypeAlias = "Callable[[Value], str | float | None]"
_KEY_TYPES = frozenset({"id_number", "phone"})


class BookWriter:
    """A workbook being written: one sheet after the other, at ``path`` when :meth:`close` returns.

    The same content gives the same bytes: the only date in the file is ``day``.
    """

    def __init__(self, path: Path, *, title: str, day: date) -> None:
        import xlsxwriter

        self._path = path
        self._temporary = path.with_name(path.name + ".part")
        self._book = xlsxwriter.Workbook(
            str(self._temporary),
            {"strings_to_formulas": False, "strings_to_urls": False},
        )
        created = datetime(day.year, day.month, day.day, tzinfo=UTC)
        self._book.set_properties({"title": title, "created": created})
        self._text: Format = self._book.add_format({"num_format": "@"})
        self._head: Format = self._book.add_format({"bold": True, "bottom": 1})
        self._title: Format = self._book.add_format({"bold": True, "font_size": 14})

    def sheet(self, layout: SheetLayout, *, name: str, title: str, note: str, header_row: int) -> SheetWriter:
        """Begin a sheet of the layout."""
        from fieldapp.exchange.fast_sheet import FastSheet

        sheet = self._book.add_worksheet(name, worksheet_class=FastSheet)
        sheet.write_string(0, 0, title, self._title)
        sheet.write_string(1, 0, note)
        return SheetWriter(sheet, layout, header_row, self._text, self._head)

    def page(self, name: str, lines: list[str]) -> None:
        """Add a sheet of plain lines."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 100)
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, line)

    def close(self) -> None:
        """Finish the file. Raises DISK-001 or DISK-002 when it cannot be written; nothing half-written stays."""
        from xlsxwriter.exceptions import FileCreateError

        with known_disk_errors(self._path):
            try:
                self._book.close()
                self._temporary.replace(self._path)
            except FileCreateError as error:
                self.discard()
                raise OSError(str(error)) from error
            except OSError:
                self.discard()
                raise

    def discard(self) -> None:
        """Leave nothing behind, after an error or a cancellation."""
        self._temporary.unlink(missing_ok=True)


class SheetWriter:
    """Writes the rows of one sheet."""

    def __init__(
        self, sheet: FastSheet, layout: SheetLayout, header_row: int, text: Format, head: Format
    ) -> None:
        self._sheet = sheet
        self._row = header_row
        schema = register_schema()
        joined: dict[str, int] = {}
        self._columns: dict[str, dict[str, list[tuple[int, _Shown]]]] = {}
        for at, column in enumerate(layout.columns):
            sheet.write_string(header_row - 1, at, column.heading, head)
            nth = joined.get(column.target, 0)
            joined[column.target] = nth + 1
            list_name, name = _source(column)
            places = self._columns.setdefault(list_name, {}).setdefault(name, [])
            places.append((at, _shown(column, nth, schema)))
            if column.cleaning == "key" or (column.prop and column.prop.type in _KEY_TYPES):
                sheet.set_column(at, at, 20, text)
        sheet.freeze_panes(header_row, 0)

    def write(self, facts: RowFacts) -> None:
        """Write one row; facts the layout has no column for are left out, as in the export."""
        cells: list[SheetCell] = []
        for list_name, group in facts.items():
            columns = self._columns.get(list_name)
            if columns is None:
                continue
            for name, value in group.items():
                if value is not None and name in columns:
                    for at, shown in columns[name]:
                        cell = shown(value)
                        if cell is not None:
                            cells.append((at, cell))
        self._sheet.put_row(self._row, cells)
        self._row += 1


def _source(column: Column) -> tuple[str, str]:
    if column.items:
        return "measures", column.items
    return (column.list_name, column.name) if column.list_name else ("", column.heading)


def _shown(column: Column, nth: int, schema: RegisterSchema) -> _Shown:
    prop = column.prop
    if prop is None or column.items:
        return str
    if column.flag:
        return lambda value: "是" if value == column.flag else "否"
    match prop.type:
        case "boolean":
            return lambda value: "是" if value else "否"
        case "decimal":
            return lambda value: float(str(value))
        case "month":
            return lambda value: str(value).replace("-", "")
        case "date":
            return str if column.list_name == "visits" else lambda value: str(value).replace("-", "")
        case "code":
            labels = {code.code: code.zh for code in schema.codes[prop.codes or ""].codes}
            return lambda value: labels.get(str(value), str(value))
        case "codes":
            return _codes_shown(column, nth, schema.codes[prop.codes or ""].label)
        case _:
            return str


def _codes_shown(column: Column, nth: int, label: Callable[[str | None], str]) -> _Shown:
    """Show a list of codes in one cell, or its n-th code where each has a column of its own."""

    def all_of(value: Value) -> str | None:
        return "、".join(label(code) for code in value) if isinstance(value, list) else None

    def one_of(value: Value) -> str | None:
        return label(value[nth]) if isinstance(value, list) and nth < len(value) else None

    return one_of if column.join else all_of
