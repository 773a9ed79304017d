"""Findings: what is wrong with one cell, row or sheet of a workbook that is otherwise read.

The texts are catalogue entries like every known error (:mod:`fieldapp.common.errors`), so that they have a code, are
documented, and say what to do. A finding carries the place (sheet, row, column) and the value with its personal part
hidden; the report is written beside the workbook it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fieldapp.common.errors import ErrorSpec

__all__ = ["Finding", "FindingLevel", "Findings", "column_letter"]

#: error: the row was not taken; warning: the row was taken without that cell, or wants a look; info: for your knowledge.
FindingLevel = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about a workbook. ``row`` is the spreadsheet's own number from 1, 0 for the whole sheet."""

    sheet: str
    row: int
    column: str
    value_masked: str
    code: str
    level: FindingLevel
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    house_no: str = ""


class Findings:
    """Collects the findings of one workbook in the order met."""

    def __init__(self) -> None:
        self._list: list[Finding] = []

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._list)

    def __len__(self) -> int:
        return len(self._list)

    def add(
        self,
        spec: ErrorSpec,
        level: FindingLevel,
        *,
        sheet: str,
        row: int = 0,
        column: str = "",
        value: str = "",
        house_no: str = "",
        **details: object,
    ) -> None:
        """Note one finding; ``details`` (and ``column``) fill the spec's templates and must hold no personal data."""
        told = spec(column=column, **details)
        self._list.append(
            Finding(
                sheet,
                row,
                column,
                value,
                spec.code,
                level,
                told.zh,
                told.en,
                told.remedy_zh,
                told.remedy_en,
                house_no,
            )
        )

    def sorted(self) -> list[Finding]:
        """Return them by sheet in the order met, then by row."""
        order: dict[str, int] = {}
        for finding in self._list:
            order.setdefault(finding.sheet, len(order))
        return sorted(self._list, key=lambda finding: (order[finding.sheet], finding.row))


def column_letter(index: int) -> str:
    """Return the spreadsheet's letters of a column counted from 0: 0 → A, 176 → FU."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
