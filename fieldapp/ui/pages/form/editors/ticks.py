"""A box to tick, and an answer that is only shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_nodes import answer_text
from fieldapp.xform import QuestionView

__all__ = ["AcknowledgeEditor", "ShownAnswer"]

_PICTURE = (260, 170)


class _Tick(QCheckBox):
    def __init__(self, editor: AcknowledgeEditor) -> None:
        super().__init__(say("已确认", "Confirmed"))
        self._editor = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._editor.passed.emit()
        else:
            super().keyPressEvent(event)


class AcknowledgeEditor(Editor):
    """Read, agreed: the answer is ``OK``, as in ODK's own programs."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self.box = _Tick(self)
        self.box.setProperty("kind", "option")
        self._stack(self.box)
        self.box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.box.clicked.connect(lambda on: self.edited.emit("OK" if on else ""))

    def show_question(self) -> None:
        self.box.setChecked(bool(self.question.value))
        self.box.setEnabled(not self.question.readonly)

    def focus_target(self) -> QWidget:
        return self.box


class ShownAnswer(Editor):
    """An answer under review: text one can mark and copy, or the picture."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setProperty("say", "answer")
        flags = Qt.TextInteractionFlag
        self._text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack(self._text)

    def show_question(self) -> None:
        question = self.question
        if question.kind == "image" and (content := self.context.form.picture(question.value)) is not None:
            pixmap = QPixmap()
            pixmap.loadFromData(content)
            room = (self.context.scale(_PICTURE[0]), self.context.scale(_PICTURE[1]))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._text.setPixmap(pixmap.scaled(*room, keep, smooth))
        else:
            answer = answer_text(question)
            self._text.setText(answer or say("未填", "empty"))
            self._text.setEnabled(bool(answer))

    def focus_target(self) -> QWidget:
        return self._text

    def label_drop(self) -> float:
        return 0
