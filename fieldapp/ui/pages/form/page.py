"""The form page: parts at the left, one calm column, everything by keyboard, saved while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.common.clock import CHINA, Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import InlineRunner, TaskRunner
from fieldapp.ui.pages.form.column import FormColumn
from fieldapp.ui.pages.form.context import DOOR_FACTOR, FormContext
from fieldapp.ui.pages.form.head import FormHead, language_box
from fieldapp.ui.pages.form.look import form_stylesheet
from fieldapp.ui.pages.form.reason import ReasonBar
from fieldapp.ui.pages.form.side import PartsList
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.form_rows import RemovedRow
from fieldapp.ui.widgets.banner import Banner

__all__ = ["FormPage"]

#: Below this width, in design units, the list of parts gives its place to the questions.
_NARROW = 620


class FormPage(QWidget):
    """One form. ``closed``: the person goes back, the draft is kept; ``finished`` with the id of the record."""

    closed = Signal()
    finished = Signal(str)
    door_mode_changed = Signal(bool)

    def __init__(
        self,
        form: FormViewModel,
        clock: Clock,
        runner: TaskRunner | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("formPage")
        self.setProperty("surface", "ground")
        self.form = form
        self.context = FormContext(form, clock, runner or InlineRunner())
        self.setStyleSheet(form_stylesheet(self.context.scale))
        self.banner = Banner(self)
        self.reason = ReasonBar(self)
        self._build()
        self._connect()
        self._connect_keys()
        self._show_progress()
        self._started = False

    def _build(self) -> None:
        scale = self.context.scale
        self.head = FormHead(self.context, self)
        self.side = PartsList(self.context, self)
        if self.form.read_only:
            self.side.hide_signs()
        self.languages = language_box(self.context, self)
        self.column = FormColumn(self.context, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(scale(20), scale(12), scale(12), 0)
        self._layout.setSpacing(scale(10))
        self._layout.addWidget(self.head)
        self._layout.addWidget(self.banner)
        self._layout.addWidget(self.reason)
        self._body = QHBoxLayout()
        self._body.setSpacing(scale(14))
        beside = QVBoxLayout()
        beside.addWidget(self.side, 1)
        beside.addWidget(self.languages)
        beside.setContentsMargins(0, 0, 0, scale(8))
        self._body.addLayout(beside)
        self._body.addWidget(self.column, 1)
        self._layout.addLayout(self._body, 1)

    # Connections

    def _connect(self) -> None:
        form, head = self.form, self.head
        form.changed.connect(self._refresh)
        form.rows_changed.connect(self._rows_changed)
        form.sections_changed.connect(self._show_progress)
        form.language_changed.connect(self._refresh_all)
        form.door_mode_changed.connect(self._show_door_mode)
        form.saved.connect(self._tell_saved)
        form.failed.connect(self._tell_error)
        form.finished.connect(self.finished)
        form.reason_wanted.connect(self.reason.ask)
        self.reason.given.connect(form.give_reason)
        head.empty.clicked.connect(self.go_to_empty)
        head.error.clicked.connect(self.go_to_error)
        head.doubt.clicked.connect(self.go_to_doubt)
        head.comment.clicked.connect(self.write_comment)
        head.door.clicked.connect(self.toggle_door_mode)
        head.back.clicked.connect(self.leave)
        head.finish.clicked.connect(self.finish)
        self.side.part_asked.connect(self._go_to_visible_part)
        self._connect_column()

    def _connect_column(self) -> None:
        self.column.arrived.connect(self._part_entered)
        self.column.ended.connect(lambda: self._leave_column(True))
        self.column.left.connect(self._leave_column)
        self.column.row_removed.connect(self._offer_undo)

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Alt+Left": self.leave,
            "Ctrl+S": self.form.flush,
            "Ctrl+Enter": self.finish,
            "Ctrl+Return": self.finish,
            "F6": self.go_to_empty,
            "F7": self.go_to_doubt,
            "F8": self.go_to_error,
            "Ctrl+M": self.write_comment,
            "Ctrl+E": self.write_reason,
            "F11": self.toggle_door_mode,
            "Ctrl+PgDown": lambda: self._step_part(1),
            "Ctrl+PgUp": lambda: self._step_part(-1),
        }
        for number in range(9):
            keys[f"Alt+{number + 1}"] = partial(self._go_to_visible_part, number)
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Following the form

    def _refresh(self, refs: frozenset[str]) -> None:
        self.column.refresh(refs)

    def _rows_changed(self, repeat: str, gone: int) -> None:
        self.column.sync(repeat, gone)

    def _refresh_all(self) -> None:
        self.column.refresh_all()
        self.head.show_title()

    def _show_progress(self) -> None:
        self.side.show_progress(self.form.progress())

    def _visible_parts(self) -> list[int]:
        return [number for number, part in enumerate(self.form.parts) if self.form.part_is_visible(part)]

    def _part_entered(self, number: int) -> None:
        visible = self._visible_parts()
        if number in visible:
            self.side.show_current(visible.index(number))

    def _go_to_visible_part(self, place: int) -> None:
        visible = self._visible_parts()
        if 0 <= place < len(visible):
            self.column.show_part(visible[place])

    def _step_part(self, step: int) -> None:
        self._go_to_visible_part(self.side.currentRow() + step)

    # At the door

    def toggle_door_mode(self) -> None:
        """Show the page as the family may see it, or in full again."""
        if not self.form.read_only:
            self.form.toggle_door_mode()

    def _show_door_mode(self, on: bool) -> None:
        here = self.column.current_ref()
        self.context.scale.factor = DOOR_FACTOR if on else 1.0
        self.setStyleSheet(form_stylesheet(self.context.scale))
        self._rebuild_column()
        self.head.badge.setVisible(on)
        for act in (self.head.comment, self.head.doubt):
            act.setVisible(not on)
        self.head.name_acts()
        self._show_side()
        self.banner.hide()
        self.column.show_ref(here or self.form.first_to_answer() or "")
        self.door_mode_changed.emit(on)

    def _rebuild_column(self) -> None:
        """Lay everything out anew for another size of type."""
        old = self.column
        self.column = FormColumn(self.context, self)
        self._connect_column()
        self._body.replaceWidget(old, self.column)
        old.hide()
        old.deleteLater()

    # Going about

    def _leave_column(self, forward: bool) -> None:
        """Behind the last question stands the button that finishes, before the first one the list of parts."""
        if self.form.read_only:
            self.head.back.setFocus(Qt.FocusReason.TabFocusReason)
        elif forward or self.side.isHidden():
            self.head.finish.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.side.setFocus(Qt.FocusReason.BacktabFocusReason)

    def go_to_empty(self) -> None:
        """Go to the next question without an answer."""
        self._go(
            self.form.next_empty(self.column.current_ref()),
            say("没有未填的了，可以完成。", "Nothing is empty; you can finish."),
        )

    def go_to_error(self) -> None:
        """Go to the next answer to mend; the first time also what is missing is looked up."""
        self.form.check()
        none_left = say("没有要改的了，可以完成。", "Nothing to mend; you can finish.")
        if self.form.hidden_errors():
            none_left = _rest_is_hidden()
        self._go(self.form.next_error(self.column.current_ref()), none_left)

    def go_to_doubt(self) -> None:
        """Go to the next question with a doubt that nobody has explained."""
        self.form.notes.look_again()
        self._go(
            self.form.next_doubt(self.column.current_ref()),
            say("没有要说明的疑点了。", "No doubt is left to explain."),
        )

    def write_comment(self) -> None:
        """Write a comment to the question the keyboard is in; never at the door, where the family reads along."""
        if not self.form.read_only and not self.form.door_mode:
            self.column.write_comment()

    def write_reason(self) -> None:
        """Say why a doubt at the question is none."""
        if self.form.read_only or self.form.door_mode or self.column.write_reason():
            return
        self.banner.show_notice(
            say("这一题没有要说明的疑点（F7 到下一处）。", "No doubt at this question (F7: next).")
        )

    def _go(self, ref: str | None, none_left: str) -> None:
        if ref is None or not self.column.show_ref(ref):
            self.banner.show_notice(none_left)

    def finish(self) -> None:
        """Make the final record, or go to the first thing that is missing."""
        if not self.form.read_only:
            self.form.finish()

    def leave(self) -> None:
        """Go back; what was typed is kept."""
        self.form.leave()
        self.closed.emit()

    # Telling

    def _tell_saved(self, moment: str) -> None:
        del moment  # the same moment, shown in the person's own time
        self.head.tell_saved(f"{self.context.clock.now().astimezone(CHINA):%H:%M}")

    def _tell_error(self, error: KnownError) -> None:
        wrong = self.form.next_error(None) if "violations" in error.details else None
        if wrong is None and self.form.hidden_errors():
            self.banner.show_notice(_rest_is_hidden())
            return
        self.banner.show_error(error)
        if wrong is not None:
            self.column.show_ref(wrong)

    def _offer_undo(self, removed: RemovedRow) -> None:
        if removed.answers or removed.inner:
            undo = (say("撤销删除", "Undo"), lambda: self._put_back(removed))
            self.banner.show_notice(say("已删除一行。", "One row removed."), tone="accent", act=undo)

    def _put_back(self, removed: RemovedRow) -> None:
        self.form.restore_row(removed)

    # The window

    def _has_room(self) -> bool:
        return self.width() >= px(_NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    def _show_side(self) -> None:
        shown = self._has_room() and not self.form.door_mode
        self.side.setVisible(shown)
        self.languages.setVisible(shown and self.languages.count() > 1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and not self._started:
            self._started = True
            QTimer.singleShot(0, self._start)
        return super().event(event)

    def _start(self) -> None:
        """Put the keyboard where the first answer is wanted."""
        ref = self.form.first_to_answer()
        if ref is not None and not self.form.read_only:
            self.column.show_ref(ref)


def _rest_is_hidden() -> str:
    return say("其余的回到普通界面再填（F11）。", "The rest is for the office: F11.")
