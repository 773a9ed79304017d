"""A white field to write one's name on, with mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import QuestionView

__all__ = ["SignatureEditor", "SignaturePad"]

_SIZE = (460, 150)
#: The stored picture has twice the points of the pad: 920 × 300, over 300 dpi at the size it is printed in.
_DENSITY = 2


class SignaturePad(QWidget):
    """``drawn`` after every stroke."""

    drawn = Signal()

    def __init__(self, size: QSize, *, is_signature: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_signature = is_signature
        self.setFixedSize(size)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)
        self._strokes: list[list[QPointF]] = []
        self._kept: QImage | None = None

    @property
    def is_empty(self) -> bool:
        return not self._strokes and self._kept is None

    def clear(self) -> None:
        """Empty the pad."""
        self._strokes, self._kept = [], None
        self.update()

    def show_kept(self, png: bytes) -> None:
        """Show a signature that was drawn before."""
        image = QImage()
        image.loadFromData(png)
        self._strokes, self._kept = [], None if image.isNull() else image
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._strokes.append([event.position()])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.button() == Qt.MouseButton.LeftButton:
            self.drawn.emit()

    def png(self) -> bytes:
        """Return what was written as a PNG in black on white, without any line of the pad."""
        image = QImage(self.size() * _DENSITY, QImage.Format.Format_Grayscale8)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.scale(_DENSITY, _DENSITY)
        self._paint_strokes(painter, QColor("black"))
        painter.end()
        store = QByteArray()
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes for the format
        buffer.close()
        return bytes(store.data())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.card))
        border = COLOURS.accent if self.hasFocus() else COLOURS.line_strong
        painter.setPen(QPen(QColor(border), 2 if self.hasFocus() else 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._is_signature:
            inset, base = self.width() // 20, self.height() * 4 // 5
            painter.setPen(QPen(QColor(COLOURS.line), 1))
            painter.drawLine(inset, base, self.width() - inset, base)
        if self.is_empty:
            painter.setPen(QColor(COLOURS.ink_faint))
            painter.drawText(
                self.rect(),
                Qt.AlignmentFlag.AlignCenter,
                say("请在这里签名", "Sign here") if self._is_signature else say("请在这里画", "Draw here"),
            )
        self._paint_strokes(painter, QColor(COLOURS.ink))
        painter.end()

    def _paint_strokes(self, painter: QPainter, ink: QColor) -> None:
        if self._kept is not None:
            painter.drawImage(QRectF(0, 0, self.width(), self.height()), self._kept)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.2, self.height() / 60)
        painter.setPen(
            QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.drawPoint(stroke[0])
            else:
                painter.drawPolyline(stroke)


class SignatureEditor(Editor):
    """An image question with the appearance ``signature`` or ``draw``."""

    def __init__(self, question: QuestionView, context: FormContext) -> None:
        super().__init__(question, context)
        self._shown = ""
        signs = "signature" in question.appearance
        tall = 1 if signs else 2
        self.pad = SignaturePad(
            QSize(context.scale(_SIZE[0]), context.scale(_SIZE[1] * tall)), is_signature=signs
        )
        self.again = button(
            say("重写", "Again"), self._clear, kind="quiet", name=f"{question.label} {say('重写', 'again')}"
        )
        beside = QVBoxLayout()
        beside.addWidget(self.again)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.pad)
        row.addLayout(beside)
        row.addStretch(1)
        self.pad.drawn.connect(self._drawn)

    def _drawn(self) -> None:
        if self.context.form.attach(self.question.ref, "signature.png", self.pad.png()):
            self._shown = self.question.value

    def _clear(self) -> None:
        self.pad.clear()
        self._shown = ""
        self.edited.emit("")

    def show_question(self) -> None:
        name = self.question.value
        if name != self._shown and not name:
            self.pad.clear()
        elif name != self._shown and (content := self.context.form.picture(name)) and self.pad.is_empty:
            self.pad.show_kept(content)
        self._shown = name
        self.pad.setEnabled(not self.question.readonly)
        show_if(self.again, bool(name) and not self.question.readonly)

    def focus_target(self) -> QWidget:
        return self.pad

    def tab_widgets(self) -> list[QWidget]:
        return [self.pad, self.again]

    def sits_beside_text(self) -> bool:
        return False
