"""Photos from a phone: choose a folder, see its pictures by time, take some into the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fieldapp.common.clock import CHINA
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken
from fieldapp.ui.pages.form.background import run_for
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.photo_files import read_photo, small_picture
from fieldapp.ui.pages.form.photo_folder import FolderPhoto, PhotoFolder, scan_folder
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_nodes import questions_of
from fieldapp.ui.viewmodels.form_sections import Part
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

__all__ = ["PhotoShelf", "takes_photos"]

_THUMB = 128


def takes_photos(part: Part) -> bool:
    """Tell whether a part asks for photos."""
    return any(_is_photo(q) for node in part.nodes for q in questions_of(node, relevant_only=False))


def _is_photo(question: QuestionView) -> bool:
    return question.kind == "image" and not {"signature", "draw", "annotate"} & question.appearance


class PhotoShelf(QWidget):
    """Stands below the photo questions of a part and fills the empty ones."""

    def __init__(self, part: Part, context: FormContext) -> None:
        super().__init__()
        self._part = part
        self._context = context
        self._cancel = CancelToken()
        self._warning = QLabel(
            say(
                "⚠ 不要拍未成年人正脸、病床、身份证等证件；已经拍到的请不要放进来。照片不是必填。",
                "⚠ No faces of children, no sickbeds, no ID cards; leave such pictures out. Photos are never required.",
            ),
            wordWrap=True,
        )
        self._warning.setProperty("say", "warning")
        self._told = QLabel(wordWrap=True)
        self._told.setProperty("say", "hint")
        self.choose = button(say("从手机文件夹选照片…", "From a phone's folder…"), self._choose_folder)
        self.take = button(say("放进表里", "Take into the form"), self.take_chosen, kind="primary")
        self.pictures = _thumbnails(context)
        self.pictures.itemActivated.connect(lambda _item: self.take_chosen())
        self._lay_out()

    def _lay_out(self) -> None:
        scale = self._context.scale
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.take)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(scale(10), scale(6), 0, 0)
        column.setSpacing(scale(6))
        column.addWidget(self._warning)
        column.addLayout(buttons)
        column.addWidget(self._told)
        column.addWidget(self.pictures)
        for widget in (self._told, self.pictures, self.take):
            widget.hide()

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order."""
        return [self.choose, self.take, self.pictures]

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, say("选择手机照片所在的文件夹", "The folder with the phone's photos")
        )
        if chosen:
            self.open_folder(Path(chosen))

    def open_folder(self, path: Path) -> None:
        """Show the photos of a folder, those of the visit's day first."""
        self._cancel.cancel()
        self._cancel = cancel = CancelToken()
        day = self._day()
        self._tell(say("正在看文件夹里的照片……", "Looking through the folder…"))
        run_for(
            self,
            self._context.runner,
            cancel,
            lambda: scan_folder(path, day, cancel),
            self._show_folder,
            self._failed,
        )

    def _day(self) -> date:
        """Return the day the form is about: its first answered date outside repeats, else today."""
        for part in self._context.form.parts:
            for node in part.nodes:
                for question in questions_of(node):
                    if question.kind == "date" and question.value and "[" not in question.ref:
                        return _as_date(question.value) or self._context.clock.today()
        return self._context.clock.today()

    def _show_folder(self, folder: PhotoFolder) -> None:
        self.pictures.clear()
        for photo in folder.photos:
            item = QListWidgetItem(_caption(photo), self.pictures)
            item.setData(Qt.ItemDataRole.UserRole, photo)
            item.setSizeHint(QSize(self._context.scale(_THUMB + 16), self._context.scale(_THUMB + 30)))
        self.pictures.setVisible(bool(folder.photos))
        self.take.setVisible(bool(folder.photos))
        self._tell(_summary(folder))
        self._load_next(0, self._cancel)

    def _load_next(self, row: int, cancel: CancelToken) -> None:
        """Load the thumbnails one after the other, so that the page stays quick."""
        if cancel.cancelled or row >= self.pictures.count():
            return
        item = self.pictures.item(row)
        photo: FolderPhoto = item.data(Qt.ItemDataRole.UserRole)
        size = self._context.scale(_THUMB)

        def loaded(image: QImage) -> None:
            if not cancel.cancelled:
                item.setIcon(QIcon(QPixmap.fromImage(image)))
                self._load_next(row + 1, cancel)

        run_for(
            self, self._context.runner, cancel, lambda: _thumbnail(photo.path, size), loaded, self._failed
        )

    def take_chosen(self) -> None:
        """Put the chosen photos into the empty photo questions, in the order they were taken."""
        chosen: list[FolderPhoto] = [
            item.data(Qt.ItemDataRole.UserRole) for item in self.pictures.selectedItems()
        ]
        chosen.sort(key=lambda photo: photo.taken.timestamp() if photo.taken else 0.0)
        taken = 0
        for photo in chosen:
            question = self._free_question()
            if question is None:
                break
            try:
                stored = read_photo(photo.path)
            except KnownError as error:
                self._context.form.failed.emit(error)
                continue
            if self._context.form.attach(question.ref, stored.name, stored.content):
                taken += 1
        left = len(chosen) - taken
        self._tell(
            say("已放进 {n} 张", "{n} taken", n=taken)
            + (say("，还有 {n} 张没有空位", ", {n} find no place", n=left) if left else "")
        )
        self.pictures.clearSelection()

    def _free_question(self) -> QuestionView | None:
        photos = (q for node in self._part.nodes for q in questions_of(node) if _is_photo(q))
        return next((q for q in photos if not q.value and not q.readonly), None)

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.show()

    def _failed(self, error: Exception) -> None:
        self._context.form.report(error)


def _thumbnails(context: FormContext) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(say("手机照片", "Photos of the phone"))
    made.setViewMode(QListView.ViewMode.IconMode)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setMovement(QListView.Movement.Static)
    made.setSelectionMode(QListWidget.SelectionMode.MultiSelection)
    made.setIconSize(QSize(context.scale(_THUMB), context.scale(_THUMB)))
    made.setSpacing(context.scale(4))
    made.setFixedHeight(context.scale(2 * _THUMB + 84))
    return made


def _thumbnail(path: Path, size: int) -> QImage:
    try:
        return small_picture(path.read_bytes(), size)
    except OSError:  # the phone was unplugged meanwhile: the line stays without a picture
        return QImage()


def _caption(photo: FolderPhoto) -> str:
    if photo.taken is None:
        return say("时间不详", "no time")
    return f"{photo.taken.astimezone(CHINA):%m-%d %H:%M}"


def _summary(folder: PhotoFolder) -> str:
    parts = [
        say(
            "共 {n} 张，走访当天 {d} 张排在前面",
            "{n} photos, {d} of the day come first",
            n=len(folder.photos),
            d=folder.of_the_day,
        )
        if folder.photos
        else say("这个文件夹里没有照片（JPG、PNG、HEIC）", "No photos (JPG, PNG, HEIC) in this folder")
    ]
    return "；".join(parts)


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
