"""One fact of many households in a grid: what it is now, what it becomes, and why a value is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.schema import Code
from fieldapp.ui.text import choose, language, say
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.ui.viewmodels.work_table import CELL_ROLE, TONE_ROLE

if TYPE_CHECKING:
    from fieldapp.register.schema import Property
    from fieldapp.services.corrections import BatchRow, Corrected
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["NEW", "BatchTable", "BatchViewModel"]

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEAD, PLACE, NOW, NEW, WRONG = range(5)


class BatchTable(QAbstractTableModel):
    """The households with their new values. Only the column 改成 is typed into."""

    edited = Signal()

    def __init__(self, model: BatchViewModel) -> None:
        super().__init__(model)
        self._model = model
        self.rows: Sequence[BatchRow] = ()
        self.texts: list[str] = []
        self.wrong: list[str] = []

    def show(self, rows: Sequence[BatchRow]) -> None:
        """Show households with the value each has now; what was typed is gone."""
        self.beginResetModel()
        self.rows = rows
        self.texts = [row.raw for row in rows]
        self.wrong = [""] * len(rows)
        self.endResetModel()
        self.edited.emit()

    def changed_rows(self) -> list[int]:
        """Return the rows whose new value is another one."""
        return [n for n, row in enumerate(self.rows) if self.texts[n].strip() != row.raw]

    def put(self, row: int, text: str) -> None:
        """Give a row a new value, right or wrong."""
        if 0 <= row < len(self.rows):
            self.texts[row] = text.strip()
            self.wrong[row] = self._model.why_not(text) if text.strip() != self.rows[row].raw else ""
            self.dataChanged.emit(self.index(row, NEW), self.index(row, WRONG))

    def fill(self, rows: Sequence[int], text: str) -> None:
        """Give several rows the same value."""
        for row in rows:
            self.put(row, text)
        self.edited.emit()

    def fill_down(self, rows: Sequence[int]) -> None:
        """Give the chosen rows the value of the topmost; a single row that of the one above."""
        if rows:
            first = min(rows) if len(rows) > 1 else min(rows) - 1
            if first >= 0:
                self.fill(sorted(rows), self.texts[first])

    def paste(self, start: int, text: str) -> int:
        """Paste a column as Excel and WPS copy it; return how many rows took something."""
        lines = [line.split("\t")[0] for line in text.rstrip("\r\n").replace("\r\n", "\n").split("\n")]
        taken = range(max(start, 0), min(max(start, 0) + len(lines), len(self.rows)))
        for row, line in zip(taken, lines, strict=False):
            self.put(row, line)
        self.edited.emit()
        return len(taken)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else WRONG + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            say("户主", "Head"),
            say("地址", "Place"),
            say("现在", "Now"),
            say("改成", "Becomes"),
            say("检查", "Check"),
        )[section]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NEW else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.wrong[row] or self._text(row, column)
        tone = "bad" if column == WRONG and self.wrong[row] else "neutral"
        if role == CELL_ROLE:
            return self._text(row, column), tone
        if role == TONE_ROLE:
            return tone
        return None

    def _text(self, row: int, column: int) -> str:
        shown = self.rows[row]
        if column == WRONG:
            changed = self.texts[row].strip() != shown.raw
            return f"✕ {self.wrong[row]}" if self.wrong[row] else say("会改", "changes") if changed else ""
        return (shown.head_name, shown.place, shown.text, self.texts[row])[column]

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != NEW:
            return False
        self.put(index.row(), str(value))
        self.edited.emit()
        return True


class BatchViewModel(ViewModel):
    """Which fact, of which households, and the one reason."""

    rows_changed = Signal()
    corrected = Signal(str, object)  # a sentence, what was done
    taken_back = Signal(str)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._households: tuple[str, ...] = ()
        self.name = ""
        self.table = BatchTable(self)

    def choose_households(self, household_ids: Sequence[str]) -> None:
        """Work on these households."""
        self._households = tuple(household_ids)
        self._load()

    @property
    def households(self) -> int:
        return len(self._households)

    def properties(self) -> list[tuple[str, str]]:
        """Return the facts one may correct: name and label."""
        return [(p.name, choose(p.zh, p.en)) for p in self._workspace.corrections.properties()]

    def choose_property(self, name: str) -> None:
        """Work on another fact; what was typed is gone."""
        self.name = name
        self._load()

    def choices(self) -> Sequence[Code]:
        """Return the codes of the fact; empty for free text."""
        prop = self._prop()
        if prop is not None and prop.type == "boolean":
            return (Code("是", "是", "yes"), Code("否", "否", "no"))
        if prop is None or prop.codes is None:
            return ()
        return self._workspace.schema.codes[prop.codes].codes

    def why_not(self, text: str) -> str:
        """Return why a value is not taken, in the person's language; empty when it is."""
        refused = self._workspace.corrections.refusal(self.name, text) if self.name else None
        return (refused.zh if language() == "zh" else refused.en) if refused else ""

    def count(self) -> tuple[int, int]:
        """Return how many rows change and how many of them are wrong."""
        changed = self.table.changed_rows()
        return len(changed), sum(1 for row in changed if self.table.wrong[row])

    def apply(self, reason: str) -> None:
        """Write what changes as one correction."""
        rows = self.table.changed_rows()
        texts = {self.table.rows[row].household_id: self.table.texts[row] for row in rows}
        name = self.name
        self._runner.run(
            lambda: self._workspace.corrections.batch(name, texts, reason),
            lambda done: self._done(done),
            self.report,
        )

    def take_back(self, done: Corrected) -> None:
        """Take the last batch back."""
        reason = say("批量更正", "a batch")
        self._runner.run(lambda: self._workspace.corrections.take_back(done, reason), self._back, self.report)

    def _done(self, done: Corrected) -> None:
        sentence = say("已更正 {n} 户，原值留在来历里。", "{n} households corrected.", n=done.facts)
        if done.proposed:
            sentence = say(
                "{n} 户的更正已交村级信息员，确认后才改登记册。",
                "{n} corrections wait for the village clerk.",
                n=done.proposed,
            )
        self.corrected.emit(sentence, done)
        self._load()

    def _back(self, done: Corrected) -> None:
        kept = say("，{n} 户后来又改过，没有动", "; {n} changed since were left", n=done.kept)
        self.taken_back.emit(
            say("已撤销 {n} 户", "{n} taken back", n=done.facts + done.proposed)
            + (kept if done.kept else "")
            + say("。", ".")
        )
        self._load()

    def _load(self) -> None:
        name, wanted = self.name, self._households
        if not name or not wanted:
            self.table.show(())
            self.rows_changed.emit()
            return
        self._runner.run(lambda: self._workspace.corrections.rows(name, wanted), self._arrived, self.report)

    def _arrived(self, rows: Sequence[BatchRow]) -> None:
        self.table.show(rows)
        self.rows_changed.emit()

    def _prop(self) -> Property | None:
        return self._workspace.schema.property("households", self.name) if self.name else None
