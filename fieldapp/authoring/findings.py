"""What a check found: where, what is wrong, how to mend it, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from fieldapp.common.errors import KnownError

__all__ = ["Finding", "Level", "finding_of", "located"]

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``column`` is the column's header; ``row`` counts as the workbook does, the header being 1."""

    level: Level
    code: str
    sheet: str
    row: int | None
    column: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str

    def as_json(self) -> dict[str, object]:
        """Return what ``--json`` prints."""
        return {name: getattr(self, name) for name in self.__slots__}

    def sort_key(self) -> tuple[int, str, int, str, str]:
        return (self.level != "error", self.sheet, self.row or 0, self.column, self.code)


def finding_of(
    error: KnownError, sheet: str = "", row: int | None = None, column: str = "", level: Level = "error"
) -> Finding:
    """Return a known error as a finding at a place."""
    return Finding(
        level,
        error.code,
        sheet,
        row,
        column,
        error.zh.strip(),
        error.en.strip(),
        error.remedy_zh,
        error.remedy_en,
    )


def located(finding: Finding, sheet: str, row: int | None, column: str) -> Finding:
    """Return ``finding`` at another place."""
    return replace(finding, sheet=sheet, row=row, column=column)
