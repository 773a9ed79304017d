"""The current row of a roster in full: each question with its label, hint and what is wrong, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.question import Arrangement, QuestionRow
from fieldapp.ui.text import say
from fieldapp.xform import QuestionView

__all__ = ["RosterDetail"]

#: Two columns need this many design units.
_TWO_COLUMNS = 640


class RosterDetail(QFrame):
    """Made when it is first opened; follows the current row by binding the same rows of widgets to it."""

    passed_end = Signal()

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self.setProperty("part", "block")
        self._context = context
        self.rows: list[QuestionRow] = []
        self._columns = 0
        # As wide as the grid above, never wider: how many columns fit depends on it.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = QLabel(wordWrap=True)
        self._title.setProperty("say", "subheading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(context.scale(24))
        self._grid.setVerticalSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(context.scale(14), context.scale(8), context.scale(14), context.scale(8))
        column.addWidget(self._title)
        column.addLayout(self._grid)

    def show_row(self, name: str, questions: Sequence[QuestionView]) -> None:
        """Show a row; its questions have the same definitions as those of the row before."""
        self._title.setText(say("{name}的各项", "{name}", name=name))
        if len(self.rows) != len(questions):
            self._build(questions)
        else:
            for row, question in zip(self.rows, questions, strict=True):
                row.bind(question)

    def refresh(self) -> None:
        """Show what the session says now."""
        if self.isVisible():
            for row in self.rows:
                row.refresh()

    def _build(self, questions: Sequence[QuestionView]) -> None:
        for row in self.rows:
            row.deleteLater()
        self.rows = [QuestionRow(question, self._context, Arrangement.MEDIUM, self) for question in questions]
        for row in self.rows:
            row.passed.connect(self._next)
        self._columns = 0
        self._place()

    def _next(self, row: QuestionRow) -> None:
        later = self.rows[self.rows.index(row) + 1 :]
        following = next((other for other in later if other.question.relevant and other.editor), None)
        if following is None:
            self.passed_end.emit()
        else:
            following.take_focus()

    def _place(self) -> None:
        columns = 2 if self.width() >= self._context.scale(_TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        # Down the first column, then down the second: Tab and the eye go the same way.
        height = -(-len(self.rows) // columns)
        for number, row in enumerate(self.rows):
            self._grid.addWidget(row, number % height, number // height)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order."""
        return [widget for row in self.rows for widget in row.tab_widgets()]

    def holds(self, widget: QWidget | None) -> bool:
        """Tell whether the keyboard is in here."""
        return widget is not None and self.isAncestorOf(widget)
