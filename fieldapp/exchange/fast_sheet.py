"""An XlsxWriter sheet for tens of thousands of rows: whole rows go in at once and are rendered in one go.

XlsxWriter keeps an object for every cell and renders each through six calls. A county is 3.5 million cells; rows of plain
texts and numbers rendered here take a third of the time, and workbook, styles, shared strings and packaging stay
XlsxWriter's. The three internal names used (``_check_dimensions``, ``_write_rows``, the shared-string index) are fixed by
the hash-checked lock; a test compares the result with cells written the ordinary way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xlsxwriter.worksheet import Worksheet

from fieldapp.exchange.findings import column_letter

__all__ = ["FastSheet", "SheetCell"]

#: A column counted from 0 and what stands there.
SheetCell: TypeAlias = "tuple[int, str | float]"


class FastSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that also takes whole rows of plain cells, below everything written cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[int, list[tuple[int, int | float]]]] = []

    def put_row(self, row: int, cells: Sequence[SheetCell]) -> None:
        """Write the cells of a row, in any order. Rows are given from top to bottom, each once, counted from 0."""
        index_of = self.str_table._get_shared_string_index
        line = [(at, index_of(cell) if isinstance(cell, str) else float(cell)) for at, cell in sorted(cells)]
        if line:
            self._check_dimensions(row, line[0][0])
            self._check_dimensions(row, line[-1][0])
            self._lines.append((row, line))

    def _write_rows(self) -> None:
        super()._write_rows()
        width = int(self.dim_colmax or 0) + 1
        letters = [column_letter(at) for at in range(width)]
        styles = [self._style(at) for at in range(width)]
        for row, line in self._lines:
            number = row + 1
            cells = [
                f'<c r="{letters[at]}{number}"{styles[at]} t="s"><v>{value}</v></c>'
                if isinstance(value, int)
                else f'<c r="{letters[at]}{number}"{styles[at]}><v>{value:.16G}</v></c>'
                for at, value in line
            ]
            self.fh.write(f'<row r="{number}">{"".join(cells)}</row>')

    def _style(self, at: int) -> str:
        info = self.col_info.get(at)
        if info is None or info.column_format is None:
            return ""
        return f' s="{info.column_format._get_xf_index()}"'
