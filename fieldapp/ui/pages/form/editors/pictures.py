"""Photos: chosen from a file or a phone's folder, shown small, kept encrypted by the service."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.common.errors import KnownError
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.photo_files import PHOTO_PATTERNS, read_photo
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.photo_times import exif_time
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

__all__ = ["PhotoEditor"]

_THUMB = (168, 112)


class PhotoEditor(Editor):
    """A picture is never required by the program itself; only a form can ask for it."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._shown: str | None = None
        self.thumb = QLabel()
        self.thumb.setFixedSize(QSize(context.scale(_THUMB[0]), context.scale(_THUMB[1])))
        self.thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = button(
            say("选择照片…", "Choose a photo…"),
            self._choose_file,
            name=f"{question.label} {say('选择照片', 'choose')}",
        )
        self.clear = button(
            say("去掉", "Remove"),
            lambda: self.edited.emit(""),
            kind="quiet",
            name=f"{question.label} {say('去掉', 'remove')}",
        )
        self._taken = QLabel()
        self._taken.setProperty("say", "hint")
        self._lay_out()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        for widget in (self.choose, self._taken, self.clear):
            beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.thumb)
        row.addLayout(beside)
        row.addStretch(1)

    def show_question(self) -> None:
        name = self.question.value
        show_if(self.clear, bool(name) and not self.question.readonly)
        show_if(self.choose, not self.question.readonly)
        if name == self._shown:
            return
        self._shown = name
        content = self.context.form.picture(name)
        pixmap = QPixmap()
        if content is not None:
            pixmap.loadFromData(content)
        taken = exif_time(content) if content is not None else None
        self._taken.setText(
            say("拍摄于 {when}", "taken {when}", when=f"{taken:%Y-%m-%d %H:%M}") if taken else ""
        )
        show_if(self._taken, taken is not None)
        show_if(self.thumb, bool(name))
        if pixmap.isNull():
            self.thumb.setText(say("照片打不开", "cannot be shown"))
        else:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.thumb.setPixmap(pixmap.scaled(self.thumb.size(), keep, smooth))

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("选择照片", "Choose a photo"), "", f"{say('照片', 'Photos')} ({PHOTO_PATTERNS})"
        )
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Take a photo: scaled down and written anew, which leaves position and camera behind; the time stays."""
        limit = self.question.parameters.get("max-pixels", "")
        try:
            photo = read_photo(path, int(limit) if limit.isdigit() else None)
        except KnownError as error:
            self.context.form.failed.emit(error)
            return
        self.context.form.attach(self.question.ref, photo.name, photo.content)

    def focus_target(self) -> QWidget:
        return self.choose

    def tab_widgets(self) -> list[QWidget]:
        return [self.choose, self.clear]

    def name(self, accessible_name: str) -> None:
        """The buttons carry the question's label themselves."""

    def sits_beside_text(self) -> bool:
        return False
