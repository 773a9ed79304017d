"""Sync 同步: what waits, what is under way, what the county answered, and the log in plain words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.pages.household_cards import TableCard
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.pages.set_aside_card import SetAsideCard
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.set_aside import SetAsideViewModel
from fieldapp.ui.viewmodels.sync import SyncViewModel
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.flow import clear_layout
from fieldapp.ui.widgets.note import InlineNote
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import PageScroll
from fieldapp.ui.widgets.table import ColumnPlan

__all__ = ["SyncPage"]

_BATCHES = ColumnPlan((76, 112, 52, 200, 180), grow={3: 1, 4: 2}, expendable=(2,))
_LOG_LINES = 60


class SyncPage(Page):
    """F5 sends and fetches. Leaving the page stops nothing."""

    changed = Signal()  # something came from the county

    place_asked = Signal(str, object)  # household, (list, record, property)

    def __init__(self, model: SyncViewModel, aside: SetAsideViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._aside = aside
        self._aside_card = SetAsideCard(aside)
        self._aside_card.place_asked.connect(self.place_asked)
        self._link = Badge("")
        self._unsent = label(ratio=1.5, bold=True)
        self._last = label(ink="soft", wrap=True)
        self._server = label(ink="faint", wrap=True)
        self._start = button(
            say("立即同步", "Sync now"), model.start, kind="primary", icon_name="sync", shortcut="F5"
        )
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._note = InlineNote()
        self._batches = TableCard(
            say("批次和回执", "Batches and receipts"),
            (
                say("批次", "Batch"),
                say("封装", "Sealed"),
                say("条数", "Records"),
                say("到哪一步", "Where it is"),
                say("县里怎么处理", "What became of it"),
            ),
            _BATCHES,
            say("还没有送出过。完成走访后，同步时会自动打包加密送出。", "Nothing sent yet."),
        )
        self._log = QVBoxLayout()
        self._log.setSpacing(px(4))
        self._lay_out()
        model.status_changed.connect(self._show_status)
        model.lists_changed.connect(self._show_lists)
        model.running_changed.connect(self._show_running)
        model.progressed.connect(self._progress.show_progress)
        model.failed.connect(self._show_error)
        model.finished.connect(self._finished)
        model.lists_changed.connect(aside.load)
        aside.failed.connect(self._show_error)
        aside.put_away.connect(self._put_away)

    def title(self) -> str:
        return say("同步", "Sync")

    def subtitle(self) -> str:
        return say("没有回执的，一条都不会删", "Nothing is deleted without a receipt")

    def entered(self) -> None:
        self._model.load()

    def _show_status(self) -> None:
        words, status = self._model.words(), self._model.status
        self._link.show_text(words.link, words.tone)
        if status is None:
            return
        self._unsent.setText(words.unsent)
        sealed = (
            say("其中 {n} 条已封装，等待发送。", "{n} of them are sealed.", n=status.sealed)
            if status.sealed
            else ""
        )
        self._last.setText(f"{words.last}。{sealed}" if sealed else words.last)
        self._server.setText(say("县里服务器：{url}", "County server: {url}", url=status.server_url or "—"))
        if status.last_error is not None and not self._model.running:
            self._show_error(status.last_error)

    def _show_lists(self) -> None:
        self._batches.show_rows(self._model.batch_cells())
        clear_layout(self._log)
        lines = self._model.log_lines()
        if not lines:
            self._log.addWidget(label(say("还没有记录。", "Nothing yet."), ink="soft"))
        for at, sentence in lines[:_LOG_LINES]:
            self._log.addWidget(_log_line(at, sentence))

    def _show_running(self, running: bool) -> None:
        self._start.setEnabled(not running)
        if running:
            self._note.hide()
            self._progress.begin(say("正在联系县里…", "Contacting the county…"))
        else:
            self._progress.end()

    def _show_error(self, error: KnownError) -> None:
        self._note.show_error(error)
        if not self.isVisible():
            self.failed.emit(error)

    def _put_away(self, sentence: str, ids: list[str]) -> None:
        self.notice(sentence, (say("撤销", "Undo"), lambda: self._aside.take_back(ids)))

    def _finished(self, sentence: str) -> None:
        warnings = "\n".join(self._model.warnings)
        if warnings:
            self._note.show_sentence(warnings)
        self.notice(sentence)
        self.changed.emit()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(4), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(self._status_card())
        column.addWidget(self._aside_card)
        log, inside = card(say("发生了什么", "What happened"))
        inside.addLayout(self._log)
        inside.addStretch(1)
        column.addWidget(Columns([(self._batches, 3), (log, 2)], narrow=860))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(content))

    def _status_card(self) -> QWidget:
        frame, column = card()
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(self._link)
        words.addWidget(self._unsent)
        words.addWidget(self._last)
        words.addWidget(self._server)
        top.addLayout(words, 1)
        top.addWidget(self._start, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self._progress)
        column.addWidget(self._note)
        return frame


def _log_line(at: str, sentence: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(10))
    moment: QLabel = label(at, ink="faint", ratio=0.93)
    moment.setFixedWidth(moment.fontMetrics().horizontalAdvance("12月30日 23:59  "))
    row.addWidget(moment, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(sentence, wrap=True), 1)
    return holder
