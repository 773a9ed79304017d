"""A roster on the page: the grid, a line about the current cell, the buttons, and the current row in full."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.notes import NotesBlock
from fieldapp.ui.pages.form.question import QuestionRow
from fieldapp.ui.pages.form.roster.detail import RosterDetail
from fieldapp.ui.pages.form.roster.grid import RosterGrid
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.roster import PasteResult, RosterModel
from fieldapp.ui.widgets.controls import button, key_tip
from fieldapp.xform import QuestionView, RepeatView

__all__ = ["RosterWidget"]


class RosterWidget(QWidget):
    """A repeat shown as a grid."""

    passed = Signal(object)  # this roster: on to the next question
    row_removed = Signal(object)  # RemovedRow

    def __init__(self, repeat: RepeatView, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._form = context.form
        self.model = RosterModel(context.form, repeat, context.clock, self)
        self.grid = RosterGrid(self.model, context)
        self.grid.setAccessibleName(repeat.label)
        self.detail: RosterDetail | None = None
        self._notes: NotesBlock | None = None
        self._line = QLabel(wordWrap=True)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._add = button(
            say("＋ 新增一人", "+ Add a person")
            if repeat.ref in context.form.keeper.people
            else say("＋ 新增一行", "+ Add a row"),
            self.add_row,
            tip=key_tip(say("新增一行", "Add a row"), "Ctrl+Shift+N"),
        )
        self._remove = button(
            say("删除本行", "Remove this row"),
            self.remove_row,
            kind="quiet",
            tip=key_tip(say("删除本行", "Remove this row"), "Ctrl+Delete"),
        )
        self._more = button(
            say("详细", "Details"),
            self.toggle_detail,
            kind="quiet",
            tip=key_tip(say("看这一行的全部内容", "The row in full"), "F4"),
        )
        self._lay_out()
        self._connect()
        self.grid.set_widths()
        self.refresh()

    def _lay_out(self) -> None:
        scale = self._context.scale
        self._more.setCheckable(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(scale(8))
        for widget in (self._add, self._remove):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self._more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(scale(10), 0, 0, 0)
        self._column.setSpacing(scale(6))
        self._column.addWidget(self.grid)
        self._column.addWidget(self._line)
        self._column.addLayout(buttons)

    def _connect(self) -> None:
        self.grid.passed.connect(lambda: self.passed.emit(self))
        self.grid.pasted.connect(self._tell_pasted)
        self.grid.selectionModel().currentChanged.connect(self._cell_chosen)
        keys: dict[str, Callable[[], None]] = {
            "Alt+Up": partial(self._step_row, -1),
            "Alt+Down": partial(self._step_row, 1),
            "Ctrl+Shift+N": self.add_row,
            "Ctrl+Delete": self.remove_row,
            "F4": self.toggle_detail,
        }
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Following the session

    @property
    def ref(self) -> str:
        return self.model.repeat.ref

    def refresh(self) -> None:
        """Show the session's present state."""
        if self.model.rowCount() != len(self.model.repeat.instances):
            self.sync()
            return
        show_if(self, self.model.repeat.relevant and not self._form.is_for_office(self.model.repeat))
        self.model.refresh()
        self.grid.fit()
        self._show_buttons()
        self._cell_chosen()
        if self.detail is not None:
            self.detail.refresh()

    def sync(self, _gone: int = -1) -> None:
        """Follow the instances there are now, staying as near to the current cell as possible."""
        index = self.grid.currentIndex()
        had_columns = self.model.columnCount()
        self.model.reload()
        if not had_columns:
            self.grid.set_widths()
        row = min(index.row(), self.model.rowCount() - 1)
        if index.isValid() and row >= 0:
            self.grid.setCurrentIndex(self.model.index(row, index.column()))
        self.refresh()

    def _show_buttons(self) -> None:
        writable = not self._form.read_only
        row = self.grid.currentIndex().row()
        chosen = 0 <= row < self.model.rowCount()
        registered = chosen and self.model.is_registered(row)
        show_if(self._add, writable and self.model.repeat.can_add)
        show_if(self._remove, writable and self.model.repeat.can_remove)
        self._remove.setEnabled(chosen and not registered)
        self._remove.setToolTip(
            say("已登记的人不删除，请在“本次变化”里选“减少”", "A registered member leaves by “Change: left”")
            if registered
            else key_tip(say("删除本次新增的这一行", "Remove this row"), "Ctrl+Delete")
        )

    def _cell_chosen(self) -> None:
        index = self.grid.currentIndex()
        self._show_buttons()
        if not index.isValid():
            _tell(self._line, "", "hint")
            return
        question = self.model.question(index)
        if self.grid.hasFocus():
            self._form.look_at(question.ref)
        violation = self._form.violation(question)
        tip = self.model.tip(question, noted=False).replace("\n", "　")
        about = f"{self.model.row_name(index.row())} · {question.label}"
        _tell(
            self._line,
            f"{about}　{'✕ ' if violation else ''}{tip}".rstrip(),
            "error" if violation else "hint",
        )
        self._show_notes(question)
        if self.detail is not None and self.detail.isVisible():
            self.detail.show_row(self.model.row_name(index.row()), self.model.row_questions(index.row()))

    def _show_notes(self, question: QuestionView) -> None:
        """What is noted beside the current cell stands below the grid; the detail pane has each at its question."""
        if self.detail is not None and self.detail.isVisible():
            if self._notes is not None:
                show_if(self._notes, False)
        elif self._notes is not None:
            self._notes.bind(question)
        elif not self._form.door_mode and self._form.notes.any_at(question.ref):
            self._made_notes(question).refresh()

    def _made_notes(self, question: QuestionView) -> NotesBlock:
        if self._notes is None:
            self._notes = NotesBlock(self._context, question, self)
            self._notes.done.connect(self.grid.setFocus)
            self._column.insertWidget(2, self._notes)
        return self._notes

    # The person's doing

    def write_comment(self) -> None:
        """Open the line for a comment to the current cell, or to the question of the detail pane the keyboard is in."""
        if (row := self._detail_row()) is not None:
            row.write_comment()
        elif (index := self.grid.currentIndex()).isValid():
            self._made_notes(self.model.question(index)).write_comment()

    def write_reason(self) -> bool:
        """Open the line for why a doubt at the current cell is none; False when there is no doubt."""
        if (row := self._detail_row()) is not None:
            return row.write_reason()
        index = self.grid.currentIndex()
        return index.isValid() and self._made_notes(self.model.question(index)).write_reason()

    def _detail_row(self) -> QuestionRow | None:
        rows = self.detail.rows if self.detail is not None else ()
        return next((row for row in rows if row.holds(self._focused())), None)

    def add_row(self) -> None:
        """Add a row and put the keyboard into its first cell."""
        if self._form.read_only or not self.model.repeat.can_add:
            return
        self._form.add_row(self.ref)
        self._go_to(self.model.rowCount() - 1, 0)

    def remove_row(self) -> None:
        """Take the current row away; the page offers to put it back."""
        row = self.grid.currentIndex().row()
        removable = self.model.repeat.can_remove and not self._form.read_only
        if removable and 0 <= row < self.model.rowCount() and not self.model.is_registered(row):
            self.row_removed.emit(self._form.remove_row(self.model.row_ref(row)))

    def toggle_detail(self) -> None:
        """Show the current row in full, or no longer."""
        if self.detail is None:
            self.detail = RosterDetail(self._context)
            self.detail.hide()
            self._column.addWidget(self.detail)
            self.detail.passed_end.connect(lambda: self._step_row(1))
        if not self.grid.currentIndex().isValid() and self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        shown = self.detail.isHidden() and self.grid.currentIndex().isValid()
        show_if(self.detail, shown)
        self._more.setChecked(shown)
        self._cell_chosen()

    def _step_row(self, step: int) -> None:
        index = self.grid.currentIndex()
        row = index.row() + step
        inside = self.detail is not None and self.detail.holds(self._focused())
        if not 0 <= row < self.model.rowCount():
            if step > 0:
                self.passed.emit(self)
            return
        self.grid.setCurrentIndex(self.model.index(row, index.column()))
        if inside and self.detail is not None:
            self.detail.rows[0].take_focus()

    def _tell_pasted(self, result: PasteResult) -> None:
        parts = [say("已粘贴 {n} 格", "{n} cells pasted", n=result.filled)]
        if result.added_rows:
            parts.append(say("新增 {n} 行", "{n} rows added", n=result.added_rows))
        if result.refused:
            shown = "、".join(dict.fromkeys(result.refused[:5]))
            parts.append(
                say(
                    "{n} 格没有对上选项，未改：{shown}",
                    "{n} fit no choice: {shown}",
                    n=len(result.refused),
                    shown=shown,
                )
            )
        _tell(self._line, "，".join(parts), "error" if result.refused else "hint")

    # The keyboard

    def take_focus(self) -> None:
        """Put the keyboard into the grid, or on the button that adds the first row."""
        if self.model.rowCount():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order; within the grid Tab walks over the cells."""
        detail = self.detail.tab_widgets() if self.detail is not None and self.detail.isVisible() else []
        notes = self._notes.tab_widgets() if self._notes is not None else []
        return [self.grid, *notes, self._add, self._remove, self._more, *detail]

    def show_ref(self, ref: str) -> bool:
        """Go to a question of this roster; False when it is elsewhere."""
        index = self.model.position_of(ref)
        if index.isValid():
            self._go_to(index.row(), index.column())
        return index.isValid()

    def _go_to(self, row: int, column: int) -> None:
        index = self.model.index(row, column)
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_ref(self) -> str | None:
        """Return the question of the current cell."""
        index = self.grid.currentIndex()
        return self.model.question(index).ref if index.isValid() else None

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether the keyboard is in this roster."""
        return widget is not None and self.isAncestorOf(widget)

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()


def _tell(label: QLabel, text: str, role: str) -> None:
    if label.property("say") != role:
        label.setProperty("say", role)
        label.style().unpolish(label)
        label.style().polish(label)
    label.setText(text or " ")
