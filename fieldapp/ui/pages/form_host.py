"""Holds the form page of one draft inside the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.page import Page
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.form_keeping import VisitKeeper

if TYPE_CHECKING:
    from fieldapp.services.visits import VisitDraft
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.xform import FormSession

__all__ = ["FormHost"]


class FormHost(Page):
    """``finished`` carries the visit's id; ``closed`` means that the draft is kept."""

    finished = Signal(str)
    closed = Signal()
    door_mode_changed = Signal(bool)

    def __init__(
        self,
        draft: VisitDraft,
        workspace: WorkspacePort,
        runner: TaskRunner,
        *,
        at_door: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._household_id = draft.household_id
        self._is_visit = draft.is_visit
        self._model = FormViewModel(VisitKeeper(draft, workspace.visits), parent=self)
        self._refused = False
        self._model.failed.connect(self._note_refusal)
        page = FormPage(self._model, workspace.clock, runner)
        page.finished.connect(self.finished)
        page.closed.connect(self.closed)
        page.door_mode_changed.connect(self.door_mode_changed)
        if draft.copied_from:
            page.banner.show_notice(
                say(
                    "照抄了 {day} 的走访，请逐项核对，改成这次的实际情况。",
                    "Copied from the visit of {day}: check each answer.",
                    day=draft.copied_from,
                ),
                tone="attention",
            )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self._page = page
        self._at_door = at_door

    def entered(self) -> None:
        """Begin as the household was shown: where the family looked on, it still does."""
        if self._at_door:
            self._page.toggle_door_mode()
            self._at_door = False

    @property
    def household_id(self) -> str:
        """Whose visit it is."""
        return self._household_id

    @property
    def is_visit(self) -> bool:
        """Whether it becomes a visit, or an entry of another form."""
        return self._is_visit

    def title(self) -> str:
        """The form page has a head of its own."""
        return ""

    @property
    def session(self) -> FormSession:
        """The live answers."""
        return self._model.session

    def answer(self, ref: str, value: str) -> None:
        """Answer a question, as typing does."""
        self._model.set_answer(ref, value)

    def finish(self) -> None:
        """Finish the visit, as the button does."""
        self._model.finish()

    def flush(self) -> bool:
        """Write the draft now, if anything was typed since the last save; False when the disk did not take it.

        What was typed is then in this page only, which must stay open. The page shows the error itself.
        """
        self._refused = False
        self._model.flush()
        return not self._refused

    def _note_refusal(self) -> None:
        self._refused = True
