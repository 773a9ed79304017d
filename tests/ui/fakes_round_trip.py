"""Round trips in memory: one returned workbook with every kind of difference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.register.change import Change
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Value
from fieldapp.services.round_trip import (
    Accepted,
    ColumnChoice,
    Difference,
    ExportOrder,
    LeftOut,
    Returned,
    TripList,
)

__all__ = ["FakeRoundTrip", "returned_book"]


def returned_book() -> Returned:
    """Return a book with a plain difference, one that moved on, one that cannot be read, and rows left out."""
    schema = register_schema()

    def cell(row: int, name: str, old: Value, now: Value, new: Value) -> Difference:
        prop = schema.property("persons", name)
        assert prop is not None
        who = "买买提·吐尔逊·阿卜杜热合曼（买买提·吐尔逊·阿卜杜热合曼户）"
        return Difference(
            row, "persons", f"p{row}", f"h{row}", who, name, prop, old, now, new, conflict=old != now
        )

    bad = replace(
        cell(7, "education", "junior", "junior", None),
        problem=("「野鸡大学」不在选项里", "not in the list"),
        raw="野鸡大学",
    )
    found = (
        cell(2, "work_months", 6, 6, 9),
        cell(3, "work_months", 6, 8, 10),
        bad,
        cell(8, "work_county", "襄城县", "襄城县", "东莞市长安镇上沙社区第三工业区"),
    )
    left = (LeftOut(9, "added"), LeftOut(12, "gone"), LeftOut(15, "gone"))
    return Returned("成员.xlsx", 400, found, left, sheet="家庭成员")


@dataclass
class FakeRoundTrip:
    """Keeps what was asked. With ``gate`` on, accepted facts wait for the clerk."""

    book: Returned = field(default_factory=returned_book)
    gate: bool = False
    orders: list[ExportOrder] = field(default_factory=list)
    looked: list[Path] = field(default_factory=list)
    accepted: list[tuple[frozenset[tuple[str, str, str]], str]] = field(default_factory=list)
    undone: int = 0

    def columns(self, list_name: TripList) -> list[ColumnChoice]:
        props = register_schema().lists[list_name].properties.values()
        return [
            ColumnChoice(one.name, one.zh, one.en, one.write != "county", self.gate and one.name == "name")
            for one in props
        ]

    def export(
        self, order: ExportOrder, path: Path, progress: ProgressSink, cancel: CancelToken | None = None
    ) -> int:
        self.orders.append(order)
        progress(Progress(1, 1, "正在写表格", "writing"))
        path.write_bytes(b"PK")
        return len(order.household_ids)

    def read(self, path: Path, password: str | None = None) -> Returned:
        self.looked.append(path)
        asking = frozenset(one.key for one in self.book.differences) if self.gate else frozenset()
        return replace(self.book, asking=asking)

    def accept(self, returned: Returned, keys: Collection[tuple[str, str, str]], note: str = "") -> Accepted:
        wanted = frozenset(keys)
        self.accepted.append((wanted, note))
        back = Change("u1", "2026-11-22T01:30:00Z", "s1", "李晓梅", "correction")
        if self.gate:
            self.book = replace(self.book, waiting=wanted)
            return Accepted("c1", 0, 0, back, proposed=len(wanted))
        left = tuple(one for one in self.book.differences if one.key not in wanted)
        self.book = replace(self.book, differences=left)
        return Accepted("c1", len(wanted), 0, back)

    def undo(self, accepted: Accepted) -> int:
        self.undone += 1
        self.book = returned_book()
        return accepted.facts + accepted.proposed
