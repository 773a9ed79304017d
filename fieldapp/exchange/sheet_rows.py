"""The data rows of a sheet: what is under the header, without blank rows, totals, notes and repeated headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.findings import Findings
from fieldapp.exchange.grids import Cell, Grid
from fieldapp.exchange.headers import Header, is_header_again
from fieldapp.exchange.layouts import SheetLayout
from fieldapp.exchange.records import BookCounts
from fieldapp.exchange.texts import folded

__all__ = ["KnownSheet", "data_rows", "tell_about_sheet"]

_TOTALS = ("合计", "总计", "小计", "共计", "本页合计", "累计")
#: So many row numbers are named in a finding; the rest is told as a count.
_MOST_NUMBERS = 20


@dataclass(frozen=True, slots=True)
class KnownSheet:
    """A sheet whose kind and header are known."""

    grid: Grid
    layout: SheetLayout
    header: Header
    visible: bool = True


def tell_about_sheet(sheet: KnownSheet, header_row: int, findings: Findings) -> None:
    """Note what is unusual about the sheet as a whole: its header, columns of no known name, being hidden."""
    name, header = sheet.grid.name, sheet.header
    if not sheet.visible:
        findings.add(rows.HIDDEN_SHEET, "info", sheet=name)
    if (header.first, header.last) != (header_row - 1, header_row - 1):
        told = (
            str(header.first + 1) if header.first == header.last else f"{header.first + 1}–{header.last + 1}"
        )
        findings.add(rows.HEADER_MOVED, "info", sheet=name, rows=told, expected=header_row)
    if header.unknown:
        names = "、".join(header.unknown[:10]) + ("…" if len(header.unknown) > 10 else "")
        findings.add(rows.UNKNOWN_COLUMNS, "info", sheet=name, count=len(header.unknown), columns=names)
    for heading in header.doubled:
        findings.add(rows.DOUBLE_COLUMN, "warning", sheet=name, row=header.last + 1, column=heading)


def data_rows(
    sheet: KnownSheet, findings: Findings, counts: BookCounts
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield (row number from 1, cells) of every data row; note the hidden ones, which are read, and the totals, which are
    not."""
    left_out: list[int] = []
    hidden: list[int] = []
    required = [at for at, column in sheet.header.columns if column.required]
    width = max(at for at, _ in sheet.header.columns) + 1
    for number, cells in enumerate(sheet.grid.rows[sheet.header.last + 1 :], sheet.header.last + 2):
        if cells.count("") == len(cells) or is_header_again(cells, sheet.header):
            continue
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        if _is_total_or_note(cells, required):
            left_out.append(number)
            continue
        if number in sheet.grid.hidden:
            hidden.append(number)
        counts.rows += 1
        yield number, cells
    counts.totals += len(left_out)
    counts.hidden += len(hidden)
    name = sheet.grid.name
    if left_out:
        findings.add(rows.TOTALS_LEFT_OUT, "info", sheet=name, count=len(left_out), rows=_numbers(left_out))
    if hidden:
        findings.add(rows.HIDDEN_ROWS, "warning", sheet=name, count=len(hidden), rows=_numbers(hidden))


def _is_total_or_note(cells: Sequence[Cell], required: Sequence[int]) -> bool:
    filled = [cell for cell in cells if cell != ""]
    if _is_total(filled[0]):
        return True
    if all(cells[at] != "" for at in required):
        # A sentence merged over the whole row stands in every cell of it.
        return len(filled) > 1 and filled.count(filled[0]) == len(filled)
    return any(_is_total(cells[at]) for at in required) or len(filled) <= 2


def _is_total(cell: Cell) -> bool:
    # The one character that all the words have is looked for first: this is asked of every row.
    return isinstance(cell, str) and "计" in cell and folded(cell).startswith(_TOTALS)


def _numbers(numbers: Sequence[int]) -> str:
    told = "、".join(str(number) for number in numbers[:_MOST_NUMBERS])
    return told + ("…" if len(numbers) > _MOST_NUMBERS else "")
