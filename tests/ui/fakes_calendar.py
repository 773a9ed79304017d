"""An in-memory calendar, and the progress of two villages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldapp.services.calendar import DayLine, DaySheet
from fieldapp.services.progress import LevelLine

__all__ = ["FakeCalendar", "FakeProgress"]


@dataclass
class FakeCalendar:
    """Lines by day; the numbers are counted from them."""

    lines: dict[date, list[DayLine]] = field(
        default_factory=lambda: {
            date(2026, 11, 22): [
                DayLine("promised", "h0001", "黄海涛", "石桥村 2 组", "约定再访"),
                DayLine("due", "h0003", "阿卜杜热合曼·买买提依明·吐尔逊", "石桥村 4 组", ""),
                DayLine("visited", "h0004", "周德福", "石桥村 5 组", "入户 · 见到本人或家人"),
            ],
            date(2026, 12, 5): [DayLine("task", "h0002", "高凤霞", "青杨村 3 组", "诉求跟进 · 修屋顶")],
        }
    )

    def month(self, year: int, month: int) -> Mapping[date, DaySheet]:
        days: dict[date, DaySheet] = {}
        for day, lines in self.lines.items():
            if (day.year, day.month) == (year, month):
                for line in lines:
                    numbers = days.setdefault(day, DaySheet()).numbers
                    numbers[line.what] = numbers.get(line.what, 0) + 1
        if (year, month) == (2026, 12):
            days.setdefault(date(2026, 12, 20), DaySheet()).deadlines.append("2026 年全覆盖遍访")
        return days

    def day(self, day: date) -> list[DayLine]:
        return list(self.lines.get(day, ()))


class FakeProgress:
    """A town with two villages."""

    def levels(self, area_code: str = "") -> list[LevelLine]:
        if not area_code:
            return [LevelLine("411025101", "王洛镇", "town", 50, 10, 11, 10, 10, 9, below=True)]
        return [
            LevelLine("411025101201", "石桥村", "village", 30, 6, 7, 6, 6, 5, below=False),
            LevelLine("411025101202", "青杨村", "village", 20, 4, 4, 4, 4, 4, below=False),
        ]
