"""Exchange with the county: what waits, what is under way, what the county answered. Outlives the page it is seen on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress, TaskRunner
from fieldapp.ui.dates import moment
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.ui.viewmodels.wording import outcome_text

if TYPE_CHECKING:
    from fieldapp.services.sync_now import BatchLine, LogLine, SyncReport, SyncStatus
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["StateWords", "SyncViewModel"]


@dataclass(frozen=True, slots=True)
class StateWords:
    """What the state bar says; never more than is known."""

    link: str
    tone: Tone
    online: bool
    unsent: str
    last: str


class SyncViewModel(ViewModel):
    """One per open workspace; the state bar and the sync page both listen."""

    status_changed = Signal()
    lists_changed = Signal()
    progressed = Signal(object)  # Progress
    running_changed = Signal(bool)
    finished = Signal(str)  # a sentence
    _progress_arrived = Signal(object)

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._cancel = CancelToken()
        self.running = False
        self.progress: Progress | None = None
        self.status: SyncStatus | None = None
        self.batches: Sequence[BatchLine] = ()
        self.log: Sequence[LogLine] = ()
        self.warnings: Sequence[str] = ()
        self._progress_arrived.connect(self._show_progress)  # crosses from the worker's thread

    @property
    def today(self) -> date:
        return self._workspace.today()

    def load(self) -> None:
        """Read status, batches and log."""
        sync = self._workspace.sync
        self._runner.run(
            lambda: (sync.status(), sync.batches(), sync.log()), lambda found: self._show(*found), self.report
        )

    def start(self) -> None:
        """Send what waits and fetch what is new."""
        if self.running:
            return
        self._cancel = cancel = CancelToken()
        self._set_running(True)
        sync = self._workspace.sync
        self._runner.run(lambda: sync.run(self._progress_arrived.emit, cancel), self._done, self._broke)

    def stop(self) -> None:
        """Stop after the step under way; nothing is lost."""
        self._cancel.cancel()

    def words(self) -> StateWords:
        """Return the state bar's words. Online means that the county answered."""
        status = self.status
        if status is None:
            return StateWords(say("正在查看", "looking"), "neutral", False, "", "")
        online = status.online is True
        if online:
            link, tone = say("在线：县里有应答", "Online: the county answered"), "good"
        elif status.online is None:
            link, tone = say("离线（还没有联系县里）", "Offline (county not contacted yet)"), "neutral"
        else:
            link, tone = say("离线：县里没有应答", "Offline: the county did not answer"), "neutral"
        waiting = status.unsent
        return StateWords(
            link,
            tone,  # type: ignore[arg-type]
            online,
            say("未发送 {n} 条", "{n} not sent", n=waiting)
            if waiting
            else say("没有待发送", "nothing to send"),
            say("上次同步 {at}", "last sync {at}", at=moment(status.last_sync, self.today))
            if status.last_sync
            else say("还没有同步过", "never synced"),
        )

    def batch_cells(self) -> list[tuple[Cell, ...]]:
        """Return a row a batch: when, how many, where it is, what became of it."""
        rows: list[tuple[Cell, ...]] = []
        for batch in self.batches:
            received = batch.state == "received"
            rows.append(
                (
                    Cell(say("第 {n} 批", "Batch {n}", n=batch.bseq)),
                    Cell(moment(batch.at, self.today)),
                    Cell(str(batch.records)),
                    Cell(
                        say("「县里已收到」{at}", "received {at}", at=moment(batch.received_at, self.today))
                        if received
                        else say("已封装，等待发送", "sealed, waiting"),
                        "good" if received else "attention",
                    ),
                    Cell(outcome_text(batch.outcomes) or "—", tooltip=outcome_text(batch.outcomes)),
                )
            )
        return rows

    def log_lines(self) -> list[tuple[str, str]]:
        """Return the log in plain words: moment and sentence, newest first as the service gives it."""
        return [(moment(line.at, self.today), choose(line.zh, line.en)) for line in self.log]

    def _show(self, status: SyncStatus, batches: list[BatchLine], log: list[LogLine]) -> None:
        self.status, self.batches, self.log = status, batches, log
        self.status_changed.emit()
        self.lists_changed.emit()

    def _show_progress(self, progress: Progress) -> None:
        if self.running:
            self.progress = progress
            self.progressed.emit(progress)

    def _done(self, report: SyncReport) -> None:
        self._set_running(False)
        self.warnings = [choose(zh, en) for zh, en in report.warnings]
        sent = sum(batch.records for batch in report.batches)
        self.finished.emit(
            say(
                "同步完成：送出 {sent} 条，收到 {pulled} 条更新。",
                "Done: {sent} sent, {pulled} fetched.",
                sent=sent,
                pulled=report.pulled,
            )
        )
        self.load()

    def _broke(self, error: Exception) -> None:
        self._set_running(False)
        self.load()
        if isinstance(error, KnownError) and self._cancel.cancelled:
            self.finished.emit(say("已停止，没有发完的下次接着发。", "Stopped; the rest goes next time."))
            return
        self.report(error)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.progress = None
        self.running_changed.emit(running)
