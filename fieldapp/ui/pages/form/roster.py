"""The roster's grid: Tab and Enter walk, typing replaces, choices drop down, a row can be added and taken away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fieldapp.common.clock import Clock
from fieldapp.ui.pages.form.typed_dates import read_typed_date
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.roster import RosterModel
from fieldapp.xform import QuestionView, RepeatView

__all__ = ["RosterWidget"]

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {"date": 112, "select_one": 104, "select_multiple": 150, "integer": 80, "decimal": 96}
_MOST_ROWS_SHOWN = 9


class RosterDelegate(QStyledItemDelegate):
    """Editors by the kind of question; wrong answers stand on a red ground with a sign."""

    def __init__(self, form: FormViewModel, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._clock = clock

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        question = _question(index)
        match question.kind:
            case "select_one":
                combo = QComboBox(parent)
                combo.addItem("", "")
                for choice in question.choices:
                    combo.addItem(choice.label, choice.value)
                combo.activated.connect(lambda: self._done(combo))
                return combo
            case "select_multiple":
                return _CheckList(question, parent)
        line = QLineEdit(parent)
        line.setAccessibleName(question.label)
        return line

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = str(index.data(Qt.ItemDataRole.EditRole))
        match editor:
            case QComboBox():
                editor.setCurrentIndex(max(0, editor.findData(value)))
            case _CheckList():
                editor.choose(value.split())
            case QLineEdit():
                editor.setText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, self._typed(editor, _question(index)), Qt.ItemDataRole.EditRole)

    def _typed(self, editor: QWidget, question: QuestionView) -> str:
        match editor:
            case QComboBox():
                return str(editor.currentData() or "")
            case _CheckList():
                return " ".join(editor.chosen())
            case QLineEdit():
                text = editor.text().strip()
                day = read_typed_date(text, self._clock.today()) if question.kind == "date" else None
                return day.isoformat() if day else text
        raise TypeError(type(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = option.rect  # type: ignore[attr-defined]  # the stub leaves the option's fields out
        if isinstance(editor, _CheckList):
            rect.setHeight(editor.wanted_height())
            rect.setWidth(max(rect.width(), 170))
        editor.setGeometry(rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._form.violation(_question(index)) is not None:
            painter.fillRect(option.rect, QColor(COLOURS.bad_ground))  # type: ignore[attr-defined]
        super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        question = _question(index)
        if question.relevant and self._form.violation(question) is not None:
            option.text = "✕ " + option.text  # type: ignore[attr-defined]


class _CheckList(QListWidget):
    """The choices of a multiple question in a cell, to be ticked."""

    def __init__(self, question: QuestionView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(question.label)
        for choice in question.choices:
            item = QListWidgetItem(choice.label, self)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self.choose([])

    def choose(self, values: list[str]) -> None:
        for item in self._items():
            on = item.data(Qt.ItemDataRole.UserRole) in values
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def chosen(self) -> list[str]:
        ticked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked]

    def wanted_height(self) -> int:
        return self.sizeHintForRow(0) * self.count() + 8

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


def _question(index: Index) -> QuestionView:
    model: Any = index.model()
    question: QuestionView = model.question(index)
    return question


class RosterWidget(QWidget):
    """A repeat shown as a grid, with its two buttons."""

    def __init__(self, form: FormViewModel, repeat: RepeatView, clock: Clock) -> None:
        super().__init__()
        self._form = form
        self.model = RosterModel(form, repeat, self)
        self.grid = QTableView()
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(RosterDelegate(form, clock, self.grid))
        self.grid.setAccessibleName(repeat.label)
        self._prepare_grid()
        self._add = QPushButton(say("＋ 新增一人", "+ Add a row"))
        self._remove = QPushButton(say("删除本行", "Remove this row"))
        self._lay_out()
        self._add.clicked.connect(self.add_row)
        self._remove.clicked.connect(self.remove_row)
        self.grid.selectionModel().currentChanged.connect(self._row_chosen)
        self.refresh()

    def _prepare_grid(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.grid.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.SelectedClicked)
        self.grid.setTabKeyNavigation(True)
        self.grid.verticalHeader().setDefaultSectionSize(32)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        drop = QAction(self.grid, shortcut=QKeySequence("F2"))
        drop.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        drop.triggered.connect(lambda: self.grid.edit(self.grid.currentIndex()))
        self.grid.addAction(drop)
        fill = QAction(self.grid, shortcut=QKeySequence("Ctrl+D"))
        fill.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        fill.triggered.connect(self._fill_from_above)
        self.grid.addAction(fill)

    def _lay_out(self) -> None:
        self._add.setToolTip(say("Ctrl+Shift+N", "Ctrl+Shift+N"))
        self._add.setShortcut(QKeySequence("Ctrl+Shift+N"))
        self._remove.setToolTip(
            say("只能删除本次新增的行；已登记的人请选“本次变化：减少”", "only rows added now")
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        layout.addLayout(buttons)

    def refresh(self) -> None:
        """Show the session's present state."""
        if self.model.rowCount() != len(self.model.repeat.instances):
            self.model.reload()
        else:
            self.model.refresh()
        self._fit()
        self._add.setEnabled(self.model.repeat.can_add)
        self._row_chosen()

    def _fit(self) -> None:
        for column in range(self.model.columnCount()):
            kind = self.model.question(self.model.index(0, column)).kind
            if self.grid.columnWidth(column) == self.grid.horizontalHeader().defaultSectionSize():
                wide = 190 if self.model.question(self.model.index(0, column)).name == "id_number" else 96
                self.grid.setColumnWidth(column, _WIDTHS.get(kind, wide))
        rows = min(max(self.model.rowCount(), 1), _MOST_ROWS_SHOWN)
        self.grid.setFixedHeight(rows * 32 + self.grid.horizontalHeader().sizeHint().height() + 20)

    def _row_chosen(self) -> None:
        row = self.grid.currentIndex().row()
        self._remove.setEnabled(row >= 0 and self.model.repeat.can_remove and not self._registered(row))

    def _registered(self, row: int) -> bool:
        """A member who is in the register is not deleted but marked as having left, so that the history stays."""
        group = self.model.repeat.instances[row]
        return any(getattr(child, "name", "") == "known_id" and child.value for child in group.children)  # type: ignore[union-attr]

    def add_row(self) -> None:
        """Add a row and put the keyboard into its first cell."""
        self._form.add_row(self.model.repeat.ref)
        first = self.model.index(self.model.rowCount() - 1, 0)
        self.grid.setCurrentIndex(first)
        self.grid.setFocus()

    def remove_row(self) -> None:
        """Take the chosen row away."""
        self._form.remove_row(self.model.row_ref(self.grid.currentIndex().row()))

    def _fill_from_above(self) -> None:
        index = self.grid.currentIndex()
        if index.row() > 0 and index.flags() & Qt.ItemFlag.ItemIsEditable:
            above = self.model.index(index.row() - 1, index.column())
            self.model.setData(index, above.data(Qt.ItemDataRole.EditRole))

    def show_ref(self, ref: str) -> bool:
        """Go to a question of this grid; False when it is elsewhere."""
        index = self.model.position_of(ref)
        if not index.isValid():
            return False
        self.grid.setFocus()
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)
        return True

    def current_ref(self) -> str | None:
        """Return the ref of the cell the keyboard is in."""
        index = self.grid.currentIndex()
        return self.model.question(index).ref if index.isValid() else None
