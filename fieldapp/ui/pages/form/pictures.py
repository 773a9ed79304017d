"""Photos and signatures: chosen from a file, or drawn; shown small, kept encrypted by the service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.editors import Editor
from fieldapp.ui.text import say
from fieldapp.xform import QuestionView

__all__ = ["PhotoEditor", "SignaturePad"]

_THUMB = QSize(180, 120)
#: The longer side of a stored photo, in pixels: enough for 300 dpi on half an A4 page.
_LONGEST_PX = 1600
_JPEG_QUALITY = 82


class PhotoEditor(Editor):
    """An image question: choose a photo, see it small, take it away. A signature is drawn instead."""

    attached = Signal(str, bytes)

    def __init__(self, question: QuestionView, picture: Callable[[str], bytes | None]) -> None:
        super().__init__(question)
        self._picture = picture
        self._shown: str | None = None
        self._thumb = QLabel()
        self._thumb.setFixedSize(_THUMB)
        self._thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._thumb.setObjectName("photoThumb")
        self._choose = QPushButton(say("选择照片…", "Choose a photo…"))
        self._clear = QPushButton(say("去掉", "Remove"))
        self._pad = SignaturePad() if "signature" in question.appearance else None
        self._lay_out()
        self._choose.clicked.connect(self._choose_file)
        self._clear.clicked.connect(self._remove)
        for button in (self._choose, self._clear):
            button.setAccessibleName(f"{question.label} {button.text()}")

    def _lay_out(self) -> None:
        buttons = QVBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if self._pad is not None:
            self._choose.hide()
            self._pad.drawn.connect(lambda png: self.attached.emit("signature.png", png))
            layout.addWidget(self._pad)
            self._thumb.hide()
        else:
            layout.addWidget(self._thumb)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def show_question(self) -> None:
        name = self.question.value
        self._clear.setVisible(bool(name) and not self.question.readonly)
        self._choose.setEnabled(not self.question.readonly)
        if name == self._shown or self._pad is not None:
            return
        self._shown = name
        pixmap = QPixmap()
        if name and (content := self._picture(name)) is not None:
            pixmap.loadFromData(content)
        if pixmap.isNull():
            self._thumb.setText(say("未拍照（可不拍）", "No photo (optional)"))
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._thumb.setPixmap(pixmap.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            say("选择照片", "Choose a photo"),
            "",
            say("照片 (*.jpg *.jpeg *.png)", "Photos (*.jpg *.jpeg *.png)"),
        )
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Take a photo: scaled down and written anew, which leaves its position and camera data behind."""
        image = QImage(str(path))
        content = path.read_bytes() if image.isNull() else _as_jpeg(image)
        self.attached.emit(path.name, content)

    def _remove(self) -> None:
        if self._pad is not None:
            self._pad.clear()
        self.edited.emit("")

    def focus_target(self) -> QWidget:
        return self._pad if self._pad is not None else self._choose


def _as_jpeg(image: QImage) -> bytes:
    if max(image.width(), image.height()) > _LONGEST_PX:
        image = image.scaled(
            _LONGEST_PX,
            _LONGEST_PX,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _encoded(image.convertToFormat(QImage.Format.Format_RGB32), "JPEG", _JPEG_QUALITY)


def _encoded(image: QImage, kind: str, quality: int = -1) -> bytes:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]  # the stub wants bytes for the format
    buffer.close()
    return bytes(store.data())


class SignaturePad(QWidget):
    """A white field to write one's name on, with mouse, pen or finger."""

    drawn = Signal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(420, 150)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("签字板", "Signature pad"))
        self._strokes: list[list[QPointF]] = []

    def clear(self) -> None:
        """Empty the pad."""
        self._strokes = []
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([event.position()])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._strokes:
            self.drawn.emit(self.png())

    def png(self) -> bytes:
        """Return what was written, as a PNG twice the size of the pad."""
        image = QImage(self.size() * 2, QImage.Format.Format_Grayscale8)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(2, 2)
        self._paint(painter)
        painter.end()
        return _encoded(image, "PNG")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        painter.setPen(QPen(QColor("#b9c3cd"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawLine(20, self.height() - 30, self.width() - 20, self.height() - 30)
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#17222e"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in self._strokes:
            painter.drawPolyline(stroke)
