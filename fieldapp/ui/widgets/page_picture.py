"""A page of paper on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px

__all__ = ["PagePicture"]


class PagePicture(QWidget):
    """Shows a PNG as wide as there is room, never larger than it was made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.setAccessibleName(say("打印预览", "Print preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_png(self, png: bytes) -> None:
        """Show a page."""
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(png)
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._pixmap = QPixmap()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._shown(width)
        return size.height() + px(16)

    def sizeHint(self) -> QSize:
        return QSize(px(420), self.heightForWidth(px(420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._shown(self.width())
        left = (self.width() - size.width()) // 2
        painter.fillRect(left + px(3), px(8) + px(3), size.width(), size.height(), QColor(COLOURS.line))
        painter.drawPixmap(left, px(8), size.width(), size.height(), self._pixmap)
        painter.setPen(QColor(COLOURS.line_strong))
        painter.drawRect(left, px(8), size.width() - 1, size.height() - 1)
        painter.end()

    def _shown(self, width: int) -> QSize:
        if self._pixmap.isNull():
            return QSize(0, 0)
        room = QSize(min(width - px(12), self._pixmap.width()), 1 << 20)
        return self._pixmap.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
