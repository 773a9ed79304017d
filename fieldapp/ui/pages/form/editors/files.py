"""Sound, video and any other file: chosen from the disk, kept with the draft, taken away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.errors import FILE_UNREADABLE
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

__all__ = ["FileEditor"]


class FileEditor(Editor):
    """A question that takes a file."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._filter = _filter(question.kind)
        self._name = QLabel()
        self.choose = button(
            say("选择文件…", "Choose a file…"),
            self._choose_file,
            name=f"{question.label} {say('选择文件', 'choose a file')}",
        )
        self.clear = button(
            say("去掉", "Remove"),
            lambda: self.edited.emit(""),
            kind="quiet",
            name=f"{question.label} {say('去掉', 'remove')}",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.choose, self._name, self.clear):
            row.addWidget(widget)
        row.addStretch(1)

    def take_file(self, path: Path) -> None:
        """Keep a file with the draft."""
        try:
            content = path.read_bytes()
        except OSError:
            self.context.form.failed.emit(FILE_UNREADABLE(name=path.name))
            return
        self.context.form.attach(self.question.ref, path.name, content)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.question.label, "", self._filter)
        if chosen:
            self.take_file(Path(chosen))

    def show_question(self) -> None:
        self._name.setText(self.question.value or say("（还没有文件）", "(none)"))
        self.choose.setEnabled(not self.question.readonly)
        show_if(self.clear, bool(self.question.value) and not self.question.readonly)

    def name(self, accessible_name: str) -> None:
        """The buttons carry the question's label themselves."""

    def focus_target(self) -> QWidget:
        return self.choose

    def tab_widgets(self) -> list[QWidget]:
        return [self.choose, self.clear]


def _filter(kind: str) -> str:
    everything = say("所有文件 (*)", "All files (*)")
    match kind:
        case "audio":
            return (
                say("录音 (*.mp3 *.m4a *.wav *.amr *.ogg)", "Sound (*.mp3 *.m4a *.wav *.amr *.ogg)")
                + ";;"
                + everything
            )
        case "video":
            return say("视频 (*.mp4 *.mov *.3gp)", "Video (*.mp4 *.mov *.3gp)") + ";;" + everything
    return everything
