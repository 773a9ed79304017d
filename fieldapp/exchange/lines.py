"""One row of a sheet as facts by list: the columns' converters applied, what they refuse told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldapp.common.errors import ErrorSpec
from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.cells import Converter, Unreadable, converter_of, shown
from fieldapp.exchange.findings import FindingLevel, Findings
from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Column
from fieldapp.exchange.sheet_rows import KnownSheet
from fieldapp.exchange.texts import clean_text, mask_name
from fieldapp.register.identity import mask_id_number, mask_phone
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value

__all__ = ["Line", "LineReader"]

_ITEM_SEPARATORS = str.maketrans("，；;,", "、、、、")


@dataclass(slots=True)
class Line:
    """A row: its facts by list and name, the items of its measure columns, and whether an error refused it."""

    row: int
    facts: dict[str, dict[str, Value]] = field(default_factory=dict)
    items: list[tuple[str, str]] = field(default_factory=list)
    refused: bool = False

    def of(self, list_name: str) -> dict[str, Value]:
        """Return the facts of one list."""
        return self.facts.setdefault(list_name, {})

    def text(self, list_name: str, name: str) -> str:
        """Return one fact as text, empty when there is none."""
        value = self.facts.get(list_name, {}).get(name)
        return "" if value is None else str(value)


class LineReader:
    """Reads the rows of one sheet. ``headings`` gives the column heading of a fact, for findings."""

    def __init__(self, sheet: KnownSheet, schema: RegisterSchema, findings: Findings) -> None:
        self.sheet_name = sheet.grid.name
        self.findings = findings
        self.headings = {column.target: column.heading for _, column in sheet.header.columns}
        self._at = {column.target: at for at, column in sheet.header.columns if column.target}
        self._columns: list[tuple[int, Column, Converter]] = [
            (at, column, converter_of(column, schema)) for at, column in sheet.header.columns if column.target
        ]
        self._flags = {(column.list_name, column.name) for _, column in sheet.header.columns if column.flag}
        present = {column.target for _, column in sheet.header.columns}
        self._defaults = [
            column for column in sheet.layout.columns if column.default and column.target not in present
        ]

    def read(self, row: int, cells: Sequence[Cell]) -> Line:
        """Return the row's facts; ``refused`` when a cell that the row cannot do without is empty or unreadable."""
        line = Line(row)
        for at, column, converter in self._columns:
            cell = cells[at]
            if cell == "":
                self._take_nothing(line, column)
                continue
            value = converter(cell)
            if isinstance(value, Unreadable):
                self._refuse(line, column, cell, value)
            elif value is None:
                self._take_nothing(line, column)
            else:
                _take(line, column, value)
        for list_name, name in self._flags:
            facts = line.of(list_name)
            if facts.get(name) is False:
                facts[name] = "none"
        for column in self._defaults:
            line.of(column.list_name)[column.name] = column.default
        return line

    def tell(
        self,
        spec: ErrorSpec,
        level: FindingLevel,
        line: Line,
        target: str,
        value: str = "",
        **details: object,
    ) -> None:
        """Note a finding about one fact of the row; an error refuses the row."""
        if level == "error":
            line.refused = True
        self.findings.add(
            spec,
            level,
            sheet=self.sheet_name,
            row=line.row,
            column=self.headings.get(target, target),
            value=value,
            house_no=line.text("households", "house_no"),
            **details,
        )

    def _take_nothing(self, line: Line, column: Column) -> None:
        if column.default:
            line.of(column.list_name)[column.name] = column.default
        elif column.required and column.refuses_row and not column.may_be_empty:
            self.tell(rows.EMPTY_CELL, "error", line, column.target)
        elif column.clears:
            line.of(column.list_name)[column.name] = None

    def _refuse(self, line: Line, column: Column, cell: Cell, why: Unreadable) -> None:
        level: FindingLevel = "error" if column.refuses_row else "warning"
        if level == "error":
            line.refused = True
        self.findings.add(
            why.spec,
            level,
            sheet=self.sheet_name,
            row=line.row,
            column=column.heading,
            value=_masked(column, shown(cell)),
            house_no=line.text("households", "house_no"),
            **why.details,
        )


def _take(line: Line, column: Column, value: Value) -> None:
    if column.items:
        for item in str(value).translate(_ITEM_SEPARATORS).split("、"):
            if clean_text(item):
                line.items.append((column.items, clean_text(item)))
        return
    facts = line.of(column.list_name)
    if column.flag:
        # The first 是 wins; 否 is kept as False until all columns of the property are read.
        if value is True and not isinstance(facts.get(column.name), str):
            facts[column.name] = column.flag
        else:
            facts.setdefault(column.name, False)
    elif column.join:
        before = facts.get(column.name)
        codes = value if isinstance(value, list) else [str(value)]
        facts[column.name] = (
            [*before, *(code for code in codes if code not in before)] if isinstance(before, list) else codes
        )
    else:
        facts[column.name] = value


def _masked(column: Column, text: str) -> str:
    if column.prop is not None and column.prop.type == "id_number" or column.name == "bank_account":
        return mask_id_number(text)
    if column.name in ("phone", "staff_phone", "visitor_phone"):
        return mask_phone(text)
    return mask_name(text) if column.cleaning == "name" else text
