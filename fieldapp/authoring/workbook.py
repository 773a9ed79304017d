"""An XLSForm as sheets of cells with their places: markdown tables, .xlsx and .xls alike."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from fieldapp.authoring.compiling import read_source
from fieldapp.authoring.errors import UNREADABLE

__all__ = ["Row", "Sheet", "Workbook", "read_workbook"]

_SHEETS = frozenset({"survey", "choices", "settings", "entities", "osm", "external_choices"})
_ALIASES = {
    "calculate": "calculation",
    "relevance": "relevant",
    "read_only": "readonly",
    "list name": "list_name",
    "value": "name",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "readonly",
    "constraint message": "constraint_message",
    "required message": "required_message",
    "repeat count": "repeat_count",
    "choice filter": "choice_filter",
}
_ESCAPED_PIPE = "\x00"


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its number in the sheet and its non-empty cells by column."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``shown`` gives the header as written for a column's canonical name."""

    name: str
    shown: dict[str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of an XLSForm; one that is missing reads as empty."""

    sheets: dict[str, Sheet]

    def sheet(self, name: str) -> Sheet:
        return self.sheets.get(name, Sheet(name, {}, ()))


def canonical(header: str) -> str:
    """Return the name this program uses for a column: lower case before ``::``, synonyms united."""
    head, colons, rest = header.strip().partition("::")
    name = " ".join(head.lower().split())
    whole = name + colons + rest.strip()
    return _ALIASES.get(whole.lower(), _ALIASES.get(name, name) + colons + rest.strip())


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    header = rows[0] if rows else []
    columns = [canonical(cell) for cell in header]
    shown = {column: cell.strip() for column, cell in zip(columns, header, strict=True) if column}
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        row = {
            column: cell.strip()
            for column, cell in zip(columns, cells, strict=False)
            if column and cell.strip()
        }
        if row:
            found.append(Row(number, row))
    return Sheet(name, shown, tuple(found))


def _markdown(text: str) -> dict[str, list[list[str]]]:
    sheets: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in text.splitlines():
        if not line.strip().startswith("|") or re.fullmatch(r"[\s|:-]+", line) and "-" in line:
            continue
        cells = [
            c.replace(_ESCAPED_PIPE, "|").strip()
            for c in line.strip().replace("\\|", _ESCAPED_PIPE).split("|")
        ]
        cells = cells[1:-1] if len(cells) > 1 else cells
        if cells and cells[0]:
            rows = sheets.setdefault(cells[0].lower(), [])
            cells = [""] + cells[1:]
        if rows is not None and any(cells[1:]):
            rows.append(cells[1:])
    return sheets


def _excel(path: Path, content: bytes) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name.strip().lower(): [
                [_text(cell) for cell in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
            if name.strip().lower() in _SHEETS
        }
    except CalamineError as error:
        raise UNREADABLE(name=path.name, reason=str(error)) from None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def read_workbook(path: Path) -> Workbook:
    """Read an XLSForm. Raises CHECK-001 … CHECK-003."""
    content = read_source(path)
    if path.suffix.lower() == ".md":
        try:
            found = _markdown(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise UNREADABLE(name=path.name, reason="UTF-8") from None
    else:
        found = _excel(path, content)
    return Workbook({name: _sheet(name, rows) for name, rows in found.items() if name in _SHEETS})
