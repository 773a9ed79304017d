"""Holds the form page of a finished visit or form inside the main window: read, never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.page import Page
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.form_keeping import ReviewKeeper

if TYPE_CHECKING:
    from fieldapp.services.visits import VisitReview
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["ReviewHost"]


class ReviewHost(Page):
    """``closed`` means that the person has read enough."""

    closed = Signal()

    def __init__(
        self, review: VisitReview, workspace: WorkspacePort, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        model = FormViewModel(ReviewKeeper(review, workspace.visits), read_only=True, parent=self)
        page = FormPage(model, workspace.clock, runner)
        page.closed.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self.setFocusProxy(page.head.back)

    def title(self) -> str:
        """The form page has a head of its own."""
        return ""

    def flush(self) -> bool:
        """There is nothing to save."""
        return True
