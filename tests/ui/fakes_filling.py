"""Filling blanks in memory: nothing is read or written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.common.tasks import CancelToken, ProgressSink
from fieldapp.exchange.blanks.errors import NOTHING_TO_FILL
from fieldapp.services.table_builder import Blank, FillOrder, WordLine

__all__ = ["FakeTableBuilder"]


@dataclass
class FakeTableBuilder:
    """Knows three words; every blank is broken."""

    orders: list[FillOrder] = field(default_factory=list)

    def words(self, household_id: str | None = None) -> list[WordLine]:
        return [
            WordLine("今天", "all", "2026年11月22日"),
            WordLine("户主姓名", "household", "王建国" if household_id else ""),
            WordLine("姓名", "member", "王建国" if household_id else ""),
        ]

    def read(self, path: Path) -> Blank:
        raise NOTHING_TO_FILL(name=path.name)

    def examples(self, blank: Blank, household_id: str) -> list[WordLine]:
        return self.words(household_id)

    def fill(
        self,
        blank: Blank,
        order: FillOrder,
        target: Path,
        progress: ProgressSink,
        cancel: CancelToken | None,
    ) -> list[Path]:
        self.orders.append(order)
        return [target]
