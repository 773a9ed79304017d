"""The work list as a table model: columns, texts and tones of a row. Nothing here is slower than its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.ui.dates import long_day, short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.row_pages import RowPages
from fieldapp.ui.viewmodels.wording import due_tone, group_label, risk_text, sent_text, visits_text

if TYPE_CHECKING:
    from fieldapp.services.worklist import WorkRow

__all__ = ["CELL_ROLE", "TONE_ROLE", "WorkColumn", "WorkTable"]

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
#: Text and tone at once, for the delegate: a screen has 250 cells, and each question crosses from Qt to Python.
CELL_ROLE = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class WorkColumn(IntEnum):
    """The columns in order. Visit state and sending state are two things and two columns."""

    HEAD = 0
    PLACE = 1
    MEMBERS = 2
    TYPE = 3
    MONITOR = 4
    RISK = 5
    YEAR = 6
    LAST = 7
    STATE = 8
    SENT = 9


def column_title(column: WorkColumn) -> str:
    """Return the heading of a column."""
    return {
        WorkColumn.HEAD: say("户主", "Head"),
        WorkColumn.PLACE: say("村组", "Place"),
        WorkColumn.MEMBERS: say("人口", "Size"),
        WorkColumn.TYPE: say("户类型", "Type"),
        WorkColumn.MONITOR: say("监测类别", "Monitored"),
        WorkColumn.RISK: say("风险", "Risk"),
        WorkColumn.YEAR: say("本年", "Year"),
        WorkColumn.LAST: say("最近走访", "Last visit"),
        WorkColumn.STATE: say("走访状态", "Visits"),
        WorkColumn.SENT: say("发送", "Sending"),
    }[column]


class WorkTable(QAbstractTableModel):
    """Rows of the work list."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[WorkRow]],
        today: Callable[[], date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages: RowPages[WorkRow] = RowPages(fetch)
        self._today = today

    def show(self, keys: list[int], first_page: list[WorkRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._pages.replace(keys, first_page)
        self.endResetModel()

    def work_row(self, position: int) -> WorkRow | None:
        """Return the row at a position."""
        return self._pages.row(position) if 0 <= position < len(self._pages) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(WorkColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(WorkColumn(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CELL_ROLE:
            row = self._pages.row(index.row())
            column = index.column()
            return ("", "neutral") if row is None else (self._text(row, column), _tone(row, column))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, TONE_ROLE):
            return None
        row = self._pages.row(index.row())
        if row is None:
            return None
        column = index.column()
        if role == TONE_ROLE:
            return _tone(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(row, column)
        return self._text(row, column)

    def _text(self, row: WorkRow, column: int) -> str:
        match column:
            case WorkColumn.HEAD:
                return row.head_name
            case WorkColumn.PLACE:
                return f"{row.village_name} {group_label(row.group_name)}".strip()
            case WorkColumn.MEMBERS:
                return str(row.member_count)
            case WorkColumn.TYPE:
                return row.household_type
            case WorkColumn.MONITOR:
                return row.monitor
            case WorkColumn.RISK:
                return risk_text(row.risk_cleared)
            case WorkColumn.YEAR:
                return f"{row.done}/{row.required}" if row.required else "—"
            case WorkColumn.LAST:
                return short_day(row.last_visit, self._today()) or "—"
            case WorkColumn.STATE:
                return visits_text(row, self._today())
            case _:
                return sent_text(row)[0]


def _tone(row: WorkRow, column: int) -> Tone:
    if column == WorkColumn.STATE:
        return due_tone(row.due_state)
    if column == WorkColumn.SENT:
        return sent_text(row)[1]
    return "neutral"


def _tooltip(row: WorkRow, column: int) -> str:
    if column == WorkColumn.HEAD:
        return say("户编号 {no}", "Household number {no}", no=row.house_no)
    if column == WorkColumn.LAST:
        return long_day(row.last_visit)
    if column == WorkColumn.STATE and row.attempts:
        return say(
            "已去 {n} 次未遇（分在 {w} 周）：如实记，不算走访",
            "went {n} times in {w} weeks and met nobody: told, not counted",
            n=row.attempts,
            w=row.attempt_weeks,
        )
    if column == WorkColumn.YEAR:
        return say(
            "今年走访 {done} 次，应走 {all} 次", "{done} of {all} visits", done=row.done, all=row.required
        )
    if column == WorkColumn.PLACE and row.helper_name:
        return say("帮扶责任人 {name}", "Helper {name}", name=row.helper_name)
    return ""
