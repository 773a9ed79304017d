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

#: So many different texts of a column are remembered with their values; dates, places and units repeat by the thousand.
_REMEMBERED = 4096
#: Numbers that are masked when a finding tells them, whatever list they are of.
_NUMBERS = frozenset({"bank_account", "id_number"})
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
        facts = self.facts.get(list_name)
        if facts is None:
            facts = self.facts[list_name] = {}
        return facts

    def text(self, list_name: str, name: str) -> str:
        """Return one fact as text, empty when there is none."""
        value = self.facts.get(list_name, {}).get(name)
        return "" if value is None else str(value)


@dataclass(slots=True)
class _Reading:
    """How one column is read: where it stands, what converts it, and which texts were converted already."""

    at: int
    column: Column
    convert: Converter
    #: The cell is one value of one fact, not part of several or a list of items.
    is_plain: bool
    #: An empty cell says nothing at all.
    may_be_silent: bool
    known: dict[str, Value | Unreadable] = field(default_factory=dict)

    def value_of(self, cell: Cell) -> Value | Unreadable:
        """Return the converted cell; texts are converted once, while there is room to remember them."""
        if type(cell) is not str:
            return self.convert(cell)
        known = self.known
        if cell in known:
            return known[cell]
        value = self.convert(cell)
        if len(known) < _REMEMBERED:
            known[cell] = value
        return value


def _reading(at: int, column: Column, schema: RegisterSchema) -> _Reading:
    required = column.required and column.refuses_row and not column.may_be_empty
    return _Reading(
        at,
        column,
        converter_of(column, schema),
        is_plain=not (column.items or column.flag or column.join),
        may_be_silent=not (column.default or column.clears or required),
    )


class LineReader:
    """Reads the rows of one sheet. ``headings`` gives the column heading of a fact, for findings."""

    def __init__(self, sheet: KnownSheet, schema: RegisterSchema, findings: Findings) -> None:
        self.sheet_name = sheet.grid.name
        self.findings = findings
        self.headings = {column.target: column.heading for _, column in sheet.header.columns}
        self._at = {column.target: at for at, column in sheet.header.columns if column.target}
        self._columns = [_reading(at, column, schema) for at, column in sheet.header.columns if column.target]
        self._flags = {(column.list_name, column.name) for _, column in sheet.header.columns if column.flag}
        present = {column.target for _, column in sheet.header.columns}
        self._defaults = [
            column for column in sheet.layout.columns if column.default and column.target not in present
        ]

    def read(self, row: int, cells: Sequence[Cell]) -> Line:
        """Return the row's facts; ``refused`` when a cell that the row cannot do without is empty or unreadable."""
        line = Line(row)
        for reading in self._columns:
            cell = cells[reading.at]
            if cell == "":
                if not reading.may_be_silent:
                    self._take_nothing(line, reading.column)
                continue
            column, value = reading.column, reading.value_of(cell)
            if isinstance(value, Unreadable):
                self._refuse(line, column, cell, value)
            elif value is None:
                self._take_nothing(line, column)
            elif reading.is_plain:
                line.of(column.list_name)[column.name] = value
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
    else:  # a list of codes over several columns
        before = facts.get(column.name)
        codes = value if isinstance(value, list) else [str(value)]
        facts[column.name] = (
            [*before, *(code for code in codes if code not in before)] if isinstance(before, list) else codes
        )


def _masked(column: Column, text: str) -> str:
    if column.prop is not None and column.prop.type == "id_number" or column.name in _NUMBERS:
        return mask_id_number(text)
    if column.name in ("phone", "staff_phone", "visitor_phone"):
        return mask_phone(text)
    return mask_name(text) if column.cleaning == "name" else text
