"""Ledgers in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.services.ledgers import Ledger, LedgerColumn, LedgerKey, LedgerRow
from fieldapp.services.submissions import Submitted

__all__ = ["FakeLedgers", "FakeSubmissions"]

_COLUMNS = tuple(LedgerColumn(zh, zh, 12) for zh in ("村", "村民小组", "户编号", "户主", "帮扶责任人"))


@dataclass
class FakeLedgers:
    """Two lines in every ledger but that of cases; the income ledgers have two years."""

    empty: bool = False
    saved: list[tuple[LedgerKey, int | None, IdFormat, str]] = field(default_factory=list)

    def years(self) -> list[int]:
        return [2025, 2024]

    def open(
        self,
        key: LedgerKey,
        year: int | None = None,
        id_format: IdFormat = DEFAULT_FORMAT,
        area_code: str = "",
    ) -> Ledger:
        del id_format
        income = key in ("low_listed", "below_line")
        columns = (*_COLUMNS, LedgerColumn("人均纯收入（元）" if income else "证件号码", "last", 20))
        rows = tuple(
            LedgerRow(f"h000{n}", ("东王庄村", "一组", f"41000{n}", f"户主{n}", "李晓梅", 3210.5 * n))
            for n in (1, 2)
        )
        shown = () if self.empty or key == "cases" else rows[:1] if area_code else rows
        return Ledger(
            key, (year or 2025) if income else None, columns, shown, "按县里定的线。", "By the line."
        )

    def save(
        self,
        key: LedgerKey,
        year: int | None,
        path: Path,
        *,
        id_format: IdFormat,
        purpose: str,
        area_code: str = "",
    ) -> int:
        del path, area_code
        self.saved.append((key, year, id_format, purpose))
        return 2


@dataclass
class FakeSubmissions:
    """Keeps what was handed up; the second household of a list has an error."""

    handed_up: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    withdrawn: int = 0

    def allowed(self) -> bool:
        return True

    def submit(self, name: str, household_ids: Sequence[str]) -> Submitted:
        self.handed_up.append((name, tuple(household_ids)))
        return Submitted(name, len(self.handed_up), len(household_ids) - 1, 1)

    def withdraw(self, done: Submitted) -> int:
        del done
        self.withdrawn += 1
        return 2
