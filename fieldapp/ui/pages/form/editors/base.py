"""What every editor is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.xform import QuestionView

__all__ = ["Editor", "mark_wrong"]


class Editor(QWidget):
    """The part of a question that a person types into."""

    edited = Signal(str)  # the answer as the form stores it
    passed = Signal()  # done here: on to the next question
    left = Signal()  # the typing here came to an end

    #: Whether an answer is made letter by letter, so that it may be wrong until the typing ends.
    is_typed = False

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__()
        self.question = question
        self.context = context

    def bind(self, question: QuestionView) -> None:
        """Edit another question of the same definition: the next row of a roster."""
        self.question = question
        self.show_question()

    def show_question(self) -> None:
        """Bring the widget to what the session says, without telling it back."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        return self

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order."""
        return [self.focus_target()]

    def name(self, accessible_name: str) -> None:
        """Say to screen readers what is asked."""
        self.focus_target().setAccessibleName(accessible_name)

    def show_wrong(self, wrong: bool) -> None:
        """Mark the answer as wrong, or no longer."""

    def suggest(self, hint: str) -> None:
        """Show the hint inside, where there is no line for it below."""

    def label_drop(self) -> float:
        """Return how far the first line of text is below the editor's top, in design units."""
        return 7

    def sits_beside_text(self) -> bool:
        """Tell whether a line of text fits beside it (a photo or a pad takes the whole width)."""
        return True

    def _stack(self, widget: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)


def mark_wrong(widget: QWidget, wrong: bool) -> None:
    """Set the property the stylesheet looks at; costs nothing when it stays as it is."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
