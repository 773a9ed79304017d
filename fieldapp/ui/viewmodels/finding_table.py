"""The findings as a table model: what, whose, which field, and how it was passed; rows come in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.register.checks import LEVEL_ZH, Finding, Level
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.row_pages import RowPages
from fieldapp.ui.viewmodels.wording import group_label
from fieldapp.ui.viewmodels.work_table import CELL_ROLE, TONE_ROLE

if TYPE_CHECKING:
    from fieldapp.services.findings import FindingLine

__all__ = ["FindingColumn", "FindingTable", "level_label", "level_tone"]

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TONES: dict[Level, Tone] = {"error": "bad", "doubt": "attention", "hint": "accent"}


class FindingColumn(IntEnum):
    """The columns in order."""

    HEAD = 0
    LEVEL = 1
    WHAT = 2
    FIELD = 3
    PLACE = 4
    REASON = 5


def level_label(level: Level) -> str:
    """Return what a level is called."""
    return say(LEVEL_ZH[level], level)


def level_tone(level: Level) -> Tone:
    """Return the tone of a level; the word always stands beside it."""
    return _TONES[level]


class FindingTable(QAbstractTableModel):
    """Rows of findings."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], list[FindingLine]],
        mends: Callable[[Finding], tuple[str, str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages: RowPages[FindingLine] = RowPages(fetch)
        self._mends = mends

    def show(self, ids: list[int], first_page: list[FindingLine]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._pages.replace(ids, first_page)
        self.endResetModel()

    @property
    def ids(self) -> Sequence[int]:
        """All findings in display order."""
        return self._pages.keys

    def line(self, position: int) -> FindingLine | None:
        """Return the row at a position."""
        return self._pages.row(position) if 0 <= position < len(self._pages) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(FindingColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _title(FindingColumn(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._pages.row(index.row())
        column = index.column()
        if role == CELL_ROLE:
            return ("", "neutral") if line is None else (self._text(line, column), _tone(line, column))
        if line is None:
            return None
        if role == TONE_ROLE:
            return _tone(line, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(line, column)
        return None

    def _text(self, line: FindingLine, column: int) -> str:
        found = line.finding
        match column:
            case FindingColumn.HEAD:
                return line.head_name
            case FindingColumn.LEVEL:
                return level_label(found.level)
            case FindingColumn.WHAT:
                return choose(found.zh, found.en)
            case FindingColumn.FIELD:
                return choose(*self._mends(found))
            case FindingColumn.PLACE:
                return f"{line.village_name} {group_label(line.group_name)}".strip()
            case _:
                return line.reason

    def _tooltip(self, line: FindingLine, column: int) -> str:
        if column == FindingColumn.HEAD:
            return say("户编号 {no}", "Household number {no}", no=line.house_no)
        if column == FindingColumn.REASON and line.reason:
            return say(
                "{who} 于 {day} 说明：{reason}",
                "{who}, {day}: {reason}",
                who=line.passed_by,
                day=line.passed_on,
                reason=line.reason,
            )
        return self._text(line, column)


def _title(column: FindingColumn) -> str:
    return {
        FindingColumn.HEAD: say("户主", "Head"),
        FindingColumn.LEVEL: say("级别", "Level"),
        FindingColumn.WHAT: say("查出什么", "What was found"),
        FindingColumn.FIELD: say("改哪一项", "Field"),
        FindingColumn.PLACE: say("村组", "Place"),
        FindingColumn.REASON: say("说明", "Reason"),
    }[column]


def _tone(line: FindingLine, column: int) -> Tone:
    return level_tone(line.finding.level) if column == FindingColumn.LEVEL else "neutral"
